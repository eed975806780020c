"""What pages share: the caveat, choices whose state is in the address, paging, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from dashboard import downloads, markup
from dashboard.frames import PINS, Frames
from data.findings import Filter

_Item = TypeVar("_Item")
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def html(template: str, **values: Any) -> None:
    """Draw one of ``templates/``; ``keep`` is what links inside the app carry on."""
    pins = {name: st.query_params[name] for name in PINS if name in st.query_params}
    st.html(markup.render(template, keep=urlencode(pins), **values))


def title(name: str) -> None:
    """Call the tab, the bookmark and the head of a printed sheet by what the page shows."""
    st.set_page_config(page_title=f"{markup.plain_text(name)} - ketawatch")


def style() -> None:
    """Load the app's style sheet."""
    st.html(Path(__file__).with_name("style.css"))


def caveat(frames: Frames) -> None:
    """What every page says before any number is read."""
    view = frames.view
    html(
        "caveat.html",
        date=frames.captured_on,
        run=view.run,
        audit=view.audit.info,
        invented=view.is_demo,
    )


def problem(message: str) -> None:
    """Say what went wrong. Not ``st.error``, which would read the message as Markdown."""
    html("problem.html", message=message)


def permanent_link(frames: Frames, **chosen: str) -> None:
    """A link to what is shown now, which newer runs and audits do not change.

    ``chosen`` is what a page shows by default, and what its address therefore leaves out.
    """
    here = {name: st.query_params.get_all(name) for name in st.query_params}
    here |= {name: [value] for name, value in chosen.items()}
    here |= {"run": [frames.view.run.run_id], "audit": [frames.view.audit.audit_id]}
    html("permanent_link.html", address=f"?{urlencode(here, doseq=True)}")


def _recall(name: str, key: str, in_address: Callable[[], Any]) -> None:
    """Set a widget to what the address says, where that changed and the widget did not.

    The browser's back and forward buttons change the address alone; without this, one provider's
    findings would stay under the address of another.
    """
    address, value = st.session_state.get(f"seen-{key}", (None, None))
    moved = st.query_params.get_all(name) != address and st.session_state.get(key) == value
    if key not in st.session_state or moved:
        st.session_state[key] = in_address()


def _record(name: str, key: str, told: str | list[str], usual: str | list[str] | None) -> None:
    """Keep a choice in the address, but for what a page shows by itself.

    Each change of the address is a step in the browser's history: nobody could ever go back from a
    page that takes such a step on its own.
    """
    if told != usual or name in st.query_params:
        st.query_params[name] = told
    st.session_state[f"seen-{key}"] = st.query_params.get_all(name), st.session_state[key]


def _from_address(name: str, options: Mapping[str, str]) -> list[str]:
    return _known(name, st.query_params.get_all(name), options)


def _known(name: str, asked: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """What of an address, or of a choice made in an earlier run, is to be had; the rest is named.

    Streamlit would put the first option in its place, or nothing, without a word.
    """
    unknown = [value for value in asked if value not in options]
    if unknown:
        problem(f"{name} {unknown[0]!r} in the address is not known in this run.")
    return [value for value in asked if value in options]


def pick_many(label: str, name: str, options: Mapping[str, str]) -> list[str]:
    """A filter over ``options`` (value -> label); nothing chosen means all.

    The address carries the values under ``name``, so that the view can be sent as a link.
    """
    key = f"filter-{name}"
    _recall(name, key, lambda: _from_address(name, options))
    if not set(st.session_state[key]) <= set(options):
        st.session_state[key] = _known(name, st.session_state[key], options)
    chosen = st.multiselect(
        label,
        list(options),
        format_func=lambda value: markup.plain_text(options[value]),
        key=key,
        placeholder="All",
    )
    _record(name, key, chosen, [])
    return chosen


def follow(name: str, today: Callable[[str], str]) -> None:
    """Lead an address that names an id that was given up to what it is today, and say so."""
    asked = st.query_params.get(name)
    if asked and (found := today(asked)) != asked:
        st.session_state[f"choice-{name}"] = st.query_params[name] = found
        st.info(markup.markdown(f"{asked} is listed as {found} today, by a recorded decision."))


def pick_one(
    label: str, name: str, options: Mapping[str, str], resets: Sequence[str] = ()
) -> str | None:
    """A choice of one of ``options`` (value -> label), kept in the address; the first by default.

    ``None`` where the address asks for something unknown: showing another one instead would put
    one provider's findings under a link to somebody else. ``resets`` names the choices that start
    anew when this one changes.
    """
    key = f"choice-{name}"
    usual = next(iter(options), None)

    def in_address() -> str | None:
        known = _from_address(name, options)
        return known[0] if known else None if name in st.query_params else usual

    _recall(name, key, in_address)
    if st.session_state[key] is not None and st.session_state[key] not in options:
        _known(name, [st.session_state[key]], options)
        st.session_state[key] = None
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None if st.session_state[key] is None else 0,
        format_func=lambda value: markup.plain_text(options[value]),
        key=key,
        on_change=_forget,
        args=(resets,),
    )
    if chosen is not None:
        _record(name, key, chosen, usual)
    return chosen


def _forget(names: Sequence[str]) -> None:
    for name in names:
        st.session_state.pop(f"choice-{name}", None)
        st.query_params.pop(name, None)


def page_of(items: Sequence[_Item], name: str, size: int) -> Sequence[_Item]:
    """The part of a long list that the reader has paged to; the rest never leaves the server."""
    last = max(1, -(-len(items) // size))
    if last == 1:
        return items
    key = f"page-{name}"
    _recall(name, key, lambda: _page_number(st.query_params.get(name, "1")))
    st.session_state[key] = min(st.session_state[key], last)
    number = st.number_input(f"Page (1 to {last})", 1, last, step=1, key=key)
    _record(name, key, str(number), "1")
    return items[(number - 1) * size : number * size]


def _page_number(asked: str) -> int:
    return int(asked) if _PAGE_NUMBER.fullmatch(asked) else 1


def download(frames: Frames, wanted: Filter, name: str) -> None:
    """A button for the findings shown; the file is made when it is asked for."""
    st.download_button(
        "Download these findings (CSV and manifest, zip)",
        lambda: downloads.findings(frames.view, wanted),
        file_name=f"{name}-{frames.view.run.run_id}.zip",
        mime="application/zip",
        on_click="ignore",
    )
