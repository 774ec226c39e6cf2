"""Say what a file's bytes are and unpack them: kinds, gzip, encodings.

Belongs here: magic numbers, decompression, decoding to text.
Does not belong here: rows and cells (text_grid.py, workbook_grid.py).
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET, _LOCKED_PARQUET = b"PAR1", b"PARE"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|(?:html|head|meta|title|style|link|body|div|center|form|table)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML, _WEB_ARCHIVE = re.compile(r"\s*<\?xml"), re.compile(r"\s*MIME-Version:", re.IGNORECASE)
_JSON_LINE, _JSON_LIST = re.compile(r"\s*\{"), re.compile(r"\s*\[\s*\{")


class Refused(Exception):
    """A whole file that cannot be read: a code of ``sheets.Refusal`` and its sentence."""

    def __init__(self, code: str, sentence: str, sheet: str | None = None) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.sheet = code, sentence, sheet


@dataclass(frozen=True)
class Opened:
    """Unpacked bytes and their kind.

    ``csv`` (any delimited text), ``xlsx``, ``xls``, ``html``, ``parquet`` or ``jsonl``.
    """

    kind: str
    payload: bytes


def open_bytes(raw: bytes) -> Opened:
    """Unpack a file's bytes by their content, never by the suffix of a name.

    Raises
    ------
    Refused
        ``empty`` (no byte), ``unreadable`` (truncated, broken, password), ``unsupported_kind``.

    Notes
    -----
    Source: exports.md 8.1 and 9.1.
    """
    payload = _gunzip(raw) if raw.startswith(_GZIP) else raw
    if not payload:
        raise Refused("empty", "The file has 0 bytes. Expected a header row. Export it again.")
    if payload.startswith(_GZIP):
        raise Refused("unsupported_kind", "A gzip file inside a gzip file; expected one table.")
    if payload[257:262] == b"ustar":
        raise Refused("unsupported_kind", "A tar archive; expected one table. Unpack it first.")
    if payload.startswith(_ZIP) and payload[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return Opened(_kind_of_zip(payload), payload)
    if payload.startswith(_OLE):
        return Opened(_kind_of_ole(payload), payload)
    if payload.startswith(_PARQUET):
        return Opened("parquet", payload)
    if payload.startswith(_LOCKED_PARQUET):
        raise Refused("unreadable", "The Parquet table is encrypted. Export it without password.")
    return Opened(_kind_of_text(payload), payload)


def _kind_of_text(payload: bytes) -> str:
    """Tell web pages and JSON from delimited text by how they begin."""
    encoding = next((name for bom, name in _BOMS if payload.startswith(bom)), "latin-1")
    start = payload[:4096].decode(encoding, errors="ignore")
    if _HTML.match(start):
        return "html"
    if _JSON_LINE.match(start):
        return "jsonl"
    kind = "XML text, perhaps an XML workbook of 2003" if _XML.match(start) else ""
    kind = "a web archive (.mht)" if _WEB_ARCHIVE.match(start) else kind
    kind = "one JSON list; expected one object a line" if _JSON_LIST.match(start) else kind
    if kind:
        raise Refused(
            "unsupported_kind",
            f"The file is {kind}. Nothing of it was loaded. Save it as .xlsx or CSV UTF-8.",
        )
    return "csv"


def decode_text(payload: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Decode delimited text strictly: byte-order mark, then UTF-8, then GB18030.

    GB18030 is never tried first: it accepts most UTF-8 text as wrong characters.

    Parameters
    ----------
    encoding : the encoding a contract states; None = find out.

    Returns
    -------
    tuple of str : the text without byte-order mark, and the encoding's name.

    Raises
    ------
    Refused : ``encoding``, with the place of the first byte that fails.

    Notes
    -----
    Source: exports.md 9.1.
    """
    marked = next((name for bom, name in _BOMS if payload.startswith(bom)), None)
    candidates = (encoding,) if encoding else (marked,) if marked else ("utf-8", "gb18030")
    failures = []
    for name in candidates:
        try:
            return payload.decode(name, errors="strict"), name.removesuffix("-sig")
        except UnicodeDecodeError as error:
            line = payload.count(b"\n", 0, error.start) + 1
            is_cut = error.reason == "unexpected end of data"
            how = "ends inside a character, so the file may be cut off," if is_cut else "fails"
            failures.append(f"{name} {how} at byte {error.start} (line {line})")
    raise Refused(
        "encoding",
        f"The text cannot be decoded: {'; '.join(failures)}. Expected UTF-8, UTF-16 with a "
        "byte-order mark, or GB18030. Save it again as CSV UTF-8.",
    )


def _gunzip(raw: bytes) -> bytes:
    try:
        return gzip.decompress(raw)
    except (EOFError, OSError, zlib.error) as error:
        raise Refused(
            "unreadable",
            f"The gzip stream is damaged or cut off ({error}). Nothing of it was loaded. "
            "Copy or export the file again.",
        ) from error


def _kind_of_zip(payload: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(payload)).namelist())
    except Exception as error:  # damage shows in many ways
        raise broken_workbook(str(error)) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    kind = "an .xlsb workbook" if "xl/workbook.bin" in names else "a zip archive, not a workbook"
    raise Refused(
        "unsupported_kind", f"The file is {kind}. Expected .xlsx, .xls or delimited text."
    )


def _kind_of_ole(payload: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in payload:
        raise locked_workbook()
    return "xls"


def locked_workbook() -> Refused:
    """Return the refusal of a workbook behind a password."""
    return Refused(
        "unreadable",
        "The workbook is protected by a password. Nothing of it was loaded. "
        "Save a copy without password.",
    )


def broken_workbook(why: str) -> Refused:
    """Return the refusal of a workbook that cannot be opened."""
    return Refused(
        "unreadable",
        f"The workbook is damaged or cut off ({why}). Nothing of it was loaded. "
        "Open and save it in Excel, or export it again.",
    )
