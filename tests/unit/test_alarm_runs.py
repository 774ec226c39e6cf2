"""The SQL of alarm runs against reading one value after the other, over random series."""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sensor_oracle import Limits, Reading, above, find_episodes, oxygen

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "alarm_runs.sql"
INTERVAL = 300
#: On, just inside and just outside the gap that touches; around every limit of both kinds.
GAPS = st.sampled_from([1, 299, 300, 600, 899, 900, 901, 1200, 86_400])
GAS = st.sampled_from([None, 0.0, 22.4, 22.5, 22.6, 24.9, 25.0, 30.0, 49.9, 50.0, 60.0])
AIR = st.sampled_from([None, 18.0, 19.4, 19.5, 19.64, 19.65, 20.9, 23.23, 23.24, 23.5, 23.6])


def series(values: st.SearchStrategy) -> st.SearchStrategy[list[Reading]]:
    steps = st.lists(st.tuples(GAPS, values), max_size=40)

    def place(pairs: list[tuple[int, float | None]]) -> list[Reading]:
        at, placed = 86_400 - 2_000, []
        for gap, value in pairs:
            at += gap
            placed.append((at, value))
        return placed

    return steps.map(place)


@pytest.fixture(scope="module")
def query() -> str:
    """Episodes and spikes of the relation `readings`, by the macros the models use."""
    text = MACROS.read_text("utf-8")
    calls = (
        "with sides as (select * from {{ alarm_sides('readings', ['device']) }} as s), "
        "runs as (select * from {{ alarm_runs('sides', ['device', 'side']) }} as r) "
        "select device, side, started_second, max(observed_second), bool_or(reaches_2_twice), "
        "list(value order by observed_second) from runs where observed_second >= started_second "
        "group by device, side, started_second "
        "union all select device, side, observed_second, null, null, null from runs "
        "where reaches_1 and (started_second is null or observed_second < started_second)"
    )
    return jinja2.Environment().from_string(text + calls).render()


def ask(query: str, told: dict[str, list[Reading]], is_oxygen: bool) -> set[tuple]:
    rows = [
        (device, at, value, is_oxygen, *((23.5, None, 23.24, 19.5, None, 19.64) if is_oxygen
         else (25.0, 50.0, 22.5, None, None, None)), 3 * INTERVAL)
        for device, readings in told.items()
        for at, value in readings
    ]  # fmt: skip
    Random(len(rows)).shuffle(rows)
    with duckdb.connect() as connection:
        connection.execute(
            "create table readings (device varchar, observed_second bigint, value double, "
            "is_oxygen boolean, set_1 double, set_2 double, keep_1 double, low_1 double, "
            "low_2 double, keep_low double, most_gap_seconds double)"
        )
        if rows:
            connection.executemany(f"insert into readings values ({','.join('?' * 11)})", rows)
        found = connection.execute(query).fetchall()
    return {(*row[:5], None if row[5] is None else tuple(row[5])) for row in found}


def expect(told: dict[str, list[Reading]], sides: dict[str, Limits]) -> set[tuple]:
    expected: set[tuple] = set()
    for device, readings in told.items():
        for side, limits in sides.items():
            episodes, spikes = find_episodes(readings, limits, INTERVAL)
            expected |= {
                (device, side, e.started, e.ended, e.is_level_2, e.values) for e in episodes
            }
            expected |= {(device, side, at, None, None, None) for at in spikes}
    return expected


@settings(max_examples=150, deadline=None)
@given(st.lists(series(GAS), min_size=1, max_size=3))
def test_gas_when_series_are_random_then_episodes_and_spikes_are_those_of_9_6(
    query: str, drawn: list[list[Reading]]
) -> None:
    told = {f"D{n}": readings for n, readings in enumerate(drawn)}
    assert ask(query, told, False) == expect(told, {"high": above(25.0, 50.0)})


@settings(max_examples=150, deadline=None)
@given(st.lists(series(AIR), min_size=1, max_size=3))
def test_oxygen_when_series_are_random_then_both_sides_are_those_of_9_6(
    query: str, drawn: list[list[Reading]]
) -> None:
    told = {f"D{n}": readings for n, readings in enumerate(drawn)}
    sides = {"high": oxygen("high", 23.5), "low": oxygen("low", 19.5)}
    assert ask(query, told, True) == expect(told, sides)


def test_oracle_when_worked_by_hand_then_finds_one_episode_and_one_spike() -> None:
    readings = [(0, 26.0), (300, 24.0), (600, 26.0), (900, 51.0), (1200, 50.0), (1500, 22.5),
                (2700, 26.0)]  # fmt: skip
    episodes, spikes = find_episodes(readings, above(25.0, 50.0), INTERVAL)
    assert [(e.started, e.ended, e.is_level_2, max(e.values)) for e in episodes] == [
        (600, 1500, True, 51.0)
    ]
    assert spikes == [0, 2700]
