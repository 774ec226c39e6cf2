"""Words for units, as they stand in brackets, unit rows and title lines.

Belongs here: which texts are units. Does not belong here: converting values (check_rows.py).
"""

from __future__ import annotations

from pipelines.contracts.fold_headers import fold_word

_WORDS = """
元 千元 万元 亿元 m2 平方米 平米 亩 公顷 km2 平方公里 米 m 吨 t 千克 kg 度 °c ppm %lel %vol mg/m3
家 家次 户 人 人次 名 条 处 项 起 次 份 件 个 套 台 幢 栋 间 层 场 场次 期 门 道
分 % 百分比 分钟 秒 小时 天 日 月 年 课时 学时
"""
#: After NFKC and lower case, so ㎡ and m² are both "m2".
UNIT_WORDS = frozenset(_WORDS.split())


def find_unit(text: str) -> str:
    """Return the unit a text consists of (NFKC, no spaces, lower case), "" when it is none.

    "单位:万元", "(万元)" and "万元" are the same unit.
    """
    folded = fold_word(text).lower().strip("()[]【】").removeprefix("单位").lstrip(":")
    return folded if folded in UNIT_WORDS else ""
