"""Streamlit's word about its cache, when the explorer's queries are asked without a page.

Belongs here: that one warning. Does not belong here: any import of Streamlit, which warns as it is
imported.
"""

from __future__ import annotations

import logging


def silence_cache() -> None:
    """Keep the warning that no page is open out of a command's output; call before any query."""
    logging.getLogger("streamlit.runtime.caching.cache_data_api").disabled = True
