"""What a round is drawn from: the cohort and its open hazards, out of the published snapshot.

Belongs here: reading the snapshot, finding whom a decision names. Does not belong here: composing
the round (models_ml/rounds.py), keeping it (record.py). Nothing but the snapshot is read, so a
round can be explained by what every reader saw that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources

import duckdb
import polars as pl

from pipelines.publish import current_snapshot
from pipelines.rules.compile_rules import RuleError
from pipelines.rules.round_rules import Decision, RoundPolicy
from pipelines.settings import Settings
from pipelines.warehouse import OFFLINE

DECIDED_SCHEMA = {
    "unit": pl.String, "subject_id": pl.String, "decision": pl.String,
    "decision_reason": pl.String,
}  # fmt: skip


class RoundError(RuntimeError):
    """No round can be drawn or verified; the sentence says why and what to do next."""


@dataclass(frozen=True)
class Cohort:
    """The cohort of the current snapshot and its hazards that are not closed.

    ``hazards_unplaced`` counts hazards not closed of nobody or of a subject that is not ranked.
    """

    as_of_on: date
    district_name: str
    runs: dict[str, str]
    frame: pl.DataFrame
    hazards: pl.DataFrame
    hazards_unplaced: int


def read_cohort(settings: Settings, policy: RoundPolicy) -> Cohort:
    """Read the cohort of the current snapshot, in order of unit and id.

    Raises
    ------
    RoundError : nothing is published, or nobody is ranked.
    """
    path = current_snapshot(settings)
    if path is None:
        raise RoundError("no snapshot is published. Expected one. Next: parkrisk refresh.")
    with duckdb.connect(str(path), read_only=True, config=OFFLINE) as connection:
        facts = connection.cursor().sql("select * from marts.rpt_overview").pl().row(0, named=True)
        frame = _ask(connection, "candidates", {"kinds": list(policy.cool_down_kinds)})
        hazards = _ask(connection, "open_hazards", {"as_of_on": facts["as_of_on"]})
    if frame.is_empty():
        raise RoundError(
            f"{path.name}: nobody is ranked at {facts['as_of_on']}. Expected a ranking of parks or "
            "enterprises. Next: parkrisk refresh, then parkrisk round."
        )
    placed = hazards.join(frame, on=["unit", "subject_id"], how="semi")
    runs = dict(frame.select("unit", "run_id").unique().sort("unit").iter_rows())
    return Cohort(
        facts["as_of_on"], facts["district_name"] or settings.district_name, runs,
        frame.drop("run_id"), placed, hazards.height - placed.height,
    )  # fmt: skip


def find_decided(
    frame: pl.DataFrame, decisions: tuple[Decision, ...], begins_on: date
) -> tuple[pl.DataFrame, list[str]]:
    """Return the decisions in force on a day by subject, and the names that fit nobody.

    A subject is named by its id or its exact name (and town, where names repeat). Of two decisions
    on one subject the later one holds.

    Raises
    ------
    RuleError : a name fits several subjects.
    """
    in_force = [d for d in decisions if d.until is None or d.until >= begins_on]
    found: dict[tuple[str, str], Decision] = {}
    lost = []
    for decision in sorted(in_force, key=lambda d: (d.decided_on, d.line)):
        named = (pl.col("name") == decision.name) | (pl.col("subject_id") == decision.name)
        if decision.town is not None:
            named &= pl.col("town") == decision.town
        ids = frame.filter(named & (pl.col("unit") == decision.subject))["subject_id"].to_list()
        if len(ids) > 1:
            raise RuleError(
                f"rules/round.yml line {decision.line}: got '{decision.name}', the name of "
                f"{len(ids)} subjects; expected one. Next: add its town, or its id as the name."
            )
        if ids:
            found[decision.subject, ids[0]] = decision
        else:
            lost.append(decision.name)
    rows = [(*key, d.decision, d.reason) for key, d in sorted(found.items())]
    return pl.DataFrame(rows, schema=DECIDED_SCHEMA, orient="row"), sorted(lost)


def _ask(connection: duckdb.DuckDBPyConnection, question: str, params: dict) -> pl.DataFrame:
    query = resources.files("pipelines.rounds").joinpath(f"{question}.sql").read_text("utf-8")
    return connection.cursor().sql(query, params=params).pl()
