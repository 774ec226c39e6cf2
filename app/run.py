"""How the explorer is started.

Belongs here: the command line with every setting, so nothing depends on the working directory.
Does not belong here: starting it (the CLI does).
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.published import ARGUMENT

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
