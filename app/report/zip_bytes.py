"""A zip packed the same way every time.

Belongs here: repacking an Office file with fixed times. Does not belong here: its content.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

#: The first day a zip can name.
EPOCH = (1980, 1, 1, 0, 0, 0)


def pack_again(data: bytes) -> bytes:
    """Return a zip with the same members in the same order, all dated the same day."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return packed.getvalue()
