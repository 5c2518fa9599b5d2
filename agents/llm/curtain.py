"""Names that stand for names: put in place of private words before a prompt leaves, and taken back in what comes."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from agents.llm.lexicon import Lexicon
from agents.llm.port import Message, Schema, ToolCall, ToolOffer
from agents.llm.prompt_fields import PromptField
from core.domain.private_words import PrivateKind

_LOOKALIKE = "TEXT"
_KINDS = "|".join([*(kind.value.upper() for kind in PrivateKind), _LOOKALIKE])
_STAND_IN = re.compile(rf"(?<!\w)(?:{_KINDS})_[0-9]+[a-z]*(?!\w)")
_WORDS = frozenset({"enum", "const", "description", "title", "default", "examples"})
_UNFINISHED = re.compile(r"(?<!\w)[A-Z]+(?:_[0-9]*[a-z]*)?\Z")


class Curtain:
    """The stand-ins of one run. `CUSTOMER_1` is the first customer named, `CUSTOMER_1b` the same name written another
    way; each leads back to exactly the words it stands for. The map lives in memory, as long as the run is open."""

    def __init__(self) -> None:
        self._meant: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        self._variants: dict[str, int] = {}

    def hide(self, text: str, lexicon: Lexicon, plain: AbstractSet[PrivateKind] = frozenset()) -> str:
        """The text with stand-ins; kinds that are `plain` stay. What looks like a stand-in already gets one too: nobody
        is told what one stands for by writing it."""
        text = _STAND_IN.sub(lambda match: self._stand_in(_LOOKALIKE, match.group()), text)
        parts, at = list[str](), 0
        for found in lexicon.find(text):
            if found.kind not in plain:
                private = text[found.start : found.end]
                parts += [text[at : found.start], self._stand_in(found.kind.value.upper(), private)]
                at = found.end
        return "".join([*parts, text[at:]])

    def show(self, text: str) -> str:
        """The text with every stand-in of this run taken back."""
        return _STAND_IN.sub(lambda match: self._meant.get(match.group(), match.group()), text)

    def show_pieces(self, pieces: Iterator[str]) -> Iterator[str]:
        """The same for words as they come; what could be half a stand-in waits for the next piece."""
        rest = ""
        for piece in pieces:
            rest += piece
            half = _UNFINISHED.search(rest)
            cut = half.start() if half else len(rest)
            if cut:
                yield self.show(rest[:cut])
            rest = rest[cut:]
        if rest:
            yield self.show(rest)

    def _stand_in(self, kind: str, private: str) -> str:
        if (known := self._named.get(f"{kind} {private}")) is not None:
            return known
        numbers, plain = self._numbers.setdefault(kind, {}), " ".join(private.casefold().split())
        first = f"{kind}_{numbers.setdefault(plain, len(numbers) + 1)}"
        before = self._variants.get(first, 0)
        self._variants[first] = before + 1
        name = first + (_letters(before) if before else "")
        self._named[f"{kind} {private}"], self._meant[name] = name, private
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """One call behind the curtain: its words go through `hide` on their way out."""

    curtain: Curtain
    lexicon: Lexicon
    plain: AbstractSet[PrivateKind]

    def messages(self, messages: Sequence[Message]) -> tuple[Message, ...]:
        """The messages as they may leave."""
        return tuple(self._message(message) for message in messages)

    def schema(self, schema: type[Schema]) -> type[Schema]:
        """A shape whose choices are hidden and whose values come back as they are meant."""
        return _behind(schema, self._shape, self._shown)

    def tools(self, tools: Sequence[ToolOffer]) -> tuple[ToolOffer, ...]:
        """The tools as they may leave."""
        return tuple(
            ToolOffer(name=tool.name, description=self._text(tool.description), arguments=self.schema(tool.arguments))
            for tool in tools
        )

    def _message(self, message: Message) -> Message:
        return replace(
            message,
            content=self._text(message.content),
            told=tuple(PromptField(name=one.name, value=self._value(one.value)) for one in message.told),
            calls=tuple(self._call(call) for call in message.calls),
        )

    def _call(self, call: ToolCall) -> ToolCall:
        values = self._value(call.arguments.model_dump(mode="json"))
        return replace(call, said=json.dumps(values, separators=(",", ":"), ensure_ascii=False))

    def _value(self, value: Any) -> Any:
        return _mapped(value, self._text)

    def _shown(self, value: Any) -> Any:
        return _mapped(value, self.curtain.show)

    def _shape(self, value: Any) -> Any:
        """A JSON schema whose words are hidden and whose structure is not."""
        if isinstance(value, list):
            return [self._shape(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        return {key: self._value(inner) if key in _WORDS else self._shape(inner) for key, inner in value.items()}

    def _text(self, text: str) -> str:
        return self.curtain.hide(text, self.lexicon, self.plain)


def _behind(schema: type[Schema], hide: Callable[[Any], Any], show: Callable[[Any], Any]) -> type[Schema]:
    """The schema as an adapter sees it: it writes itself down hidden, and reads what is hidden into the real one."""

    def model_json_schema(cls: type[BaseModel], *given: Any, **named: Any) -> dict[str, Any]:
        return hide(schema.model_json_schema(*given, **named))

    def model_validate(cls: type[BaseModel], obj: Any, **named: Any) -> BaseModel:
        return schema.model_validate(show(obj), **named)

    own = {
        "__module__": schema.__module__,
        "__doc__": schema.__doc__,
        "model_json_schema": classmethod(model_json_schema),
        "model_validate": classmethod(model_validate),
    }
    return type(schema)(schema.__name__, (schema,), own)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return value


def _letters(number: int) -> str:
    """1 is b, 25 is z, 26 is bb: never one that could be the first writing of another."""
    return "bcdefghijklmnopqrstuvwxyz"[(number - 1) % 25] * ((number - 1) // 25 + 1)
