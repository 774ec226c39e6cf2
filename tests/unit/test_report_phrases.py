"""Phrases: year on year, points, amounts and shares, by the figures of published bulletins.

The bulletins are those of domain.md 3.9; every expected text was worked out by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from app import words
from app.report import cells, phrases
from app.report.phrases import Measure, Style

HALF_UP = Style()
TWO = Style(percent_places=2)
CUT = Style(rounding="down", percent_places=2)


@pytest.fixture
def english() -> Iterator[None]:
    words.choose_language("en")
    yield
    words.choose_language(None)


@pytest.mark.parametrize(
    ("value", "places", "style", "rounded"),
    [
        (Fraction(1, 20), 1, HALF_UP, "0.1"),  # 0.05 goes up, not to the even 0.0
        (Fraction(-1, 20), 1, HALF_UP, "-0.1"),
        (Fraction(1, 20), 1, Style(rounding="down"), "0.0"),
        (Fraction(29, 20), 1, HALF_UP, "1.5"),  # 1.45 is 1.4 as a binary float
        (Fraction(25, 2), 0, HALF_UP, "13"),
        (Fraction(2, 3), 2, CUT, "0.66"),
        (7, 1, HALF_UP, "7.0"),
    ],
)
def test_round_when_half_way_then_follows_the_mode(
    value: Fraction, places: int, style: Style, rounded: str
) -> None:
    assert str(phrases.round_to(value, places, style)) == rounded


def test_year_on_year_when_puer_january_2025_then_reads_as_the_bulletin() -> None:
    measures = [
        Measure("发生各类生产安全事故", 6, 6, "起"),
        Measure("死亡", 7, 6, "人"),
        Measure("直接经济损失", 214_500_000, 221_700_000, money=True),  # fen
    ]
    assert phrases.say_measures(measures, HALF_UP) == (
        "发生各类生产安全事故6起，同比持平；死亡7人，同比增加1人，上升16.7%；"
        "直接经济损失214.5万元，同比减少7.2万元，下降3.2%。"
    )


def test_joint_changes_when_guangzhou_then_three_falls_are_said_together() -> None:
    # 301 of 350, 279 of 298, 110 of 131: -14.0, -6.4 (6.376), -16.0 (16.03) %
    measures = [
        Measure("起数", 301, 350), Measure("死亡人数", 279, 298), Measure("受伤人数", 110, 131),
    ]  # fmt: skip
    said = phrases.say_joint(measures, HALF_UP)
    assert said == "起数、死亡人数、受伤人数同比分别下降14.0%、6.4%、16.0%"


def test_summary_when_puer_then_figures_come_first_and_changes_after() -> None:
    measures = [
        Measure("发生事故", 6, 6, "起"), Measure("死亡", 7, 6, "人"), Measure("受伤", 3, 2, "人"),
    ]  # fmt: skip
    said = phrases.say_briefly(measures, ["起数", "死亡人数", "受伤人数"], HALF_UP)
    assert said == (
        "发生事故6起、死亡7人、受伤3人；起数同比持平，死亡人数、受伤人数同比分别上升16.7%、50.0%。"
    )
    alone = [Measure("发生事故", 6, None, "起")]
    assert phrases.say_briefly(alone, ["起数"], HALF_UP) == "发生事故6起。"


def test_joint_changes_when_signs_differ_then_only_neighbours_of_one_sign_join() -> None:
    measures = [
        Measure("起数", 12, 10, "起"),  # +20.0 %
        Measure("死亡人数", 3, 2, "人"),  # +50.0 %
        Measure("受伤人数", 3, 4, "人"),  # -25.0 %
        Measure("较大事故", 1, 0, "起"),
        Measure("重大事故", 0, 0, "起"),
        Measure("损失", 5, None),
    ]
    assert phrases.say_joint(measures, HALF_UP) == (
        "起数、死亡人数同比分别上升20.0%、50.0%，受伤人数同比下降25.0%，"
        "较大事故同比增加1起，重大事故同比持平"
    )


def test_year_on_year_when_base_is_zero_then_only_the_number_is_said_and_the_table_has_a_dash() -> (
    None
):
    risen = Measure("较大事故", 2, 0, "起")
    assert phrases.say_measure(risen, HALF_UP) == "较大事故2起，同比增加2起"
    assert cells.change(2, 0, HALF_UP) == "—"
    assert cells.needs_zero_note([5, 0])
    assert not cells.needs_zero_note([5, None])


def test_year_on_year_when_base_is_unknown_then_nothing_is_compared() -> None:
    assert phrases.say_measure(Measure("事故", 2, None, "起"), HALF_UP) == "事故2起"
    assert cells.change(2, None, HALF_UP) == "—"


def test_year_on_year_when_rate_rounds_to_zero_then_it_is_under_the_last_place() -> None:
    # 1 in 19,053 is 0.005 %
    said = phrases.say_change(Measure("", 19_054, 19_053, "条"), HALF_UP)
    assert said == "同比增加1条，上升不足0.1%"


@pytest.mark.parametrize(
    ("now", "before", "half_up", "cut"),
    [
        # Chizhou 2020, January to July, prints the cut figures 17.77, 21.42, 54.83
        (37, 45, "-17.78", "-17.77"),
        (33, 42, "-21.43", "-21.42"),
        (14, 31, "-54.84", "-54.83"),
    ],
)
def test_change_when_chizhou_then_half_up_and_cut_differ_as_printed(
    now: int, before: int, half_up: str, cut: str
) -> None:
    assert cells.change(now, before, TWO) == half_up
    assert cells.change(now, before, CUT) == cut


@pytest.mark.parametrize(
    ("part", "whole", "style", "said"),
    [
        (483, 492, HALF_UP, "98.2%"),  # Shanghai 2025 Q1: violations rectified
        (86 * 10, 1732, HALF_UP, "49.7%"),  # 86 major per 1,000 visits = 49.65
        (492 * 10, 1732, HALF_UP, "284.1%"),
        (18_667, 19_053, TWO, "97.97%"),  # Zhangjiagang 2020 (ZJ-11)
        (262, 290, HALF_UP, "90.3%"),  # Zhangjiagang 2021: 26.2 of 29 万
        (374, 438, TWO, "85.39%"),  # Tongshan (TS-13)
        (253, 438, TWO, "57.76%"),  # Tongshan (TS-14)
        (1, 0, HALF_UP, "—"),
    ],
)
def test_rate_when_of_a_bulletin_then_is_the_printed_one(
    part: int, whole: int, style: Style, said: str
) -> None:
    assert phrases.say_percent(part, whole, style) == said


def test_points_when_rates_differ_then_are_those_of_the_printed_rates() -> None:
    rate = phrases.percent_of
    # 90.3 - 88.1 printed; the exact gap 2.27 would print as 2.3
    now, before = rate(9034, 10_000, HALF_UP), rate(8807, 10_000, HALF_UP)
    assert (now, before) == (Decimal("90.3"), Decimal("88.1"))
    assert phrases.say_points(now, before) == "同比提高2.2个百分点"
    assert phrases.say_points(before, now) == "同比下降2.2个百分点"
    assert phrases.say_points(now, now) == "同比持平"
    assert phrases.say_points(now, None) == ""


@pytest.mark.parametrize(
    ("count", "said"),
    [(9_999, "9999家次"), (10_000, "1万家次"), (35_400, "3.54万家次"), (31_524, "3.15万家次"),
     (114_508, "11.45万家次"), (-12_500, "-1.25万家次"), (0, "0家次")],
)  # fmt: skip
def test_amount_when_ten_thousand_or_more_then_is_said_in_wan(count: int, said: str) -> None:
    assert phrases.say_amount(count, "家次", HALF_UP) == said
    assert cells.write(count) == str(count)


@pytest.mark.parametrize(
    ("fen", "said", "cell"),
    [
        (435_300_000, "435.3万元", "435.30"),  # ZJ-18
        (4_226_970_000 + 8_872_950_000, "1.31亿元", "13099.92"),  # Guangxi 2020
        (3_306_080_000, "3306.08万元", "3306.08"),  # Shanghai 2025 Q1
        (5_000, "50元", "0.01"),  # 50 yuan are 0.005 万元, half up
        (0, "0万元", "0.00"),
    ],
)
def test_money_when_fen_then_is_said_in_its_unit(fen: int, said: str, cell: str) -> None:
    assert phrases.say_money(fen, HALF_UP) == said
    assert cells.money(fen, HALF_UP) == cell


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ([20, 60], ["25.0", "75.0"]),  # Beijing 2025 Q2: accidents
        ([21, 65], ["24.4", "75.6"]),  # deaths
        ([1, 1, 1], ["33.4", "33.3", "33.3"]),  # rounding alone would print 99.9
        ([1, 2, 3, 1], ["14.3", "28.6", "42.8", "14.3"]),  # 14.28 28.57 42.857 14.28
        ([1, 1, 1, 1, 1, 1], ["16.7", "16.7", "16.7", "16.7", "16.6", "16.6"]),
        ([5, 0], ["100.0", "0.0"]),
    ],
)
def test_shares_when_rounded_then_sum_to_a_hundred(values: list[int], shares: list[str]) -> None:
    given = phrases.share_out(values, HALF_UP)
    assert given is not None
    assert [str(s) for s in given] == shares
    assert sum(given) == 100


def test_shares_when_nothing_to_share_then_there_are_none() -> None:
    assert phrases.share_out([0, 0], HALF_UP) is None


@pytest.mark.usefixtures("english")
def test_phrases_when_english_then_say_the_same() -> None:
    accidents = Measure("Accidents", 10_500, 12_000)
    assert phrases.say_measure(accidents, HALF_UP) == (
        "Accidents 10,500, down by 1,500 (12.5%) on the year before"
    )
    assert phrases.say_money(435_300_000, HALF_UP) == "4,353,000 yuan"
    assert cells.money(435_300_000, HALF_UP) == "4353000"
