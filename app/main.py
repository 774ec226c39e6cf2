"""The explorer's frame: language, snapshot, navigation. Streamlit runs this file.

Belongs here: what happens once for every script run, before the page.
Does not belong here: the content of a page (views/).
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import date
from pathlib import Path

import streamlit as st

from app import frame, published, queries, run, words

ASSETS = Path(__file__).with_name("assets")
SIDEBAR_PX = 220


def main() -> None:
    """Choose language and snapshot, then run the page of the address."""
    words.choose_language(st.query_params.get("lang"))
    st.set_page_config(
        page_title=words.say("product"),
        page_icon=str(ASSETS / "favicon.png"),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PX,
    )
    st.html(ASSETS / "style.css")
    pages = {
        file: st.Page(file, title=words.say(name), default=file == frame.OVERVIEW)
        for file, (name, _) in frame.PAGES.items()
    }
    page = st.navigation(list(pages.values()), position="hidden")
    workspace = run.choose_workspace(sys.argv[1:], os.environ)
    snapshot = published.find_snapshot(workspace) if workspace else None
    if snapshot is None:
        frame.show_sidebar(None, None, date.today())
        _say_unpublished(workspace)
        return
    if published.hold_snapshot(snapshot):
        st.toast(words.say("fresh.newer"))
    overview = queries.ask_row(snapshot, "overview") or {}
    frame.show_sidebar(
        overview.get("district_name") or overview.get("workspace_name"),
        snapshot,
        date.today(),
    )
    try:
        page.run()
    except Exception:
        # Streamlit's own message is English and names its cloud; the log keeps the details.
        logging.getLogger(__name__).exception("page %s failed", page.url_path or "overview")
        st.error(words.say("failed"), icon=":material/error:")


def _say_unpublished(workspace: Path | None) -> None:
    st.title(words.say("unpublished.title"))
    if workspace is None:
        st.write(words.say("unpublished.unset"))
        return
    st.write(words.say("unpublished.body"))
    st.caption(words.say("unpublished.command"))
    st.code(f'parkrisk --workspace "{workspace}" refresh', language=None)


if __name__ == "__main__":
    main()
