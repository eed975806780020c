"""The app's entry: ``streamlit run`` starts it, ``st.navigation`` leads to one file a page."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import widgets
from data.errors import KetawatchError, unforeseen

# A file of ours: Streamlit would fetch its own icons from the web.
ICON = Path(__file__).with_name("icon.svg")

HOME = "overview"


def _files() -> list[Path]:
    """Every file in ``app_pages/`` is a page; the one that opens first stands first."""
    found = Path(__file__).with_name("app_pages").glob("*.py")
    return sorted(found, key=lambda file: (file.stem != HOME, file.stem))


def _page(file: Path) -> StreamlitPage:
    """A page under its file's name; its docstring begins with its title and a colon."""
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    title = said.partition(":")[0] or file.stem
    return st.Page(file, title=title, url_path=file.stem, default=file.stem == HOME)


st.set_page_config(page_title="ketawatch", page_icon=str(ICON), layout="wide")
widgets.style()
page = st.navigation([_page(file) for file in _files()], position="top")
try:
    page.run()
except KetawatchError as error:
    widgets.problem(str(error))
except Exception as error:
    # Streamlit would show its readers a traceback; it is for whoever started the dashboard.
    logging.getLogger(__name__).exception("a page could not be drawn")
    widgets.problem(f"This page could not be drawn. {unforeseen(error)}")
