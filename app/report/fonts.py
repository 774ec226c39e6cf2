"""Which fonts this machine has for the roles of an official document.

Belongs here: the chain of every role, finding its files, what they cover.
Does not belong here: setting type (render_*.py), checking a text (glyphs.py).

The official families come first (a bureau's Windows has them), then the free stand-ins of a
Linux machine, then the two families of the locked package pylopdf-fonts-zh-cn, so that every
machine has a whole chain. Source: domain.md 4.3, app_and_report.md 2.3.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

PACKAGE = "pylopdf_fonts_zh_cn"
ROLES = ("body", "hei", "kai", "title")
#: role → families with the names their files have, the best first.
CHAINS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "body": (
        ("FangSong", ("simfang.ttf",)),
        ("FangSong_GB2312", ("simfang_gb2312.ttf", "fs_gb2312.ttf", "fangsong_gb2312.ttf")),
        ("FandolFang", ("fandolfang-regular.otf",)),
        ("Noto Serif CJK SC", ("notoserifcjk-regular.ttc",)),
        ("Noto Serif SC", ("notoserifsc-regular.otf",)),
    ),
    "hei": (
        ("SimHei", ("simhei.ttf",)),
        ("FandolHei", ("fandolhei-regular.otf", "fandolhei-bold.otf")),
        ("Noto Sans CJK SC", ("notosanscjk-regular.ttc", "notosanscjk-bold.ttc")),
        ("Noto Sans SC", ("notosanssc-regular.otf",)),
    ),
    "kai": (
        ("KaiTi", ("simkai.ttf",)),
        ("KaiTi_GB2312", ("simkai_gb2312.ttf", "kaiti_gb2312.ttf")),
        ("FandolKai", ("fandolkai-regular.otf",)),
        ("LXGW WenKai", ("lxgwwenkai-regular.ttf",)),
        ("AR PL UKai CN", ("ukai.ttc",)),
        ("Noto Serif CJK SC", ("notoserifcjk-regular.ttc",)),
        ("Noto Serif SC", ("notoserifsc-regular.otf",)),
    ),
    "title": (
        ("FZXiaoBiaoSong-B05S", ("fzxbsjw.ttf", "fzxbsk.ttf", "fzxiaobiaosong-b05s.ttf")),
        ("FandolSong", ("fandolsong-bold.otf",)),
        ("Noto Serif CJK SC", ("notoserifcjk-bold.ttc", "notoserifcjk-regular.ttc")),
        ("Noto Serif SC", ("notoserifsc-regular.otf",)),
    ),
}


@dataclass(frozen=True)
class Fonts:
    """The families found for each role, the best first, and the folders that hold them."""

    families: dict[str, tuple[str, ...]]
    files: dict[str, tuple[Path, ...]]
    folders: tuple[Path, ...]


@cache
def find_fonts(folders: tuple[Path, ...] | None = None) -> Fonts:
    """Find every chain's fonts in the machine's font folders and the package.

    Parameters
    ----------
    folders : where to look beside the package; None takes the machine's own folders.
    """
    wanted = {name for chain in CHAINS.values() for _, names in chain for name in names}
    found = _index(_system_folders() if folders is None else folders, wanted)
    found = {**{p.name.lower(): p for p in _packaged()}, **found}
    families: dict[str, tuple[str, ...]] = {}
    files: dict[str, tuple[Path, ...]] = {}
    for role, chain in CHAINS.items():
        there = [(family, [found[n] for n in names if n in found]) for family, names in chain]
        kept = [(family, paths) for family, paths in there if paths]
        families[role] = tuple(family for family, _ in kept)
        files[role] = tuple(path for _, paths in kept for path in paths)
    used = {path.parent for paths in files.values() for path in paths}
    return Fonts(families, files, tuple(sorted(used)))


@cache
def covered_by(path: Path, family: str) -> frozenset[int]:
    """Return the code points a family of a font file has glyphs for; none when it is not inside."""
    try:
        fonts = TTCollection(path, lazy=True).fonts if path.suffix.lower() == ".ttc" else [
            TTFont(path, lazy=True)
        ]  # fmt: skip
    except (OSError, TTLibError):
        return frozenset()
    return frozenset().union(
        *(font.getBestCmap() or () for font in fonts if family in _names(font))
    )


def _names(font: TTFont) -> set[str]:
    """Return every family name a font goes by (Windows fonts have a Chinese one too)."""
    return {str(n) for n in font["name"].names if n.nameID in (1, 16)}


def _packaged() -> Iterator[Path]:
    folder = Path(str(resources.files(PACKAGE)))
    return (path for path in sorted(folder.iterdir()) if path.suffix == ".otf")


def _index(folders: Iterable[Path], wanted: set[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            continue
        for path in sorted(folder.rglob("*")):
            name = path.name.lower()
            if name in wanted and name not in found and path.is_file():
                found[name] = path
    return found


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", own)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    tex = (Path("/usr/share/texlive/texmf-dist/fonts"), Path("/usr/share/texmf/fonts"))
    return (*shared, *tex, home / ".local" / "share" / "fonts", home / ".fonts")
