"""A model that answers what a real one answered before: kept as files, one a question, found by the question's hash."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.port import Answer, Message, ModelPort, Schema, TextPiece, ToolCall, ToolOffer, Usage
from agents.llm.wire import (
    ReceivedCall,
    ReceivedFunction,
    hash_of,
    read_calls,
    read_value,
    sent_message,
    sent_tool,
    strict_schema,
)


class Recorded:
    """Replays from a folder; a question that is not there is a ModelUnavailableError, never a guess.

    With `recording` a question that is not there goes to that model, and its answer is kept. What is kept is the
    question as it was asked and the answer as it came, readable by people and compared in reviews.
    """

    def __init__(self, folder: Path, *, recording: ModelPort | None = None) -> None:
        self._folder, self._recording = folder, recording

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """The object answered before."""
        asked = _question("complete", messages, purpose, shape=strict_schema(schema))
        kept = self._kept(asked)
        if kept is None:
            answer = self._live(asked).complete(messages, schema, purpose)
            self._keep(asked, answer)
            return answer
        usage = _usage(kept)
        return _answer(asked, kept, read_value(kept["text"], schema, usage))

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """The calls made before."""
        asked = _question("choose", messages, purpose, tools=[sent_tool(tool) for tool in tools], must_call=must_call)
        kept = self._kept(asked)
        if kept is None:
            answer = self._live(asked).choose(messages, tools, purpose, must_call=must_call)
            self._keep(asked, answer, calls=answer.value)
            return answer
        received = [
            ReceivedCall(id=call["id"], function=ReceivedFunction(name=call["name"], arguments=call["arguments"]))
            for call in kept["calls"]
        ]
        return _answer(asked, kept, read_calls(received, tools, _usage(kept)))

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """The words said before, in one piece."""
        asked = _question("stream", messages, purpose)
        kept = self._kept(asked)
        if kept is None:
            for piece in self._live(asked).stream(messages, purpose):
                if isinstance(piece, Answer):
                    self._keep(asked, piece)
                yield piece
            return
        yield TextPiece(text=kept["text"])
        yield _answer(asked, kept, None)

    def _file(self, asked: dict[str, Any]) -> Path:
        return self._folder / f"{hash_of(asked)}.json"

    def _kept(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        file = self._file(asked)
        return json.loads(file.read_text(encoding="utf-8"))["answer"] if file.exists() else None

    def _live(self, asked: dict[str, Any]) -> ModelPort:
        if self._recording is None:
            message = f"no answer is recorded for this {asked['purpose']} question ({self._file(asked).name})"
            raise ModelUnavailableError(ModelFailure.NOT_RECORDED, message)
        return self._recording

    def _keep(self, asked: dict[str, Any], answer: Answer[Any], *, calls: Sequence[ToolCall] = ()) -> None:
        made = [{"id": call.id, "name": call.name, "arguments": _arguments(call.arguments)} for call in calls]
        text = _arguments(answer.value) if isinstance(answer.value, BaseModel) else answer.text
        told = {"text": text, "calls": made, "model": answer.model, "usage": asdict(answer.usage)}
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = json.dumps({"asked": asked, "answer": told}, indent=1, ensure_ascii=False, sort_keys=True)
        self._file(asked).write_text(f"{kept}\n", encoding="utf-8")


def _question(verb: str, messages: Sequence[Message], purpose: str, **more: Any) -> dict[str, Any]:
    return {"verb": verb, "purpose": purpose, "messages": [sent_message(message) for message in messages], **more}


def _arguments(value: BaseModel) -> str:
    return value.model_dump_json()


def _usage(kept: dict[str, Any]) -> Usage:
    return Usage(**kept["usage"])


def _answer(asked: dict[str, Any], kept: dict[str, Any], value: Any) -> Answer[Any]:
    return Answer(value=value, text=kept["text"], usage=_usage(kept), model=kept["model"], prompt_hash=hash_of(asked))
