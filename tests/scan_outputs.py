"""Every text an output holds, whatever it is packed in: to search it for what must not be there.

Belongs here: opening Parquet, DuckDB, SQLite, zip-based office files, PDF, gzip and plain bytes.
Does not belong here: what is searched for (the tests).
"""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pypdfium2

#: Encodings in which a plain file may hold Chinese.
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")


def find_in(folder: Path, needles: pl.Series, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """Return ``file: text met`` for every needle met below a folder.

    Parameters
    ----------
    needles : String, the texts that must not be there.
    leave_out : names of sub-folders not to open.
    """
    left = {folder / name for name in leave_out}
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if left & set(path.parents):
            continue
        name = path.relative_to(folder).as_posix()
        met = matches(pl.Series([name]), needles)
        for texts in texts_of(path):
            met |= matches(texts, needles)
        found += [f"{name}: {text}" for text in sorted(met)]
    return found


def matches(texts: pl.Series, needles: pl.Series) -> set[str]:
    """Return the needles that stand in any of the texts."""
    hits = texts.drop_nulls().str.extract_many(needles.to_list()).explode().drop_nulls()
    return set(hits.unique().to_list())


def texts_of(path: Path) -> Iterator[pl.Series]:
    """Yield all texts of one file."""
    if path.suffix == ".parquet":
        yield from _texts_of_frame(pl.read_parquet(path))
    elif path.suffix == ".duckdb":
        yield from _texts_of_database(path)
    elif path.suffix in (".sqlite", ".db"):
        yield from _texts_of_sqlite(path)
    else:
        yield from texts_of_bytes(path.read_bytes())


def texts_of_bytes(data: bytes) -> Iterator[pl.Series]:
    """Yield all texts of a file's bytes, packed or plain."""
    try:
        packed = _unpacked(data)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error):  # cut off: what is left is bytes
        packed = None
    if packed is not None:
        for part in packed:
            yield from texts_of_bytes(part)
    elif data[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(data)
        yield pl.Series([page.get_textpage().get_text_bounded() for page in document])
    else:
        yield pl.Series([data.decode(encoding, errors="ignore") for encoding in ENCODINGS])


def _unpacked(data: bytes) -> list[bytes] | None:
    """Return what a gzip or zip file holds, None for other bytes."""
    if data[:2] == b"\x1f\x8b":
        return [gzip.decompress(data)]
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(name) for name in archive.namelist()]
    return None


def _texts_of_frame(frame: pl.DataFrame) -> Iterator[pl.Series]:
    for column in frame.get_columns():
        if column.dtype == pl.String:
            yield column.unique()
        elif column.dtype.is_nested():
            yield pl.Series([str(column.to_list())])


def _texts_of_database(path: Path) -> Iterator[pl.Series]:
    connection = duckdb.connect(str(path), read_only=True)
    try:
        columns = connection.execute(
            """
            select schema_name, table_name, column_name from duckdb_columns()
            where not internal and data_type = 'VARCHAR'
            """
        ).fetchall()
        for schema, table, column in columns:
            query = f'select distinct "{column}" as text from "{schema}"."{table}"'
            yield connection.cursor().sql(query).pl()["text"]
        comments = "select comment as text from duckdb_columns() where comment is not null"
        yield connection.cursor().sql(comments).pl()["text"]
    finally:
        connection.close()


def _texts_of_sqlite(path: Path) -> Iterator[pl.Series]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = connection.execute("select name from sqlite_master where type = 'table'")
        for (table,) in tables.fetchall():
            rows = connection.execute(f'select * from "{table}"').fetchall()
            yield pl.Series([str(row) for row in rows], dtype=pl.String)
    finally:
        connection.close()
