"""The backtest on its own: every comparator and model over rolling splits, in one table.

Belongs here: reading a workspace's frames for it, its text and its file. Does not belong here: any
figure (models_ml), the ranking of a refresh (assets/risk.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from models_ml.backtest import run_backtest
from models_ml.compare import Comparison, compare_rankers
from models_ml.config import AT_VISIT, RiskConfig
from models_ml.frame import RiskFrame
from models_ml.leaks import check_leaks
from models_ml.splits import add_months
from pipelines.assets.risk import UNITS, RankingInput, read_input, workspace_config
from pipelines.run import RunFailed
from pipelines.settings import Settings
from pipelines.warehouse import hold_run_lock

PERCENT = 100


@dataclass(frozen=True)
class UnitBacktest:
    """The comparison of one unit and the settings it was made with."""

    unit: str
    config: RiskConfig
    known_on: date
    comparison: Comparison

    def table(self) -> pl.DataFrame:
        """Return the comparison with what each row needs to stand alone in a file."""
        config, comparison = self.config, self.comparison
        facts = {
            "unit": self.unit,
            "evaluation": config.evaluation,
            "label_name": config.label_name,
            "replay": config.replay,
            "horizon_days": config.horizon_days,
            "delay_days": config.delay_days,
            "known_on": self.known_on,
            "k_share": comparison.k_share,
            "headline": config.metrics.headline,
            "rival": comparison.rival,
            "first_split_on": comparison.splits[0] if comparison.splits else None,
            "last_split_on": comparison.splits[-1] if comparison.splits else None,
            "base_rate": comparison.base_rate,
            "base_rate_worst": comparison.base_rate_worst,
            "count_rows": comparison.count_rows,
        }
        return comparison.table.select(
            *(pl.lit(value).alias(name) for name, value in facts.items()), pl.all()
        )


def backtest_units(
    settings: Settings, unit: str | None = None, evaluation: str | None = None
) -> list[UnitBacktest]:
    """Judge every ranker of a workspace on its splits, with labels as known today.

    Parameters
    ----------
    unit
        `park` or `enterprise`; None = each that the workspace has.
    evaluation
        `cohort` or `at_visit`; None = as the workspace's risk.yml says.

    Raises
    ------
    RunFailed : there is no warehouse, it was built before this version, or nobody is in it.
    WarehouseBusy : a run holds the workspace.
    """
    tried = (_backtest_unit(settings, name, evaluation) for name in ([unit] if unit else UNITS))
    done = [one for one in tried if one is not None]
    if not done:
        raise RunFailed(
            f"backtest: no {unit or 'subject'} at the as-of day. Next: parkrisk refresh"
        )
    return done


def _backtest_unit(settings: Settings, unit: str, evaluation: str | None) -> UnitBacktest | None:
    """Judge one unit; None = nobody of it is there."""
    config = workspace_config(settings)
    config = replace(config, evaluation=evaluation or config.evaluation)
    read = _read(settings, unit, config)
    if read.current_on is None or read.known_on is None:
        return None
    frame = RiskFrame.build(read.features, read.labels, config, unit)
    past = frame.as_known(read.current_on, read.known_on)
    check_leaks(past, read.known_on, config)
    comparison = compare_rankers(run_backtest(past, read.known_on, config, unit), config)
    return UnitBacktest(unit, config, read.known_on, comparison)


def format_backtest(done: UnitBacktest) -> str:
    """Return the table as text, with the question it answers above it."""
    config, comparison = done.config, done.comparison
    window = (
        f"each visit of the {config.splits.step_months} months after a split, "
        "by what was known at the month end before it"
        if config.evaluation == AT_VISIT
        else f"everybody at a split, by the {config.horizon_days} days after it"
    )
    head = (
        f"{done.unit}: {config.label_name}, replay {config.replay}, evaluation "
        f"{config.evaluation} ({window}); delay {config.delay_days} days"
    )
    if not comparison.splits:
        return f"{head}\n  no split has labels yet: the history is too short"
    last = comparison.splits[-1]
    until = last + timedelta(days=config.horizon_days)
    if config.evaluation == AT_VISIT:
        until = add_months(last, config.splits.step_months)
    lines = [
        head,
        f"{len(comparison.splits)} splits, {comparison.splits[0]} to {last} (judged to {until}); "
        f"{comparison.count_rows} labelled rows; base rate {_number(comparison.base_rate)}, "
        f"lowest {_number(comparison.base_rate_worst)}",
        f"gain: {_headline(done)} over {comparison.rival}, with its "
        f"{config.winner.confidence:.0%} interval by subject; detectable: the smallest true "
        "difference these splits would show 4 times in 5",
        "",
        *_table_lines(comparison),
        *_calibration_lines(comparison),
    ]
    lines += [f"{name}: {why}" for name, why in comparison.skipped.items()]
    return "\n".join(lines)


def check_out(path: Path) -> None:
    """Refuse a file `write_backtest` could not write, before anything is computed.

    Raises
    ------
    RunFailed : its ending is neither .csv nor .json, or its folder is missing.
    """
    if path.suffix not in (".csv", ".json"):
        raise RunFailed(f"backtest: --out {path.name} must end in .csv or .json")
    if not path.absolute().parent.is_dir():
        raise RunFailed(f"backtest: --out {path}: there is no such folder")


def write_backtest(done: list[UnitBacktest], path: Path) -> None:
    """Write the tables of all units as one CSV or, by the ending, JSON file."""
    table = pl.concat([one.table() for one in done], how="vertical_relaxed")
    if path.suffix == ".json":
        text = json.dumps(table.to_dicts(), default=str, ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", "utf-8")
    else:
        table.write_csv(path)  # no cell holds text of an export


def _read(settings: Settings, unit: str, config: RiskConfig) -> RankingInput:
    """Read the frames while nobody else runs: a reader would break dbt (design.md 2.4)."""
    if not settings.warehouse.exists():
        raise RunFailed("backtest: there is no warehouse yet. Next: parkrisk refresh")
    with hold_run_lock(settings, "backtest"):
        try:
            return read_input(settings, unit, config)
        except duckdb.CatalogException as error:
            missing = str(error).splitlines()[0]
            raise RunFailed(
                f"backtest: the warehouse is of an earlier version ({missing}). "
                "Next: parkrisk refresh"
            ) from error


def _headline(done: UnitBacktest) -> str:
    metrics = done.config.metrics
    return "AUC" if metrics.headline == "auc" else f"precision at {metrics.headline_k_share:.0%}"


def _table_lines(comparison: Comparison) -> list[str]:
    first = f"P@{comparison.k_share * PERCENT:.0f}%"
    head = ["", "AUC", "worst", first, "worst"]
    head += ["labelled", "gain", "interval", "detectable", "splits"]
    rows = [head, *(_table_row(row) for row in comparison.table.iter_rows(named=True))]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _table_row(row: dict[str, Any]) -> list[str]:
    figures = ("auc", "auc_worst", "precision", "precision_worst", "labelled_share")
    gain = ["", "", ""]
    if row["gain"] is not None:
        interval = f"{row['gain_low']:+.3f} to {row['gain_high']:+.3f}"
        gain = [f"{row['gain']:+.3f}", interval, _number(row["detectable"])]
    name = row["estimator"] if row["is_rule"] else f"{row['estimator']} (model)"
    return [name, *(_number(row[figure]) for figure in figures), *gain, str(row["count_splits"])]


def _calibration_lines(comparison: Comparison) -> list[str]:
    """Say how far a model's probabilities hold, over the labelled rows of all splits."""
    return [
        f"{row['estimator']} as a probability: Brier {_number(row['brier'])}, log loss "
        f"{_number(row['log_loss'])}, expected error {_number(row['expected_error'])}, slope "
        f"{_interval(row, 'slope')} (1 = right), "
        f"intercept {_interval(row, 'intercept')} (0 = right)"
        for row in comparison.table.iter_rows(named=True)
        if row["brier"] is not None
    ]


def _interval(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "—"
    return f"{row[name]:.2f} ({row[f'{name}_low']:.2f} to {row[f'{name}_high']:.2f})"


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
