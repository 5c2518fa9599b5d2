"""The manual of the tools, written from the tools themselves: docs/tools.md carries it between two marks."""

import json
from collections.abc import Sequence

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from tools.provenance import MAY_BE_FROM, role_of
from tools.spec import Effect, Tool

BEGIN, END = "<!-- tools: begin -->", "<!-- tools: end -->"


def catalogue(tools: Sequence[Tool]) -> str:
    """Every tool with its effect, cost, arguments and examples, in the order given."""
    return "\n".join(_section(tool) for tool in tools)


def _section(tool: Tool) -> str:
    arguments = [_argument(tool, name, field) for name, field in tool.takes.model_fields.items()]
    examples = "; ".join(f"`{json.dumps(example)}`" for example in tool.examples)
    lines = [
        f"## {tool.name}",
        f"Effect: {tool.effect.value}. Cost: {tool.cost.value}. {tool.doc}",
        *(arguments or ["* It takes nothing."]),
        "",
        f"Such as {examples}. Gives `{tool.gives.__name__}`: {_said(tool.gives)}",
        "",
    ]
    return "\n".join(lines)


def _argument(tool: Tool, name: str, field: FieldInfo) -> str:
    role = role_of(tool.takes, name)
    sources = sorted(MAY_BE_FROM[role])
    whence = f" From {', '.join(sources)}." if tool.effect is Effect.PROPOSE else ""
    return f"* `{name}`: {field.description}{_default(field)}.{whence}"


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return ""
    if field.default is None or field.default == ():
        return " (may be left out)"
    return f" ({json.dumps(field.default)})"


def _said(gives: type[BaseModel]) -> str:
    return " ".join((gives.__doc__ or "").split())
