"""A child process that reads workbooks, so that a damaged one cannot end ours.

Belongs here: starting, asking and replacing the child.
Does not belong here: what the child does (workbook_child.py), grids (workbook_grid.py).

The reader's library allocates what a file claims, and a .xls has no check sum: one whose chain of
sectors runs in a circle eats all memory, and a failed allocation aborts the process, which no
exception can catch. A run must outlive its worst file (decision 0012).
"""

from __future__ import annotations

import atexit
import pickle
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.ingest.open_bytes import broken_workbook, locked_workbook
from pipelines.ingest.workbook_child import LENGTH

CHILD = Path(__file__).with_name("workbook_child.py")
#: More no workbook of a bureau needs: 1,048,576 rows of 20 columns take half of it.
MEMORY_BYTES = 4 << 30
#: Longer no workbook takes; the child is ended then.
LONGEST_SECONDS = 600.0

Rows = list[list[Any]]


def read_sheets(payload: bytes) -> list[tuple[str, Rows]]:
    """Return name and rows of every worksheet.

    Raises
    ------
    Refused : ``unreadable`` for a workbook that is damaged, behind a password, or that ends its
        reader.
    """
    kind, found = _child().ask(payload)
    if kind == "password":
        raise locked_workbook()
    if kind == "broken":
        raise broken_workbook(found)
    return found


class WorkbookChild:
    """One reading process; replaced after a workbook that ended it."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def ask(self, payload: bytes) -> tuple[str, Any]:
        """Return the child's answer, or ("broken", why) when it ended without one."""
        with self._turn:
            process = self._running()
            clock = threading.Timer(LONGEST_SECONDS, process.kill)
            clock.start()
            try:
                return _exchange(process, payload)
            except (OSError, EOFError):
                self._end()
                return "broken", "reading it needs more memory or time than any workbook may take"
            finally:
                clock.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(CHILD), str(self._memory_bytes)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()


def _exchange(process: subprocess.Popen[bytes], payload: bytes) -> tuple[str, Any]:
    source, target = process.stdin, process.stdout
    if source is None or target is None:
        raise EOFError
    source.write(LENGTH.pack(len(payload)))
    source.write(payload)
    source.flush()
    head = target.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    answer = target.read(size)
    if len(answer) < size:
        raise EOFError
    return pickle.loads(answer)


@cache
def _child() -> WorkbookChild:
    child = WorkbookChild()
    atexit.register(child.close)
    return child
