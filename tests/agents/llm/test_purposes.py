"""What may leave for a model: every name said in full, nothing declared that nobody tells, and the rest left out."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from agents.llm.chat_fields import RESULT_FIELDS
from agents.llm.prompt_fields import PromptField
from agents.llm.purposes import PURPOSES, Purpose, purpose_of
from core.domain.plans import Action
from core.planning.rules import ScanRules
from core.services.rule_values import values_of
from tools.registry import TOOLS
from tools.spec import Refusal

AGENTS = Path(__file__).parents[3] / "agents"
STAYS = {"result.plan_hash", "result.actions.text", "result.actions.booked"}


def names_in(name: str, shape: Any) -> Iterator[str]:
    """The dotted names of all that a shape may hold."""
    origin, inner = get_origin(shape), get_args(shape)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for key, field in shape.model_fields.items():
            yield from names_in(f"{name}.{key}", field.annotation)
    elif origin is Literal or (origin is None and shape is not ...):
        yield name
    elif origin is not dict:
        for one in inner[:1] if origin is Annotated else inner:
            yield from names_in(name, one)


def given() -> set[str]:
    """All that tools and refusals may tell the chat; a None stands where a whole part is missing."""
    told = {name for shape in (*(tool.gives for tool in TOOLS), Refusal) for name in names_in("result", shape)}
    actions = {f"result.actions.{field.name}" for action in get_args(Action) for field in fields(action)}
    assumed = {f"result.assumed.{name}" for name in values_of(ScanRules())}
    return told | actions | assumed | {"result.actions.kind"}


def test_the_names_of_a_shape_are_found_below_lists_and_where_a_part_may_be_missing() -> None:
    class Row(BaseModel):
        units: int

    class Sample(BaseModel):
        rows: tuple[Row, ...]
        best: Row | None

    assert set(names_in("result", Sample)) == {"result.rows.units", "result.best", "result.best.units"}
    assert set(names_in("x", NoneType)) == {"x"}


def test_every_field_is_said_in_full() -> None:
    declared = [name for purpose in PURPOSES.values() for name in purpose.fields]

    assert [name for name in declared if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", name)] == []


def test_every_purpose_is_asked_for_by_one_agent() -> None:
    written = [path.read_text() for path in sorted(AGENTS.rglob("*.py"))]
    asked = [name for text in written for name in re.findall(r'^PURPOSE = "(\w+)"', text, re.MULTILINE)]

    assert sorted(asked) == sorted(PURPOSES)


def test_what_tools_tell_the_chat_is_declared_name_by_name() -> None:
    assert given() - set(RESULT_FIELDS) == STAYS
    assert set(RESULT_FIELDS) - given() == set()
    assert len(RESULT_FIELDS) == len(set(RESULT_FIELDS))


def test_nothing_below_a_declared_name_is_declared_by_that() -> None:
    purpose = Purpose(name="look", fields=("result", "result.line"))

    assert purpose.allows("result.line")
    assert not purpose.allows("result.line.margin")
    assert not purpose.allows("result.lines")


def test_what_is_not_declared_is_left_out_of_what_is_told_wherever_it_is() -> None:
    told = {
        "order": "SO-1",
        "plan_hash": "abc",
        "actions": [{"kind": "ask", "text": "call them"}, {"text": "only words"}],
        "line": {"item": "VALVE-3", "margin": 0.42},
        "customers": ["HARBOR"],
    }

    part = purpose_of("chat").part_of(PromptField(name="result", value=told))

    assert part.value == {
        "order": "SO-1",
        "actions": [{"kind": "ask"}, {}],
        "line": {"item": "VALVE-3"},
        "customers": ["HARBOR"],
    }
