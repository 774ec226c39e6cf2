"""What a column must hold, in words a person can follow, in Chinese and English.

Belongs here: types, units, allowed values, required marks and reject rules as text.
Does not belong here: pages and workbooks made of them (describe.py, write_template.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pipelines.contracts.contract import Column, Feed

#: How a column is named in a sentence.
Naming = Callable[[Column], str]
#: Index of a language in every pair of words below.
LANGUAGES = ("zh", "en")
TYPE_WORDS = {
    "text": ("文字", "text"), "id": ("编号", "id"), "code": ("代码", "code"),
    "enum": ("从列表中选", "one word of a list"), "bool": ("是或否", "yes or no"),
    "int": ("整数", "whole number"), "number": ("数字", "number"), "money": ("金额", "amount"),
    "area": ("面积", "area"), "date": ("日期", "date"), "datetime": ("日期和时间", "date and time"),
    "month": ("月份", "month"), "lon": ("经度(度)", "longitude"), "lat": ("纬度(度)", "latitude"),
    "list": ("可填多个，用顿号分开", "list"),
    "uscc": ("18位统一社会信用代码", "credit code of 18 characters"),
    "person": ("姓名", "name of a person"), "phone": ("电话号码", "phone number"),
    "idno": ("身份证号", "identity number"),
}  # fmt: skip
REASON_WORDS = {
    "no_subject": ("说不清对象", "no subject"), "no_key": ("没有标识", "no key"),
    "bad_time": ("没有填或不是日期", "time missing or impossible"),
    "time_out_of_range": ("超出范围", "time outside its range"),
    "bad_value": ("值无法读取", "unreadable value"), "no_party": ("没有当事人", "no party"),
    "no_level": ("没有等级", "no level"),
}  # fmt: skip
_PHRASES = {
    "from": ("{}及以后", "{} or later"), "not_before": ("不早于“{}”", "not before {}"),
    "digits": ("{}位数字", "{} digits"), "or": ("或", " or "), "pattern": ("格式 {}", "form {}"),
    "low": ("不小于{}", "{} or more"), "high": ("不大于{}", "{} or less"),
    "default": ("不填按“{}”", "empty counts as {}"), "also": ("也可写 {}", "also {}"),
    "missing": ("{} 都没有填（或填得不对）", "none of {} is filled"),
    "one_missing": ("{} 没有填（或填得不对）", "{} is not filled"),
    "time": ("“{}”{}", "{}: {}"), "check": ("校验位要对，错的按未填", "check digit must be right"),
}  # fmt: skip
#: Unit a bare cell is in, by type; the other units of the list may stand in cell or header.
BASE_UNITS = {"money": "元", "area": "㎡"}
_SHOWN_UNITS = {"m2": "㎡"}


def say(key: str, language: str, *values: object) -> str:
    """Return a phrase with its values put in."""
    return _PHRASES[key][LANGUAGES.index(language)].format(*values)


def say_type(column: Column, language: str) -> str:
    """Return what kind of thing a cell of the column is."""
    return TYPE_WORDS[column.type][LANGUAGES.index(language)]


def say_unit(column: Column, language: str) -> str:
    """Return the unit of a bare number and the others it may be written in; "" = none."""
    if column.type in ("lon", "lat"):
        return "" if language == "zh" else "degrees"
    base = BASE_UNITS.get(column.type, column.unit)
    others = [_SHOWN_UNITS.get(word, word) for word in column.units]
    others = [word for word in dict.fromkeys(others) if word not in (base, "平方米")]
    if not others:
        return base
    separator = "、" if language == "zh" else ", "
    return f"{base} ({say('also', language, separator.join(others))})"


def allowed_words(column: Column) -> tuple[str, ...]:
    """Return the words a list offers: stored values of an enum, 是 and 否 of a truth."""
    if column.type != "bool":
        return tuple(dict.fromkeys(column.words.values()))
    offered = []
    for stored in ("yes", "no"):
        accepted = [word for word, meaning in column.words.items() if meaning == stored]
        chinese = next((word for word in accepted if not word.isascii()), None)
        offered.append(chinese or next(iter(accepted), stored))
    return tuple(offered)


def by_name(column: Column) -> str:
    """Name a column as the warehouse does."""
    return f"`{column.name}`"


def by_header(column: Column) -> str:
    """Name a column as its sheet does; "" where it stands on none."""
    return column.headers[0] if column.headers else ""


def say_allowed(column: Column, columns: Mapping[str, Column], language: str, name: Naming) -> str:
    """Return which values a column takes: words, range, earliest day, form; "" = any.

    Parameters
    ----------
    columns : the columns beside it, which a date may have to follow.
    name : how another column is named, ``by_name`` or ``by_header``.
    """
    separator = "；" if language == "zh" else "; "
    return separator.join(_limits(column, columns, language, name))


def _limits(
    column: Column, columns: Mapping[str, Column], language: str, name: Naming
) -> Iterator[str]:
    if column.words:
        yield (" / " if column.type == "bool" else " ").join(allowed_words(column))
    yield from _bounds(column, language)
    if column.code_lengths:
        lengths = say("or", language).join(map(str, column.code_lengths))
        yield say("digits", language, lengths)
    if column.pattern:
        yield say("pattern", language, column.pattern)
    if column.floor:
        yield say("from", language, column.floor)
    if column.not_before in columns and name(columns[column.not_before]):
        yield say("not_before", language, name(columns[column.not_before]))
    if column.type == "uscc":
        yield say("check", language)
    if column.default is not None:
        yield say("default", language, column.default)


def _bounds(column: Column, language: str) -> Iterator[str]:
    """Yield the range of numbers; amounts are stored in fen and said in 元."""
    scale = 100 if column.type == "money" else 1
    low, high = (
        None if bound is None else f"{bound / scale:,.10g}" for bound in (column.low, column.high)
    )
    if low is not None and high is not None:
        yield f"{low}–{high}"
    elif low is not None:
        yield say("low", language, low)
    elif high is not None:
        yield say("high", language, high)


def say_rejections(feed: Feed, language: str, name: Naming) -> tuple[str, ...]:
    """Return one sentence a reject rule, in the order in which they are tried.

    A rule a constant of the contract always satisfies is left out.
    """
    return tuple(
        _say_rule(feed, rule, language, name)
        for rule in feed.reject
        if not set(rule.get("missing", ())) & set(feed.constants)  # type: ignore[call-overload]
    )


def _say_rule(feed: Feed, rule: Mapping[str, object], language: str, name: Naming) -> str:
    reason = REASON_WORDS[str(rule["code"])][LANGUAGES.index(language)]
    for key in ("time", "unreadable"):
        if key in rule:
            column = feed.columns[str(rule[key])]
            return say("time", language, name(column) or by_name(column), reason)
    missing = tuple(rule["missing"])  # type: ignore[arg-type]
    names = [said for column in missing if (said := name(feed.columns[column]))]
    separator = "、" if language == "zh" else ", "
    key = "missing" if len(names) > 1 else "one_missing"
    colon = "：" if language == "zh" else ": "
    return f"{say(key, language, separator.join(names))}{colon}{reason}"
