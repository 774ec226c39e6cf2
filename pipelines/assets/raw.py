"""The first asset: the exports folder into the lake, and the lake seen from the warehouse.

Belongs here: landing as an asset, the early stop when nothing is new.
Does not belong here: landing itself (ingest/), what "new" is made of (build_state.py).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from dagster import (
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    multi_asset,
)

from pipelines.assets.review import create_review_tables
from pipelines.assets.risk import create_ml_tables
from pipelines.assets.rounds import create_round_tables
from pipelines.assets.workspace import Workspace
from pipelines.build_state import input_fingerprint, last_build
from pipelines.contracts.load_contracts import EXPORTS, load_contracts
from pipelines.ingest.land import LandingSummary, land_workspace
from pipelines.publish import current_snapshot
from pipelines.review.code_words import take_decisions
from pipelines.rounds.record import list_rounds
from pipelines.rules.compile_rules import compile_rules
from pipelines.run import landing_settings
from pipelines.settings import Settings
from pipelines.warehouse import RULE_TABLES, create_lake_views, open_warehouse

OPS = ("files", "sheets", "rejected", "issues", "sightings", *RULE_TABLES)


def build_raw_asset() -> AssetsDefinition:
    """The asset behind ``raw/*`` and ``ops/*``; it yields nothing when nothing is new."""
    keys = [*(["raw", name] for name in sorted(EXPORTS)), *(["ops", name] for name in OPS)]

    @multi_asset(
        name="exports_to_lake",
        specs=[AssetSpec(key=key, group_name=key[0], skippable=True) for key in keys],
    )
    def exports_to_lake(workspace: Workspace) -> Iterator[MaterializeResult]:
        settings = workspace.settings()
        if decided := take_decisions(settings):
            workspace.say(f"{decided} new decisions of the review queue")
        summary = land(settings, workspace.say)
        if is_nothing_new(settings):
            workspace.say("nothing new: no file, name, rule, setting or code has changed")
            return
        create_lake_views(settings, tuple(sorted(EXPORTS)))
        with open_warehouse(settings) as connection:
            create_ml_tables(connection)
            create_round_tables(connection)
            create_review_tables(connection)
        facts = {"rows_read": summary.rows_read, "rows_rejected": summary.rows_rejected}
        for key in keys:
            yield MaterializeResult(asset_key=AssetKey(key), metadata=facts)

    return exports_to_lake


def land(settings: Settings, say: Callable[[str], None]) -> LandingSummary:
    """Land the exports folder, saying each file as it goes, and return what was done."""
    summary = land_workspace(
        load_contracts(settings.contracts),
        landing_settings(settings),
        datetime.now(UTC).replace(tzinfo=None),
        lambda done, total, name: say(f"  landed {done}/{total} {name}"),
    )
    say(
        f"{summary.count_files} files: {summary.contents_landed} contents landed "
        f"({summary.contents_refused} refused), {summary.contents_same} as before; "
        f"rows read {summary.rows_read}, rejected {summary.rows_rejected}"
    )
    return summary


def is_nothing_new(settings: Settings) -> bool:
    """Whether the last publication was made from exactly what is there now."""
    fingerprint = input_fingerprint(settings, compile_rules(settings))
    last = last_build(settings)
    is_same = last.get("fingerprint") == fingerprint
    is_same &= last.get("rounds", []) == list_rounds(settings)
    return is_same and current_snapshot(settings) is not None
