"""The house as tests: what every source file must be, whoever writes it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("pipelines", "models_ml", "app")
MODULES = sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))
MAX_LINES = 300


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_when_read_then_opens_with_what_belongs_there(path: Path) -> None:
    text = path.read_text("utf-8")
    doc = ast.get_docstring(ast.parse(text))
    assert doc, f"{path.name}: no module docstring"
    if path.name != "__init__.py":
        assert "elongs here" in doc, f"{path.name}: says not what belongs here"
        assert re.search(r"[Dd]oes not belong|[Nn]ot here|[Dd]o not belong", doc), (
            f"{path.name}: says not what does not belong here"
        )
    assert len(text.splitlines()) <= MAX_LINES, f"{path.name}: over {MAX_LINES} lines"


def test_init_files_when_read_then_hold_a_docstring_only() -> None:
    for path in (p for p in MODULES if p.name == "__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        assert len(body) == 1, f"{path.parent.name}/__init__.py holds more than a docstring"


def test_tracked_files_when_searched_then_name_no_machine_and_no_registry() -> None:
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npmjs" + r"\.(org|com)",
                  "deb" + r"\.debian\.org", "snapshot" + r"\.debian"])
    )  # fmt: skip
    paths = re.compile(r"(^|[^A-Za-z0-9_.])/(" + "work|farm|root)/", re.MULTILINE)
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        assert not hosts.search(text), f"{path.relative_to(ROOT)} names a registry host"
        assert not paths.search(text), f"{path.relative_to(ROOT)} names a path of one machine"


def test_tracked_files_when_measured_then_are_small() -> None:
    for path in tracked():
        assert path.stat().st_size < 600_000, f"{path.relative_to(ROOT)} is too large to track"


def test_imports_when_linted_then_keep_the_arrows() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_code_when_searched_then_reads_no_shared_folder() -> None:
    for path in MODULES:
        assert "shared/real" not in path.read_text("utf-8"), f"{path.name} depends on ../shared"


def test_regulator_names_when_searched_then_no_room_knows_them() -> None:
    words = re.compile(r"hud_reac|us_hud|DEVELOPMENT_ID|INSPECTION_SCORE|public_housing")
    rooms = [p for name in (*PACKAGES, "dbt_project") for p in (ROOT / name).rglob("*")]
    for path in (p for p in rooms if p.suffix in (".py", ".sql", ".yml") and p.is_file()):
        if "target" in path.parts:
            continue
        assert not words.search(path.read_text("utf-8")), f"{path.name} knows another regulator"
