"""What a run leaves, for the terminal: the ranking's top, files, rejected rows, where things are.

Belongs here: the few lines a person reads after a run. Does not belong here: any computing; the
numbers and words are the explorer's own.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from app import words
from pipelines.publish import current_snapshot
from pipelines.run import RunOutcome
from pipelines.settings import Settings
from pipelines.warehouse import OFFLINE

TOP = 10
RANKED = f"""
select rank, park_id, park_name, town, score from marts.rpt_park_ranking
order by rank, park_id limit {TOP}
"""
REASONS = """
select park_id, feature, value from marts.fct_park_reasons
where run_id in (select run_id from marts.rpt_park_ranking)
  and position > 0 and contribution > 0
qualify row_number() over (partition by park_id order by contribution desc, feature) <= 3
order by contribution desc, feature
"""
COUNTS = "select * from marts.rpt_overview"
WAITING = """
select
    (select count(*) from marts.fct_review_items where state in ('open', 'deferred')),
    (select count(*) from marts.fct_unknown_codes where state in ('open', 'deferred')),
    (select count(distinct row_id) from marts.rpt_corrections)
"""
LATE = """
select export, source_system, town, strftime(month_end_on, '%Y-%m'), due_on
from marts.rpt_expected_files
where is_missing and due_on < ?
order by due_on, source_system, export, town
"""
#: The newest ones are named, the others counted.
MOST_LATE = 5
WINNER = """
select winner, is_rule, base_rate from marts.fct_model_runs
where run_id in (select run_id from marts.rpt_park_ranking)
"""


def format_summary(settings: Settings, outcome: RunOutcome) -> str:
    """Say how a run ended and what the current snapshot holds, in the workspace's language."""
    words.choose_language(settings.language)
    path = current_snapshot(settings)
    head = "done" if outcome.is_new else "nothing new: stopped after landing"
    lines = [f"{head} in {outcome.seconds:.0f} s"]
    if path is None:
        return "\n".join([*lines, "nothing is published yet"])
    connection = duckdb.connect(str(path), read_only=True, config=OFFLINE)
    try:
        lines += _ranking_lines(connection)
        lines += _count_lines(connection)
        lines += _waiting_lines(connection, datetime.now(ZoneInfo(settings.timezone)).date())
    finally:
        connection.close()
    return "\n".join([*lines, *_place_lines(settings, path)])


def _ranking_lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    ranked = connection.execute(RANKED).fetchall()
    reasons: dict[str, list[str]] = {}
    for park, feature, value in connection.execute(REASONS).fetchall():
        reasons.setdefault(park, []).append(words.reason(feature, value))
    winner = connection.execute(WINNER).fetchone()
    lines = []
    if winner:
        kind = "plain rule" if winner[1] else "model"
        lines.append(f"ranking by {winner[0]} ({kind}), top {len(ranked)}:")
    lines.append("  rank  score   park")
    for rank, park, name, town, score in ranked:
        why = ";".join(reasons.get(park, []))
        lines.append(f"  {rank:>4}  {score:6.3f}  {name}({town or '—'}) {why}")
    return lines


def _count_lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    cursor = connection.execute(COUNTS)
    names = [column[0] for column in cursor.description or ()]
    row = cursor.fetchone()
    if row is None:
        return []
    facts = dict(zip(names, row, strict=True))
    return [
        f"as of {facts['as_of_on']}: {facts['count_parks']} parks, "
        f"{facts['count_enterprises']} enterprises",
        f"files read {facts['count_files']} (refused {facts['count_files_refused']}), "
        f"rows read {facts['rows_read']} (rejected {facts['rows_rejected']}), "
        f"issues {facts['count_issues']}",
    ]


def _waiting_lines(connection: duckdb.DuckDBPyConnection, today: date) -> list[str]:
    """What waits for people, and the files that should be here by today."""
    items, codes, rows = connection.execute(WAITING).fetchone() or (0, 0, 0)
    late = connection.execute(LATE, [today]).fetchall()
    lines = [
        f"for people: {items} questions on who is who, {codes} unknown words, {rows} rows to "
        "correct (parkrisk review, parkrisk corrections)"
    ]
    if late:
        lines.append(f"files expected and not here: {len(late)}")
        lines += [
            f"  {words.term(export)} {month} of {source}{f' {town}' if town else ''}, due {due}"
            for export, source, town, month, due in late[-MOST_LATE:]
        ]
    return lines


def _place_lines(settings: Settings, snapshot: Path) -> list[str]:
    return [
        f"workspace  {settings.workspace}",
        f"snapshot   {snapshot}",
        "explorer   make app       (parkrisk --workspace … app)",
        "Dagster    make dagster   (parkrisk --workspace … dagster)",
    ]
