"""The parkrisk command: parse, call, print.

Belongs here: arguments, what a person reads on the terminal, exit codes.
Does not belong here: any work; each verb calls the room that owns it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from pipelines.cli_forget import add_forget
from pipelines.cli_review import ReviewError, add_review
from pipelines.cli_round import add_round, draw_first_round
from pipelines.settings import Settings, SettingsError, load_settings

Verb = Callable[[argparse.Namespace], int]
DEFAULT_PORT = 8501
DAGSTER_PORT = 3000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors print a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # Chinese on any console
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except _told() as error:
        print(f"parkrisk: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("parkrisk: stopped. The last published snapshot stays.", file=sys.stderr)
        return 130


def _told() -> tuple[type[BaseException], ...]:
    """Errors that already say what, where, got, expected and next."""
    from app.report.period import ReportError
    from models_ml.config import ConfigError
    from models_ml.frame_checks import FrameError
    from models_ml.leaks import LeakFound
    from pipelines.contracts.load_contracts import ContractError
    from pipelines.contracts.write_template import UnknownExport
    from pipelines.dbt_runner import DbtFailed
    from pipelines.publish import PublishError
    from pipelines.review.record import RecordError
    from pipelines.rounds.cohort import RoundError
    from pipelines.rules.compile_rules import RuleError
    from pipelines.run import RunFailed
    from pipelines.warehouse import WarehouseBusy

    return (
        SettingsError, ContractError, RuleError, DbtFailed, PublishError, WarehouseBusy, RunFailed,
        ConfigError, FrameError, LeakFound,
        RecordError,
        ReviewError,
        UnknownExport,
        ReportError,
        RoundError,
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="parkrisk", description="Exports in, parks ranked: a work-safety bureau's warehouse."
    )
    parser.add_argument(
        "--workspace", type=Path, help="folder of the bureau (or set PARKRISK_WORKSPACE)"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    def verb(name: str, run: Verb, text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    verb("init", _init, "make the folders of a new workspace")
    verb("demo", _demo, "write the demo district's exports, refresh, and show the result")
    check = verb("check", _check, "say what files are and what would be rejected; loads nothing")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    template = verb("template", _template, "write the blank workbook of an export, ready to fill")
    template.add_argument("export", metavar="EXPORT", help="an export or a contract, e.g. hazards")
    template.add_argument(
        "--out", type=Path, metavar="FILE", help="where to (else the workspace's templates folder)"
    )
    verb("refresh", _refresh, "exports to published snapshot; stops early when nothing is new")
    verb("rank", _rank, "fit, compare, score and publish again from the marts as they are")
    report = verb("report", _report, "the annual report of the published data: PDF, Word, JSON")
    report.add_argument("--period", help="FROM..TO or a year (the last full year)")
    report.add_argument("--region", help="a town, or all (the whole district)")
    report.add_argument("--date", type=date.fromisoformat, help="date of the report (publication)")
    report.add_argument("--lang", choices=("zh", "en"), help="language (the workspace's)")
    add_forget(verb)
    backtest = verb("backtest", _backtest, "judge every rule and model on past splits; one table")
    backtest.add_argument("--unit", choices=("park", "enterprise"), help="both when not given")
    backtest.add_argument(
        "--evaluation", choices=("cohort", "at_visit"), help="what is judged; else as risk.yml says"
    )
    backtest.add_argument("--out", type=Path, metavar="FILE", help="also write a .csv or .json")
    publish = verb("publish", _publish, "show the current snapshot, or go back to the one before")
    publish.add_argument("--rollback", action="store_true", help="point readers one snapshot back")
    add_round(verb)
    add_review(verb)
    app = verb("app", _app, "open the explorer")
    app.add_argument("--port", type=int, default=DEFAULT_PORT)
    dagster = verb("dagster", _dagster, "open Dagster's page for this workspace")
    dagster.add_argument("--port", type=int, default=DAGSTER_PORT)
    return parser


def _settings(given: argparse.Namespace) -> Settings:
    return load_settings(given.workspace)


def _init(given: argparse.Namespace) -> int:
    from pipelines.run import make_workspace

    settings = _settings(given)
    make_workspace(settings)
    print(f"workspace {settings.workspace}")
    print(f"Next: put exports into {settings.exports}, then parkrisk refresh")
    return 0


def _demo(given: argparse.Namespace) -> int:
    from pipelines.demo.build import write_demo
    from pipelines.demo_truth import compare_with_truth
    from pipelines.run import make_workspace, run_job
    from pipelines.summary import format_summary

    settings = _settings(given)
    make_workspace(settings)
    write_demo(settings.workspace)
    settings = _settings(given)  # the demo wrote workspace.yml
    outcome = run_job(settings, "refresh")
    draw_first_round(settings)
    print(format_summary(settings, outcome))
    found = compare_with_truth(settings)
    print(found.sentence())
    return 0 if found.is_exact else 1


def _check(given: argparse.Namespace) -> int:
    from pipelines.contracts.load_contracts import load_contracts
    from pipelines.ingest.check_report import check_files, format_report
    from pipelines.run import landing_settings

    settings = _settings(given)
    reports = check_files(
        given.files, load_contracts(settings.contracts), landing_settings(settings, is_dry=True)
    )
    print("\n\n".join(format_report(report) for report in reports))
    return 0 if all(report.refusal is None for report in reports) else 1


def _template(given: argparse.Namespace) -> int:
    from pipelines.contracts.load_contracts import load_contracts
    from pipelines.contracts.write_template import find_contract, template_name, write_template

    settings = _settings(given)
    contract = find_contract(given.export, load_contracts(settings.contracts))
    path = given.out or settings.templates / template_name(contract)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_template(contract))
    print(f"{contract.title}: {path}")
    print(f"Next: fill it, put it into {settings.exports}, then parkrisk check FILE")
    return 0


def _refresh(given: argparse.Namespace) -> int:
    return _run(given, "refresh")


def _rank(given: argparse.Namespace) -> int:
    return _run(given, "ranking")


def _run(given: argparse.Namespace, job: str) -> int:
    from pipelines.run import make_workspace, run_job
    from pipelines.summary import format_summary

    settings = _settings(given)
    make_workspace(settings)
    outcome = run_job(settings, job)
    print(format_summary(settings, outcome))
    return 0


def _report(given: argparse.Namespace) -> int:
    from app.quiet import silence_cache

    silence_cache()
    from pipelines.report import make_report

    folder = make_report(
        _settings(given), date.today(), given.period, given.region, given.date, given.lang
    )
    print(f"report: {folder}")
    print("\n".join(f"  {path.name}" for path in sorted(folder.iterdir())))
    return 0


def _backtest(given: argparse.Namespace) -> int:
    from pipelines.backtest import backtest_units, check_out, format_backtest, write_backtest

    if given.out:
        check_out(given.out)
    done = backtest_units(_settings(given), given.unit, given.evaluation)
    print("\n\n".join(format_backtest(one) for one in done))
    if given.out:
        write_backtest(done, given.out)
    return 0


def _publish(given: argparse.Namespace) -> int:
    from pipelines.publish import current_snapshot, roll_back

    settings = _settings(given)
    if given.rollback:
        print(f"current snapshot: {roll_back(settings)}")
        return 0
    path = current_snapshot(settings)
    print(f"current snapshot: {path.name if path else 'none yet. Next: parkrisk refresh'}")
    return 0


def _app(given: argparse.Namespace) -> int:
    from app.run import command

    settings = _settings(given)
    print(f"explorer: http://localhost:{given.port}")
    environment = {**os.environ, "PARKRISK_WORKSPACE": str(settings.workspace)}
    return subprocess.call(command(settings.workspace, given.port), env=environment)


def _dagster(given: argparse.Namespace) -> int:
    from pipelines.run import dagster_environment, make_workspace

    settings = _settings(given)
    make_workspace(settings)
    command = [
        sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions",
        "-h", "127.0.0.1", "-p", str(given.port),
    ]  # fmt: skip
    print(f"Dagster: http://localhost:{given.port}")
    return subprocess.call(command, env=dagster_environment(settings), cwd=settings.dagster_home)


if __name__ == "__main__":
    raise SystemExit(main())
