"""Days that stand apart from lines: for the whole order, for the lines below them, or for the line above."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from agents.order_intake.reading.dated import is_vague
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.prose import Event
from core.domain.intake.transcripts import Said, TranscribedLine, Unclear

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The day of the whole order, the lines with the days they got, and what is unclear about them."""

    requested: Said | None
    lines: tuple[TranscribedLine, ...]
    unclear: tuple[Unclear, ...]


def spread_days(page: Page, events: list[Event], lines: list[TranscribedLine]) -> Spread:
    """Gives days to lines by the order in which both are written. One day alone is for the whole order."""
    ordered = sorted(events, key=lambda event: event.at)
    days = [event for event in ordered if event.kind == "day" and event.day is not None]
    exact = [event for event in days if event.day and not is_vague(page.text[event.day.start : event.day.end])]
    if (
        exact
        and len(exact) < len(days)
        and len({page.text[one.day.start : one.day.end] for one in exact if one.day}) == 1
    ):
        days, ordered = exact, [event for event in ordered if event.kind == "line" or event in exact]
    sure = [event for event in days if not event.beside]
    if sure and len(sure) < len(days):
        days, ordered = sure, [event for event in ordered if event.kind == "line" or event in sure]
    if not days:
        return Spread(requested=None, lines=tuple(lines), unclear=())
    said = [page.said(event.day.start, event.day.end) for event in days if event.day]
    if len({_plain(one.text) for one in said}) == 1:
        return Spread(requested=said[0], lines=tuple(lines), unclear=())
    given = _in_turn(page, ordered, days, said)
    if given is not None:
        changed = [line if line.requested else replace(line, requested=given.get(at)) for at, line in enumerate(lines)]
        return Spread(requested=None, lines=tuple(changed), unclear=())
    quote = "; ".join(page.quote(one.start, one.end) for one in said[:4])
    why = f"{len(said)} dates, and it is not certain what each is for"
    return Spread(requested=None, lines=tuple(lines), unclear=(Unclear(field="requested", why=why, quote=quote),))


def _in_turn(page: Page, ordered: list[Event], days: list[Event], said: list[Said]) -> dict[int, Said] | None:
    """Days above groups of lines, below groups that stand apart, or below every line; None where none is so."""
    marks = ["day" if event.kind == "day" else "line" for event in ordered]
    if marks[0] == "day" and marks[-1] == "line" and all(event.opens for event in days):
        return _to_lines(ordered, days, said)
    if _closes_paragraphs(page, ordered) or marks == ["line", "day"] * len(days):
        return _to_lines(ordered[::-1], days, said)
    return None


def _to_lines(ordered: list[Event], days: list[Event], said: list[Said]) -> dict[int, Said]:
    """Every line with the day that came last before it."""
    given: dict[int, Said] = {}
    current: Said | None = None
    for event in ordered:
        if event.kind == "day":
            current = said[days.index(event)]
        elif current is not None:
            given[event.line] = current
    return given


def _closes_paragraphs(page: Page, ordered: list[Event]) -> bool:
    """Whether a day ends each paragraph that has lines, and stands in it alone."""
    for event, after in pairwise(ordered):
        apart = _BLANK_LINE.search(page.text, event.at, after.at) is not None
        if apart != (event.kind == "day") or (event.kind == after.kind == "day"):
            return False
    return ordered[0].kind == "line" and ordered[-1].kind == "day"


def _plain(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return digits or text.lower()
