"""The console as an application beside others on one port."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp
from streamlit import config
from streamlit import logger as loggers

from ui.console.session import SERVER_VARIABLE

SCRIPT = Path(__file__).with_name("app.py")


@asynccontextmanager
async def hosted(*, server: str, port: int) -> AsyncIterator[ASGIApp]:
    """The console for as long as the block lasts; its scripts run in this process and call the API at `server`. `port`
    is the one it is reached by."""
    os.environ[SERVER_VARIABLE] = server
    _log_with_the_process()
    app = st.App(SCRIPT)
    for name, value in {"server.port": port, "server.headless": True, "server.fileWatcherType": "none"}.items():
        config.set_option(name, value)
    async with app.lifespan()(app):
        yield app


def _log_with_the_process() -> None:
    """Streamlit gives each of its loggers, and those of its server, a handler of its own. From now on they have none,
    those made later included: what they tell is written, and kept quiet, as all else in this process is."""

    def follow(logger: logging.Logger) -> None:
        logger.handlers.clear()
        logger.propagate = True

    loggers.setup_formatter = follow
    loggers.update_formatter()
