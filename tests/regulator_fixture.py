"""Small files with every quirk of the other regulator's real ones, made up from nothing.

Belongs here: seven workbooks and one wide CSV, written with the same headers, date forms and
repeats as the real files (exports.md 10). Does not belong here: expectations (the tests).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

#: site -> (name, city, latitude, longitude, authority)
SITES: dict[str, tuple[str, str, float, float, str]] = {
    "XX001000001": ("Elm Court", "Springfield", 40.1, -80.1, "Springfield Housing Authority"),
    "XX001000002": ("Oak Terrace", "Springfield", 40.2, -80.2, "Springfield Housing Authority"),
    "XX001000003": ("Birch Homes", "Riverton", 40.3, -80.3, "Riverton Housing Authority"),
    "XX001000004": ("Cedar Manor", "Riverton", 40.4, -80.4, "Riverton Housing Authority"),
    "XX001000005": ("Maple Row", "Riverton", 40.5, -80.5, "Riverton Housing Authority"),
    "XX001000006": ("Ash Gardens", "Springfield", 40.6, -80.6, "Springfield Housing Authority"),
}
A, B, C, D, E, F = SITES
#: id, site, date as the file writes it, score as the file writes it
Visit = tuple[object, str, object, object]


def write_regulator_files(exports: Path) -> None:
    """Write all files below ``exports``.

    23 rows over seven workbooks: inspection 505 is met with 72, then 58; 507 changes its day; 506
    gains a time of day; six rows say what a workbook before them said; two have no date.
    """
    exports.mkdir(parents=True, exist_ok=True)
    old = [
        (None, A, "07/06/2010", 89.0), (None, B, "03/01/2011", 45.0), (None, C, ".", "."),
        (None, D, ".", "."),
    ]  # fmt: skip
    data = _old_workbook(old)
    (exports / "2011-12-09-public_housing_physical_inspection_scores_2011.xls.gz").write_bytes(
        gzip.compress(data, mtime=0)
    )
    for name, headers, visits in _workbooks():
        (exports / name).write_bytes(_workbook(headers, visits))
    (exports / "air_quality_station.csv.gz").write_bytes(gzip.compress(_wide().encode(), mtime=0))


def _workbooks() -> list[tuple[str, Sequence[str], Sequence[Visit]]]:
    start = ["INSPECTION_ID", "DEVELOPMENT_ID", "DEVELOPMENT_NAME", "ADDRESS ", "CITY"]
    end = ["LATITUDE", "LONGITUDE", "LOCATION_QUALITY", "PHA_CODE", "PHA_NAME"]
    last = [*end, "INSPECTION_SCORE", "INSPECTION_DATE"]
    with_name = [*start, "STATE_NAME", "STATE_CODE", "ZIP", *last]
    with_fips = [*start, "STATE_CODE", "FIPS_STATE_CODE", "ZIP", *last]
    newest = [h.strip() for h in (*start, "STATE_NAME", "STATE_CODE", "ZIPCODE", *last)]
    misspelt = {"DEVELOPMENT_ID": "DEVLOPMENT_ID", "DEVELOPMENT_NAME": "DEVELPMENT_NAME"}
    return [
        ("2015-07-01-public_housing_physical_inspection_scores.xlsx",
         [misspelt.get(h, h) for h in with_name],
         [("501", A, "11/6/2014 10:25", "90"), ("502", B, "1/15/2015 9:00", "55"),
          ("503", C, "12/1/2014 8:00", "70")]),
        ("2016-08-17-public-housing-physical-inspection-scores-2016.xlsx", with_name,
         [("501", A, date(2014, 11, 6), 90.0), ("502", B, date(2015, 1, 15), 55.0),
          ("504", D, date(2015, 12, 2), 40.0)]),
        ("2018-05-02-public-housing-physical-inspection-scores-2018.xlsx", with_fips,
         [("504", D, date(2015, 12, 2), 40.0), ("509", B, date(2016, 11, 20), 81.0),
          ("505", A, date(2017, 10, 5), 72.0)]),
        ("2019-04-11-public-housing-physical-inspection-scores-2019.xlsx", with_fips,
         [("505", A, date(2017, 10, 5), 58.0), ("506", E, date(2018, 8, 10), 88.0)]),
        ("2020-09-18-public_housing_physical_inspection_scores_0620.xlsx", newest,
         [(505.0, A, "05-OCT-17", 58.0), (506.0, E, "10-AUG-18", 88.0),
          (510.0, C, "01-JUN-19", 77.0), (507.0, F, "24-MAR-20", 59.0)]),
        ("2021-04-09-public_housing_physical_inspection_scores_0321.xlsx", newest,
         [("506", E, datetime(2018, 8, 10, 9, 30, 5), 88.0), ("510", C, date(2019, 6, 1), 77.0),
          ("507", F, datetime(2020, 3, 25, 8, 52, 31), 59.0),
          ("511", A, datetime(2020, 5, 20, 9, 0, 1), 91.0)]),
    ]  # fmt: skip


def _cells(visit: Visit) -> Mapping[str, object]:
    """Every spelling of a header -> what stands under it in a row of this visit."""
    number, site, day, score = visit
    name, city, latitude, longitude, authority = SITES[site]
    return {
        "INSPECTION_ID": number, "DEVELOPMENT_ID": site, "DEVLOPMENT_ID": site,
        "property_id": site, "DEVELOPMENT_NAME": name, "DEVELPMENT_NAME": name,
        "property_name": name, "ADDRESS": "1 Main St", "address": "1 Main St", "CITY": city,
        "city": city, "STATE_NAME": "XX", "state_name": "XX", "STATE_CODE": "42",
        "state_code": "42", "FIPS_STATE_CODE": "42", "ZIP": "00001", "zip": "00001",
        "ZIPCODE": "00001", "LATITUDE": str(latitude), "LONGITUDE": str(longitude),
        "latitude": latitude, "longitude": longitude, "LOCATION_QUALITY": "R",
        "PHA_CODE": "XX001", "pha_code": "XX001", "PHA_NAME": authority, "pha_name": authority,
        "INSPECTION_SCORE": score, "inspection_score": score, "INSPECTION_DATE": day,
        "inspection_date": day,
    }  # fmt: skip


def _workbook(headers: Sequence[str], visits: Sequence[Visit]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    day, instant = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "m/d/yy h:mm:ss"))
    sheet.write_row(0, 0, headers)
    for row, visit in enumerate(visits, 1):
        cells = dict(_cells(visit))
        if "FIPS_STATE_CODE" in headers:
            cells["STATE_CODE"] = "XX"  # letters in these years
        for column, header in enumerate(headers):
            value = cells[header.strip()]
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, instant)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write(row, column, value)
    book.close()
    return stream.getvalue()


def _old_workbook(visits: Sequence[Visit]) -> bytes:
    headers = [
        "property_id", "property_name", "address", "city", "state_name", "state_code", "zip",
        "latitude", "longitude", "pha_code", "pha_name", "inspection_score", "inspection_date",
    ]  # fmt: skip
    book = xlwt.Workbook()
    sheet = book.add_sheet("scores")
    for column, header in enumerate(headers):
        sheet.write(0, column, header)
        for row, visit in enumerate(visits, 1):
            sheet.write(row, column, _cells(visit)[header])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _wide() -> str:
    """Two hours of 13 metrics; five cells hold the code for "not measured"."""
    header = (
        "Date,Time,CO_GT,PT08_S1_CO,NMHC_GT,C6H6_GT,PT08_S2_NMHC,NOx_GT,PT08_S3_NOx,NO2_GT,"
        "PT08_S4_NO2,PT08_S5_O3,T,RH,AH"
    )
    rows = [
        "10/03/2004,18:00:00,2.6,1360,-200,11.9,1046,-200,1056,113,1692,1268,13.6,48.9,0.7578",
        "4/02/2005,0:00:00,-200,1292,-200,9.4,955,103,1174,-200,1559,972,13.3,47.7,0.7255",
    ]
    return "\n".join([header, *rows]) + "\n"
