"""Where an argument of a tool comes from, and what may come from where."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel


class Source(StrEnum):
    """Who said a value: the books, the person who is served, a partner in a field of a message we know the form of, or
    a partner in words of its own."""

    CORE = "core"
    OPERATOR = "operator"
    PARTNER_STRUCTURED = "partner_structured"
    PARTNER_TEXT = "partner_text"


class Role(StrEnum):
    """What an argument is to its tool: a value that is taken as it is, an id or name that is looked up in the books and
    refused where it is not there, or words that are kept as evidence and never acted on."""

    VALUE = "value"
    ID = "id"
    EVIDENCE = "evidence"


_THOUSANDS = re.compile(r"(?<=\d)[,' \u202f\xa0](?=\d{3}(?!\d))")
_OURS = frozenset({Source.CORE, Source.OPERATOR})
MAY_BE_FROM: Mapping[Role, frozenset[Source]] = {
    Role.VALUE: _OURS,
    Role.ID: _OURS | {Source.PARTNER_STRUCTURED},
    Role.EVIDENCE: frozenset(Source),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taint:
    """An argument of a proposal that comes from where it may not come from; None: nobody said where from."""

    argument: str
    source: Source | None
    accepted: tuple[Source, ...]

    @property
    def sentence(self) -> str:
        """What is wrong, and what would be accepted."""
        accepted = " or ".join(repr(source.value) for source in self.accepted)
        where = "nobody said where from" if self.source is None else f"it comes from {self.source.value!r}"
        return (
            f"{self.argument} of a proposal may not be taken: {where}; accepted is {accepted}. Ask the person who is"
            " served to say it, or take an id that a tool gave"
        )


def role_of(takes: type[BaseModel], argument: str) -> Role:
    """The role declared for an argument; VALUE, which trusts least, where none is."""
    marks = takes.model_fields[argument].metadata
    return next((mark for mark in marks if isinstance(mark, Role)), Role.VALUE)


def taint_of(
    takes: type[BaseModel], arguments: Mapping[str, object], sources: Mapping[str, Source] | None
) -> Taint | None:
    """The first argument given that comes from where it may not; arguments the tool does not know are not its
    business."""
    given = [name for name in takes.model_fields if arguments.get(name) is not None]
    for name in given:
        source, accepted = (sources or {}).get(name), MAY_BE_FROM[role_of(takes, name)]
        if source is None or source not in accepted:
            return Taint(argument=name, source=source, accepted=tuple(sorted(accepted)))
    return None


def traced(arguments: Mapping[str, object], *, said: str, told: Iterable[str]) -> dict[str, Source]:
    """Where the arguments of a model's call come from: the operator's own words (`said`), else what tools have `told`.

    A value that is in neither has no source: a proposal made with it is refused. Numbers are known again however their
    thousands are parted; a date only as it is written, as whoever reckons with dates must be the core.
    """
    whence = ((Source.OPERATOR, _plain(said)), (Source.CORE, " ".join(map(_plain, told))))
    found = dict[str, Source]()
    for name, value in arguments.items():
        source = next((source for source, text in whence if _within(value, text)), None)
        if source is not None:
            found[name] = source
    return found


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", text).casefold()


def _within(value: object, text: str) -> bool:
    words = str(value).casefold().strip()
    return bool(words) and re.search(rf"(?<![\w.-]){re.escape(words)}(?![\w-]|\.\d)", text) is not None
