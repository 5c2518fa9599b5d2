"""A model for one run: its fields are checked before they leave, its budget is kept, every call is counted."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic as real_monotonic

from agents.llm.budget import Budget, Ledger
from agents.llm.curtain import Curtain, Hiding
from agents.llm.errors import FieldNotDeclaredError, ModelError, ModelInvalidError
from agents.llm.lexicon import Lexicon
from agents.llm.port import Answer, Message, ModelPort, Schema, TextPiece, ToolCall, ToolOffer, Usage, Value
from agents.llm.prices import Prices
from agents.llm.purposes import ANSWER, INSTRUCTIONS, TOOL_RESULT, WORDS, Purpose, purpose_of
from agents.llm.wire import hash_of, sent_message
from agents.tracing import attributes as said
from agents.tracing.spans import OpenSpan, span
from core.domain.ids import RunId
from core.domain.runs import ModelCall

_ROLES = {"system": INSTRUCTIONS, "assistant": ANSWER, "user": WORDS, "tool": TOOL_RESULT}
ABANDONED = "abandoned"
CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """A ModelPort around another one. Callers handle its refusals as they handle a model that does not answer: they go
    on by rules. `model_name` says which model is asked for a purpose, for calls that get no answer; `lexicon` gives the
    private words that leave only under stand-ins."""

    inner: ModelPort
    run: RunId
    ledger: Ledger
    budget: Budget
    prices: Prices = field(default_factory=Prices)
    model_name: Callable[[str], str] = lambda _: ""
    lexicon: Callable[[], Lexicon] = Lexicon
    monotonic: Callable[[], float] = real_monotonic
    curtain: Curtain = field(default_factory=Curtain)

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """One object of the schema."""
        with self._call("complete", messages, purpose) as call:
            return call.answered(self.inner.complete(call.messages, call.hiding.schema(schema), purpose))

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """Calls of the tools offered, none when the model answers in words."""
        with self._call("choose", messages, purpose) as call:
            return call.answered(
                self.inner.choose(call.messages, call.hiding.tools(tools), purpose, must_call=must_call)
            )

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Words as they come; a stream that nobody reads to its end is counted as a failed call."""
        with self._call("stream", messages, purpose) as call:
            last: list[Answer[None]] = []

            def words() -> Iterator[str]:
                for piece in self.inner.stream(call.messages, purpose):
                    if isinstance(piece, Answer):
                        last.append(call.answered(piece))
                    else:
                        yield piece.text

            for text in self.curtain.show_pieces(words()):
                yield TextPiece(text=text)
            yield from last

    @contextmanager
    def _call(self, verb: str, messages: Sequence[Message], purpose: str) -> Generator["_Call"]:
        """One call from the check of its fields to its row, whatever becomes of it."""
        declared, fields = purpose_of(purpose), fields_of(messages)
        _check(fields, declared)
        hiding = Hiding(curtain=self.curtain, lexicon=self.lexicon(), plain=declared.plain)
        model = self.model_name(purpose)
        with self.budget.one_call(), span(f"{said.CHAT} {model}".strip(), nests=False) as step:
            call = _Call(meter=self, verb=verb, purpose=purpose, fields=fields, hiding=hiding, step=step)
            call.ask(messages, model)
            try:
                yield call
            except ModelError as error:
                call.failed(error)
                raise
            finally:
                call.keep()


@dataclass(slots=True, kw_only=True)
class _Call:
    """A call under way; what it is kept with is `failure` until an answer came."""

    meter: Metered
    verb: str
    purpose: str
    fields: tuple[str, ...]
    hiding: Hiding
    step: OpenSpan
    messages: tuple[Message, ...] = ()
    model: str = ""
    prompt_hash: str = ""
    began: float = 0.0
    usage: Usage = field(default_factory=Usage)
    failure: str = ABANDONED

    def ask(self, messages: Sequence[Message], model: str) -> None:
        """What leaves, and when."""
        self.messages, self.model = self.hiding.messages(messages), model
        self.prompt_hash = hash_of({"messages": [sent_message(message) for message in self.messages]})
        self.began = self.meter.monotonic()

    def answered(self, answer: Answer[Value]) -> Answer[Value]:
        """The answer in the words it means."""
        self.prompt_hash, self.model = answer.prompt_hash, answer.model
        self.usage = answer.usage if answer.usage.tokens else self._estimated(answer)
        self.failure = ""
        return replace(answer, text=self.meter.curtain.show(answer.text))

    def _estimated(self, answer: Answer[Value]) -> Usage:
        """What an answer cost whose server does not count: without it no budget would ever be spent."""
        sent = sum(len(message.text) for message in self.messages)
        said = len(answer.text) or len(str(answer.value))
        return replace(
            answer.usage,
            prompt_tokens=-(-sent // CHARACTERS_A_TOKEN),
            completion_tokens=-(-said // CHARACTERS_A_TOKEN),
        )

    def failed(self, error: ModelError) -> None:
        """What the failure has cost; what the model said is told in the words it means."""
        self.failure, self.usage = error.failure.value, error.usage
        if isinstance(error, ModelInvalidError):
            error.said = self.meter.curtain.show(error.said)

    def keep(self) -> None:
        """Add the row, and say the same on the span."""
        usage, meter = self.usage, self.meter
        call = ModelCall(
            run=meter.run,
            purpose=self.purpose,
            verb=self.verb,
            model=self.model,
            prompt_hash=self.prompt_hash,
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=usage.completion_tokens,
            reasoning_tokens=usage.reasoning_tokens,
            micros=meter.prices.micros(self.model, usage),
            milliseconds=max(0, round((meter.monotonic() - self.began) * 1000)),
            failure=self.failure,
            fields=self.fields,
        )
        self._tell(call)
        meter.ledger.keep(call)

    def _tell(self, call: ModelCall) -> None:
        told = {
            said.OPERATION: said.CHAT,
            said.REQUEST_MODEL: self.meter.model_name(self.purpose)[: said.LONGEST],
            said.RESPONSE_MODEL: call.model[: said.LONGEST],
            said.INPUT_TOKENS: call.prompt_tokens,
            said.OUTPUT_TOKENS: call.completion_tokens,
            said.CACHED_TOKENS: call.cached_tokens,
            said.REASONING_TOKENS: call.reasoning_tokens,
            said.MICROS: call.micros,
            said.PURPOSE: call.purpose,
            said.VERB: call.verb,
            said.ERROR: call.failure,
        }
        for name, value in told.items():
            if value not in (None, ""):
                self.step.say(name, value)


def _check(fields: Sequence[str], purpose: Purpose) -> None:
    undeclared = [field for field in fields if not purpose.allows(field)]
    if undeclared:
        raise FieldNotDeclaredError(
            f"{', '.join(undeclared)} may not leave for the purpose {purpose.name!r}; see agents/llm/purposes.py"
        )


def fields_of(messages: Sequence[Message]) -> tuple[str, ...]:
    """The names of all that messages hold, once each and sorted."""
    names = {_ROLES[message.role] for message in messages if message.content or message.calls}
    names |= {name for message in messages for field in message.told for name in field.names}
    return tuple(sorted(names))
