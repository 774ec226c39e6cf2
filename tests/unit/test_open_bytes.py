"""Kinds by content, gzip and encodings."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from pipelines.ingest.open_bytes import Refused, decode_text, open_bytes

TEXT = "企业名称,检查日期\n甲厂,2026-10-05\n"


def zip_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
        ("㙦镇,𠮷\n".encode("gb18030"), "gb18030"),
    ],
)
def test_decode_text_when_written_in_an_encoding_then_it_is_found(
    raw: bytes, encoding: str
) -> None:
    text, found = decode_text(raw)
    assert found == encoding
    assert text in (TEXT, "㙦镇,𠮷\n")


def test_decode_text_when_nothing_fits_then_it_is_refused_with_the_place() -> None:
    with pytest.raises(Refused) as caught:
        decode_text(TEXT.encode() + b"\xff\xff")
    assert caught.value.code == "encoding"
    assert "line 3" in caught.value.sentence


def test_decode_text_when_the_contract_states_an_encoding_then_only_that_is_tried() -> None:
    assert decode_text("café".encode("cp1252"), "cp1252") == ("café", "cp1252")
    with pytest.raises(Refused):
        decode_text(TEXT.encode("gb18030"), "utf-8")


def test_open_bytes_when_text_is_gzipped_then_it_is_unpacked_whatever_its_name() -> None:
    opened = open_bytes(gzip.compress(TEXT.encode()))
    assert opened.kind == "csv"
    assert opened.payload == TEXT.encode()


def test_open_bytes_when_a_zip_holds_a_workbook_then_it_is_xlsx() -> None:
    assert open_bytes(zip_of("xl/workbook.xml")).kind == "xlsx"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"PAR1....PAR1", "parquet"),
        (b"\xef\xbb\xbf <HTML><table>", "html"),
        ("\ufeff<div><table>".encode("utf-16-le"), "html"),
        (b"\n<table><tr>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html>", "html"),
        (b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        (b"<tables>,a\n", "csv"),
        ("<企业>,a\n".encode(), "csv"),
    ],
)
def test_open_bytes_when_content_shows_its_kind_then_no_suffix_is_needed(
    raw: bytes, kind: str
) -> None:
    assert open_bytes(raw).kind == kind


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (gzip.compress(b""), "empty"),
        (gzip.compress(TEXT.encode() * 99)[:60], "unreadable"),
        (gzip.compress(TEXT.encode())[:-6] + b"\0\0\0\0\0\0", "unreadable"),
        (zip_of("xl/workbook.xml")[:40], "unreadable"),
        (zip_of("word/document.xml"), "unsupported_kind"),
        (zip_of("xl/workbook.bin"), "unsupported_kind"),
        (gzip.compress(gzip.compress(b"x")), "unsupported_kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "unreadable",
        ),
    ],
)
def test_open_bytes_when_a_file_cannot_be_loaded_then_it_is_refused_with_a_code(
    raw: bytes, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        open_bytes(raw)
    assert caught.value.code == code


def test_open_bytes_when_a_gzip_holds_an_archive_then_it_is_refused() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    with pytest.raises(Refused) as caught:
        open_bytes(gzip.compress(stream.getvalue()))
    assert caught.value.code == "unsupported_kind"
