"""Names of enterprises and parks in the form in which they are compared.

Belongs here: the row-local normalised name. Source: exports.md 9.5.
Does not belong here: deciding which names are the same subject (dbt).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl
from opencc import OpenCC

#: Words of a trailing bracket that name a part of the same enterprise.
PART_WORDS = ("车间", "厂区", "分厂")
#: The 100 most common surnames and the common double ones: a bracket that starts with one and has
#: two to four characters is taken for a personal name, unless it names a place or a kind.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武孔向汤俞费"
)
_DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙")
_PLACE_OR_KIND = re.compile(
    r"[省市县区镇乡村街路园厂店部所站楼幢栋室层期号校院场库分总新老旧东南西北内外上下]|中国|"
    # places that begin like a surname
    r"江苏|苏州|吴江|吴中|江阴|江都|江宁|江浦|江门|高淳|金坛|金湖|金华|武进|武汉|余杭|余姚|萧山|姜堰|万州|"
    r"钱塘|石家庄|汤山|黄石|黄岩|马鞍山|郑州|徐州|唐山|汪清|廖家"
)
_TRAILING_BRACKET = re.compile(r"^(.+?)[(\[【〔<]([^()\[\]【】〔〕<>]*)[)\]】〕>]$", re.DOTALL)


def normalise_names(names: pl.Series) -> pl.Series:
    """Return normalised names; null stays null.

    NFKC, traditional to simplified, a trailing bracket with a personal name, 车间, 厂区 or 分厂
    out, spaces and punctuation out, 有限责任公司 → 有限公司, upper case. Source: exports.md 9.5.
    """
    distinct = names.drop_nulls().unique()
    forms = {name: normalise_name(name) for name in distinct.to_list()}
    if not forms:
        return names.cast(pl.String)
    return names.replace_strict(forms, return_dtype=pl.String)


def normalise_name(name: str) -> str:
    """Return one normalised name; a name of nothing but punctuation stays as it is folded."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    simple = _converter().convert(folded)
    while (match := _TRAILING_BRACKET.match(simple)) and _is_dropped(match[2]):
        simple = match[1]
    bare = "".join(sign for sign in simple if unicodedata.category(sign)[0] in "LN")
    return bare.replace("有限责任公司", "有限公司").upper() or folded


def _is_dropped(inside: str) -> bool:
    if inside.endswith(PART_WORDS):
        return True
    is_surname = inside[:1] in _SURNAMES or inside.startswith(_DOUBLE_SURNAMES)
    return 2 <= len(inside) <= 4 and is_surname and not _PLACE_OR_KIND.search(inside)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
