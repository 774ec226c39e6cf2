"""Persons in free text: shown by a word or a number beside them, or named in their own column."""

from __future__ import annotations

from pathlib import Path

import pytest
from landing_fixture import tables_of

from pipelines.ingest.personal import looks_personal, scrub_text

HEADER = "隐患编号,企业名称,所属镇街,发现日期,隐患描述,隐患等级,整改责任人,备注,经手"


def hazards(folder: Path, *rows: str):
    return tables_of(folder, "\n".join([HEADER, *rows]) + "\n", "隐患台账_2024-05-31.csv")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("联系人：王小明，电话13812345678", "联系人：王*，电话138****5678"),
        ("（维保人员:欧阳锋）", "（维保人员:欧*）"),
        ("经办 王小明 13812345678", "经办 王* 138****5678"),
        ("王小明 320502199001011234", "王* 320***********1234"),
        ("联系电话 13812345678", "联系电话 138****5678"),
        ("电话13812345678", "电话138****5678"),
        ("负责人未到场", "负责人未到场"),
        ("联系人：物业公司", "联系人：物业公司"),
        ("安全员 未佩戴安全帽作业", "安全员 未佩戴安全帽作业"),
        ("责任人：王小明", "责任人：王*"),
    ],
)
def test_scrub_when_a_name_is_shown_then_it_is_masked_and_other_words_stay(
    text: str, clean: str
) -> None:
    assert scrub_text(text) == clean


def test_row_when_its_own_person_stands_in_its_text_then_is_masked_there(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path,
        "YH-1,甲厂,盛泽镇,2024-05-01,王小明未戴安全帽,一般,王小明,王小明已教育,王小明",
        "YH-2,甲厂,盛泽镇,2024-05-01,陈小红未戴安全帽,一般,李四,,",
        "YH-3,,盛泽镇,2024-05-01,赵六脱岗,一般,赵六,赵六,赵六",
    )
    rows = tables["hazards"]
    assert rows["description"].to_list() == ["王*未戴安全帽", "陈小红未戴安全帽"]
    assert rows["remark"].to_list() == ["王*已教育", None]
    assert rows["_extra"].to_list() == ['{"经手":"王*"}', None]
    assert "赵六" not in str(tables["rejected"].rows())
    assert "赵*脱岗" in tables["rejected"]["cells"][0]


def test_sheet_when_another_row_names_the_person_then_longer_names_are_masked(
    tmp_path: Path,
) -> None:
    header = "案号,被处罚单位,当事人类型,罚款金额(元),案由,立案日期,备注"
    tables = tables_of(
        tmp_path,
        "\n".join(
            [
                header,
                "C-1,甲厂有限公司,单位,1,a,2024-05-01,当事人王小明已缴清；张三在场",
                "C-1,王小明,个人,1,a,2024-05-01,",
                "C-2,张三,个人,1,a,2024-05-01,",
                "C-3,王府井,,1,a,2024-05-01,王府井大街",
            ]
        ) + "\n",
        "行政处罚台账_2024-06-30.csv",
    )  # fmt: skip
    # two characters of another row are too often a word; nobody said that 王府井 is a person
    assert tables["cases"]["remark"].to_list() == [
        "当事人王*已缴清；张三在场", None, None, "王*大街",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("王小明", True), ("欧阳·锋", True), ("区领导", False), ("张书记", False),
        ("副镇长", False), ("甲公司", False), ("主要负责人级", False),
    ],
)  # fmt: skip
def test_looks_personal_when_a_word_names_an_office_then_is_no_person(
    name: str, is_person: bool
) -> None:
    assert looks_personal(name) is is_person
