"""Whether a call is one of those a question should lead to, after names are codes and defaults are left out.

Two calls are the same when they are of one tool and their arguments agree. Arguments that are none, empty or the tool's
own default count as not given, at every depth. A name of master data counts as its code, the site of a shipping
location as that location; numbers count by value, days as they are written in ISO 8601, lists without their order. Of
an option named beside its case only the letter counts. The text of a draft order has to contain the one expected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import cast

from evals.chat.questions import Call, Question

DRAFT = "draft_order"
Defaults = Mapping[str, Mapping[str, object]]


class Verdict(StrEnum):
    """What became of a question. Nothing called where nothing may be called is right."""

    RIGHT = "right"
    UNREAD = "unread"
    WRONG = "wrong"
    WRONG_WRITE = "wrong_write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names in lower case to codes, and the defaults of each tool's arguments."""

    codes: Mapping[str, str]
    defaults: Defaults


def graded(question: Question, call: Call | None, *, names: Names) -> Verdict:
    """The verdict on a call; None is that nothing was called."""
    if call is None:
        return Verdict.UNREAD if question.expect else Verdict.RIGHT
    if any(agree(expected, call, names=names) for expected in question.expect):
        return Verdict.RIGHT
    return Verdict.WRONG_WRITE if is_write(call.tool) else Verdict.WRONG


def is_write(tool: str) -> bool:
    """Whether the tool puts a change before people."""
    return tool == DRAFT or tool.startswith("propose_")


def agree(expected: Call, call: Call, *, names: Names) -> bool:
    """Whether the two calls are the same."""
    if expected.tool != call.tool:
        return False
    if expected.tool == DRAFT:
        return _words(expected.arguments.get("text")) in _words(call.arguments.get("text"))
    return _plain(expected, names) == _plain(call, names)


def _plain(call: Call, names: Names) -> Mapping[str, object]:
    own = names.defaults.get(call.tool, {})
    given = {name: _value(value, names) for name, value in call.arguments.items()}
    usual = {name: _value(value, names) for name, value in own.items()}
    if {"case", "option"} <= set(given):
        given["option"] = str(given["option"])[-1:]
    return {name: value for name, value in given.items() if not _is_nothing(value) and value != usual.get(name)}


def _value(value: object, names: Names) -> object:
    match value:
        case bool() | None:
            return value
        case dict():
            within = {name: _value(one, names) for name, one in cast(dict[str, object], value).items()}
            return {name: one for name, one in within.items() if not _is_nothing(one)}
        case list() | tuple():
            return sorted((_value(one, names) for one in cast(Iterable[object], value)), key=repr)
        case date():
            return value.isoformat()
        case _:
            return _number(value) or names.codes.get(str(value).casefold(), str(value).casefold())


def _number(value: object) -> str | None:
    """A number as one spelling of it; None when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return f"{number.normalize():f}" if number.is_finite() else None


def _is_nothing(value: object) -> bool:
    return value is None or value in ("", [], {})


def _words(text: object) -> str:
    return " ".join(str(text or "").casefold().split())
