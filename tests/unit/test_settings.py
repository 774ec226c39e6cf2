"""Settings of a workspace: what is read, what is refused."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.settings import SettingsError, load_settings


def test_settings_when_workspace_has_no_file_then_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert settings.timezone == "Asia/Shanghai"
    assert settings.box == (73.0, 136.0, 3.0, 54.0)
    assert settings.exports == tmp_path / "exports"
    assert settings.as_of_on is None


def test_settings_when_no_workspace_named_then_says_what_to_do() -> None:
    with pytest.raises(SettingsError, match="parkrisk --workspace"):
        load_settings(None, {})


def test_settings_when_environment_names_workspace_then_taken(tmp_path: Path) -> None:
    assert load_settings(None, {"PARKRISK_WORKSPACE": str(tmp_path)}).workspace == tmp_path


def test_settings_when_key_unknown_then_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "workspace.yml").write_text("timezones: Asia/Shanghai\n", "utf-8")
    with pytest.raises(SettingsError, match="'timezones' is not known"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize("line", ["timezone: Mars/Base", "box: [1, 2]", "as_of_on: 2025-10-30"])
def test_settings_when_value_wrong_then_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "workspace.yml").write_text(line + "\n", "utf-8")
    with pytest.raises(SettingsError, match="expected"):
        load_settings(tmp_path, {})


def test_settings_when_as_of_is_month_end_then_read(tmp_path: Path) -> None:
    (tmp_path / "workspace.yml").write_text("as_of_on: 2024-02-29\n", "utf-8")
    assert load_settings(tmp_path, {}).as_of_on == date(2024, 2, 29)
