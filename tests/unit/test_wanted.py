"""What a town is asked: the codes, the range, the group a rule wants one of."""

from __future__ import annotations

import pytest

from pipelines.contracts.load_contracts import export_dictionary, load_builtin_contracts
from pipelines.review.wanted import SENTENCES, wanted

FEEDS = {name: contract.feeds[name] for name, contract in load_builtin_contracts()[0].items()}


@pytest.mark.parametrize(
    ("export", "rule", "column", "said"),
    [
        ("hazards", "no_subject", "uscc",
         "看不出是哪家企业或哪个园区，请填写 统一社会信用代码、企业名称、园区编号、园区名称"
         " 中的至少一项"),
        ("leases", "no_subject", "park_id",
         "看不出是哪家企业或哪个园区，请填写 园区编号、园区名称 中的至少一项"),
        ("enterprises", "unknown_code", "scale", "代码表中没有这个词，请改为：规上、规下、小微"),
        ("inspections", "out_of_range", "score", "超出合理范围(0–100)，请核对后填写"),
        ("inspections", "bad_value", "hazard_count", "内容无法读取，请填写整数，如 12"),
        ("hazards", "order", "rectified_on", "早于发现日期，请核对两个日期"),
        ("hazards", "something_new", "level", "请核对"),
    ],
)  # fmt: skip
def test_sentence_when_asked_then_names_what_is_wanted(
    export: str, rule: str, column: str, said: str
) -> None:
    assert wanted(rule, column, FEEDS[export]) == said


def test_every_rule_when_asked_of_every_export_then_leaves_no_gap() -> None:
    for feed in export_dictionary().values():
        for rule in SENTENCES:
            for column in (None, *feed.columns):
                assert "{" not in wanted(rule, column, feed)
