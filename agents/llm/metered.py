"""A model for one run: its fields are checked before they leave, its budget is kept, every call is counted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic as real_monotonic

from agents.llm.budget import Budget, Ledger
from agents.llm.errors import FieldNotDeclaredError, ModelError
from agents.llm.port import Answer, Message, ModelPort, Schema, TextPiece, ToolCall, ToolOffer, Usage, Value
from agents.llm.prices import Prices
from agents.llm.purposes import ANSWER, INSTRUCTIONS, TOOL_RESULT, WORDS, Purpose, purpose_of
from agents.llm.wire import hash_of, sent_message
from core.domain.ids import RunId
from core.domain.runs import ModelCall

_ROLES = {"system": INSTRUCTIONS, "assistant": ANSWER, "user": WORDS, "tool": TOOL_RESULT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """A ModelPort around another one. Callers handle its refusals as they handle a model that does not answer: they go
    on by rules. `model_name` says which model is asked for a purpose, for calls that get no answer."""

    inner: ModelPort
    run: RunId
    ledger: Ledger
    budget: Budget
    prices: Prices = field(default_factory=Prices)
    model_name: Callable[[str], str] = lambda _: ""
    monotonic: Callable[[], float] = real_monotonic

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """One object of the schema."""
        return self._asked("complete", messages, purpose, lambda: self.inner.complete(messages, schema, purpose))

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str
    ) -> Answer[tuple[ToolCall, ...]]:
        """Calls of the tools offered, none when the model answers in words."""
        return self._asked("choose", messages, purpose, lambda: self.inner.choose(messages, tools, purpose))

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Words as they come; a stream that nobody reads to its end is counted as a failed call."""
        call = _Call("stream", messages, purpose_of(purpose), self)
        with self.budget.one_call():
            failure = "abandoned"
            try:
                for piece in self.inner.stream(messages, purpose):
                    if isinstance(piece, Answer):
                        failure = ""
                        call.answered(piece)
                    yield piece
            except ModelError as error:
                failure = ""
                call.failed(error)
                raise
            finally:
                if failure:
                    call.keep(Usage(), failure=failure)

    def _asked(
        self, verb: str, messages: Sequence[Message], purpose: str, ask: Callable[[], Answer[Value]]
    ) -> Answer[Value]:
        call = _Call(verb, messages, purpose_of(purpose), self)
        with self.budget.one_call():
            try:
                answer = ask()
            except ModelError as error:
                call.failed(error)
                raise
            call.answered(answer)
            return answer


class _Call:
    """A call from the check of its fields to its row."""

    def __init__(self, verb: str, messages: Sequence[Message], purpose: Purpose, meter: Metered) -> None:
        self._verb, self._purpose, self._meter = verb, purpose.name, meter
        self._fields = fields_of(messages)
        undeclared = [field for field in self._fields if not purpose.allows(field)]
        if undeclared:
            raise FieldNotDeclaredError(
                f"{', '.join(undeclared)} may not leave for the purpose {purpose.name!r}; see agents/llm/purposes.py"
            )
        self._hash = hash_of({"messages": [sent_message(message) for message in messages]})
        self._began = meter.monotonic()

    def answered(self, answer: Answer[Value]) -> None:
        self._hash = answer.prompt_hash
        self.keep(answer.usage, model=answer.model)

    def failed(self, error: ModelError) -> None:
        self.keep(error.usage, failure=error.failure.value)

    def keep(self, usage: Usage, *, model: str = "", failure: str = "") -> None:
        meter = self._meter
        model = model or meter.model_name(self._purpose)
        meter.ledger.keep(
            ModelCall(
                run=meter.run,
                purpose=self._purpose,
                verb=self._verb,
                model=model,
                prompt_hash=self._hash,
                prompt_tokens=usage.prompt_tokens,
                cached_tokens=usage.cached_tokens,
                completion_tokens=usage.completion_tokens,
                reasoning_tokens=usage.reasoning_tokens,
                micros=meter.prices.micros(model, usage),
                milliseconds=max(0, round((meter.monotonic() - self._began) * 1000)),
                failure=failure,
                fields=self._fields,
            )
        )


def fields_of(messages: Sequence[Message]) -> tuple[str, ...]:
    """The names of all that messages hold, once each and sorted."""
    names = {_ROLES[message.role] for message in messages if message.content or message.calls}
    names |= {name for message in messages for field in message.told for name in field.names}
    return tuple(sorted(names))
