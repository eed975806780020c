"""Streamlit, started inside this process: bound as asked, quiet, and asking nobody outside."""

from __future__ import annotations

import os
from pathlib import Path

from streamlit import net_util
from streamlit.web import bootstrap

from dashboard.frames import STORE_VARIABLE

APP = Path(__file__).with_name("app.py")

OPTIONS: dict[str, object] = {
    "browser_gatherUsageStats": False,
    "client_toolbarMode": "minimal",
    "client_showErrorLinks": False,
    "logger_hideWelcomeMessage": True,
    "server_headless": True,
    "server_fileWatcherType": "none",
    "theme_base": "light",
    "theme_primaryColor": "#0b4f8a",
    "theme_backgroundColor": "#ffffff",
    "theme_secondaryBackgroundColor": "#f4f6f8",
    "theme_textColor": "#1b2530",
}


def serve(store: Path, host: str, port: int) -> None:
    """Serve the app until it is interrupted."""
    os.environ[STORE_VARIABLE] = str(store.resolve())
    # Streamlit asks a server of Amazon for this machine's address when a page of another origin
    # knocks. No request may leave the host.
    net_util.get_external_ip = lambda: None
    options = OPTIONS | {"server_address": host, "server_port": port}
    bootstrap.load_config_options(options)
    bootstrap.run(str(APP), False, [], options)
