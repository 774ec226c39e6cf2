"""What all names of one content say together.

Belongs here: the hint (date, titles, words) that enters a landing.
Does not belong here: remembering names (sightings), reading bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.contracts.contract import Contract
from pipelines.contracts.fold_headers import fold_word
from pipelines.ingest.dates_in_text import date_of_name
from pipelines.ingest.recognise import titles_of
from pipelines.ingest.sheets import Hint

#: Words that make a list full when they are added to an export's own title (exports.md 9.4.7).
FULL_LIST_WORDS = ("全量", "花名册")
#: A shorter word would be met in nearly every name.
SHORTEST_WORD = 2


def hint_of(names: Sequence[str], contracts: Mapping[str, Contract]) -> Hint:
    """Return the hint of a content: a pure function of the set of its names.

    ``named_on`` is the earliest date over the names; ``titles`` are the export titles found, the
    words 全量/花名册 beyond them, and the accepted words of columns that may come from a name
    (``absent_from_title``, such as 网格巡查 for ``inspections.kind``), sorted.

    Source: exports.md 9.4.1, 9.4.7.
    """
    dates = [day for name in names if (day := date_of_name(name)) is not None]
    found: set[str] = set()
    for name in names:
        found |= words_in(name, contracts)
    return Hint(min(dates, default=None), tuple(sorted(found)))


def words_in(name: str, contracts: Mapping[str, Contract]) -> set[str]:
    """Return the titles and words of `contracts` that stand in one name."""
    text = fold_word(name).lower()
    titles = {title for contract in contracts.values() for title in titles_of(contract)}
    found = {title for title in titles if fold_word(title).lower() in text}
    feeds = [feed for contract in contracts.values() for feed in contract.feeds.values()]
    said = text
    for feed in feeds:
        said = without_title(said, feed.title)
    for feed in feeds:
        for column in feed.absent_from_title:
            words = feed.columns[column].words if feed.columns[column].type == "enum" else {}
            found |= {w for w in words if len(w) >= SHORTEST_WORD and w.lower() in said}
    if says_full_list(name, titles):
        found |= {word for word in FULL_LIST_WORDS if word in text}
    return found


def without_title(text: str, title: str) -> str:
    """Return a folded text without an export's own title.

    组织机构与网格 is the name of a list, and says of none of its rows that it is a 网格.
    """
    return text.replace(fold_word(title).lower(), " ")


def says_full_list(text: str, own_titles: set[str]) -> bool:
    """Whether 全量 or 花名册 is added beyond the titles exports have anyway."""
    folded = fold_word(text)
    for title in sorted(own_titles, key=len, reverse=True):
        folded = folded.replace(fold_word(title), " ")
    return any(word in folded for word in FULL_LIST_WORDS)
