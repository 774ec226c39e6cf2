"""Words: both languages say everything, and no page speaks for itself."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import words
from app.views import monitoring, quality, records
from app.words_codes import CODES
from app.words_columns import COLUMNS, HINTS
from app.words_defects import DEFECTS
from app.words_features import FEATURES
from app.words_fields import FIELDS
from app.words_monitoring import MONITORING_COLUMNS
from app.words_penalties import PENALTY_COLUMNS
from app.words_review import REVIEW_COLUMNS
from app.words_rounds import ROUND_COLUMNS

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture(params=words.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.choose_language(request.param)
    yield request.param
    words.choose_language(None)


def _sources() -> list[Path]:
    return [path for path in APP.rglob("*.py") if not path.name.startswith("words")]


def _pairs() -> dict[str, tuple[str, str]]:
    tables = {
        "page": words.SENTENCES,
        "column": COLUMNS,
        "hint": HINTS,
        "code": CODES,
        "defect": DEFECTS,
        "field": FIELDS,
    }
    pairs = {f"{name} {key}": pair for name, table in tables.items() for key, pair in table.items()}
    for key, feature in FEATURES.items():
        for part in ("name", "phrase", "negative"):
            if pair := getattr(feature, part):
                pairs[f"feature {key} {part}"] = pair
    return pairs


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_pages_when_read_as_source_then_hold_no_chinese() -> None:
    found = [path.name for path in _sources() if CHINESE.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_entry_when_compared_then_both_languages_have_the_same_placeholders() -> None:
    different = [
        key for key, (zh, en) in _pairs().items() if _placeholders(zh) != _placeholders(en)
    ]
    assert different == ["page day"]  # English names the month


def test_every_entry_when_english_then_holds_no_chinese() -> None:
    # A definition may quote the stored words of a level; the switch names the other language.
    quoting = {"hint hazards_serious_12m", "page other_language"}
    found = [key for key, (_, en) in _pairs().items() if CHINESE.search(en)]
    assert set(found) <= quoting


def test_tables_of_sentences_when_merged_then_share_no_key() -> None:
    # the later one would win, and a page would say another page's words
    found = [
        name
        for path in APP.glob("words_*.py")
        for name in re.findall(
            r'^    "([a-z0-9_.]+\.[a-z0-9_.]+)": ', path.read_text("utf-8"), re.M
        )
    ]
    assert len(found) > 300
    assert sorted(found) == sorted(set(found))


def test_tables_of_columns_when_merged_then_one_name_means_one_thing() -> None:
    # merged by name: a later table would rename another page's column without a word
    tables = (ROUND_COLUMNS, REVIEW_COLUMNS, PENALTY_COLUMNS, MONITORING_COLUMNS)
    meant: dict[str, set[tuple[str, str]]] = {}
    for table in (*tables, COLUMNS):
        for name, said in table.items():
            meant.setdefault(name, set()).add(said)
    assert {name: said for name, said in meant.items() if len(said) > 1} == {}


def test_amount_when_the_language_changes_then_is_in_its_unit() -> None:
    assert words.amount(460_130_000) == "460.13"  # 4,601,300 yuan = 460.13 万元
    words.choose_language("en")
    assert words.amount(460_130_000) == "4,601,300"
    words.choose_language(None)
    assert words.amount(None) == words.MISSING


def test_every_key_a_page_says_when_looked_up_then_is_there() -> None:
    said = {
        key
        for path in _sources()
        for key in re.findall(r'say\(\s*"([a-z0-9_.]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(said) > 60
    assert said - set(words.SENTENCES) == set()


def test_every_column_shown_when_looked_up_then_has_a_header() -> None:
    shown = {c for text in records.COLUMNS.values() for c in text.split()}
    shown |= {c for text in monitoring.COLUMNS.values() for c in text.split()}
    shown |= {*quality.LEDGER, *quality.REJECTED, *quality.ISSUES, *quality.LINKS}
    assert shown - set(COLUMNS) == set()


def test_every_set_of_records_when_looked_up_then_has_a_name() -> None:
    assert {f"set.{code}" for code in records.SETS} - set(words.SENTENCES) == set()


def test_every_feature_of_the_ports_when_looked_up_then_has_words() -> None:
    ports = (ROOT / "docs" / "ports.md").read_text(encoding="utf-8")
    section = ports.split("## 5.")[1].split("\n## ")[0]
    lists = [line for line in section.splitlines() if re.match(r"(Parks|Enterprises)", line)]
    named = {name for line in lists for name in re.findall(r"`([a-z0-9_]+)`", line)}
    assert len(named) > 30
    assert named - set(FEATURES) == set()


def test_every_rule_of_the_ports_when_looked_up_then_is_named_and_explained() -> None:
    ports = (ROOT / "docs" / "ports.md").read_text(encoding="utf-8")
    line = next(line for line in ports.splitlines() if line.startswith("Issue rules:"))
    rules = {name for text in re.findall(r"`([a-z_ ]+)`", line) for name in text.split()}
    assert len(rules) > 20
    assert rules - set(CODES) == set()
    assert rules - set(DEFECTS) == set()


@pytest.mark.parametrize(
    ("feature", "value", "said"),
    [
        ("hazards_serious_12m", 3.0, "近12个月较大及以上隐患 3 条"),
        ("visits_12m", 0.0, "近12个月检查 0 家次"),
        ("agreement_signed_share", 0.25, "安全协议签订率 25%"),
        ("was_last_visit_bad", 1.0, "上次检查结果不良"),
        ("was_last_visit_bad", 0.0, "上次检查结果良好"),
        ("floor_area_m2", 12345.0, "建筑面积 12,345 ㎡"),
        ("last_score", 58.5, "上次检查得分 58.5 分"),
        ("last_score", None, "上次检查得分不详"),
        ("fines_24m_fen", 1_250_000.0, "近24个月罚款 1.25 万元"),
        ("fines_24m_fen", 10_000_000.0, "近24个月罚款 10 万元"),
        ("fines_24m_fen", 0.0, "近24个月罚款 0 万元"),
        ("town", None, "所属镇街的总体水平"),
        ("nobody_knows", 2.5, "nobody_knows = 2.5"),
    ],
)
def test_reason_when_said_then_reads_as_an_inspector_would(
    feature: str, value: float | None, said: str
) -> None:
    assert words.reason(feature, value) == said


def test_every_reason_when_said_in_both_languages_then_has_no_gap(language: str) -> None:
    assert language in words.LANGUAGES
    said = [words.reason(name, value) for name in FEATURES for value in (None, 0.0, 1.0, 2.5)]
    assert all(text and "{" not in text for text in said)


def test_numbers_and_days_when_written_then_follow_the_language() -> None:
    assert words.number(1234567) == "1,234,567"
    assert words.number(None) == "—"
    assert words.percent(0.4166) == "41.7%"
    assert words.day(date(2026, 10, 31)) == "2026年10月31日"
    words.choose_language("en")
    try:
        assert words.day(date(2026, 10, 31)) == "31 October 2026"
    finally:
        words.choose_language(None)


def test_language_when_unknown_then_is_chinese() -> None:
    words.choose_language("fr")
    assert words.language() == "zh"
