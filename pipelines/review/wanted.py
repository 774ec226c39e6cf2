"""What a town is asked to do about a defect, in Chinese: one sentence a rule.

Belongs here: the sentences of the 纠错清单. Does not belong here: which rows (dbt), the workbook
(corrections_book.py).
"""

from __future__ import annotations

from typing import Any

from pipelines.contracts.contract import Column, Feed

#: Most codes a sentence names: a longer list says where it ends.
SHOWN_CODES = 12
SENTENCES = {
    "no_subject": "看不出是哪家企业或哪个园区，请填写 {group} 中的至少一项",
    "no_key": "缺少编号或名称，请填写 {group} 中的至少一项",
    "no_party": "没有当事人，请填写 {group} 中的至少一项",
    "no_level": "没有等级，请填写 {group}",
    "bad_time": "没有日期或日期不存在，请填写真实日期，如 2026-03-05",
    "time_out_of_range": "日期超出合理范围，请核对后填写，如 2026-03-05",
    "bad_value": "内容无法读取，请填写{kind}",
    "bad_date": "日期不存在或无法读取，请填写真实日期，如 2026-03-05；没有请留空",
    "out_of_range": "超出合理范围{range}，请核对后填写",
    "unknown_code": "代码表中没有这个词，请改为：{codes}",
    "not_bool": "看不出是或否，请填写“是”或“否”",
    "uscc_invalid": "信用代码位数或校验位不对，请对照营业执照填写18位代码；没有请留空",
    "uscc_damaged": "信用代码被表格软件改成了数字，请以文本格式填写18位代码",
    "order": "早于{before}，请核对两个日期",
    "two_values": "同一字段有两列且内容不同，请保留正确的一个",
    "coords_outside": "坐标不在辖区范围内，请核对经度和纬度",
    "code_name_conflict": "信用代码登记在另一名称下，请核对代码和名称(承租企业不能填出租方的代码)",
    "subject_unknown": "企业名录里没有这个名称，请核对名称，或在企业名录中补报",
    "hazard_count_mismatch": "与隐患台账条数不一致，请核对隐患数，或补报隐患",
    "tenant_count_mismatch": "与承租企业清单户数不一致，请核对企业数，或补报清单",
}
KINDS = {
    "int": "整数，如 12", "number": "数字，如 12.5", "money": "金额，如 12000",
    "area": "面积，如 350.5", "date": "日期，如 2026-03-05", "datetime": "日期，如 2026-03-05",
}  # fmt: skip


def wanted(rule: str, column_name: str | None, feed: Feed) -> str:
    """Return what is wanted of a cell (or row) with a defect of a rule.

    Parameters
    ----------
    column_name : canonical column; None = the whole row.
    """
    column = feed.columns.get(column_name or "")
    sentence = SENTENCES.get(rule, "请核对")
    return sentence.format(
        group="、".join(group_headers(rule, column_name, feed)) or _header(column, column_name),
        kind=KINDS.get(column.type, "可以读取的内容") if column else "可以读取的内容",
        range=_range(column),
        codes=_codes(column),
        before=_before(column, feed),
    )


def group_columns(rule: str, column_name: str | None, feed: Feed) -> tuple[str, ...]:
    """Return the columns of which a reject rule wants at least one.

    A rule that stands for two groups (a lease wants a park and a tenant) means the group of the
    column it names.
    """
    groups: list[Any] = [
        entry.get("missing") or () for entry in feed.reject if entry["code"] == rule
    ]
    own = [group for group in groups if column_name in group] or groups
    return tuple(dict.fromkeys(str(name) for group in own for name in group))


def group_headers(rule: str, column_name: str | None, feed: Feed) -> list[str]:
    """Return their primary headers."""
    columns = (feed.columns[name] for name in group_columns(rule, column_name, feed))
    return [column.headers[0] for column in columns if column.headers]


def codes_of(column: Column | None) -> list[str]:
    """Return the stored values of a coded column in the order of its list."""
    return list(dict.fromkeys(column.words.values())) if column and column.type == "enum" else []


def _header(column: Column | None, name: str | None) -> str:
    return column.headers[0] if column and column.headers else (name or "")


def _codes(column: Column | None) -> str:
    codes = codes_of(column)
    more = "等" if len(codes) > SHOWN_CODES else ""
    return "、".join(codes[:SHOWN_CODES]) + more


def _range(column: Column | None) -> str:
    if column is None or (column.low is None and column.high is None):
        return ""
    low = "" if column.low is None else f"{column.low:g}"
    high = "" if column.high is None else f"{column.high:g}"
    return f"({low}–{high})" if low and high else f"(不小于 {low})" if low else f"(不大于 {high})"


def _before(column: Column | None, feed: Feed) -> str:
    earlier = feed.columns.get(column.not_before or "") if column else None
    return _header(earlier, "另一日期") or "另一日期"
