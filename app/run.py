"""How the explorer is started.

Belongs here: the command line with every setting, so nothing depends on the working directory,
and which workspace it names. Imports nothing heavy: the CLI uses it.
Does not belong here: starting it (the CLI does).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ARGUMENT = "--workspace="
WORKSPACE_VARIABLE = "PARKRISK_WORKSPACE"
# Windows, macOS and Debian names in this order; without them Chromium may pick a Kai font.
FONTS = (
    "'Source Sans', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
OPTIONS = {
    "server.headless": "true",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    # The built-in CSV of a table would not put ' before cells that look like formulas.
    "client.disableDataExport": "true",
    "client.showSidebarNavigation": "false",
    "theme.base": "light",
    "theme.primaryColor": "#1F5FA8",
    "theme.backgroundColor": "#FFFFFF",
    "theme.secondaryBackgroundColor": "#F4F6F9",
    "theme.textColor": "#1C2733",
    "theme.font": FONTS,
    "theme.headingFont": FONTS,
    "theme.baseRadius": "6px",
    "theme.headingFontSizes": '["1.75rem","1.35rem","1.1rem","1rem","1rem","1rem"]',
}


def command(workspace: Path, port: int = 8501) -> list[str]:
    """Return the command that serves ``workspace`` on ``127.0.0.1:port``."""
    main = Path(__file__).with_name("main.py")
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]
    server = [sys.executable, "-m", "streamlit", "run", str(main), f"--server.port={port}"]
    return [*server, *options, "--", f"{ARGUMENT}{workspace.resolve()}"]


def choose_workspace(arguments: Sequence[str], environment: Mapping[str, str]) -> Path | None:
    """Return the folder of ``--workspace=``, else of ``PARKRISK_WORKSPACE``, else None."""
    given = [a.removeprefix(ARGUMENT) for a in arguments if a.startswith(ARGUMENT)]
    name = given[0] if given else environment.get(WORKSPACE_VARIABLE)
    return Path(name) if name else None
