"""Read workbooks for another process, one after the other, until its pipe closes.

Belongs here: the loop of the child process and its memory limit. It is run as a script and imports
nothing of ours, so it starts fast and runs the parent's code wherever that is installed.
Does not belong here: starting it and what its answers mean (workbook_reader.py).
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
from typing import Any

from python_calamine import PasswordError, SheetTypeEnum, load_workbook

#: Length of a message, before it.
LENGTH = struct.Struct("<Q")


def main() -> None:
    """Answer each workbook with its sheets, or with what is wrong, as a pickle.

    The first argument is the most memory to take, in bytes.
    """
    _limit_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(LENGTH.size):
        answer = pickle.dumps(_answer(source.read(*LENGTH.unpack(head))), pickle.HIGHEST_PROTOCOL)
        target.write(LENGTH.pack(len(answer)))
        target.write(answer)
        target.flush()


def _answer(payload: bytes) -> tuple[str, Any]:
    """Return ("sheets", [(name, rows)]), ("password", "") or ("broken", why)."""
    try:
        workbook = load_workbook(io.BytesIO(payload))
        sheets = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        return "sheets", [
            (sheet.name, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet in sheets
        ]
    except PasswordError:
        return "password", ""
    except BaseException as error:  # the reader's panics on damaged files are no Exception
        return "broken", f"{type(error).__name__}: {error}"


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = most_bytes if most == resource.RLIM_INFINITY else min(most_bytes, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


if __name__ == "__main__":
    main()
