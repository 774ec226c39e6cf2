"""What a column must hold, in words a person can follow, in Chinese and English.

Belongs here: types, units, allowed values, required marks and reject rules as text.
Does not belong here: pages and workbooks made of them (describe.py, write_template.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelines.contracts.contract import Column, Feed

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


def say_allowed(column: Column, columns: Mapping[str, Column], language: str) -> str:
    """Return which values a column takes: words, range, earliest day, form; "" = any."""
    return ("；" if language == "zh" else "; ").join(_limits(column, columns, language))


def _limits(column: Column, columns: Mapping[str, Column], language: str) -> Iterator[str]:
    if column.words:
        yield (" / " if column.type == "bool" else " ").join(allowed_words(column))
    low, high = column.low, column.high
    if low is not None and high is not None:
        yield f"{low:g}–{high:g}" if high < 1e6 else f"{low:.0f}–{high:.0f}"
    elif low is not None:
        yield say("low", language, f"{low:g}")
    elif high is not None:
        yield say("high", language, f"{high:g}")
    if column.code_lengths:
        lengths = say("or", language).join(map(str, column.code_lengths))
        yield say("digits", language, lengths)
    if column.pattern:
        yield say("pattern", language, column.pattern)
    if column.floor:
        yield say("from", language, column.floor)
    if column.not_before in columns:
        other = columns[column.not_before]
        name = other.headers[0] if language == "zh" and other.headers else f"`{other.name}`"
        yield say("not_before", language, name)
    if column.type == "uscc":
        yield say("check", language)
    if column.default is not None:
        yield say("default", language, column.default)


def say_rejections(feed: Feed, language: str) -> tuple[str, ...]:
    """Return one sentence a reject rule, in the order in which they are tried."""
    return tuple(_say_rule(feed, rule, language) for rule in feed.reject)


def _say_rule(feed: Feed, rule: Mapping[str, object], language: str) -> str:
    reason = REASON_WORDS[str(rule["code"])][LANGUAGES.index(language)]
    for key in ("time", "unreadable"):
        if key in rule:
            return say("time", language, _name(feed, str(rule[key]), language), reason)
    missing = tuple(rule["missing"])  # type: ignore[arg-type]
    names = [
        _name(feed, name, language)
        for name in missing
        if feed.columns[name].headers or language == "en"
    ]
    separator = "、" if language == "zh" else ", "
    key = "missing" if len(names) > 1 else "one_missing"
    colon = "：" if language == "zh" else ": "
    return f"{say(key, language, separator.join(names))}{colon}{reason}"


def _name(feed: Feed, column: str, language: str) -> str:
    headers = feed.columns[column].headers
    return headers[0] if language == "zh" and headers else f"`{column}`"
