"""Days said of goods that were ordered elsewhere in a letter: "the valves on December 4, the skid by January 15"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from agents.order_intake.reading.page import Mark, Page
from core.domain.intake.item_words import code_key, words_of
from core.domain.intake.transcripts import TranscribedLine

_REST = re.compile(
    r"\b(?:(?:the |all )?(?:rest|remainder|balance|others?)|everything else|all else|der rest"
    r"|die (?:übrigen|restlichen)|alles (?:andere|übrige)|le reste|les autres|el resto|l[oa]s? demás|de rest"
    r"|(?:het|de) overige)\b",
    re.IGNORECASE,
)
_PARTS = frozenset({"kit", "actuator", "actuated"})
"""Words that make other goods of the ones beside them: a kit for valves is no valve."""


_ARTICLED = re.compile(
    r"(?:the|those|these|our|die|den|der|das|les|la|le|las|los|el|de|het)[ ](?P<words>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})",
    re.IGNORECASE,
)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    """Goods that a stretch names, by a code or by the words of some lines, or all the other goods."""

    at: int
    code: str = ""
    words: frozenset[str] = frozenset()
    rest: bool = False


def days_of_lines(
    page: Page, stretches: Sequence[Span], lines: Sequence[TranscribedLine]
) -> tuple[dict[int, Mark], list[Span]]:
    """The day of each line that one is said of in stretches without quantities, and those stretches; none at all where
    any of the goods there is no line, or is said twice."""
    known = frozenset(word for line in lines if line.description for word in words_of(line.description.text))
    said = [(span, groups) for span in stretches if (groups := _groups(page, span, known))]
    found: dict[int, Mark] = {}
    rests: list[Mark] = []
    for things, day in (group for _, groups in said for group in groups):
        rests += [day for one in things if one.rest]
        for thing in (one for one in things if not one.rest):
            meant = [at for at, line in enumerate(lines) if _is_of(thing, line)]
            if not meant or any(at in found or lines[at].requested is not None for at in meant):
                return {}, []
            found |= dict.fromkeys(meant, day)
    left = [at for at in range(len(lines)) if at not in found]
    if len(rests) > 1 or (rests and (not left or not found or any(lines[at].requested for at in left))):
        return {}, []
    return found | (dict.fromkeys(left, rests[0]) if rests else {}), [span for span, _ in said]


def _groups(page: Page, span: Span, known: frozenset[str]) -> list[tuple[list[_Thing], Mark]]:
    """The days of a stretch, each with the goods before it or after it; none where that is open."""
    days = page.between(*span, "day")
    things = _things(page, span, known)
    ordered: list[_Thing | Mark] = sorted(
        [*things, *days], key=lambda one: one.at if isinstance(one, _Thing) else one.start
    )
    if not days or not things or isinstance(ordered[0], Mark) == isinstance(ordered[-1], Mark):
        return []
    groups: list[tuple[list[_Thing], Mark]] = []
    waiting: list[_Thing] = []
    for one in ordered if isinstance(ordered[-1], Mark) else reversed(ordered):
        if isinstance(one, _Thing):
            waiting.append(one)
        elif not waiting:
            return []
        else:
            groups.append((waiting, one))
            waiting = []
    return groups


def _things(page: Page, span: Span, known: frozenset[str]) -> list[_Thing]:
    text = page.text
    found = [_Thing(at=one.start(), rest=True) for one in _REST.finditer(text, *span)]
    for one in page.between(*span, "code", "name"):
        said = text[one.start : one.end]
        found.append(_Thing(at=one.start, code=code_key(said)) if one.kind == "code" else _named(one.start, said))
    for one in _ARTICLED.finditer(text, *span):
        first = one["words"].split()[0]
        if page.is_free(one.start("words"), one.start("words") + len(first)):
            said = takewhile(lambda word: words_of(word) & known, one["words"].split())
            found.append(_named(one.start("words"), " ".join(said)))
    return [one for one in found if one.code or one.words or one.rest]


def _named(at: int, said: str) -> _Thing:
    return _Thing(at=at, words=words_of(said))


def _is_of(thing: _Thing, line: TranscribedLine) -> bool:
    if thing.code:
        return line.item is not None and code_key(line.item.text) == thing.code
    words = words_of(line.description.text) if line.description else frozenset[str]()
    return thing.words <= words and (words & _PARTS) <= thing.words
