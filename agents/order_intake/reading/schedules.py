"""Deliveries of one item on several days: rows of a day and a number, below the item, beside it in the subject or
above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, groupby

from agents.order_intake.reading.counts import Count, counts_in
from agents.order_intake.reading.dated import is_vague
from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.pairing import Named, goods_named, with_codes
from agents.order_intake.reading.single_ones import usable
from agents.order_intake.reading.words import POSITION
from agents.order_intake.values.calendar_words import MONTH
from agents.order_intake.values.numbers import Habits, read_number
from agents.order_intake.values.units import UNIT_WORDS

_FAR = 6
_TWO_WAYS = re.compile(rf"(?<!\d)\d{{1,2}}[ ]{MONTH}\.?[ ]\d{{1,2}}(?!\d)", re.IGNORECASE)
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|ème|e|er|re|ère|º|ª|ste|de)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_ALLOWED_WORDS = (
    "a again an and another balance by call calloff cw date day deliver delivered delivery deliveries drop due"
    " each expected final first for fourth in initial last lot more needed of off on part partial pcs plus"
    " quantity qty release remaining remainder required requested rest schedule second send ship shipment shipping"
    " site the then third to wanted week wc wk abruf abrufe am anliefern anlieferung auf bis dann datum den der"
    " die dem erste ersten zweite zweiten dritte dritten vierte vierten je kw kalenderwoche liefern liefermenge"
    " liefertermin lieferung letzte los menge nochmal nochmals noch per spätestens teil teillieferung termin und"
    " weitere woche zum zur appel de des dernier dernière deuxième du encore et la le les livraison livrer pour"
    " première premier puis quantité qté reste semaine sem troisième à au cantidad cant del día el en entrega"
    " entregar envío fecha las luego lote más para por primera primer segunda segundo tercera tercer semana última"
    " resto y afroep aantal dan deel deellevering derde eerste het laatste levering leveren nog op partij tweede"
    " vierde uiterlijk van voor"
)
_ALLOWED = frozenset(_ALLOWED_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """One row: how many on which day, of which goods, which may stand on another page."""

    count: Count
    day: Mark
    goods: Named
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The rows by where they begin, and the stretches of the goods whose quantities are in the rows; a total that is
    no sum of them is named with the stretch that has it."""

    drops: dict[int, Drop] = field(default_factory=dict[int, Drop])
    goods: frozenset[int] = frozenset()
    totals: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    at: int
    start: int
    end: int
    day: Mark
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Goods that rows may be of: the stretch they are named in, and their quantity there."""

    start: int
    end: int
    goods: Named
    page: Page
    count: Count | None
    dated: bool


def schedules_of(page: Page, spans: Sequence[tuple[int, int]], habits: Habits, subject: Page | None) -> Schedule:
    """What stands in rows of a day and a number, where it is certain which goods each is of."""
    drops: dict[int, Drop] = {}
    goods: set[int] = set()
    totals: list[tuple[int, int, str]] = []
    rows = [row for at, (start, end) in enumerate(spans) if (row := _row(page, at, start, end))]
    for block in _blocks(rows):
        counts = _column(page, block, habits)
        head = _head(page, spans, block, subject) if counts else None
        if head is None:
            continue
        if head.count is not None and not head.dated:
            total, said = _value(page, head.count, habits), sum(_value(page, one, habits) for one in counts)
            if total != said:
                totals.append((head.start, head.end, f"the deliveries come to {said:f}, not to {total:f}"))
            page.explain(head.count.start, head.count.end)
        if head.page is page and not head.dated:
            goods.add(head.start)
        for row, count in zip(block, counts, strict=True):
            drops[row.start] = Drop(count=count, day=row.day, goods=head.goods, page=head.page)
            page.explain(row.start, row.end)
    return Schedule(drops=drops, goods=frozenset(goods), totals=tuple(totals))


def _row(page: Page, at: int, start: int, end: int) -> _Row | None:
    position = POSITION.match(page.text, start, end)
    begin = position.end() if position and page.is_free(*position.span()) else start
    marks = page.between(begin, end)
    days = [one for one in marks if one.kind == "day"]
    told = [one for one in marks if one.kind != "day"]
    if len(days) != 1 or is_vague(page.text[days[0].start : days[0].end]):
        return None
    if any(one.kind != "told" or not _ORDINAL.fullmatch(page.text, one.start, one.end) for one in told):
        return None
    counts = tuple(counts_in(page, begin, end))
    if not counts or (_TWO_WAYS.search(page.text, begin, end) and not any(one.unit for one in counts)):
        return None
    return _Row(at=at, start=start, end=end, day=days[0], counts=counts) if _only(page, begin, end, marks) else None


def _only(page: Page, start: int, end: int, marks: Sequence[Mark]) -> bool:
    """Whether a row says nothing else: its other words are of deliveries, days or units."""
    words = _WORD.finditer(page.text, start, end)
    return all(
        word[0].lower() in _ALLOWED or word[0].lower() in UNIT_WORDS
        for word in words
        if not any(one.start < word.end() and word.start() < one.end for one in marks)
    )


def _blocks(rows: Sequence[_Row]) -> Iterator[tuple[_Row, ...]]:
    for _, block in groupby(enumerate(rows), key=lambda one: one[1].at - one[0]):
        yield tuple(row for _, row in block)


def _column(page: Page, block: Sequence[_Row], habits: Habits) -> tuple[Count, ...]:
    """The numbers of the rows that are quantities: without those that count the rows, or add up the quantities."""
    widths = {len(row.counts) for row in block}
    if len(widths) != 1:
        return ()
    columns = [tuple(row.counts[at] for row in block) for at in range(widths.pop())]
    values = [tuple(_value(page, one, habits) for one in column) for column in columns]
    counting = tuple(Decimal(at) for at in range(1, len(block) + 1))
    if len(block) > 1:
        bare = [not any(one.strong for one in column) and column[0].end <= block[0].day.start for column in columns]
        kept = [at for at, column in enumerate(values) if not (bare[at] and column == counting)]
        sums = [tuple(accumulate(values[at])) for at in kept]
        kept = [at for at in kept if values[at] not in sums]
    else:
        kept = list(range(len(columns)))
    return columns[kept[0]] if len(kept) == 1 else ()


def _value(page: Page, count: Count, habits: Habits) -> Decimal:
    value = read_number(page.text[slice(*count.value)], page.language, habits)
    return value if isinstance(value, Decimal) else Decimal(-1)


def _head(page: Page, spans: Sequence[tuple[int, int]], block: Sequence[_Row], subject: Page | None) -> _Head | None:
    """The goods above the rows; else those of the subject; else the only ones of the page, below."""
    first, last = block[0].at, block[-1].at
    for at in range(first - 1, max(-1, first - 1 - _FAR), -1):
        found = _heads(page, *spans[at])
        if found:
            return found[0] if len(found) == 1 else None
    if any(_heads(page, *span) for span in spans[:first]):
        return None
    below = [head for span in spans[last + 1 :] for head in _heads(page, *span)]
    in_subject = _heads(subject, 0, len(subject.text)) if subject else []
    if len(in_subject) == 1 and not below:
        return in_subject[0]
    return below[0] if len(below) == 1 and not below[0].count and not in_subject else None


def _heads(page: Page, start: int, end: int) -> list[_Head]:
    named = goods_named(page, start, end)
    counts = usable(page, named, counts_in(page, start, end)) if named else []
    known = [one for one in with_codes(page, named, counts or _ONE) if not _is_guess(page, one)]
    dated = bool(page.between(start, end, "day"))
    count = counts[0] if len(counts) == 1 else None
    heads = [_Head(start=start, end=end, goods=one, page=page, count=count, dated=dated) for one in known]
    return heads if len(counts) < 2 else heads * 2


_ONE = [Count(start=0, end=0, value=(0, 0), unit=None, strong=False, labelled=False)]


def _is_guess(page: Page, named: Named) -> bool:
    return named.code is not None and named.name is None and named.code.start in page.guessed
