"""What stands beside the lines: rows that are no line, places that say otherwise, and numbers that are no counts."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agents.order_intake.second.counts import counts_something, numbers_left, quantity_in
from agents.order_intake.second.idle import idle
from agents.order_intake.second.masks import DAYS, ITEM, OTHER_TERMS
from agents.order_intake.second.more import more_wanted
from agents.order_intake.second.pages import Region, SecondPage, code_key
from agents.order_intake.second.words import GOODS
from core.domain.intake.letters import Letter
from core.domain.intake.readings import SecondLine
from core.domain.intake.transcripts import Transcript

LONGEST_QUOTE = 120
_GOODS = re.compile(rf"(?<!\w)(?:{GOODS})(?!\w)")
_BODIES = ("body", "attachment:")


def besides(
    letter: Letter,
    transcript: Transcript,
    regions: Sequence[Region | None],
    lines: Sequence[SecondLine],
    pages: Mapping[str, SecondPage],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows that say an item or a number of units and belong to no line, and items of which two places say otherwise."""
    read = _totals_above(transcript, regions, lines)
    for region, line in zip(regions, lines, strict=True):
        if region is not None:
            for key in _keys(pages[region.source], region.start, region.end):
                read[key].add(line.quantity)
    missed: list[str] = []
    conflicts: list[str] = []
    for page in (pages[one.source] for one in letter.documents if one.source.startswith(_BODIES)):
        source = page.document.source
        taken = [(one.start, one.end) for one in regions if one and one.source == source]
        for start, end in more_wanted(page.blanked, page.folded, language=page.language):
            missed.append(_short(page.text[slice(*page.rows_of(start, end))]))
        for start, end in page.rows():
            if not any(first < end and start < last for first, last in taken):
                _row(page, start, end, read, missed, conflicts)
    return tuple(dict.fromkeys(missed)), tuple(dict.fromkeys(conflicts))


def _totals_above(
    transcript: Transcript, regions: Sequence[Region | None], lines: Sequence[SecondLine]
) -> dict[str, set[Decimal | None]]:
    """How many there are in all of goods that are named outside the rows of their lines, as above a schedule."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for written, region, line in zip(transcript.lines, regions, lines, strict=True):
        said = written.item
        if said and region and not (region.source == said.source and region.start <= said.start < region.end):
            totals[code_key(said.text)] += line.quantity or Decimal(0)
    return defaultdict(set, {key: {total} for key, total in totals.items()})


def _row(
    page: SecondPage,
    start: int,
    end: int,
    read: Mapping[str, set[Decimal | None]],
    missed: list[str],
    conflicts: list[str],
) -> None:
    """Adds what a row of no line says to what was missed, or to what says otherwise than a line."""
    codes, row = [one for one in page.codes if start <= one.start < end], _short(page.text[start:end])
    if not codes:
        missed += [row] if counts_something(page.blanked[start:end], language=page.language) else []
    elif not all(one.key in read for one in codes):
        missed.append(row)
    else:
        quantity = quantity_in(page.blanked[start:end], language=page.language)
        if quantity is not None and any(quantity not in read[one.key] for one in codes):
            code = page.text[codes[0].start : codes[0].end]
            conflicts.append(f"{code} is also in {page.document.source} with another quantity: {row!r}")


def unread_codes(transcript: Transcript, pages: Mapping[str, SecondPage]) -> tuple[str, ...]:
    """Rows with codes that no line is of, though a line was read from the same row."""
    items = {code_key(said.text) for line in transcript.lines for said in (line.item, line.description) if said}
    found: list[str] = []
    for source, page in pages.items():
        if not source.startswith(_BODIES):
            continue
        taken = [
            (said.start, said.end)
            for line in transcript.lines
            for said in (line.item, line.description)
            if said and said.source == source
        ]
        for code in page.codes:
            inside = any(start <= code.start and code.end <= end for start, end in taken)
            if not inside and code.key not in items:
                found.append(_short(page.text[slice(*page.rows_of(code.start, code.end))]))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Words the first reader found unclear: those whose numbers are no counts that were left out (`rows`), those that
    are so if invoices are due after so many days (`paying`), and those that only name papers (`papers`)."""

    rows: tuple[str, ...]
    paying: tuple[tuple[str, int], ...]
    papers: tuple[str, ...]


def explained_of(
    transcript: Transcript,
    regions: Sequence[Region | None],
    lines: Sequence[SecondLine],
    pages: Mapping[str, SecondPage],
    *,
    orders: Sequence[str],
    numbered: bool,
) -> Explained:
    """Of the words that the first reader found unclear, those that mean nothing for the lines; rows of lines that are
    `numbered` begin with no count."""
    rows: list[str] = []
    paying: list[tuple[str, int]] = []
    papers: list[str] = []
    for unclear in transcript.unclear:
        places = [(page, at) for page in pages.values() for at in _places(page, unclear.quote)]
        if not unclear.quote or not places or unclear.line is not None:
            continue
        if unclear.field == "text":
            left = [_left(page, at, regions, lines, numbered=numbered, orders=orders) for page, at in places]
            if not any(left):
                rows.append(unclear.quote)
            elif all(_is_paying(page, at, left[0]) for page, at in places) and len({*map(tuple, left)}) == 1:
                paying.append((unclear.quote, int(left[0][0])))
        elif unclear.field == "quantity" and all(_names_papers(page, at, unclear.quote, orders) for page, at in places):
            papers.append(unclear.quote)
    return Explained(rows=tuple(rows), paying=tuple(paying), papers=tuple(papers))


def _left(
    page: SecondPage,
    at: int,
    regions: Sequence[Region | None],
    lines: Sequence[SecondLine],
    *,
    numbered: bool,
    orders: Sequence[str],
) -> tuple[Decimal, ...]:
    """The numbers of the rows at a place that are no counts of lines there and have no other meaning."""
    start, end = page.rows_of(at, at)
    counts = Counter(
        line.quantity or Decimal(0)
        for region, line in zip(regions, lines, strict=True)
        if region and region.source == page.document.source and region.start < end and start < region.end
    )
    row = idle(page.blanked[start:end], page.folded[start:end], orders=orders)
    if numbered and counts:
        row = row.lstrip().lstrip("0123456789")
    left = Counter(numbers_left(row))
    return tuple((left - counts).elements())


def _is_paying(page: SecondPage, at: int, left: tuple[Decimal, ...]) -> bool:
    """Whether one number is left, and it is that of the days after which is paid."""
    if len(left) != 1 or left[0] < 1:
        return False
    start, end = page.rows_of(at, at)
    days = re.compile(rf"(?<!\d){int(left[0])}[ ]?(?:{DAYS})(?!\w)")
    return days.search(page.blanked[start:end]) is not None and not OTHER_TERMS.search(page.folded[start:end])


def _names_papers(page: SecondPage, at: int, quote: str, orders: Sequence[str]) -> bool:
    """Whether words have numbers, all of them of orders and other papers, and say nothing of goods."""
    stretch, plain = page.numbered[at : at + len(quote)], page.folded[at : at + len(quote)]
    if not re.search(r"\d", plain) or _GOODS.search(plain):
        return False
    codes = [code_key(found[0]) for found in re.finditer(r"[\w./-]*\d[\w./-]*", stretch)]
    inside = any(at <= code.start < at + len(quote) for code in page.codes)
    return not inside and ITEM not in stretch and all(code in orders for code in codes)


def _places(page: SecondPage, quote: str) -> list[int]:
    at, found = page.text.find(quote), list[int]()
    while at >= 0 and len(found) < 20:
        found.append(at)
        at = page.text.find(quote, at + len(quote))
    return found


def _keys(page: SecondPage, start: int, end: int) -> list[str]:
    return [one.key for one in page.codes if start <= one.start < end]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[: LONGEST_QUOTE - 1]}…"
