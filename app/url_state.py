"""Filters that live in the address: codes in the URL, labels on the screen, Back undoes.

Belongs here: widgets bound to a query parameter, and parameters of links between pages.
Does not belong here: what a filter does to the data.

Streamlit's own ``bind="query-params"`` writes the displayed label and replaces history, so a
shared link breaks with the language and Back leaves the explorer; writing ``st.query_params``
from a callback pushes history instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app import words

_SEPARATOR = "~"


def read(param: str) -> str | None:
    """Return a query parameter, or None when it is absent or empty."""
    return st.query_params.get(param) or None


def link(**params: str | None) -> dict[str, str]:
    """Return query parameters for a link to a page; the language goes with every link."""
    chosen = {"lang": None if words.language() == words.DEFAULT else words.language(), **params}
    return {name: value for name, value in chosen.items() if value}


def choose_one(
    label: str,
    codes: Sequence[str],
    describe: Callable[[str], str],
    param: str,
    placeholder: str,
    *,
    label_shown: bool = True,
) -> str | None:
    """Show a select box whose chosen code is ``?param=``; None when nothing is chosen."""
    key = _restore(param, read(param) if read(param) in codes else None)
    return st.selectbox(
        label,
        codes,
        index=None,
        format_func=describe,
        key=key,
        placeholder=placeholder,
        label_visibility="visible" if label_shown else "collapsed",
        on_change=_push,
        args=(param,),
    )


def choose_many(
    label: str, codes: Sequence[str], describe: Callable[[str], str], param: str, placeholder: str
) -> tuple[str, ...]:
    """Show a multi-select whose chosen codes are ``?param=a~b``."""
    wanted = [code for code in (read(param) or "").split(_SEPARATOR) if code in codes]
    key = _restore(param, wanted)
    chosen = st.multiselect(
        label,
        codes,
        format_func=describe,
        key=key,
        placeholder=placeholder,
        on_change=_push,
        args=(param,),
    )
    return tuple(chosen)


def choose_required(
    label: str, codes: Sequence[str], describe: Callable[[str], str], param: str
) -> str:
    """Show a select box that always has a choice; the first code stays out of the URL."""
    wanted = read(param)
    key = _restore(param, wanted if wanted in codes else codes[0])
    return st.selectbox(
        label,
        codes,
        format_func=describe,
        key=key,
        on_change=_push,
        args=(param, codes[0]),
    )


def choose_tab(label: str, codes: Sequence[str], describe: Callable[[str], str], param: str) -> str:
    """Show tabs as a segmented control; the first code is the default and stays out of the URL."""
    wanted = read(param)
    key = _restore(param, wanted if wanted in codes else codes[0])
    chosen = st.segmented_control(
        label,
        codes,
        format_func=describe,
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=_push,
        args=(param, codes[0]),
    )
    return chosen or codes[0]


def type_text(label: str, param: str, placeholder: str) -> str:
    """Show a search box whose text is ``?param=``."""
    key = _restore(param, read(param) or "")
    text = st.text_input(label, key=key, placeholder=placeholder, on_change=_push, args=(param,))
    return (text or "").strip()


def clear(*params: str) -> None:
    """Remove parameters from the address (a callback of the clear button)."""
    for param in params:
        if param in st.query_params:
            del st.query_params[param]


def offer_removal(label: str, *params: str) -> None:
    """Show a button that takes a filter off again."""
    st.button(label, on_click=clear, args=params, type="tertiary", icon=":material/close:")


def speak(code: str) -> None:
    """Put the language into the address (a callback of the language button)."""
    st.query_params["lang"] = code


def _restore(param: str, value: object) -> str:
    """Set the widget from the address before it is drawn; return the widget's key."""
    key = f"url_{param}"
    st.session_state[key] = value
    return key


def _push(param: str, default: str | None = None) -> None:
    value = st.session_state[f"url_{param}"]
    text = _SEPARATOR.join(value) if isinstance(value, list) else (value or "").strip()
    if text and text != default:
        st.query_params[param] = text
    else:
        clear(param)
