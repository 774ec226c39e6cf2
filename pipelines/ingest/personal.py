"""Personal data: keyed hashes, masks, and scrubbing of free text.

Belongs here: everything that turns a person into a mask before a byte is written.
Does not belong here: which columns are personal (contracts/), access to originals.
Source: exports.md 9.7.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

HASH_HEX_LENGTH = 16
KEY_BYTES = 32
#: Text columns that may name a person -> column that says so. Source: exports.md 3, 9.7.
MAYBE_PERSONS: dict[str, str | None] = {
    "lessor_name": "lessor_kind", "sub_lessor_name": None, "party_name": "party_kind",
    "led_by": None,
}  # fmt: skip
#: Separators of a list of persons. Source: exports.md 3, inspections.inspectors.
LIST_SEPARATORS = r"[、,，;；/／\s\x{3000}]+"
#: Words that show a short name to be an organisation, not a person.
_ORGANISATION = re.compile(
    r"公司|集团|厂|店|部|中心|合作|社|商|行|院|校|村|委|会|局|所|园|站|企业|馆|场|基地|物业|置业|实业|"
    r"地产|投资|工业|科技|银行|政府|街道|镇|区|组|队|楼|大厦|广场|开发|资产|城投|国资|单位"
)
#: Words of an office: 区领导 is nobody's name.
_OFFICE = re.compile(r"领导|书记|主任|[市区县镇乡局处科所队站]长|级|班子")
_PERSON = re.compile(r"[\u3400-\u9fff·•]{2,4}")
#: Headers of columns no contract knows that nevertheless hold a person's name.
_PERSON_HEADER = re.compile(
    r"姓名|联系人|负责人|法定代表|法人|经办人|填报人|填表人|房东|业主|责任人|员工|人员"
)
#: What stands before a person's name in free text.
_LABEL = (
    r"(?:姓名|联系人|负责人|经办人?|核实人|处理人|举报人|报告人|当事人|责任人|被访人|填报人|检查人|"
    r"维保人员?|值班人员?|值班员|安全员|法人代表|法定代表人|家属|伤者|死者)"
)
_NAME = r"[\u3400-\u9fff·]{2,4}"
_LABELLED_NAME = re.compile(rf"({_LABEL}(?:\s*[::：]\s*|\s+))({_NAME})(?![\u3400-\u9fff])")
#: A name right before a phone or identity number: 王五 13812345678.
_NAME_BEFORE_NUMBER = re.compile(
    rf"(?<![\u3400-\u9fff])({_NAME})(?=\s+(?:\+?86[- ]?)?(?:1[3-9]\d|[1-9]\d{{5}}(?:18|19|20)))"
)
_NO_NAME = re.compile(r"电话|手机|号码?$|证$|热线|联系|传真|编号|时间|日期")
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{2})\d{3}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(\d{3}[0-9Xx])(?![0-9A-Za-z])"
)
_OLD_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{2})\d{5}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3})"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+?86)[- ]?)?(1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[- ]?\d{3,4}(\d{4})(?!\d)")


@dataclass(frozen=True)
class Tokens:
    """The key of hashes."""

    key: bytes = field(repr=False)

    def hash(self, text: str) -> str:
        """Return the keyed hash (16 hex) of a person's text; spaces and width do not count."""
        folded = "".join(unicodedata.normalize("NFKC", text).split()).upper()
        return hmac.new(self.key, folded.encode(), hashlib.sha256).hexdigest()[:HASH_HEX_LENGTH]

    def key_id(self) -> str:
        """Return a short name of the key that tells nothing about it."""
        return hmac.new(self.key, b"key id", hashlib.sha256).hexdigest()[:8]


def token_key(path: Path) -> bytes:
    """Return the key in `path`; made at random (file mode 0600) when there is none.

    A key that changes makes new hashes of everybody, so it is written once and whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(KEY_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails when another process was first: its key counts
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            fresh.replace(path)
        fresh.unlink(missing_ok=True)
    return bytes.fromhex(path.read_text("ascii").strip())


def mask_people(texts: pl.Series, kind: str, tokens: Tokens) -> tuple[pl.Series, pl.Series]:
    """Return masks and hashes of a ``person``, ``phone`` or ``idno`` column."""
    forms = {t: _token(t, kind, tokens) for t in texts.drop_nulls().unique().to_list()}
    masks = {text: mask for text, (mask, _) in forms.items()}
    hashes = {text: token for text, (_, token) in forms.items()}
    return _replace(texts, masks), _replace(texts, hashes)


def _token(text: str, kind: str, tokens: Tokens) -> tuple[str, str]:
    return MASKS[kind](text), tokens.hash(text)


def mask_person_lists(texts: pl.Series, tokens: Tokens) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return masks (joined by ``、``), hashes (by ``,``) and the count of each list of persons."""
    masks: dict[str, str | None] = {}
    hashes: dict[str, str | None] = {}
    counts: dict[str, int] = {}
    for text in texts.drop_nulls().unique().to_list():
        names = [name for name in split_list(text) if name]
        pairs = [_token(name, "person", tokens) for name in names]
        masks[text] = "、".join(mask for mask, _ in pairs) or None
        hashes[text] = ",".join(token for _, token in pairs) or None
        counts[text] = len(names)
    count = texts.replace_strict(counts, default=None, return_dtype=pl.Int64)
    return _replace(texts, masks), _replace(texts, hashes), count


def split_list(text: str) -> list[str]:
    """Return the entries of a list cell."""
    return [part for part in re.split(LIST_SEPARATORS.replace(r"\x{3000}", "\u3000"), text) if part]


def mask_lessors(names: pl.Series, kinds: pl.Series, tokens: Tokens) -> tuple[pl.Series, pl.Series]:
    """Mask the lessors that are persons; return names and the hashes of the masked ones.

    A lessor is a person when its kind says 个人, or when no kind is given and the name has two to
    four Chinese characters without a word of an organisation.
    """
    by_name = {name: looks_personal(name) for name in names.drop_nulls().unique().to_list()}
    looks = names.replace_strict(by_name, default=False, return_dtype=pl.Boolean)
    is_person = (kinds == "个人").fill_null(False) | (kinds.is_null() & looks.fill_null(False))
    persons = names.set(~is_person, None)
    masks, hashes = mask_people(persons, "person", tokens)
    return masks.zip_with(is_person, names), hashes


def looks_personal(name: str) -> bool:
    """Whether a name reads as a person's: two to four characters, no word of a body or office."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    is_word = _ORGANISATION.search(folded) or _OFFICE.search(folded)
    return bool(_PERSON.fullmatch(folded)) and not is_word


def scrub(texts: pl.Series) -> pl.Series:
    """Return free texts with phone and identity numbers, and names that a word or a number beside
    them shows to be names, masked; the rest stays as it is."""
    suspects = texts.filter(texts.str.contains(rf"\d[\d\- ]{{5,}}\d|{_LABEL}")).unique()
    forms = {text: clean for text in suspects.to_list() if (clean := scrub_text(text)) != text}
    return texts.replace(forms) if forms else texts


def scrub_text(text: str) -> str:
    """Return one text with numbers and shown names masked, full-width digits included."""
    narrow = text.translate(_NARROW_DIGITS)
    clean = _NAME_BEFORE_NUMBER.sub(_mask_shown, narrow)
    clean = _LABELLED_NAME.sub(lambda m: m[1] + _mask_shown(m), clean)
    clean = _ID_NUMBER.sub(rf"\1{'*' * 11}\2", clean)
    clean = _OLD_ID_NUMBER.sub(rf"\1{'*' * 9}\2", clean)
    clean = _LANDLINE.sub(r"\1****\2", _MOBILE.sub(r"\1****\2", clean))
    return clean if clean != narrow else text


def _mask_shown(match: re.Match[str]) -> str:
    """Return the mask of a name that stands last in a match; a word that is no name stays."""
    name = match[match.lastindex or 0]
    is_name = not (_NO_NAME.search(name) or _ORGANISATION.search(name))
    return mask_name(name) if is_name else name


def mask_name(text: str) -> str:
    """张三 → 张*."""
    return text.strip()[:1] + "*"


def mask_phone(text: str) -> str:
    """13812345678 → 138****5678; what is too short to keep seven digits is hidden whole."""
    digits = re.sub(r"\D", "", text.translate(_NARROW_DIGITS))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else "****"


def mask_id_number(text: str) -> str:
    """320…1234 → 320***********1234."""
    folded = "".join(text.translate(_NARROW_DIGITS).split())
    return f"{folded[:3]}{'*' * (len(folded) - 7)}{folded[-4:]}" if len(folded) >= 15 else "****"


def is_person_header(header: str) -> bool:
    """Whether a column no contract knows says in its header that it holds a person's name."""
    return bool(_PERSON_HEADER.search(header))


def _replace(texts: pl.Series, forms: dict[str, str | None]) -> pl.Series:
    if not forms:
        return pl.Series(texts.name, [None] * len(texts), dtype=pl.String)
    return texts.replace_strict(forms, default=None, return_dtype=pl.String)


_NARROW_DIGITS = {ord("０") + number: str(number) for number in range(10)} | {ord("Ｘ"): "X"}
MASKS = {"person": mask_name, "phone": mask_phone, "idno": mask_id_number}
