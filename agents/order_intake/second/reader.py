"""Reading a letter again: for the words of each line a quantity and a day of the second reader's own, and what the
first one may have left out or not seen."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from agents.order_intake.second.besides import besides, explained_of, unread_codes
from agents.order_intake.second.counts import numbers_left, quantity_in
from agents.order_intake.second.days import SeenDay
from agents.order_intake.second.orders import OrderText, order_numbers
from agents.order_intake.second.pages import Region, SecondPage, pages_of, region_of
from agents.order_intake.second.places import places_named
from agents.order_intake.second.tables import quantity_of_table_row
from agents.order_intake.second.words import PACKS
from core.domain.intake.letters import Letter
from core.domain.intake.readings import SecondLine, SecondReading
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript
from core.domain.intake.vocabulary import Vocabulary

LONGEST_REGION = 3000
_SAYS_NOTHING = "the second reader sees no number that can only be the quantity"
_PACKED = re.compile(rf"(?:^|\t|\||;|  )[ ]*(?:{PACKS})[ ]*(?=$|\t|\||;|  )")
_LEADS_ON = re.compile(r"(?:[,;+&]|(?<!\w)(?:and|und|et|y|en|plus|sowie))[ ][^,;\n]{1,30}$")
Days = tuple[date, date]


def read_again(letter: Letter, transcript: Transcript, vocabulary: Vocabulary, *, as_of: date) -> SecondReading:
    """What the second reader makes of a letter. Of the first one's answer it only takes where each line stands."""
    pages = pages_of(letter, transcript, vocabulary, as_of=as_of)
    goods = Counter(_goods(line) for line in transcript.lines)
    regions = _apart([region_of(line, pages, shared=goods[_goods(line)] > 1) for line in transcript.lines], pages)
    numbered = _numbered(regions, pages)
    turns = _in_blocks(transcript.lines, regions, pages) | _in_turn(regions, pages)
    lines = tuple(
        _line(region, line, pages, numbered=numbered, turn=turns.get(at))
        for at, (region, line) in enumerate(zip(regions, transcript.lines, strict=True))
    )
    missed, conflicts = besides(letter, transcript, regions, lines, pages)
    whole = _whole_days(pages, regions) if transcript.requested is not None else None
    numbers = order_numbers(
        OrderText(source=page.document.source, written=page.text, marked=page.without_goods, blanked=page.numbered)
        for page in pages.values()
    )
    explained = explained_of(transcript, regions, lines, pages, orders=numbers.orders, numbered=numbered)
    return SecondReading(
        lines=lines,
        requested=whole[0] if whole else None,
        until=whole[1] if whole else None,
        missed=tuple(dict.fromkeys((*missed, *unread_codes(transcript, pages)))),
        conflicts=conflicts,
        explained=explained.rows,
        paying=explained.paying,
        papers=explained.papers,
        places=tuple(dict.fromkeys(one for page in pages.values() for one in places_named(page.text, page.folded))),
        orders=numbers.orders,
        stray=numbers.stray,
        order=numbers.written,
    )


def _goods(line: TranscribedLine) -> tuple[str, int]:
    """Where the goods of a line are named."""
    said = line.item or line.description
    return (said.source, said.start) if said else ("", 0)


def _apart(regions: Sequence[Region | None], pages: dict[str, SecondPage]) -> list[Region | None]:
    """The same, where lines share a row each with its own part of it: up to the words of its neighbours, and to a
    number that leads to them ("sixteen GV-02 and a dozen RK-03")."""
    known = [region for region in regions if region is not None]

    def own(region: Region) -> Region:
        others = [one for one in known if one is not region and one.source == region.source]
        start = max([region.start, *(one.last for one in others if one.last <= region.first)])
        end = min([region.end, *(one.first for one in others if one.first >= region.last)])
        if end < region.end:
            leads = _LEADS_ON.search(pages[region.source].blanked, region.last, end)
            end = leads.start() if leads else end
        return replace(region, start=start, end=end)

    return [None if region is None else own(region) for region in regions]


def _in_turn(regions: Sequence[Region | None], pages: dict[str, SecondPage]) -> dict[int, Days]:
    """The days of lines that stand in one row, where days and lines take turns in it and each has one."""
    rows: dict[tuple[str, int], list[int]] = {}
    for at, region in enumerate(regions):
        if region is not None:
            rows.setdefault((region.source, pages[region.source].rows_of(region.first, region.first)[0]), []).append(at)
    found: dict[int, Days] = {}
    for (source, start), lines in rows.items():
        end = pages[source].rows_of(start, start)[1]
        days = [one for one in pages[source].days if start <= one.start < end and not one.written]
        places = [(region.first, at) for at in lines if (region := regions[at]) is not None and region.last <= end]
        turns = sorted([*((place, 0, at) for place, at in places), *((one.start, 1, 0) for one in days)])
        kinds = [kind for _, kind, _ in turns]
        if len(places) > 1 and len(places) == len(days) and kinds in ([0, 1] * len(days), [1, 0] * len(days)):
            found |= {at: (day.day, day.last) for (_, at), day in zip(sorted(places), days, strict=True)}
    return found


def _in_blocks(
    lines: Sequence[TranscribedLine], regions: Sequence[Region | None], pages: dict[str, SecondPage]
) -> dict[int, Days]:
    """The days of lines that are blocks of several rows, each with a row of its own for the one day in it, which may
    be called no more than a date."""
    found: dict[int, Days] = {}
    for at, (line, region) in enumerate(zip(lines, regions, strict=True)):
        following = regions[at + 1] if at + 1 < len(regions) else None
        if region is None or line.requested is None or line.requested.source != region.source:
            return {}
        page = pages[region.source]
        upto = following.first if following is not None else len(page.text)
        start, end = page.rows_of(line.requested.start, line.requested.end)
        days = [one for one in page.days if start <= one.start < end]
        if not region.last < start < upto or len(days) != 1:
            return {}
        found[at] = (days[0].day, days[0].last)
    return found if len(found) > 1 else {}


def _numbered(regions: Sequence[Region | None], pages: dict[str, SecondPage]) -> bool:
    """Whether the rows of the lines begin with numbers that count them, and each has another number."""
    firsts: list[int] = []
    for region in regions:
        if region is None:
            return False
        page = pages[region.source]
        row = page.blanked[page.text.rfind("\n", 0, region.first) + 1 : region.end]
        lead = row.split(None, 1)[0] if row.strip() else ""
        if not lead.isdecimal() or len(numbers_left(row)) < 2:
            return False
        firsts.append(int(lead))
    return len(firsts) > 1 and firsts == [firsts[0] * at for at in range(1, len(firsts) + 1)]


def _line(
    region: Region | None,
    line: TranscribedLine,
    pages: dict[str, SecondPage],
    *,
    numbered: bool,
    turn: Days | None,
) -> SecondLine:
    if region is None:
        return SecondLine(why="the second reader does not find the line")
    page = pages[region.source]
    quantity = None if _in_packs(page, region, line) else _quantity(page, region, numbered=numbered)
    days = turn or _days_of(line.requested, region, pages)
    return SecondLine(
        quantity=quantity,
        requested=days[0] if days else None,
        until=days[1] if days else None,
        why="" if quantity is not None else _SAYS_NOTHING,
    )


def _in_packs(page: SecondPage, region: Region, line: TranscribedLine) -> bool:
    """Whether a cell of the line's row is a kind of pack, and the first reader read no unit."""
    row = page.folded[region.start : region.end]
    return line.unit is None and _PACKED.search(row) is not None


def _quantity(page: SecondPage, region: Region, *, numbered: bool) -> Decimal | None:
    if region.end - region.start > LONGEST_REGION:
        return None
    in_table, quantity = quantity_of_table_row(page.document, region.start, region.end)
    if in_table:
        return quantity
    whole_row = page.text.rfind("\n", 0, region.start) + 1 == region.start
    text = page.blanked[region.start : region.end]
    return quantity_in(text, language=page.language, positions=numbered and whole_row)


def _days_of(said: Said | None, region: Region, pages: dict[str, SecondPage]) -> Days | None:
    """The days of a line: those in its own words, else of the rows its day was read in, if no other rows with days
    stand between them. A line whose day was read nowhere has those in its own words, if any."""
    page = pages[region.source]
    inside = _wanted_days(one for one in page.days if region.start <= one.start < region.end)
    if len(inside) == 1:
        return inside[0]
    if inside or said is None or said.source not in pages:
        return None
    there = pages[said.source]
    start, end = there.rows_of(said.start, said.end)
    found = _wanted_days(one for one in there.days if start <= one.start < end)
    low, high = sorted(((region.start, region.end), (start, end)))
    between = [one for one in there.days if low[1] <= one.start < high[0] and not one.written]
    return found[0] if len(found) == 1 and not between else None


def _wanted_days(found: Iterable[SeenDay]) -> list[Days]:
    return _different([one for one in found if not one.written])


def _different(days: Sequence[SeenDay]) -> list[Days]:
    """The different days of some; as soon as possible says nothing beside a date."""
    dated = [one for one in days if not one.soonest]
    return sorted({(one.day, one.last) for one in (dated or days)})


def _whole_days(pages: dict[str, SecondPage], regions: Sequence[Region | None]) -> Days | None:
    """The day of the whole order: of the rows of no line, the one that says when goods are wanted, else the only."""
    every = [(page, one) for page in pages.values() for one in page.days if not one.written]
    outside = [
        one
        for page, one in every
        if not any(r and r.source == page.document.source and r.start <= one.start < r.end for r in regions)
    ]
    whole = [one for _, one in every]
    for chosen in ([one for one in outside if one.wanted], [one for one in whole if one.wanted], outside, whole):
        if chosen:
            found = _different(chosen)
            return found[0] if len(found) == 1 else None
    return None
