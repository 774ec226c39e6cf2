"""The demo from end to end: the one shared build of the session, read and never changed."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import DemoBuild, parkrisk
from warehouse_state import rows

from pipelines.publish import current_snapshot

pytestmark = pytest.mark.integration


def snapshot(demo: DemoBuild) -> Path:
    path = current_snapshot(demo.settings)
    assert path is not None
    return path


def truth(demo: DemoBuild, name: str) -> list[dict[str, str]]:
    path = demo.settings.workspace / "truth" / f"{name}.csv"
    with path.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_demo_when_built_then_every_living_park_is_ranked_with_reasons(demo: DemoBuild) -> None:
    living = rows(snapshot(demo), "select count(*) from marts.dim_parks where delisted_on is null")
    ranked = rows(
        snapshot(demo),
        "select count(*), count(reason_1), min(rank) from marts.rpt_park_ranking",
    )
    assert ranked == [(living[0][0], living[0][0], 1)]


def test_demo_when_built_then_reasons_sum_to_the_score(demo: DemoBuild) -> None:
    off = rows(
        snapshot(demo),
        """
        select park_id, score, sum(contribution)
        from marts.rpt_park_ranking join marts.fct_park_reasons using (run_id, park_id)
        group by park_id, score having abs(score - sum(contribution)) > 1e-9
        """,
    )
    assert off == []


def test_demo_when_built_then_planted_defects_are_found_and_none_else(demo: DemoBuild) -> None:
    planted = Counter(
        row["expected"]
        for row in {tuple(sorted(r.items())): r for r in truth(demo, "planted")}.values()
        if ":" in row["expected"]
    )
    found = Counter(
        dict(
            rows(
                snapshot(demo),
                """
                select 'rejected:' || reason, count(*) from marts.fct_rejected_rows group by 1
                union all select 'issue:' || rule, count(*) from marts.fct_issues group by 1
                union all select 'refused:' || refused_code, count(*) from marts.dim_files
                where outcome = 'refused' group by 1
                """,
            )
        )
    )
    assert found == planted
    assert len(planted) >= 20
    assert "missed 0, reported without being planted 0" in demo.output


def test_demo_when_built_then_every_file_balances_and_equals_the_truth(demo: DemoBuild) -> None:
    ledger = rows(
        snapshot(demo),
        """
        select file_name, export, sum(rows_read)::bigint, sum(rows_rejected)::bigint,
               sum(rows_accepted + rows_duplicate + rows_superseded + rows_rejected)::bigint
        from marts.fct_file_ledger where export is not null group by all
        """,
    )
    assert all(read == accounted for _, _, read, _, accounted in ledger)
    expected: dict[tuple[str, str], list[int]] = {}
    for row in truth(demo, "files"):
        if not row["refused_code"]:
            counts = expected.setdefault((row["file_name"], row["export"]), [0, 0])
            counts[0] += int(row["rows_read"])
            counts[1] += int(row["rejected"])
    assert {(n, e): [read, rejected] for n, e, read, rejected, _ in ledger} == expected


def test_demo_when_run_again_then_nothing_is_new_and_nothing_changes(demo: DemoBuild) -> None:
    before = snapshot(demo)
    exports = demo.settings.exports
    times = {p: p.stat().st_mtime_ns for p in exports.rglob("*") if p.is_file()}
    again = parkrisk(demo.settings.workspace, "demo")
    assert "nothing new" in again.stdout + again.stderr
    assert snapshot(demo) == before
    assert {p: p.stat().st_mtime_ns for p in exports.rglob("*") if p.is_file()} == times


def test_demo_when_built_then_every_hazard_names_its_file_and_line(demo: DemoBuild) -> None:
    unnamed = rows(
        snapshot(demo),
        "select count(*) from marts.fct_hazards where file_name is null or _row_number is null",
    )
    assert unnamed == [(0,)]


def test_demo_when_built_then_output_shows_what_a_user_needs(demo: DemoBuild) -> None:
    for words in ("rank", "rejected", "snapshot", "make app", "make dagster"):
        assert words in demo.output


def test_demo_when_backtested_then_the_table_is_that_of_the_published_evidence(
    demo: DemoBuild, tmp_path: Path
) -> None:
    out = tmp_path / "backtest.json"
    said = parkrisk(demo.settings.workspace, "backtest", "--unit", "park", "--out", str(out)).stdout
    told = {row["estimator"]: row for row in json.loads(out.read_text("utf-8"))}
    published = rows(
        snapshot(demo),
        """
        select estimator, avg(value) filter (metric = 'auc'), min(value) filter (metric = 'auc'),
               avg(value) filter (metric = 'precision' and k_share = 0.1)
        from marts.fct_model_metrics
        where run_id in (select run_id from marts.rpt_park_ranking)
        group by estimator
        """,
    )
    assert {"random", "shrunken_rate", "logistic", "gradient_boosting"} <= {r[0] for r in published}
    assert len(published) == len(told)
    for estimator, auc, worst, precision in published:
        row = told[estimator]
        assert (row["auc"], row["auc_worst"], row["precision"]) == pytest.approx(
            (auc, worst, precision)
        )
        assert estimator in said
