"""The set of tools as a whole: what exists, how it reads to a model, and what may never exist."""

import json
from collections.abc import Callable
from inspect import getmro
from pathlib import Path

import pytest

from tests.tools.fakes import FakeCore
from tools.core_access import ToolCore
from tools.registry import TOOLS, toolset
from tools.spec import Effect, NextStep, Refusal, Tool

DOCUMENT = Path(__file__).parents[2] / "docs" / "tools.md"
POWERS = ("execute", "approve", "decide", "reject", "undo", "dispatch", "verify", "commit", "delete", "load", "user")


def test_every_name_is_there_once_and_reads_verb_noun() -> None:
    names = [tool.name for tool in TOOLS]

    assert len(set(names)) == len(names)
    assert all(len(name.split("_")) >= 2 and name == name.lower() for name in names)


def test_no_tool_executes_or_approves() -> None:
    assert {tool.effect for tool in TOOLS} == {Effect.READ, Effect.PROPOSE}
    assert [tool.name for tool in TOOLS if tool.effect is Effect.PROPOSE] == ["propose_option"]
    assert not [tool.name for tool in TOOLS if any(power in tool.name for power in POWERS)]


def test_the_core_of_tools_has_no_such_verb_either() -> None:
    verbs = {name for kind in getmro(ToolCore) for name in vars(kind) if not name.startswith("_")}

    assert {"case", "plan_options", "propose", "what_if"} <= verbs
    assert not [verb for verb in sorted(verbs) for power in POWERS if power in verb.split("_")]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_are_as_reviewed(tool: Tool, snapshot: Callable[[str, str], None]) -> None:
    described = {
        "name": tool.name,
        "doc": tool.doc,
        "effect": tool.effect.value,
        "takes": tool.takes.model_json_schema(),
        "gives": tool.gives.model_json_schema(mode="serialization"),
    }

    snapshot(f"tools/{tool.name}.json", json.dumps(described, indent=1, sort_keys=True) + "\n")


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_argument_is_described_and_nothing_else_is_taken(tool: Tool) -> None:
    assert tool.takes.model_config.get("extra") == "forbid"
    assert all(field.description for field in tool.takes.model_fields.values())


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_is_in_the_manual(tool: Tool) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert f"## {tool.name}\n" in text
    section = text.split(f"## {tool.name}\n")[1].split("\n## ")[0]
    assert f"Effect: {tool.effect.value}." in section
    assert all(f"`{name}`" in section for name in tool.takes.model_fields)


def test_the_manual_names_no_tool_that_is_not_there() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]

    assert [heading for heading in headings if "_" in heading] == [tool.name for tool in TOOLS]


def test_a_tool_that_is_not_there_is_refused() -> None:
    refusal = toolset(FakeCore()).call("execute_approval", {"approval": "AP-1-1A"})

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.next, refusal.field) == ("unknown_tool", NextStep.FIXABLE, "name")
