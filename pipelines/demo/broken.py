"""Files that must be refused whole, each for one reason.

Belongs here: bytes no reader can or should load.
Does not belong here: sound files with mistakes inside (defects_*.py).
"""

from __future__ import annotations

import gzip

from pipelines.demo.layouts import Column
from pipelines.demo.pages import Export, Page, Row
from pipelines.demo.plan_registers import TOWNS_FOLDER
from pipelines.demo.write import write_bytes


def make_broken(sound: bytes, sound_book: bytes) -> list[tuple[str, str, bytes, str]]:
    """Folder, name, bytes and refusal code of each broken file.

    ``sound``: a text file of the district, ``sound_book``: a workbook, both cut short here.
    """
    folder = TOWNS_FOLDER
    return [
        (folder, "食堂采购清单_2025-06.csv", _write(_CANTEEN), "unrecognised"),
        (folder, "隐患台账_缺发现日期_2025-06-20.csv", _write(_NO_DAY), "missing_column"),
        (folder, "安监汇总_2025-06-21.csv", _write(_AMBIGUOUS), "ambiguous"),
        (folder, "检查记录_乱码_2025-06-22.csv", _spoil(sound), "encoding"),
        (
            folder,
            "检查记录_残缺_2025-06-23.csv.gz",
            _cut(gzip.compress(sound, mtime=0)),
            "unreadable",
        ),
        (folder, "承租企业清单_损坏_2025-06-24.xlsx", _cut(sound_book), "unreadable"),
        (folder, "检查记录_空_2025-06-25.csv", b"", "empty"),
    ]


def _write(lines: tuple[tuple[str, ...], ...]) -> bytes:
    columns = tuple(Column(header, header) for header in lines[0])
    page = Page("", columns, [Row(list(line)) for line in lines[1:]])
    return write_bytes(Export("", "", "csv", [page]))


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 3 // 5]


def _spoil(data: bytes) -> bytes:
    """Bytes that are neither UTF-8 nor GB18030."""
    middle = data.index(b"\r\n", len(data) // 2)
    return data[:middle] + b"\xff\xff\x80" + data[middle:]


_CANTEEN = (
    ("食材", "供应商", "单价", "数量", "经手"),
    ("青菜", "联农菜场", "3.5", "40", "食堂"),
    ("大米", "望溪粮油", "5.2", "100", "食堂"),
)
_NO_DAY = (
    ("企业名称", "所属镇街", "隐患描述", "隐患等级", "整改期限", "复查日期"),
    ("甪安样例五金有限公司", "甪安镇", "通道堵塞", "一般", "2025-06-30", "2025-07-02"),
    ("柳垞样例木业有限公司", "柳垞镇", "线路老化", "一般", "2025-06-30", "2025-07-02"),
)
_AMBIGUOUS = (
    ("企业名称", "检查日期", "检查类型", "检查编号", "隐患描述", "检查结果"),
    ("甪安样例五金有限公司", "2025-06-03", "执法检查", "X-1", "通道堵塞", "发现问题"),
    ("柳垞样例木业有限公司", "2025-06-04", "执法检查", "X-2", "线路老化", "发现问题"),
)
