"""The app's entry: ``streamlit run`` starts it, ``st.navigation`` leads to one file a page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import widgets
from data.errors import KetawatchError

# A file of ours: Streamlit would fetch its own icons from the web.
ICON = Path(__file__).with_name("icon.svg")

st.set_page_config(page_title="ketawatch", page_icon=str(ICON), layout="wide")
widgets.style()
page = st.navigation(
    [
        st.Page("app_pages/overview.py", title="Overview", url_path="overview", default=True),
        st.Page("app_pages/provider.py", title="One provider", url_path="provider"),
    ],
    position="top",
)
try:
    page.run()
except KetawatchError as error:
    widgets.problem(str(error))
