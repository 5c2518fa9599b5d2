"""Reading a letter again: for the words of each line a quantity and a day of the second reader's own, and what the
first one may have left out or not seen."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from agents.order_intake.second.counts import counts_something, quantity_of_cells, quantity_of_row
from agents.order_intake.second.days import SeenDay, days_seen
from core.domain.intake.letters import Document, Letter
from core.domain.intake.readings import SecondLine, SecondReading
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript
from core.domain.intake.vocabulary import Vocabulary

LONGEST_QUOTE = 120
MOST_ROWS_APART = 300
_BODIES = ("body", "attachment:")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """The rows of a document one line was read from; `first` and `last` are where its own words begin and end."""

    source: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    source: str
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_again(letter: Letter, transcript: Transcript, vocabulary: Vocabulary, *, as_of: date) -> SecondReading:
    """What the second reader makes of a letter. Of the first one's answer it only takes where each line stands."""
    documents = {one.source: one for one in letter.documents}
    codes = _codes(vocabulary, letter)
    days = {source: days_seen(one.text, language=transcript.language, as_of=as_of) for source, one in documents.items()}
    regions = _apart([_region(line, documents) for line in transcript.lines])
    lines = tuple(
        _line(region, line, documents, days, codes) for region, line in zip(regions, transcript.lines, strict=True)
    )
    missed, conflicts = _besides(letter, regions, lines, days, codes)
    return SecondReading(
        lines=lines, requested=_whole_day(transcript.requested, days, regions), missed=missed, conflicts=conflicts
    )


def _codes(vocabulary: Vocabulary, letter: Letter) -> tuple[str, ...]:
    """The known codes and numbers that are somewhere in the letter, the longest first."""
    text = "\n".join(one.text for one in letter.documents).casefold()
    known = vocabulary.item_codes | vocabulary.customer_numbers
    return tuple(sorted((code for code in known if code.casefold() in text), key=lambda code: (-len(code), code)))


def _region(line: TranscribedLine, documents: dict[str, Document]) -> _Region | None:
    spans = [one for one in (line.item, line.description, line.quantity) if one is not None]
    anchor = line.item or line.description or line.quantity
    if anchor is None or anchor.source not in documents:
        return None
    text = documents[anchor.source].text
    near = [one for one in spans if one.source == anchor.source and 0 <= one.start <= one.end <= len(text)]
    first = min((one.start for one in near), default=0)
    last = max((one.end for one in near), default=0)
    start, end = _rows_of(text, first, last)
    return _Region(source=anchor.source, start=start, end=end, first=first, last=last)


def _rows_of(text: str, first: int, last: int) -> tuple[int, int]:
    stop = text.find("\n", last)
    return text.rfind("\n", 0, first) + 1, stop if stop >= 0 else len(text)


def _apart(regions: Sequence[_Region | None]) -> list[_Region | None]:
    """The same, where lines share a row each with its own part of it: up to the words of its neighbours."""
    known = [region for region in regions if region is not None]

    def own(region: _Region) -> _Region:
        others = [one for one in known if one is not region and one.source == region.source]
        start = max([region.start, *(one.last for one in others if one.last <= region.first)])
        end = min([region.end, *(one.first for one in others if one.first >= region.last)])
        return replace(region, start=start, end=end)

    return [None if region is None else own(region) for region in regions]


def _line(
    region: _Region | None,
    line: TranscribedLine,
    documents: dict[str, Document],
    days: dict[str, tuple[SeenDay, ...]],
    codes: Sequence[str],
) -> SecondLine:
    if region is None:
        return SecondLine(why="the second reader does not find the line")
    document = documents[region.source]
    inside = [one for one in days[region.source] if region.start <= one.start < region.end]
    quantity = _quantity(document, region, inside, codes)
    why = "" if quantity is not None else "the second reader sees no number that can only be the quantity"
    return SecondLine(quantity=quantity, requested=_day_of(line.requested, documents, days), why=why)


def _day_of(said: Said | None, documents: dict[str, Document], days: dict[str, tuple[SeenDay, ...]]) -> date | None:
    """The one day in the rows in which a line's day was read, if they do not say that it is the letter's own."""
    if said is None or said.source not in documents:
        return None
    start, end = _rows_of(documents[said.source].text, said.start, said.end)
    found = {one.day for one in days[said.source] if start <= one.start < end and not one.written}
    return found.pop() if len(found) == 1 else None


def _quantity(document: Document, region: _Region, days: Iterable[SeenDay], codes: Sequence[str]) -> Decimal | None:
    text = document.text[region.start : region.end]
    cells = _cells(document, text) or _split_cells(document.text, region)
    if cells is not None:
        return quantity_of_cells(*cells)
    places = [(one.start - region.start, min(one.end, region.end) - region.start) for one in days]
    return quantity_of_row(text, named=codes, days=places)


def _cells(document: Document, row: str) -> tuple[list[str], list[str]] | None:
    """The row as cells with the header of its table, where it is one row of a table with a header."""
    for table in document.tables:
        header = list(table[0]) if table else []
        for cells in table[1:]:
            written = [cell.strip() for cell in cells if cell.strip()]
            if len(written) > 1 and all(cell in row for cell in written) and not _has_digits(header):
                return list(cells), header
    return None


def _split_cells(text: str, region: _Region) -> tuple[list[str], list[str]] | None:
    """The same for a row of text whose cells are kept apart by one character, under a row without numbers that has as
    many of them."""
    row = text[region.start : region.end]
    above = text[: region.start].rstrip("\n").split("\n")
    for mark in ("\t", "|", ";", ","):
        cells = row.strip().strip(mark).split(mark)
        if "\n" in row or len(cells) < 3:
            continue
        for line in reversed(above[-MOST_ROWS_APART:]):
            header = line.strip().strip(mark).split(mark)
            if len(header) == len(cells) and not _has_digits(header) and any(word.strip() for word in header):
                return cells, header
    return None


def _has_digits(cells: Iterable[str]) -> bool:
    return any(char.isdigit() for cell in cells for char in cell)


def _whole_day(
    said: Said | None, days: dict[str, tuple[SeenDay, ...]], regions: Sequence[_Region | None]
) -> date | None:
    """The day of the whole order: of the rows of no line, the one that says when goods are wanted, else the only."""
    if said is None:
        return None
    seen = [
        one
        for source, found in days.items()
        for one in found
        if not one.written and not any(r and r.source == source and r.start <= one.start < r.end for r in regions)
    ]
    every = {one.day for found in days.values() for one in found if not one.written}
    for chosen in ({one.day for one in seen if one.wanted}, {one.day for one in seen}, every):
        if chosen:
            return chosen.pop() if len(chosen) == 1 else None
    return None


def _besides(
    letter: Letter,
    regions: Sequence[_Region | None],
    lines: Sequence[SecondLine],
    days: dict[str, tuple[SeenDay, ...]],
    codes: Sequence[str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows that say an item or a number of units and belong to no line, and items of which two places say otherwise."""
    read: dict[str, set[Decimal | None]] = defaultdict(set)
    texts = {one.source: one.text for one in letter.documents}
    for region, line in zip(regions, lines, strict=True):
        if region is not None:
            for code in _named(texts[region.source][region.start : region.end], codes):
                read[code].add(line.quantity)
    missed: list[str] = []
    conflicts: list[str] = []
    for row in _rows(letter):
        if any(r and r.source == row.source and r.start < row.end and row.start < r.end for r in regions):
            continue
        named = _named(row.text, codes)
        inside = [one for one in days[row.source] if row.start <= one.start < row.end]
        places = [(one.start - row.start, min(one.end, row.end) - row.start) for one in inside]
        quantity = quantity_of_row(row.text, named=codes, days=places)
        if not named:
            missed += [_short(row.text)] if counts_something(row.text) else []
        elif not all(code in read for code in named):
            missed.append(_short(row.text))
        elif quantity is not None and any(quantity not in read[code] for code in named):
            conflicts.append(f"{named[0]} is also in {row.source} with another quantity: {_short(row.text)!r}")
    return tuple(dict.fromkeys(missed)), tuple(dict.fromkeys(conflicts))


def _named(text: str, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text, re.IGNORECASE)]


def _rows(letter: Letter) -> Iterable[_Row]:
    for document in letter.documents:
        if not document.source.startswith(_BODIES):
            continue
        start = 0
        for text in document.text.split("\n"):
            if text.strip():
                yield _Row(source=document.source, start=start, text=text)
            start += len(text) + 1


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[: LONGEST_QUOTE - 1]}…"
