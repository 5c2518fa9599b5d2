"""How to ask a server for a shape or for a tool, by what it honours; what comes back is checked all the same."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, create_model

from agents.llm.port import Message, ToolOffer
from agents.llm.wire import sent_tool, strict_schema
from core.domain.capabilities import Capabilities

IN_WORDS = "answer_in_words"
_decoder = json.JSONDecoder()


def shape_fields(schema: type[BaseModel], name: str, honours: Capabilities) -> dict[str, Any]:
    """The fields of a request for one object: the strongest the server honours."""
    if honours.json_schema:
        shape = {"name": name, "strict": True, "schema": strict_schema(schema)}
        return {"response_format": {"type": "json_schema", "json_schema": shape}}
    return {"response_format": {"type": "json_object"}} if honours.json_object else {}


def shape_words(messages: Sequence[Message], schema: type[BaseModel], honours: Capabilities) -> tuple[Message, ...]:
    """The messages, with the shape said in words at their end where the server cannot be told it otherwise."""
    if honours.json_schema:
        return tuple(messages)
    shape = json.dumps(strict_schema(schema), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    words = f"Answer with one JSON object and nothing else. It fits this JSON schema:\n{shape}"
    return (*messages, Message(role="user", content=words))


def object_in(text: str, honours: Capabilities) -> str:
    """The JSON text of the object in an answer. A server that was not told to give one may wrap it in words; the first
    object that is whole counts."""
    if honours.json_schema:
        return text
    at = text.find("{")
    while at >= 0:
        try:
            _, length = _decoder.raw_decode(text[at:])
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
        else:
            return text[at : at + length]
    return text


def tool_fields(tools: Sequence[ToolOffer], *, must_call: bool) -> dict[str, Any]:
    """The fields of a request with tools, by name: the same tools are always the same bytes."""
    fields: dict[str, Any] = {"tools": [sent_tool(tool) for tool in sorted(tools, key=lambda tool: tool.name)]}
    return fields | ({"tool_choice": "required"} if must_call else {})


def choice_shape(tools: Sequence[ToolOffer], *, must_call: bool) -> type[BaseModel]:
    """A shape whose only field is which tool to call."""
    names = tuple(sorted(tool.name for tool in tools)) + (() if must_call else (IN_WORDS,))
    choice: Any = Literal[names]
    return create_model("ToolChoice", tool=(choice, ...))


def choice_words(messages: Sequence[Message], tools: Sequence[ToolOffer], *, must_call: bool) -> tuple[Message, ...]:
    """The question which tool to call, for a server that knows no tools: they are told after the first message."""
    told = [f"- {tool.name}: {tool.description}" for tool in sorted(tools, key=lambda tool: tool.name)]
    told += [] if must_call else [f"- {IN_WORDS}: when none of these is needed"]
    offer = Message(role="system", content="\n".join(["You choose one of these tools:", *told]))
    return (*messages[:1], offer, *messages[1:], Message(role="user", content="Which tool is called next?"))


def without_tools(messages: Sequence[Message]) -> tuple[Message, ...]:
    """A conversation in which calls and their results are words: a server that knows no tools may drop them."""
    return tuple(_in_words(message) for message in messages)


def _in_words(message: Message) -> Message:
    if message.role == "tool":
        return Message(role="user", content=f"Result of the call:\n{message.text}")
    if message.calls:
        calls = [f"I call {call.name} with {call.said or call.arguments.model_dump_json()}" for call in message.calls]
        return Message(role="assistant", content="\n".join(filter(None, [message.content, *calls])))
    return message


def argument_words(messages: Sequence[Message], tool: ToolOffer) -> tuple[Message, ...]:
    """The question for the arguments of one tool."""
    words = f"Give the arguments of {tool.name}. {tool.description}"
    return (*messages, Message(role="user", content=words))
