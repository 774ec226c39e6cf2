"""Delimited text into a grid, whichever way it is read."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.text_grid import SEPARATORS, read_text_grid

#: Cells without quotes, separators or line ends, and without what white space makes of them.
CELLS = st.text("甲A1。 -", max_size=4)


def written(rows: list[list[str]], separator: str, quoting: int, line_end: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=line_end)
    writer.writerows(rows)
    return stream.getvalue()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_text_when_no_cell_is_quoted_then_it_is_read_as_if_all_were(
    rows: list[list[str]], separator: str, line_end: str
) -> None:
    quoted = read_text_grid(written(rows, separator, csv.QUOTE_ALL, line_end), separator)
    plain = "".join(separator.join(row) + line_end for row in rows)
    found = read_text_grid(plain, separator)
    assert '"' not in plain
    assert found.cells.rows() == quoted.cells.rows()


def test_text_when_lines_are_blank_or_ragged_then_every_line_keeps_its_number() -> None:
    cells = read_text_grid("a,b\n\n1\r\n,2,3,\n", ",").cells
    assert cells.rows() == [
        (1, "a", "b", None, None),
        (2, None, None, None, None),
        (3, "1", None, None, None),
        (4, None, "2", "3", None),
    ]


def test_text_when_the_last_line_has_no_end_then_it_is_a_line() -> None:
    assert read_text_grid("a,b\n1,2", ",").cells.rows() == [(1, "a", "b"), (2, "1", "2")]


def test_text_when_a_cell_is_longer_than_any_page_then_it_is_read_whole() -> None:
    long = "长" * 200_000
    assert read_text_grid(f"a,b\n{long},2\n", ",").cells["c0"][1] == long
