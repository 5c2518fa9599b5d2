"""Every place of a command where a bad value may stand, by the declared types, and the command with it there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints
from zlib import crc32

from core.domain.checking_values import MOST_ENTRIES, PROSE, is_read_elsewhere
from tests.core.services.corpus.badness import CORPUS, DEALT, Bad, Kind

Step = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands, what it is, and whether nothing may stand there too."""

    steps: tuple[Step, ...]
    kind: Kind
    held: Any
    optional: bool

    @property
    def field(self) -> str:
        """The name of the field, of the record in it or of the list it is in."""
        return next(step for step in reversed(self.steps) if isinstance(step, str))

    def bad(self, service: str) -> Iterator[Bad]:
        """What is bad here; of what is only odd one value is dealt to each of a service's places, which are many."""
        yield from (one for one in CORPUS[self.kind] if one.never or self.steps != ("key",))
        if self.steps != ("key",):
            yield from dealt(self.kind, service, self.steps)
        if not self.optional:
            yield Bad("nothing", None)
        if self.kind is Kind.MANY and self.held:
            yield Bad("the_same_twice", (self.held[0], *self.held), never=False)
            yield Bad("too_many", self.held[:1] * (MOST_ENTRIES + 1))


def dealt(kind: Kind, service: str, steps: tuple[Step, ...]) -> tuple[Bad, ...]:
    """The odd value that falls to a place: always the same one."""
    odd = DEALT.get(kind, ())
    number = crc32(".".join((service, *map(str, steps))).encode())
    return odd[number % len(odd) :][:1] if odd else ()


def places(command: Any) -> Iterator[Place]:
    """All of them, those inside a list for its first entry only."""
    hints = get_type_hints(type(command))
    for field in fields(command):
        yield from _places(getattr(command, field.name), hints[field.name], (field.name,))


def declared(shape: Any) -> Iterator[Place]:
    """The places of a command's own fields, by their types alone."""
    hints = get_type_hints(shape)
    for field in fields(shape):
        yield from _places(None, hints[field.name], (field.name,))


def put(value: Any, steps: tuple[Step, ...], bad: object) -> Any:
    """The value with something else at one place."""
    if not steps:
        return bad
    step, *rest = steps
    if isinstance(step, int):
        return (*value[:step], put(value[step], tuple(rest), bad), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), tuple(rest), bad)})


def _places(value: Any, hint: Any, steps: tuple[Step, ...]) -> Iterator[Place]:
    options = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    kinds = [one for one in options if one is not NoneType]
    optional = len(kinds) < len(options)
    wider = Decimal if Decimal in kinds else type(value)  # an amount of either kind is a number
    declared = next((one for one in kinds if one is wider), kinds[0])
    kind = _kind(declared, next(step for step in reversed(steps) if isinstance(step, str)))
    yield Place(steps=steps, kind=kind, held=value, optional=optional)
    if kind is Kind.RECORD and value is not None and not is_read_elsewhere(declared):
        for inside in places(value):
            yield Place(steps=(*steps, *inside.steps), kind=inside.kind, held=inside.held, optional=inside.optional)
    elif kind is Kind.MANY and value:
        for position, entry in enumerate(value[:1] if get_args(declared)[-1] is Ellipsis else value):
            yield from _places(entry, get_args(declared)[position], (*steps, position))


def _kind(hint: Any, name: str) -> Kind:
    if isinstance(hint, NewType):
        return Kind.CODE
    origin = get_origin(hint)
    if origin is Literal:
        return Kind.CHOICE
    if origin is not None:
        return Kind.MAPPING if issubclass(origin, Mapping) else Kind.MANY
    if is_dataclass(hint):
        return Kind.RECORD
    if issubclass(hint, Enum):
        return Kind.CHOICE
    if hint is Decimal:
        return Kind.PRICE if name.endswith("price") else Kind.NUMBER
    if hint is str:
        return Kind.PROSE if name in PROSE else Kind.WORD
    return {bool: Kind.FLAG, int: Kind.WHOLE, date: Kind.DAY, datetime: Kind.MOMENT}[hint]
