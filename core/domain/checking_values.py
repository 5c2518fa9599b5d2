"""Bad input refused at one place: what is asked of the core is of its declared types, storable and within limits.

The declared type of each field decides. A `str` is a word (one printable line), a NewType of one is a code (a word that
is not blank), and only the fields named in PROSE are free text.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NewType, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from core.domain.errors import InvalidValueError
from core.domain.money import LARGEST_LINE_VALUE
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.showing import shown

LONGEST_CODE = 200
LONGEST_WORD = 400
LONGEST_PROSE = 10_000
MOST_ENTRIES = 10_000
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 12, 31)
"""Up to when packs and orders may say; what planning adds to it stays within the calendar."""
MOST_DIGITS = 40
MOST_PLACES = 6
PRICE_PLACES = 4
PROSE = frozenset(
    {"answer", "comment", "evidence", "note", "outcome", "reason", "risks", "text", "why", "why_more", "why_short"}
)
QUANTITIES = frozenset(
    {
        "accepted", "at_most", "by", "consumed", "confirmed", "found", "good", "lost", "minimum", "minimum_shipment",
        "ordered", "quantity", "received", "rejected", "scrapped", "units", "weight",
    }
)  # fmt: skip
"""Whole numbers that count units; all others count lines, days, versions and the like."""
LARGEST_COUNT = 1_000_000_000

_NOT_IN_PROSE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A value that cannot be accepted, where it is, and what could."""

    value: object
    accepted: str
    path: str = ""

    def inside(self, step: str) -> "Wrong":
        """The same, seen from one step further out."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return Wrong(value=self.value, accepted=self.accepted, path=f"{step}{dot}{self.path}")


Check: TypeAlias = Callable[[Any], Wrong | None]


def checked(command: T) -> T:
    """The command as it is; InvalidValueError naming the first field that holds what it may not."""
    wrong = _check_of(type(command), "")(command)
    if wrong is not None:
        raise _refusal(wrong)
    return command


def checked_value(value: object, hint: Any, *, name: str) -> None:
    """The same for a single argument of the declared type, for what is asked without a command."""
    wrong = _check_of(hint, name)(value)
    if wrong is not None:
        raise _refusal(wrong.inside(name))


def is_read_elsewhere(kind: type[Any]) -> bool:
    """Whether the values of a kind come from a reader that has checked them: a pack's, cell by cell."""
    return getattr(kind, "checked_by_reader", False)


def _refusal(wrong: Wrong) -> InvalidValueError:
    return InvalidValueError(f"{wrong.path} is {shown(wrong.value)}; accepted is {wrong.accepted}", field=wrong.path)


@cache
def _check_of(hint: Any, name: str) -> Check:
    """How a value of a declared type is checked; found once for each type and name."""
    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, NewType):
        return _code if hint.__supertype__ is str else _check_of(hint.__supertype__, name)
    if origin in {Union, UnionType}:
        return _one_of(tuple(_check_of(one, name) for one in arguments), arguments)
    if origin is Literal:
        return _literal(arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_check_of(arguments[0], name), _check_of(arguments[1], name))
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return _many(cast(type[Any], origin), arguments, name)
    if isinstance(hint, type):
        return _check_of_class(cast(type[Any], hint), name)
    raise TypeError(f"no rule says what {name!r} of type {hint!r} accepts")


def _check_of_class(kind: type[Any], name: str) -> Check:
    if is_read_elsewhere(kind):
        return _instance(kind)
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, Enum):
        return _instance(kind, "one of " + ", ".join(repr(one.value) for one in kind))
    if kind is Decimal:
        return _number(PRICE_PLACES if name.endswith("price") else MOST_PLACES)
    if kind is str and name in PROSE:
        return _prose
    if kind is int:
        return _whole(LARGEST_QUANTITY if name in QUANTITIES else LARGEST_COUNT)
    simple: dict[type[Any], Check] = {str: _word, date: _day, datetime: _moment}
    return simple.get(kind) or _instance(kind)


def _instance(kind: type[Any], accepted: str | None = None) -> Check:
    words = accepted or {bool: "True or False", NoneType: "nothing"}.get(kind, f"a {kind.__name__}")

    def check(value: object) -> Wrong | None:
        return None if isinstance(value, kind) else Wrong(value=value, accepted=words)

    return check


def _record(kind: type[Any]) -> Check:
    checks: list[tuple[str, Check, object]] = []

    def check(value: object) -> Wrong | None:
        if type(value) is not kind:
            return Wrong(value=value, accepted=f"a {kind.__name__}")
        if not checks:  # only now: a record may hold others of its own kind
            hints = get_type_hints(kind)
            checks.extend(
                (field.name, _check_of(hints[field.name], field.name), field.default) for field in fields(kind)
            )
        for name, each, default in checks:
            held = getattr(value, name)
            wrong = None if held is default else each(held)  # a default is one of the accepted
            if wrong is not None:
                return wrong.inside(name)
        return None

    return check


def _one_of(checks: Sequence[Check], kinds: Sequence[Any]) -> Check:
    may_be_nothing = NoneType in kinds

    def check(value: object) -> Wrong | None:
        if value is None and may_be_nothing:
            return None
        found: list[Wrong] = []
        for each, kind in zip(checks, kinds, strict=True):
            wrong = each(value)
            if wrong is None:
                return None
            if wrong.path:  # it is of this kind: what is wrong is inside it
                return wrong
            if kind is not NoneType:
                found.append(wrong)
        return Wrong(value=value, accepted=" or ".join(dict.fromkeys(wrong.accepted for wrong in found)))

    return check


def _literal(choices: Sequence[object]) -> Check:
    def check(value: object) -> Wrong | None:
        if any(type(value) is type(choice) and value == choice for choice in choices):
            return None
        return Wrong(value=value, accepted=" or ".join(repr(choice) for choice in choices))

    return check


def _many(origin: type[Any], arguments: Sequence[Any], name: str) -> Check:
    same = origin is not tuple or (len(arguments) == 2 and arguments[1] is Ellipsis)
    every = _check_of(arguments[0], name) if same else None
    each = () if same else tuple(_check_of(one, name) for one in arguments)

    def check(value: object) -> Wrong | None:
        if not isinstance(value, origin) or isinstance(value, str | bytes):
            return Wrong(value=value, accepted=f"a {origin.__name__.lower()}")
        found: tuple[object, ...] = tuple(cast(Iterable[object], value))
        if len(found) > MOST_ENTRIES:
            return Wrong(value=f"{len(found)} of them", accepted=f"up to {MOST_ENTRIES}")
        if each and len(found) != len(each):
            return Wrong(value=value, accepted=f"a tuple of {len(each)}")
        for position, one in enumerate(found):
            wrong = (every or each[position])(one)
            if wrong is not None:
                return wrong.inside(f"[{position}]")
        return None

    return check


def _mapping(key: Check, entry: Check) -> Check:
    def check(value: object) -> Wrong | None:
        if not isinstance(value, Mapping):
            return Wrong(value=value, accepted="a mapping")
        held = cast(Mapping[object, object], value)
        if len(held) > MOST_ENTRIES:
            return Wrong(value=f"{len(held)} of them", accepted=f"up to {MOST_ENTRIES}")
        for name, one in held.items():
            wrong = key(name) or entry(one)
            if wrong is not None:
                return wrong.inside(f"[{shown(name)}]")
        return None

    return check


def _code(value: object) -> Wrong | None:
    if type(value) is str and 0 < len(value) <= LONGEST_CODE and value.isprintable() and value == value.strip():
        return None
    accepted = f"1 to {LONGEST_CODE} printable characters without spaces around them"
    return Wrong(value=value, accepted=accepted)


def _word(value: object) -> Wrong | None:
    if type(value) is str and len(value) <= LONGEST_WORD and value.isprintable():
        return None
    return Wrong(value=value, accepted=f"one line of up to {LONGEST_WORD} printable characters")


def _prose(value: object) -> Wrong | None:
    if type(value) is str and len(value) <= LONGEST_PROSE and not _NOT_IN_PROSE.search(value):
        return None
    accepted = f"text of up to {LONGEST_PROSE} characters without control characters but line breaks and tabs"
    return Wrong(value=value, accepted=accepted)


def _whole(most: int) -> Check:
    accepted = f"a whole number of up to {most}"

    def check(value: object) -> Wrong | None:
        return None if type(value) is int and -most <= value <= most else Wrong(value=value, accepted=accepted)

    return check


def _number(places: int) -> Check:
    accepted = f"a Decimal of up to {LARGEST_LINE_VALUE} with at most {places} decimals"

    def check(value: object) -> Wrong | None:
        return None if isinstance(value, Decimal) and _fits(value, places) else Wrong(value=value, accepted=accepted)

    return check


def _fits(value: Decimal, places: int) -> bool:
    """Whether a column can hold it: finite, not too large, and with so many decimals that say something (1.50: one)."""
    if not value.is_finite() or abs(_exponent(value)) > MOST_DIGITS or abs(value) > LARGEST_LINE_VALUE:
        return False
    return _exponent(value.normalize()) >= -places


def _exponent(value: Decimal) -> int:
    return cast(int, value.as_tuple().exponent)


def _day(value: object) -> Wrong | None:
    if type(value) is date and FIRST_DAY <= value <= LAST_DAY:
        return None
    return Wrong(value=value, accepted=f"a date from {FIRST_DAY} to {LAST_DAY}")


def _moment(value: object) -> Wrong | None:
    if isinstance(value, datetime) and value.utcoffset() is not None and FIRST_DAY <= value.date() <= LAST_DAY:
        return None
    return Wrong(value=value, accepted=f"a time with its zone from {FIRST_DAY} to {LAST_DAY}")
