"""The review queue as an asset: what resolution left open, into ``review.items``.

Belongs here: reading frames out of the warehouse after the marts, writing ``review.*``.
Does not belong here: similarity and items (pipelines/review), what a decision changes (dbt).
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
from dagster import AssetKey, AssetsDefinition, AssetSpec, MaterializeResult, multi_asset

from pipelines.assets.workspace import Workspace
from pipelines.review.items import ITEMS, Resolved, gather_items
from pipelines.review.propose import propose_pairs
from pipelines.settings import Settings
from pipelines.warehouse import ensure_table, open_warehouse

#: ``review.*`` with keys and checks (docs/ports.md 3).
REVIEW_TABLES = {
    "items": """
        item_key varchar primary key,
        item_kind varchar not null
            check (item_kind in ('similar', 'district_link', 'code_conflict')),
        subject varchar not null check (subject in ('enterprise', 'park')),
        left_identity varchar not null, right_identity varchar not null,
        left_subject_id varchar, right_subject_id varchar, left_name varchar, right_name varchar,
        left_town varchar, right_town varchar, left_code varchar, right_code varchar,
        block varchar, similarity double, why varchar not null, moving_answer varchar not null,
        moves varchar not null, count_rows_moving bigint not null,
        state varchar not null check (state in ('open', 'deferred', 'confirmed', 'refused')),
        decided_on date, reason varchar""",
}
IDENTITIES = """
select
    '{unit}' as subject, links.identity, links.subject_id, links.linked_by, identities.name,
    identities.town, identities.{code} as code, identities.name_norm, identities.known_from,
    coalesce(identities.strong_from is not null, false) as is_registered
from intermediate.int_{unit}_links as links
join intermediate.int_{unit}_identities as identities using (identity)
where links.replay = 'current' and not identities.is_withheld
"""
#: A name that is no longer public (decision 0040) is nobody's question.
#: Names with the places in which two of them may be one subject: the town, and the park.
NAMES = """
select
    '{unit}' as subject, names.resolved_town as block, links.subject_id, names.identity,
    names.name_norm
from intermediate.int_{unit}_names as names
join intermediate.int_{unit}_links as links using (identity)
join intermediate.int_{unit}_identities as identities using (identity)
where links.replay = 'current' and names.resolved_town <> '' and not identities.is_withheld
"""
NAMES_BY_PARK = """
select
    'enterprise' as subject, leases.park_id as block, links.subject_id, names.identity,
    names.name_norm
from intermediate.int_enterprise_names as names
join intermediate.int_enterprise_links as links using (identity)
join intermediate.int_enterprise_identities as identities using (identity)
join marts.fct_leases as leases on leases.enterprise_id = links.subject_id
where links.replay = 'current' and not identities.is_withheld and leases.park_id is not null
group by all
"""
ROWS = """
select '{unit}' as subject, claims.identity, claims.export, count(*) as count_rows
from intermediate.int_{unit}_claims as claims
join marts.fct_row_dispositions as dispositions
    on claims._file_id = dispositions._file_id and claims._sheet = dispositions._sheet
    and claims._row_number = dispositions._row_number and claims.export = dispositions.export
where dispositions.disposition = 'accepted'
group by all
"""
CONFLICTS = """
select distrusted.identity as right_identity, trusted.identity as left_identity
from intermediate.int_enterprise_codes as distrusted
join intermediate.int_enterprise_codes as trusted using (uscc)
join intermediate.int_enterprise_identities as identities
    on trusted.identity = identities.identity
where distrusted.known_to = date '9999-12-31' and not distrusted.is_trusted
    and trusted.known_to = date '9999-12-31' and trusted.is_trusted
    and identities.name_norm is not null and not identities.is_withheld
    and distrusted.identity not in (
        select identity from intermediate.int_enterprise_identities where is_withheld
    )
qualify row_number() over (
    partition by distrusted.identity, distrusted.uscc
    order by identities.strong_from nulls last, identities.known_from, trusted.identity
) = 1
"""
UNITS = {"enterprise": "uscc", "park": "park_code"}


def build_review_asset() -> AssetsDefinition:
    """The asset behind ``review/*``: between the two dbt steps, beside the models."""
    marts = ["fct_subject_links", "fct_row_dispositions", "fct_leases"]

    @multi_asset(
        name="review_queue",
        specs=[
            AssetSpec(
                key=["review", table], group_name="review",
                deps=[AssetKey(["marts", name]) for name in marts],
            )
            for table in REVIEW_TABLES
        ],
    )  # fmt: skip
    def review_queue(workspace: Workspace) -> Iterator[MaterializeResult]:
        settings = workspace.settings()
        items = find_items(settings)
        write_items(settings, items)
        count = items.filter(pl.col("state").is_in(["open", "deferred"])).height
        workspace.say(f"  review queue: {count} items on who is who wait for a decision")
        yield MaterializeResult(
            asset_key=AssetKey(["review", "items"]), metadata={"items": items.height}
        )

    return review_queue


def find_items(settings: Settings) -> pl.DataFrame:
    """Read what resolution says and return the items it leaves to people, open and decided."""
    with open_warehouse(settings, read_only=True) as connection:

        def read(*queries: str) -> pl.DataFrame:
            return pl.concat([connection.cursor().sql(query).pl() for query in queries])

        def each(query: str) -> list[str]:
            return [query.format(unit=unit, code=code) for unit, code in UNITS.items()]

        names = read(*each(NAMES), NAMES_BY_PARK)
        resolved = Resolved(
            identities=read(*each(IDENTITIES)),
            rows=read(*each(ROWS)),
            conflicts=read(CONFLICTS),
            decisions=read("from ops.review_decisions"),
        )
    return gather_items(resolved, propose_pairs(names))


def write_items(settings: Settings, items: pl.DataFrame) -> None:
    """Replace ``review.items`` as a whole."""
    with open_warehouse(settings) as connection, TemporaryDirectory(dir=settings.state) as folder:
        connection.execute("create schema if not exists review").fetchall()
        # DuckDB reads files, never Python objects (performance.md 1).
        path = Path(folder) / "items.parquet"
        items.select(list(ITEMS)).write_parquet(path)
        connection.execute("begin").fetchall()
        # made anew: an older version of the product may have left other columns
        connection.execute(
            f"create or replace table review.items ({REVIEW_TABLES['items']})"
        ).fetchall()
        connection.execute(
            f"insert into review.items by name from read_parquet('{path.as_posix()}')"
        ).fetchall()
        connection.execute("commit").fetchall()


def create_review_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``review.*`` where missing, so that dbt's sources exist before the first queue."""
    connection.execute("create schema if not exists review").fetchall()
    for table, columns in REVIEW_TABLES.items():
        ensure_table(connection, f"review.{table}", columns)
