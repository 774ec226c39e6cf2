"""Coordinates: box, swap, and the step to WGS84."""

import polars as pl
import pytest

from pipelines.ingest.cells.coordinates import place_in_box, to_wgs84

BOX = (120.0, 121.0, 30.5, 31.5)


def place(longitude: float | None, latitude: float | None) -> tuple:
    places = place_in_box(
        pl.Series([longitude], dtype=pl.Float64), pl.Series([latitude], dtype=pl.Float64), BOX
    )
    return places.longitude[0], places.latitude[0], places.is_swapped[0], places.is_outside[0]


def test_place_in_box_when_inside_then_stays() -> None:
    assert place(120.5, 31.0) == (120.5, 31.0, False, False)
    assert place(120.0, 31.5) == (120.0, 31.5, False, False)


def test_place_in_box_when_only_the_swap_fits_then_is_swapped() -> None:
    assert place(31.0, 120.5) == (120.5, 31.0, True, False)


def test_place_in_box_when_neither_fits_then_both_are_null() -> None:
    assert place(100.0, 31.0) == (None, None, False, True)


def test_place_in_box_when_one_is_missing_then_the_other_is_judged_alone() -> None:
    assert place(120.5, None) == (120.5, None, False, False)
    assert place(31.0, None) == (None, None, False, True)


@pytest.mark.parametrize(
    ("crs", "longitude", "latitude"),
    # Tiananmen: GCJ-02 116.404 39.915 is WGS84 116.39775 39.91360 (published conversion tables).
    [("GCJ02", 116.39775, 39.91360), ("BD09", 116.39138, 39.90726), ("WGS84", 116.404, 39.915),
     ("CGCS2000", 116.404, 39.915)],
)  # fmt: skip
def test_to_wgs84_when_system_is_known_then_agrees_with_tables(
    crs: str, longitude: float, latitude: float
) -> None:
    lon, lat = to_wgs84(pl.Series([116.404]), pl.Series([39.915]), pl.Series([crs]))
    assert lon[0] == pytest.approx(longitude, abs=2e-5)
    assert lat[0] == pytest.approx(latitude, abs=2e-5)


def test_to_wgs84_when_one_coordinate_is_missing_then_has_no_place() -> None:
    lon, lat = to_wgs84(
        pl.Series([116.4, None]),
        pl.Series([None, 39.9], dtype=pl.Float64),
        pl.Series(["GCJ02"] * 2),
    )
    assert lon.to_list() == [None, None]
    assert lat.to_list() == [None, None]
