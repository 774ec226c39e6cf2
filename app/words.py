"""Every word the explorer shows, in Chinese and English, and how numbers and days are written.

Belongs here: choosing a language, saying a phrase, number and date formats.
The phrases themselves are tables in words_*.py; each entry holds both languages side by side,
so neither can miss a key.
Does not belong here: layout, or anything that depends on Streamlit (the report uses it too).
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime

from app.words_chapters import CHAPTERS
from app.words_chapters_more import CHAPTERS_MORE
from app.words_codes import CODES
from app.words_columns import COLUMNS, HINTS
from app.words_defects import DEFECTS
from app.words_features import FEATURES
from app.words_fields import FIELDS
from app.words_monitoring import MONITORING
from app.words_pages import PAGES
from app.words_records import RECORDS
from app.words_report import REPORT
from app.words_review import REVIEW
from app.words_rounds import ROUNDS

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
MISSING = "—"
SENTENCES = {
    **PAGES,
    **RECORDS,
    **MONITORING,
    **ROUNDS,
    **REVIEW,
    **REPORT,
    **CHAPTERS,
    **CHAPTERS_MORE,
}

_chosen: ContextVar[str] = ContextVar("language", default=DEFAULT)


def choose_language(code: str | None) -> None:
    """Speak ``code`` from here on in this thread; an unknown code means the default."""
    _chosen.set(code if code in LANGUAGES else DEFAULT)


def language() -> str:
    """Return the language in use, ``zh`` or ``en``."""
    return _chosen.get()


def say(key: str, **values: object) -> str:
    """Return the phrase of ``key`` with its placeholders filled.

    Raises
    ------
    KeyError
        The key is in no table: a programming error, found by the tests.
    """
    return _pick(SENTENCES[key]).format(**values)


def column(name: str) -> str:
    """Return the header of a column; an unknown name is shown as it is."""
    return _pick(COLUMNS[name]) if name in COLUMNS else name


def hint(name: str) -> str | None:
    """Return the definition of a column or figure, or None when it needs none."""
    return _pick(HINTS[name]) if name in HINTS else None


def term(code: str | None) -> str:
    """Return a stored code in words; free text and unknown codes are shown as they are."""
    if code is None:
        return MISSING
    return _pick(CODES[code]) if code in CODES else code


def field(name: str) -> str:
    """Return a column of an export in words; an unknown name is shown as it is."""
    return _pick(FIELDS[name]) if name in FIELDS else name


def explain(rule: str) -> str:
    """Return what a defect or refusal means and what to do; empty when there is no sentence."""
    return _pick(DEFECTS[rule]) if rule in DEFECTS else ""


def yes_no(value: bool | None) -> str:
    """Return a flag in words; null is unknown, not no."""
    return MISSING if value is None else say("yes" if value else "no")


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with thousands separators; null is a dash, never 0."""
    return MISSING if value is None else f"{value:,.{digits}f}"


def percent(value: float | None, digits: int = 1) -> str:
    """Write a share of 0-1 as a percentage."""
    return MISSING if value is None else f"{value:.{digits}%}"


def amount(fen: float | None) -> str:
    """Write money given in fen, without its unit (``unit.money``): 万元 in Chinese, else yuan.

    At most two decimals; null is a dash, never 0.
    """
    if fen is None:
        return MISSING
    return f"{fen / (1_000_000 if language() == 'zh' else 100):,.2f}".rstrip("0").rstrip(".")


def score(value: float | None) -> str:
    """Write a score: three decimals, or none for the whole numbers of a counting rule."""
    if value is None:
        return MISSING
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1 else f"{value:,.3f}"


def day(value: date | None) -> str:
    """Write a day in full: 2026年10月31日, or 31 October 2026."""
    if value is None:
        return MISSING
    return say("day", year=value.year, month=value.month, day=value.day, name=f"{value:%B}")


def instant(value: datetime) -> str:
    """Write an instant to the minute, in the machine's own zone."""
    local = value.astimezone()
    return f"{local:%Y-%m-%d %H:%M}"


def reason(feature: str, value: float | None) -> str:
    """Say a feature and its value as an inspector would: 近12个月较大及以上隐患 3 条.

    Parameters
    ----------
    value : float or None
        Null means unknown. Shares are 0-1; flags are 1 or 0.
    """
    if feature not in FEATURES:
        return f"{feature} = {MISSING if value is None else f'{value:g}'}"
    entry = FEATURES[feature]
    if entry.phrase is None:
        return _pick(entry.name)
    if value is None:
        return say("reason.unknown", name=_pick(entry.name))
    if entry.kind == "flag":
        return _pick(entry.phrase if value >= 0.5 else entry.negative)
    if entry.kind == "share":
        text = percent(value, 0)
    elif entry.kind == "fen":
        text = amount(value)
    else:
        text = number(value, int(value != int(value)))
    return _pick(entry.phrase).format(n=text)


def label(name: str | None) -> str:
    """Return the outcome the ranking aims at; what follows a colon is the rule's own detail."""
    key = f"label.{(name or '').partition(':')[0]}"
    return say(key if key in SENTENCES else "label.other")


def feature(name: str) -> str:
    """Return the short name of a feature."""
    return _pick(FEATURES[name].name) if name in FEATURES else name


def _pick(entry: tuple[str, str]) -> str:
    return entry[LANGUAGES.index(_chosen.get())]
