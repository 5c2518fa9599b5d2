"""A model that says what it was told to say: for tests and evaluations."""

import re
from collections.abc import Iterable, Iterator, Sequence

from agents.llm.errors import ModelError, ModelFailure, ModelInvalidError
from agents.llm.port import Answer, Message, Schema, TextPiece, ToolCall, ToolOffer, Usage, Value
from agents.llm.wire import ReceivedCall, ReceivedFunction, hash_of, read_calls, read_value, sent_message

Line = str | ModelError | tuple[tuple[str, str], ...]
_USAGE = Usage(calls=1, prompt_tokens=100, completion_tokens=20)


class ScriptedModel:
    """Plays its lines in order: a text is an answer, an error is raised, pairs of (tool, JSON arguments) are calls.

    What it says is read as strictly as what a server says. `asked` keeps what it was asked.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)
        self.asked: list[tuple[str, tuple[Message, ...]]] = []

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """The next line, read as an object of the schema."""
        text = self._next_text(messages, purpose)
        return _answer(read_value(text, schema, _USAGE), text, messages)

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """The next line, read as calls of the tools offered."""
        line = self._next(messages, purpose)
        if isinstance(line, str):
            if must_call:
                raise ModelInvalidError(ModelFailure.NO_CALL, "the model called no tool", usage=_USAGE, said=line)
            return _answer((), line, messages)
        received = [
            ReceivedCall(id=f"call-{number}", function=ReceivedFunction(name=name, arguments=arguments))
            for number, (name, arguments) in enumerate(line, start=1)
        ]
        return _answer(read_calls(received, tools, _USAGE), "", messages)

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """The next line, word by word."""
        text = self._next_text(messages, purpose)
        for word in re.findall(r"\s*\S+\s*", text):
            yield TextPiece(text=word)
        yield _answer(None, text, messages)

    def _next_text(self, messages: Sequence[Message], purpose: str) -> str:
        line = self._next(messages, purpose)
        assert isinstance(line, str), f"the script has calls where words were asked for: {line!r}"
        return line

    def _next(self, messages: Sequence[Message], purpose: str) -> str | tuple[tuple[str, str], ...]:
        self.asked.append((purpose, tuple(messages)))
        assert self._lines, f"the script has no line left for {purpose!r}"
        line = self._lines.pop(0)
        if isinstance(line, ModelError):
            raise line
        return line


def _answer(value: Value, text: str, messages: Sequence[Message]) -> Answer[Value]:
    asked = hash_of({"messages": [sent_message(message) for message in messages]})
    return Answer(value=value, text=text, usage=_USAGE, model="scripted", prompt_hash=asked)
