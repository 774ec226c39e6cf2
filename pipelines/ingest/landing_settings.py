"""What landing needs of a workspace, and what a sheet needs of its file.

Belongs here: frozen parameters. Does not belong here: reading settings (pipelines/settings.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipelines.ingest.cells.coordinates import Box
from pipelines.ingest.known_time import FileTime
from pipelines.ingest.personal import Tokens
from pipelines.ingest.redact import Redactions
from pipelines.ingest.sheets import Hint


@dataclass(frozen=True)
class LandingSettings:
    """What landing needs of a workspace.

    ``box``: (lon low, lon high, lat low, lat high); ``redactions``: what must be forgotten.
    """

    timezone: str
    crs: str
    box: Box
    token_key: bytes = field(repr=False)
    lake: Path
    exports: Path
    originals: Path
    state: Path
    redactions: Redactions = field(default_factory=Redactions)

    def tokens(self) -> Tokens:
        """The key of hashes."""
        return Tokens(self.token_key)


@dataclass(frozen=True)
class LandingContext:
    """The file a sheet belongs to: its content, what its names and all its rows say."""

    file_id: str
    hint: Hint
    settings: LandingSettings
    file_time: FileTime = field(default_factory=FileTime)
