"""Where an argument comes from: the person said it, the core gave it, or nobody did and it may not be used."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel

from agents.ops_chat.days import days_in
from agents.ops_chat.mentions import mentions_in
from agents.ops_chat.names import NameBook, plain
from agents.ops_chat.words import WORDS
from tools.provenance import Source

_FREE = frozenset({"limit"})
_FACTS = frozenset(WORDS["facts"])
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_SEPARATE = r"(?<![^\W_]){}(?![^\W_])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What arguments may be taken from: the words of the person, what they mention, and what the core gave, value by
    value. A value inside a longer text is no value: what partners wrote is text."""

    words: str
    said: frozenset[str]
    given: frozenset[str]
    codes: frozenset[str] = field(default_factory=frozenset[str])

    def source_of(self, value: object) -> Source | None:
        """Who said this value, OPERATOR before CORE; of a list or an object, where all of it comes from: None as soon
        as nobody said a part of it."""
        leaves = list(leaves_of(value))
        sources = [self._source(leaf) for leaf in leaves]
        if None in sources:
            return None
        return Source.OPERATOR if Source.OPERATOR in sources else Source.CORE

    def unheard(self, value: object) -> str:
        """The first part of a value that nobody said, as text."""
        return next((leaf for leaf in leaves_of(value) if self._source(leaf) is None), "")

    def _source(self, leaf: str) -> Source | None:
        if leaf in self.said or self._spoken(leaf):
            return Source.OPERATOR
        return Source.CORE if leaf in self.given or leaf.casefold() in self.codes else None

    def _spoken(self, leaf: str) -> bool:
        """Whether the person typed exactly this, capitals and accents aside. A lone letter must follow "option"."""
        level = plain(leaf).strip()
        if not level:
            return False
        shape = rf"\boption {level}\b" if len(level) == 1 and level.isalpha() else _SEPARATE.format(re.escape(level))
        return re.search(shape, self.words) is not None


def heard(sayings: Iterable[str], given: Iterable[object], *, book: NameBook, today: date) -> Heard:
    """What was said so far: `sayings` by the person, `given` by tools."""
    texts = [plain(text) for text in sayings]
    said: set[str] = set()
    for text in texts:
        for mention in mentions_in(text, book, read_days=lambda rest: days_in(rest, today)).found:
            said |= {mention.value} | ({str(mention.line)} if mention.line is not None else set())
        said |= {_level(found.replace(",", "")) for found in _NUMBER.findall(text)}
    values = {leaf for one in given for leaf in leaves_of(one)}
    codes = {named.code.casefold() for meant in book.by_words.values() for named in meant}
    return Heard(words="\n".join(texts), said=frozenset(said), given=frozenset(values), codes=frozenset(codes | _FACTS))


def chosen_freely(name: str, value: object, default: object) -> bool:
    """Whether an argument needs no source: left out, at its default, one of a closed set, a yes or no, or how many
    rows. The first line is what an order without a line means."""
    if value is None or value == default or isinstance(value, bool | Enum) or name in _FREE:
        return True
    return name == "line" and value == 1


def leaves_of(value: object) -> Iterator[str]:
    """The values inside a value, in one spelling."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, BaseModel):
        yield from leaves_of(
            {
                name: inner
                for name, inner in value
                if not chosen_freely(name, inner, type(value).model_fields[name].default)
            }
        )
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves_of(inner)
    else:
        yield _level(value)


def _level(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = str(value.value) if isinstance(value, Enum) else str(value)
    try:
        return format(Decimal(text).normalize(), "f") if text[:1].isdigit() or text[:1] == "-" else text
    except ArithmeticError:
        return text
