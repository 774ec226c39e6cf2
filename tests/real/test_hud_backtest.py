"""The backtest of the seven real workbooks beside the figures of evidence.md A3.

The figures of A3 are counted again here, from the cells to the metrics, by other code; then the
command prints its table.
"""

from __future__ import annotations

import gzip
import io
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from conftest import parkrisk
from python_calamine import CalamineWorkbook

from pipelines.settings import Settings

YEARS = range(2013, 2021)
FAILS_BELOW = 60
FORMS = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%d-%b-%y")
SITE = ("PROPERTY_ID", "DEVLOPMENT_ID", "DEVELOPMENT_ID")
# Mean over the years: AUC, precision in the first tenth.
EVIDENCE = {"last score": (0.776, 0.380), "empirical Bayes": (0.809, 0.414)}
MODELS = {"logistic": (0.804, 0.421), "gradient_boosting": (0.803, 0.418)}
TOLERANCE = 0.005
# Inspections the mean score of all sites is worth against a site's own, by A3's kind of prior.
PRIOR = 2.0


def _read_day(cell: object) -> date | None:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    for form in FORMS:
        try:
            return datetime.strptime(str(cell).strip(), form).date()
        except ValueError:
            continue
    return None


@pytest.fixture(scope="module")
def records(real_files: Path) -> dict[str, list[tuple[date, float]]]:
    """Site -> its inspections by day, the score of the newest workbook that holds each."""
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for path in sorted((real_files / "hud_reac").iterdir()):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        header = [str(cell).strip().upper() for cell in table[0]]
        site = next(at for at, text in enumerate(header) if text in SITE)
        score, on = header.index("INSPECTION_SCORE"), header.index("INSPECTION_DATE")
        for row in table[1:]:
            day = _read_day(row[on])
            if day is not None:
                found[str(row[site]).strip()][day] = float(str(row[score]).strip())
    return {site: sorted(days.items()) for site, days in found.items()}


def _judge(scores: list[float], failed: list[bool]) -> tuple[float, float]:
    """AUC by counting pairs, and the expected precision in the first tenth over orders of ties."""
    risk, bad = np.array(scores), np.array(failed)
    pairs = risk[bad][:, None] - risk[~bad][None, :]
    auc = float(((pairs > 0) + 0.5 * (pairs == 0)).mean())
    k = -(-len(risk) // 10)
    edge = np.sort(risk)[::-1][k - 1]
    above, tied = risk > edge, risk == edge
    return auc, float((bad[above].sum() + (k - above.sum()) * bad[tied].mean()) / k)


def test_evidence_when_counted_again_then_the_figures_stand(
    records: dict[str, list[tuple[date, float]]],
) -> None:
    """A3: fails at a site's next inspection, by what was known before it, mean of 2013-2020."""
    figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shares = []
    for year in YEARS:
        past = [s for days in records.values() for day, s in days if day < date(year, 1, 1)]
        usual = sum(past) / len(past)
        failed, last, shrunken = [], [], []
        for days in records.values():
            for at, (day, score) in enumerate(days):
                if at and day.year == year:
                    own = [s for _, s in days[:at]]
                    failed.append(score < FAILS_BELOW)
                    last.append(-own[-1])
                    shrunken.append(-(sum(own) + PRIOR * usual) / (len(own) + PRIOR))
        shares.append(sum(failed) / len(failed))
        figures["last score"].append(_judge(last, failed))
        figures["empirical Bayes"].append(_judge(shrunken, failed))
    assert np.mean(shares) == pytest.approx(0.113, abs=0.001)
    for name, wanted in EVIDENCE.items():
        assert np.mean(figures[name], axis=0) == pytest.approx(wanted, abs=TOLERANCE), name


def test_backtest_when_run_on_the_real_files_then_as_good_as_the_evidence(
    hud: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "backtest.json"
    said = parkrisk(hud.workspace, "backtest", "--out", str(out)).stdout
    print(said)
    rows = {row["estimator"]: row for row in json.loads(out.read_text("utf-8"))}
    any_row = rows["random"]
    assert (any_row["evaluation"], any_row["replay"]) == ("at_visit", "as_happened")
    assert (any_row["first_split_on"], any_row["last_split_on"]) == ("2012-12-31", "2019-12-31")
    assert any_row["count_splits"] == len(YEARS)
    assert any_row["base_rate"] == pytest.approx(0.113, abs=0.002)
    figures = {name: (row["auc"], row["precision"]) for name, row in rows.items()}
    assert figures["last_outcome"] == pytest.approx(EVIDENCE["last score"], abs=TOLERANCE)
    assert figures["shrunken_score"] == pytest.approx(EVIDENCE["empirical Bayes"], abs=TOLERANCE)
    for name, (auc, precision) in MODELS.items():  # as good, or better
        assert figures[name][0] > auc - TOLERANCE, name
        assert figures[name][1] > precision - TOLERANCE, name
    # bad sites are visited yearly, so whoever waited longest is a good one
    assert rows["longest_unvisited"]["auc"] < 0.4
    for name, (auc, precision) in figures.items():
        assert f"{auc:.3f}" in said, name
        assert f"{precision:.3f}" in said, name


def test_backtest_when_cohorts_are_judged_then_fewer_of_the_first_tenth_are_found(
    hud: Settings, tmp_path: Path
) -> None:
    """A list of everybody is mostly unjudged: the same order finds less of it."""
    out = tmp_path / "cohort.json"
    parkrisk(hud.workspace, "backtest", "--evaluation", "cohort", "--out", str(out))
    rows = {row["estimator"]: row for row in json.loads(out.read_text("utf-8"))}
    assert rows["last_outcome"]["auc"] == pytest.approx(0.776, abs=TOLERANCE)
    assert rows["last_outcome"]["precision"] < EVIDENCE["last score"][1] - TOLERANCE
    assert rows["shrunken_score"]["labelled_share"] < 0.5
