"""A text cut into what belongs together: list lines, sentences, and prose that a mail program wrapped."""

import re
from collections.abc import Iterator

from agents.order_intake.reading.cells import Line, lines_of
from agents.order_intake.reading.grids import Grid
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.words import BULLET, DELIVERY
from agents.order_intake.values.languages import FUNCTION_WORDS

_WRAPPED = 55
_LONGEST = 1500
_LABEL = re.compile(r"^[ \t*-]*[^\W\d_][^:\n]{1,38}:(?:[ \t]|$)")
_ENDS = re.compile(r"[.!?;](?=[ \t\n]+[^\s])|[;](?=\S)")
_ABBREVIATION = re.compile(
    r"\b(?:no|nr|num|n|art|pos|stk|st|ca|approx|qty|ref|tel|bzw|inkl|incl|max|min|mr|mrs|ms|dr|z|b|u|a|d|h"
    r"|est|uds|ud|pcs|pc|pza|cant|qté|sr|sra|best|resp|evtl|del|liv|lev|lief|in|co|inc|ltd|vs|e\.g|i\.e|attn"
    r"|dept|p\.o|s\.a|po)$",
    re.IGNORECASE,
)


def segments_of(page: Page, grids: list[Grid]) -> list[tuple[int, int]]:
    """Stretches that are read one by one, in order, tables left out."""
    segments: list[tuple[int, int]] = []
    for start, end in _blocks(page, grids):
        for first, last in _sentences(page, start, end):
            segments.extend(_bounded(page, first, last))
    return segments


def _bounded(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that no sentence of a person is longer than, cut between marks."""
    while end - start > _LONGEST:
        cut = start + _LONGEST
        while cut < end and not (page.text[cut].isspace() and page.is_free(cut, cut + 1)):
            cut += 1
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _blocks(page: Page, grids: list[Grid]) -> Iterator[tuple[int, int]]:
    """Lines, joined where a long line goes on in the next."""
    inside = [
        line for line in lines_of(page.text) if not any(g.start <= line.start < max(g.end, g.start + 1) for g in grids)
    ]
    at = 0
    while at < len(inside):
        start, end = inside[at].start, inside[at].end
        while at + 1 < len(inside) and _goes_on(page, start, inside[at], inside[at + 1]):
            at += 1
            end = inside[at].end
        if page.text[start:end].strip():
            yield start, end
        at += 1


def _goes_on(page: Page, start: int, line: Line, following: Line) -> bool:
    if following.start != line.end + 1:
        return False
    words, more = page.text[line.start : line.end].rstrip(), page.text[following.start : following.end]
    if len(words) < _WRAPPED or not more.strip() or words[-1] in ".:;!?|" or "\t" in words or "|" in words:
        return False
    if BULLET.match(more) or _LABEL.match(more):
        return False
    return not (_is_whole(page, start, line.end) and _is_whole(page, following.start, following.end))


def _is_whole(page: Page, start: int, end: int) -> bool:
    """Whether a stretch names goods and has a number that may be their quantity."""
    goods = page.between(start, end, "code", "name")
    return bool(goods) and any(page.text[at].isdigit() and page.is_free(at, at + 1) for at in range(start, end))


def _sentences(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for found in _ENDS.finditer(page.text, start, end):
        at = found.start()
        if not page.is_free(at, at + 1) or (found[0] == "." and not _ends_here(page.text, first, at, end)):
            continue
        yield first, at + 1
        first = at + 1
    if page.text[first:end].strip():
        yield first, end


def _ends_here(text: str, first: int, at: int, end: int) -> bool:
    """Whether a full stop ends a sentence. After an abbreviation only a new sentence's first word says so; a number
    with a full stop that begins a line counts it."""
    if text[max(first, at - 3) : at] == "...":
        # Dots that lead from a word to its number end nothing.
        return False
    before = text[max(first, at - 12) : at]
    following = re.match(r"\s+([^\W\d_]+)", text[at + 1 : end])
    if _ABBREVIATION.search(before):
        word = following[1] if following else ""
        return bool(word[:1].isupper() and (word.lower() in FUNCTION_WORDS or DELIVERY.match(word)))
    return not text[first:at].strip().isdigit()


_COUNTED = re.compile(r"[ \t|]*(?P<number>\d{1,4})(?:[ \t]{2,}|[ ]?[|;\t][ ]?|[ ](?=[A-Za-z]{1,4}-?\d))(?=[^\s|])")


def counted_lines(page: Page) -> dict[int, tuple[int, int]]:
    """Lines that follow each other and begin with 1, 2, 3 or 10, 20, 30: the numbers count them and nothing else."""
    counted: dict[int, tuple[int, int]] = {}
    run: list[tuple[int, int, int, int]] = []
    for line in [*lines_of(page.text), Line(len(page.text), len(page.text))]:
        found = _COUNTED.match(page.text, line.start, line.end)
        span = found.span("number") if found and page.is_free(*found.span("number")) else None
        number = int(page.text[slice(*span)]) if span else 0
        if span and (not run or number - run[-1][1] == run[0][1]) and (run or number in {1, 10}):
            run.append((line.start, number, *span))
            continue
        if len(run) > 1:
            counted |= {start: (first, last) for start, _, first, last in run}
        run = [(line.start, number, *span)] if span and number in {1, 10} else []
    return counted
