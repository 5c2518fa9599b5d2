"""The graphs as LangGraph's own tools open them: every one loads, compiles, is drawn and described, and runs."""

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph.state import CompiledStateGraph

from tests.agents.worker.world import APPROVAL, CASE, World

CONFIG = Path(__file__).parents[3] / "agents" / "langgraph.json"
NAMES = ("exception_desk", "ops_chat", "order_intake")
Factories = dict[str, Callable[[], CompiledStateGraph[Any]]]


def loaded(path: Path) -> ModuleType:
    """As a server that is given a file's path loads it."""
    spec = importlib.util.spec_from_file_location("opened_by_path", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def factories(desk_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Factories]:
    """What agents/langgraph.json names, over a configured database."""
    urls = desk_world.urls
    monkeypatch.setenv("DATABASE_URL", urls.owner)
    for role in ("app", "agent", "checkpoint"):
        monkeypatch.setenv(f"DATABASE_URL_{role.upper()}", getattr(urls, role))
    named = json.loads(CONFIG.read_text())["graphs"]
    places = {name: entry["path"].split(":") for name, entry in named.items()}
    (file,) = {path for path, _ in places.values()}
    module = loaded(CONFIG.parent / file)
    yield {name: getattr(module, function) for name, (_, function) in places.items()}
    module.close()


def test_every_graph_is_named_and_what_it_needs_is_beside_it() -> None:
    found = json.loads(CONFIG.read_text())

    assert sorted(found["graphs"]) == sorted(NAMES)
    assert [(CONFIG.parent / place).resolve() for place in found["dependencies"]] == [CONFIG.parents[1]]


def test_every_graph_compiles_is_drawn_and_described(factories: Factories) -> None:
    for name in NAMES:
        graph = factories[name]()
        assert "__start__" in graph.get_graph().draw_mermaid()
        for schema in (graph.get_input_jsonschema(), graph.get_output_jsonschema()):
            assert json.dumps(schema)
        assert "run" in graph.get_input_jsonschema()["properties"], name


def test_a_case_run_there_stops_before_people_and_its_answer_is_only_a_signal(
    factories: Factories, desk_world: World
) -> None:
    graph = factories["exception_desk"]().copy(update={"checkpointer": InMemorySaver()})
    config: Any = {"configurable": {"thread_id": CASE}}

    found = graph.invoke({"graph_version": 1, "case_id": CASE, "run": ""}, config, version="v2")

    (asked,) = found.interrupts
    assert asked.value["approval_id"] == APPROVAL
    assert [one.state for one in desk_world.approvals()] == ["pending"]


def test_nobody_is_signed_in_there_so_the_chat_only_reads(factories: Factories) -> None:
    question = {"run": "", "question": f"show me {CASE}", "plan": False, "memory": {}, "preferences": {}}

    reply = factories["ops_chat"]().invoke({**question, "earlier": [], "given": []})["reply"]

    assert (reply["tool"], reply["code"], reply["proposal"]) == ("show_case", "", "")
