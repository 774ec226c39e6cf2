"""What features and labels must be before anything is learned from them.

Belongs here: refusals by name, key, type and known day. Does not belong here: leaks that only the
values show (leaks.py), joining (frame.py).
"""

import polars as pl

KEY = ["subject_id", "as_of_on"]
VISIT_KEY = ["subject_id", "visited_on"]
LABEL_TYPES = {
    "label": pl.Boolean,
    "positive_known_on": pl.Date,
    "visited_known_on": pl.Date,
}
# Names that say by themselves that a column can't be a feature.
FORBIDDEN_STARTS = ("_", "label", "next_", "future_", "inspector")
FORBIDDEN_ENDS = ("_known_on", "_known_at", "_id", "_code", "_hash", "_number")


class FrameError(ValueError):
    """Features or labels can't be learned from; the message names the column or key."""


def label_from_known_days() -> pl.Expr:
    """Return the label that the known days say."""
    return (
        pl.when(pl.col("positive_known_on").is_not_null())
        .then(True)
        .when(pl.col("visited_known_on").is_not_null())
        .then(False)
        .alias("label")
    )


def check_names(wanted: tuple[str, ...], present: set[str]) -> None:
    """Refuse label columns among the features, telling names, and columns that are not there."""
    leaked = sorted(present & {*LABEL_TYPES, "count_visits", "visited_on", "ends_on"})
    if leaked:
        raise FrameError(f"features: label columns among the features: {', '.join(leaked)}")
    for name in wanted:
        if name.startswith(FORBIDDEN_STARTS) or name.endswith(FORBIDDEN_ENDS):
            raise FrameError(f"features: {name} names an id, an inspector or the future")
    missing = [name for name in wanted if name not in present]
    if missing:
        raise FrameError(f"features: columns of risk.yml are missing: {', '.join(missing)}")


def check_keys(table: pl.DataFrame, what: str, key: list[str]) -> None:
    """Refuse a key that is missing, ill-typed, null or repeated."""
    for name, kind in zip(key, (pl.String, pl.Date), strict=True):
        if name not in table.columns:
            raise FrameError(f"{what}: key column {name} is missing")
        if table.schema[name] != kind:
            raise FrameError(f"{what}: {name} must be {kind}, got {table.schema[name]}")
        if table.get_column(name).null_count():
            raise FrameError(f"{what}: {name} has nulls")
    if table.select(key).is_duplicated().any():
        repeated = table.filter(table.select(key).is_duplicated()).select(key).row(0)
        raise FrameError(f"{what}: key {repeated[0]} at {repeated[1]} comes more than once")


def check_types(features: pl.DataFrame, numbers: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """Refuse a number that is not one, a text that is not one."""
    for name in numbers:
        kind = features.schema[name]
        # An all-null column of unknown type is a level the workspace lacks.
        if not (kind.is_numeric() or kind in (pl.Boolean, pl.Null)):
            raise FrameError(f"features: {name} must be a number or Boolean, got {kind}")
    for name in texts:
        if features.schema[name] not in (pl.String, pl.Categorical, pl.Null):
            raise FrameError(f"features: {name} must be text, got {features.schema[name]}")


def check_finite(rows: pl.DataFrame, numbers: tuple[str, ...]) -> None:
    """Refuse infinite values."""
    endless = rows.select(pl.col(numbers).is_infinite().any()).row(0, named=True)
    bad = [name for name, found in endless.items() if found]
    if bad:
        raise FrameError(f"features: infinite values in {', '.join(bad)}")


def check_labels(labels: pl.DataFrame, features: pl.DataFrame, is_visit: bool) -> None:
    """Refuse labels without a day they were known, without features, or seen too early."""
    if is_visit:
        check_keys(labels.unique(KEY), "labels", KEY)
        seen = labels.filter(pl.col("as_of_on") >= pl.col("visited_on"))
        if seen.height:
            key = seen.select(VISIT_KEY).row(0)
            raise FrameError(
                f"labels: visit of {key[0]} on {key[1]} has an as-of day not before it"
            )
    for name, kind in LABEL_TYPES.items():
        if name not in labels.columns:
            raise FrameError(f"labels: column {name} is missing")
        if labels.schema[name] not in (kind, pl.Null):
            raise FrameError(f"labels: {name} must be {kind}, got {labels.schema[name]}")
    typed = labels.with_columns(pl.col(name).cast(kind) for name, kind in LABEL_TYPES.items())
    disagrees = typed.filter(label_from_known_days().ne_missing(pl.col("label")))
    if disagrees.height:
        key = disagrees.select(KEY).row(0)
        raise FrameError(f"labels: label of {key[0]} at {key[1]} disagrees with its known days")
    unknown = labels.join(features, on=KEY, how="anti")
    if unknown.height:
        key = unknown.select(KEY).row(0)
        raise FrameError(f"labels: key {key[0]} at {key[1]} is not among the features")
