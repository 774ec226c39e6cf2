"""One frozen Settings from a workspace and the environment: the only place that reads either.

Belongs here: where things are, and the bureau's standing choices (zone, box, as-of day).
Does not belong here: rules that change with dates (rules/), what a file looks like (contracts/).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

#: Keys a workspace.yml may hold; anything else is refused by name.
WORKSPACE_KEYS = (
    "name", "district_name", "timezone", "language", "box", "crs", "as_of_on", "first_as_of_on",
    "retention",
)  # fmt: skip
#: Longitude and latitude of mainland China, the default box of coordinates.
DEFAULT_BOX = (73.0, 136.0, 3.0, 54.0)


#: Days for which the persons of an export are kept. Source: exports.md 5 (visits), 9.7.
DEFAULT_RETENTION = {"visits": 90}


class SettingsError(ValueError):
    """A workspace that cannot be used; the sentence says what, where and what to do next."""


@dataclass(frozen=True)
class Settings:
    """Where one bureau's workspace lies and what it chose.

    ``box`` is (lon_min, lon_max, lat_min, lat_max) in degrees WGS84; ``as_of_on`` None means the
    last month end the data covers. ``retention_days``: export -> days after a row's day for which
    its persons are kept; an export that is not named keeps them.
    """

    workspace: Path
    name: str = "default"
    district_name: str = ""
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    crs: str = "WGS84"
    box: tuple[float, float, float, float] = DEFAULT_BOX
    as_of_on: date | None = None
    first_as_of_on: date | None = None
    retention_days: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_RETENTION))

    @property
    def exports(self) -> Path:
        """Folder the bureau drops its exports into."""
        return self.workspace / "exports"

    @property
    def originals(self) -> Path:
        """Bytes of every export, kept under access control."""
        return self.workspace / "originals"

    @property
    def contracts(self) -> Path:
        """Contracts that override or add to the built-in ones."""
        return self.workspace / "contracts"

    @property
    def rules(self) -> Path:
        """Dated, editable rules that override the built-in ones."""
        return self.workspace / "rules"

    @property
    def lake(self) -> Path:
        """Typed rows of every file content."""
        return self.workspace / "lake"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file dbt builds; only jobs open it."""
        return self.workspace / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """Snapshots readers open."""
        return self.workspace / "published"

    @property
    def templates(self) -> Path:
        """Blank workbooks for those who fill exports by hand; made when first asked for."""
        return self.workspace / "templates"

    @property
    def rounds(self) -> Path:
        """Drawn rounds, one folder each, never changed."""
        return self.workspace / "rounds"

    @property
    def state(self) -> Path:
        """Sightings, compiled rules, locks, keys, run records."""
        return self.workspace / "state"

    @property
    def dagster_home(self) -> Path:
        """Dagster's instance folder of this workspace."""
        return self.state / "dagster"

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps its manifest and run results for this workspace."""
        return self.state / "dbt"

    def folders(self) -> tuple[Path, ...]:
        """Every folder a workspace has, so that a fresh one can be made whole."""
        names = (
            "exports", "originals", "contracts", "rules", "lake", "published", "reports",
            "rounds", "state",
        )  # fmt: skip
        return (*(self.workspace / n for n in names), self.dagster_home, self.dbt_target)


def load_settings(
    workspace: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Read ``workspace.yml`` of a workspace.

    Parameters
    ----------
    workspace : folder of the bureau; None takes ``PARKRISK_WORKSPACE``.

    Raises
    ------
    SettingsError : no workspace named, not a folder, or a key or value nobody knows.
    """
    given = workspace or (Path(w) if (w := environ.get("PARKRISK_WORKSPACE")) else None)
    if given is None:
        raise SettingsError(
            "workspace: none was given. Expected a folder. "
            "Next: parkrisk --workspace FOLDER …, or set PARKRISK_WORKSPACE."
        )
    root = given.expanduser().resolve()
    path = root / "workspace.yml"
    raw = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    if not isinstance(raw, dict):
        raise SettingsError(f"{path.name}: got {type(raw).__name__}, expected a list of key: value")
    for key in raw:
        if key not in WORKSPACE_KEYS:
            known = ", ".join(WORKSPACE_KEYS)
            raise SettingsError(f"{path.name}: key {key!r} is not known. Expected one of {known}.")
    return Settings(
        workspace=root,
        name=str(raw.get("name", root.name)),
        district_name=str(raw.get("district_name", raw.get("name", root.name))),
        timezone=_zone(str(raw.get("timezone", "Asia/Shanghai")), path),
        language=str(raw.get("language", "zh")),
        crs=str(raw.get("crs", "WGS84")),
        box=_box(raw.get("box"), path),
        as_of_on=_month_end(raw.get("as_of_on"), "as_of_on", path),
        first_as_of_on=_month_end(raw.get("first_as_of_on"), "first_as_of_on", path),
        retention_days=_retention(raw.get("retention"), path),
    )


def _retention(raw: object, path: Path) -> dict[str, int]:
    """Return export -> days; the default unless the workspace names the export itself."""
    if raw is None:
        return dict(DEFAULT_RETENTION)
    if not isinstance(raw, dict) or any(
        not isinstance(days, int) or isinstance(days, bool) or days < 1 for days in raw.values()
    ):
        raise SettingsError(
            f"{path.name}: retention got {raw!r}, expected export: days, as in visits: 90"
        )
    return {**DEFAULT_RETENTION, **{str(export): days for export, days in raw.items()}}


def _zone(name: str, path: Path) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"{path.name}: timezone got {name!r}, expected a zone like Asia/Shanghai"
        ) from error
    return name


def _box(raw: Any, path: Path) -> tuple[float, float, float, float]:
    if raw is None:
        return DEFAULT_BOX
    try:
        lon, lat = raw["lon"], raw["lat"]
        return (float(lon[0]), float(lon[1]), float(lat[0]), float(lat[1]))
    except (TypeError, KeyError, IndexError, ValueError) as error:
        raise SettingsError(
            f"{path.name}: box got {raw!r}, expected {{lon: [min, max], lat: [min, max]}}"
        ) from error


def _month_end(raw: object, key: str, path: Path) -> date | None:
    """As-of days are month ends: feature windows are whole months (decision 0003)."""
    if raw is None:
        return None
    day = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    after = date.fromordinal(day.toordinal() + 1)
    if after.day != 1:
        raise SettingsError(f"{path.name}: {key} got {day}, expected the last day of a month")
    return day
