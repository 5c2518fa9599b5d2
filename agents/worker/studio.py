"""The graphs as LangGraph's own tools open them (agents/langgraph.json): each over the configured database.

They bring their own checkpointer, and start nothing but what a worker would: a run proposes, and executes only what
people have approved in the database. Nobody is signed in there, so the chat reads and proposes nothing.
"""

import atexit
from contextlib import ExitStack
from functools import cache
from typing import Any

from langgraph.graph.state import CompiledStateGraph

from agents.exception_desk.graph import build_graph as build_desk
from agents.llm.port import ModelFor
from agents.ops_chat.graph import build_graph as build_chat
from agents.order_intake.graph import build_graph as build_intake
from agents.worker.chat import chat_services
from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.intake import graph_services
from agents.worker.models import model_for, model_settings
from agents.worker.opening import desk_services
from core.bootstrap.application import Application
from core.bootstrap.configured import configured_application
from core.config import read_config

_open = ExitStack()


def exception_desk() -> CompiledStateGraph[Any]:
    """The run of a case; give it `{"case_id": "CASE-1", "run": ""}`."""
    app, models = _application()
    return build_desk(desk_services(app), models, None)


def order_intake() -> CompiledStateGraph[Any]:
    """The run of a letter that was received; give it the letter's content hash."""
    app, models = _application()
    return build_intake(graph_services(app), models, None)


def ops_chat() -> CompiledStateGraph[Any]:
    """One answer of the chat; give it a question."""
    app, models = _application()
    return build_chat(chat_services(app, None, models))


@cache
def _application() -> tuple[Application, ModelFor]:
    """One for the process: factories are called again for every request."""
    config = read_config()
    app = _open.enter_context(configured_application(config, prepare=prepare_checkpoints))
    atexit.register(close)
    return app, model_for(app, model_settings(config.environment))


def close() -> None:
    """Close the application; the next factory called opens it anew."""
    _application.cache_clear()
    _open.close()
