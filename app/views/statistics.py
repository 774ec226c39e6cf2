"""Statistics and reports: the annual report's figures by period and region, and its files.

Belongs here: choosing period, region and chapter, showing the content model, offering the files
last written. Does not belong here: numbers and wording (app/report), writing the files (the
``report`` command and job).
"""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from app import downloads, frame, queries, url_state, words
from app.published import Snapshot, current_snapshot, workspace_of
from app.report.content import ALL, build_report, say_period
from app.report.model import Figure, Heading, Paragraph, Report, Table
from app.report.options import ReportOptions, read_options
from app.report.period import Period, ReportError, last_full_year, read_period
from app.report.write import PDF, WORD, name_folder

PERIOD, REGION, CHAPTER = "period", "region", "chapter"
SUMMARY = "summary"
MOST_YEARS = 10
AROUND_PLOT_PX = 80
MIME = {
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    st.title(words.say("statistics.title"))
    periods = list_periods(snapshot, url_state.read(PERIOD))
    regions = [ALL, *queries.ask(snapshot, "town_names")["town"]]
    left, right = st.columns(2)
    with left:
        code = url_state.choose_required(
            words.say("statistics.period"), list(periods), lambda c: say_period(periods[c]), PERIOD
        )
    with right:
        region = url_state.choose_required(
            words.say("statistics.region"), regions, _name_region, REGION
        )
    try:
        options = read_options(workspace_of(snapshot) / "rules")
        report = _build(snapshot, periods[code], region, options)
    except ReportError as error:
        st.warning(frame.plain(str(error)), icon=":material/warning:")
        return
    _offer_files(snapshot, report, code)
    _show_report(snapshot, report)


def list_periods(snapshot: Snapshot, asked: str | None) -> dict[str, Period]:
    """Return the periods to choose from: the last full year first, the running one, older ones.

    A period of the address that can be read is one of them.
    """
    newest = last_full_year(snapshot.as_of_on)
    first = min(
        (day for day in queries.ask(snapshot, "first_days")["first_on"] if day is not None),
        default=newest.start,
    )
    running = Period(newest.end, date(newest.end.year + 1, 1, 1))
    years = [newest, *([running] if running.start <= snapshot.as_of_on else [])]
    oldest = max(first.year, newest.start.year - MOST_YEARS + 1)
    years += [
        Period(date(year, 1, 1), date(year + 1, 1, 1))
        for year in range(newest.start.year - 1, oldest - 1, -1)
    ]
    periods = {period.code: period for period in years}
    if asked and asked not in periods:
        try:
            periods[asked] = read_period(asked)
        except ReportError:
            return periods
    return periods


def _name_region(region: str) -> str:
    return words.say("report.whole_district") if region == ALL else region


def _build(snapshot: Snapshot, period: Period, region: str, options: ReportOptions) -> Report:
    return build_report(snapshot, period, region, options, names_on=date.today())


def _offer_files(snapshot: Snapshot, report: Report, asked: str) -> None:
    """Show the download of the files written of this very snapshot, or how to write them."""
    facts = report.facts
    name = name_folder(facts["period"], facts["region"], facts["run"], report.language)
    folder = workspace_of(snapshot) / "reports" / name
    if not (folder / PDF).is_file():
        st.caption(words.say("statistics.not_written"))
        options = f'--period {asked} --region "{facts["region"]}"'
        st.code(f'parkrisk --workspace "{workspace_of(snapshot)}" report {options}', language=None)
        return
    file = words.say("report.file", region=_name_region(facts["region"]), period=facts["period"])
    with st.container(horizontal=True):
        for part, key in ((PDF, "statistics.pdf"), (WORD, "statistics.word")):
            path = folder / part
            st.download_button(
                words.say(key),
                path.read_bytes,
                f"{file}{path.suffix}",
                MIME[part],
                key=f"report_{part}",
                on_click="ignore",
                icon=":material/download:",
            )


def _show_report(snapshot: Snapshot, report: Report) -> None:
    titles = {SUMMARY: report.summary_title}
    titles |= {chapter.key: chapter.title for chapter in report.chapters}
    chosen = url_state.choose_tab(
        words.say("statistics.title"), list(titles), lambda key: titles[key], CHAPTER
    )
    if chosen == SUMMARY:
        _show_texts(report.summary)
        st.subheader(report.scope_title)
        _show_texts(report.scope)
        return
    for block in next(c for c in report.chapters if c.key == chosen).blocks:
        if isinstance(block, Heading):
            st.subheader(frame.plain(block.text))
        elif isinstance(block, Paragraph):
            _show_texts([block.text])
        elif isinstance(block, Figure):
            st.markdown(f"**{frame.plain(block.caption)}**")
            spec = {k: v for k, v in block.spec.items() if k not in ("width", "background")}
            # Streamlit's height holds legend and axis too, the specification's only the plot.
            spec["height"] += AROUND_PLOT_PX
            st.vega_lite_chart(spec=spec, width="stretch", key=f"figure_{block.key}")
        else:
            _show_table(snapshot, block, report.title)


def _show_texts(texts: list[str]) -> None:
    for text in texts:
        st.markdown(frame.plain(text))


def _show_table(snapshot: Snapshot, table: Table, place: str) -> None:
    unit = words.say("report.unit", unit=table.unit) if table.unit else ""
    columns = [
        _read_cells(column.title, [row[number] for row in table.rows])
        for number, column in enumerate(table.columns)
    ]
    shown = pl.DataFrame(columns)

    def make() -> downloads.Sheet:
        title = words.say("report.comma").join(part for part in (table.caption, unit) if part)
        return downloads.describe_sheet(title, place, snapshot, shown)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{frame.plain(table.caption)}** {frame.plain(unit)}")
        downloads.offer(table.caption, make, key=table.key, label=words.say("download.excel"))
    config = {
        column.title: st.column_config.NumberColumn(format=_choose_format(cells))
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=True)
        if shown.schema[column.title].is_numeric()
    }
    frame_height = frame.table_height(shown.height)
    st.dataframe(
        shown, hide_index=True, height=frame_height, column_config=config,
        placeholder=words.MISSING, key=f"table_{table.key}",
    )  # fmt: skip
    for note in table.notes:
        st.caption(frame.plain(note))


def _read_cells(title: str, cells: list[str]) -> pl.Series:
    """Return a column as numbers where every cell is one, so that it sorts as numbers."""
    texts = pl.Series(title, cells, dtype=pl.String)
    known = texts.replace(words.MISSING, None)
    numbers = known.cast(pl.Float64, strict=False)
    return numbers if numbers.null_count() == known.null_count() else texts


def _choose_format(cells: tuple[str, ...]) -> str:
    places = max((len(cell.partition(".")[2]) for cell in cells), default=0)
    return f"%.{places}f"


if __name__ == "__main__":
    show()
