"""The set of tools as a whole: what exists, how it reads to a model, and what may never exist."""

import json
from collections.abc import Callable
from inspect import getmro
from pathlib import Path
from typing import get_type_hints

import pytest

from tests.tools.fakes import FakeCore
from tools.catalogue import BEGIN, END, catalogue
from tools.core_access import ReadCore, ToolCore
from tools.registry import TOOLS, toolset
from tools.spec import Effect, NextStep, Refusal, Tool

DOCUMENT = Path(__file__).parents[2] / "docs" / "tools.md"
POWERS = ("execute", "approve", "decide", "reject", "undo", "dispatch", "verify", "commit", "delete", "load", "user")


def verbs_of(core: type) -> set[str]:
    return {name for kind in getmro(core) for name in vars(kind) if not name.startswith("_")}


def test_every_name_is_there_once_and_reads_verb_noun() -> None:
    names = [tool.name for tool in TOOLS]

    assert len(set(names)) == len(names)
    assert all(len(name.split("_")) >= 2 and name == name.lower() for name in names)


def test_no_tool_executes_or_approves() -> None:
    changing = {tool.name for tool in TOOLS if tool.effect is Effect.PROPOSE}

    assert all(name.startswith(("propose_", "draft_")) for name in changing)
    assert all(tool.name in changing for tool in TOOLS if tool.name.startswith(("propose_", "draft_")))
    assert not [tool.name for tool in TOOLS if any(power in tool.name for power in POWERS)]


def test_the_core_of_tools_has_no_such_verb_either() -> None:
    verbs = verbs_of(ToolCore)

    assert {"case", "plan_options", "propose", "what_if"} <= verbs
    assert not [verb for verb in sorted(verbs) for power in POWERS if power in verb.split("_")]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_are_as_reviewed(tool: Tool, snapshot: Callable[[str, str], None]) -> None:
    described = {
        "name": tool.name,
        "doc": tool.doc,
        "effect": tool.effect.value,
        "cost": tool.cost.value,
        "examples": list(tool.examples),
        "takes": tool.takes.model_json_schema(),
        "gives": tool.gives.model_json_schema(mode="serialization"),
    }

    snapshot(f"tools/{tool.name}.json", json.dumps(described, indent=1, sort_keys=True) + "\n")


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_argument_is_described_and_nothing_else_is_taken(tool: Tool) -> None:
    assert tool.takes.model_config.get("extra") == "forbid"
    assert all(field.description for field in tool.takes.model_fields.values())


def test_the_manual_is_written_from_the_tools(document_part: Callable[[Path, str, str, str], None]) -> None:
    document_part(DOCUMENT, BEGIN, END, catalogue(TOOLS))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_examples_fit(tool: Tool) -> None:
    assert tool.examples
    assert all(tool.takes.model_validate(example) for example in tool.examples)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_handler_is_given_the_core_of_its_effect_and_no_more(tool: Tool) -> None:
    """The type checker refuses a READ handler that proposes, as long as it asks for the narrow core."""
    hints = get_type_hints(tool.handler)

    assert hints["core"] is (ReadCore if tool.effect is Effect.READ else ToolCore)
    assert (hints["asked"], hints["return"]) == (tool.takes, tool.gives)


def test_the_core_of_read_tools_cannot_propose() -> None:
    reads, whole = verbs_of(ReadCore), verbs_of(ToolCore)

    assert "propose" in whole - reads
    assert not [verb for verb in reads if verb.startswith(("propose", "craft"))]


def test_the_manual_names_no_tool_that_is_not_there() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]

    assert [heading for heading in headings if "_" in heading] == [tool.name for tool in TOOLS]


def test_a_tool_that_is_not_there_is_refused() -> None:
    refusal = toolset(FakeCore()).call("execute_approval", {"approval": "AP-1-1A"})

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.next, refusal.field) == ("unknown_tool", NextStep.FIXABLE, "name")
