"""Coordinates: swapped pairs, the workspace's box, and the step to WGS84.

Belongs here: what needs longitude and latitude together. Source: exports.md 9.2.
Does not belong here: reading one number (numbers.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.ingest.cells.numbers import SIGNIFICANT_DIGITS

#: Krasovsky 1940 ellipsoid, on which GCJ-02 offsets are defined (half axis in m, eccentricity²).
_HALF_AXIS_M, _ECCENTRICITY2 = 6_378_245.0, 0.006_693_421_622_965_943
_BD_TURN = np.pi * 3000.0 / 180.0
#: Steps of the fixed-point inverse; the offset changes by < 1e-9 degrees after four.
_INVERSE_STEPS = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Places:
    """Pairs after swapping and the box; masks of the rows that were swapped or lie outside."""

    longitude: pl.Series
    latitude: pl.Series
    is_swapped: pl.Series
    is_outside: pl.Series


def place_in_box(longitude: pl.Series, latitude: pl.Series, box: Box) -> Places:
    """Swap a pair when only the swap lies in the box; null a pair that lies outside either way.

    `box` is (lon low, lon high, lat low, lat high) in degrees, edges included. A single
    coordinate is judged by its own side of the box.
    """
    lon, lat = pl.col("lon"), pl.col("lat")
    both = lon.is_not_null() & lat.is_not_null()
    fits = lon.is_between(box[0], box[1]).fill_null(True) & lat.is_between(
        box[2], box[3]
    ).fill_null(True)
    fits_swapped = lat.is_between(box[0], box[1]) & lon.is_between(box[2], box[3])
    frame = pl.DataFrame({"lon": longitude, "lat": latitude}).with_columns(
        (both & ~fits & fits_swapped).alias("is_swapped"),
        (~fits & ~(both & fits_swapped)).alias("is_outside"),
    )
    swapped, outside = pl.col("is_swapped"), pl.col("is_outside")
    placed = frame.select(
        pl.when(~outside).then(pl.when(swapped).then(lat).otherwise(lon)).alias("lon"),
        pl.when(~outside).then(pl.when(swapped).then(lon).otherwise(lat)).alias("lat"),
    )
    return Places(placed["lon"], placed["lat"], frame["is_swapped"], frame["is_outside"])


def to_wgs84(
    longitude: pl.Series, latitude: pl.Series, crs: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """Return longitude and latitude in WGS84 (degrees); null unless both are given.

    `crs` holds WGS84, CGCS2000 (taken as equal), GCJ02 or BD09. Source: exports.md 9.2.
    """
    both = longitude.is_not_null() & latitude.is_not_null()
    lon = longitude.set(~both, None).to_numpy().astype(float)
    lat = latitude.set(~both, None).to_numpy().astype(float)
    is_bd = (crs == "BD09").fill_null(False).to_numpy()
    is_gcj = (crs == "GCJ02").fill_null(False).to_numpy() | is_bd
    if is_bd.any():
        bd_lon, bd_lat = _bd_to_gcj(lon, lat)
        lon, lat = np.where(is_bd, bd_lon, lon), np.where(is_bd, bd_lat, lat)
    if is_gcj.any():
        wgs_lon, wgs_lat = _gcj_to_wgs(lon, lat)
        lon, lat = np.where(is_gcj, wgs_lon, lon), np.where(is_gcj, wgs_lat, lat)
    return _series(lon), _series(lat)


def _series(values: np.ndarray) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).fill_nan(None).round_sig_figs(SIGNIFICANT_DIGITS)


def _bd_to_gcj(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = lon - 0.0065, lat - 0.006
    z = np.hypot(x, y) - 0.00002 * np.sin(y * _BD_TURN)
    theta = np.arctan2(y, x) - 0.000003 * np.cos(x * _BD_TURN)
    return z * np.cos(theta), z * np.sin(theta)


def _gcj_to_wgs(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    wgs_lon, wgs_lat = lon, lat
    for _ in range(_INVERSE_STEPS):
        shift_lon, shift_lat = _gcj_offset(wgs_lon, wgs_lat)
        wgs_lon, wgs_lat = lon - shift_lon, lat - shift_lat
    return wgs_lon, wgs_lat


def _gcj_offset(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Degrees GCJ-02 adds to a WGS84 point: the published polynomial and sine terms."""
    x, y, pi = lon - 105.0, lat - 35.0, np.pi
    root = np.sqrt(np.abs(x))
    waves = (20.0 * np.sin(6.0 * x * pi) + 20.0 * np.sin(2.0 * x * pi)) * 2.0 / 3.0
    d_lat = (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
        + (20.0 * np.sin(y * pi) + 40.0 * np.sin(y / 3.0 * pi)) * 2.0 / 3.0
        + (160.0 * np.sin(y / 12.0 * pi) + 320.0 * np.sin(y * pi / 30.0)) * 2.0 / 3.0
    )  # fmt: skip
    d_lon = (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
        + (20.0 * np.sin(x * pi) + 40.0 * np.sin(x / 3.0 * pi)) * 2.0 / 3.0
        + (150.0 * np.sin(x / 12.0 * pi) + 300.0 * np.sin(x / 30.0 * pi)) * 2.0 / 3.0
    )  # fmt: skip
    radians = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY2 * np.sin(radians) ** 2
    per_lat = _HALF_AXIS_M * (1.0 - _ECCENTRICITY2) / (magic * np.sqrt(magic)) * pi / 180.0
    per_lon = _HALF_AXIS_M / np.sqrt(magic) * np.cos(radians) * pi / 180.0
    return d_lon / per_lon, d_lat / per_lat
