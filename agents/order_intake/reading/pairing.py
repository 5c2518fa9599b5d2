"""Which quantity, day and price belong to which goods of a sentence; where two ways are possible, nobody chooses."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from agents.order_intake.reading.counts import Count
from agents.order_intake.reading.dated import exact_ones
from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.wishes import the_wished
from agents.order_intake.reading.words import DELIVERY, EACH
from agents.order_intake.values.languages import FUNCTION_WORDS
from agents.order_intake.values.numbers import read_number

_SAME_THING = re.compile(
    r"(?!.*(?:\b(?:and|plus|und|sowie|et|y|e|en|or|oder|ou|o|of|also|then|auch|ook|aussi|además|with|mit|avec|con|met"
    r"|for|für|pour|para|voor)\b|[;!?\d\n+&]|[.:][ ]+[^\W\d_]{4}))(?!.*,.*,)[^|\t]{0,60}",
    re.IGNORECASE,
)
"""What may stand between the words for goods and their code: nothing that counts, adds or begins anything else."""
_LONGEST_ASIDE = 60


@dataclass(slots=True, kw_only=True)
class Named:
    """Goods named in a sentence: by a code, by words, or both."""

    start: int
    end: int
    code: Mark | None = None
    name: Mark | None = None
    codes: int = 0


@dataclass(slots=True, kw_only=True)
class Position:
    """What becomes a line of the order."""

    named: Named
    count: Count | None = None
    day: Mark | None = None
    price: Mark | None = None


@dataclass(slots=True, kw_only=True)
class Paired:
    """The positions of a sentence, and why it could not be taken apart in one way."""

    positions: list[Position] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def goods_named(page: Page, start: int, end: int) -> list[Named]:
    """The goods of a stretch; a code and the words beside it are one."""
    named: list[Named] = []
    for mark in page.between(start, end, "code", "name"):
        last = named[-1] if named else None
        if last and _is_same(page, last, mark):
            last.end = mark.end
            if mark.kind == "code":
                last.codes += last.code is not None
                last.code = last.code or mark
            else:
                last.name = last.name or mark
            continue
        is_code = mark.kind == "code"
        named.append(
            Named(start=mark.start, end=mark.end, code=mark if is_code else None, name=None if is_code else mark)
        )
    return named


def without_contexts(page: Page, named: list[Named], counts: list[Count]) -> list[Named]:
    """The goods that are ordered, where there are more than quantities: without those that only say what others are
    for ("10 repair kits RK-02 for the strainers")."""
    if not counts or len(named) <= len(counts):
        return named
    kept = [
        one
        for at, one in enumerate(named)
        if one.code is not None
        or not at
        or not _WHAT_FOR.search(page.text[max(0, one.start - 24) : one.start])
        or any(named[at - 1].end <= count.start < one.start for count in counts)
    ]
    return kept if len(kept) == len(counts) else named


_WHAT_FOR = re.compile(
    r"\b(?:for|für|zu|zum|zur|pour|para|voor)[ ](?:(?:the|those|these|our|your|that|this|den|die|das|der"
    r"|dem|unsere?[nrm]?|diese[nr]?|les?|la|nos|notre|ces|cette|los|las|el|nuestr[oa]s?|estos|estas|esos|esas|de"
    r"|het|onze|deze)[ ]){0,2}(?:[^\W\d_]+[ ])?$",
    re.IGNORECASE,
)


def with_codes(page: Page, named: list[Named], counts: list[Count]) -> list[Named]:
    """The goods, with words and a code as one where the same line says both ("ten gate valves in steel, our CAL-047"):
    where there are more goods than quantities, and nothing between the two counts, adds or begins anything else. That
    both mean one item is looked up later."""
    if not counts or len(named) <= len(counts):
        return named
    kept: list[Named] = []
    for one in named:
        last = kept[-1] if kept else None
        if last and _is_one_thing(page, last, one, counts):
            kept[-1] = replace(last, end=max(last.end, one.end), code=last.code or one.code, name=last.name or one.name)
            continue
        kept.append(one)
    return kept if len(kept) == len(counts) else named


def _is_one_thing(page: Page, one: Named, other: Named, counts: list[Count]) -> bool:
    gap = list(page.text[one.end : other.start])
    for size in page.between(one.end, other.start, "size"):
        gap[size.start - one.end : size.end - one.end] = " " * (size.end - size.start)
    if one.code is None and other.name is None:
        return _SAME_THING.fullmatch("".join(gap)) is not None
    if one.name is None and other.code is None:
        opens = page.text.rfind("(", one.end, other.start)
        closes = page.text.find(")", other.end, other.end + _LONGEST_ASIDE)
        inside = any(opens < count.start < closes for count in counts)
        for count in counts:
            if one.end <= count.start and count.end <= opens:
                gap[count.start - one.end : count.end - one.end] = " " * (count.end - count.start)
        before = "".join(gap[: max(0, opens - one.end)])
        return 0 <= opens < closes and not inside and _SAME_THING.fullmatch(before) is not None
    return False


def _is_same(page: Page, named: Named, mark: Mark) -> bool:
    gap = page.text[named.end : mark.start]
    if mark.kind == "name":
        return named.name is None and bool(re.fullmatch(r"[\s,:\-\u2013\u2014(|/]{0,5}", gap)) and "\n" not in gap
    if named.code is not None:
        return bool(
            re.fullmatch(
                r"[ ]?[(/=][ ]?(?:(?:your|our|ihre?|unsere?|votre|notre|su|uw|ons|item|part|art|ref|code|no"
                r"|nr)[.: ]*){0,3}",
                gap,
                re.IGNORECASE,
            )
        )
    return bool(
        re.fullmatch(
            r"[ \-\u2013\u2014(|/:\[,]{0,4}(?:(?:item|part|art(?:ikel|icle|ículo)?|code|código|ref|sku|no|nr|n°|nummer"
            r"|number|p/n)[.:# ]*){0,3}",
            gap,
            re.IGNORECASE,
        )
    ) and ("," not in gap or len(gap.strip()) > 1)


def pair(page: Page, start: int, end: int, named: list[Named], counts: list[Count]) -> Paired:
    """Positions of the goods named, each with its quantity, and days and prices where they belong to it."""
    paired = Paired()
    if not named:
        return paired
    if len(counts) == len(named):
        _in_step(page, named, counts, paired)
    elif len(counts) == 1 and len(named) > 1 and EACH.search(page.text, start, end):
        paired.positions = [Position(named=one, count=counts[0]) for one in named]
    elif len(named) == 1 and len(counts) > 1:
        _split(page, start, end, named[0], counts, paired)
    else:
        paired.positions = [Position(named=one) for one in named]
        if counts:
            paired.problems.append(("quantity", f"{len(counts)} quantities for {len(named)} items"))
    _give_days(page, start, end, paired)
    _give_prices(page, start, end, paired)
    return paired


def _in_step(page: Page, named: list[Named], counts: list[Count], paired: Paired) -> None:
    """Quantity before every item, or after every item; mixed orders can be read in two ways."""
    before = all(count.end <= goods.start for goods, count in zip(named, counts, strict=True))
    after = all(goods.end <= count.start for goods, count in zip(named, counts, strict=True))
    in_turn = all(
        (counts[at].start > named[at - 1].start) if before else (named[at].start > counts[at - 1].start)
        for at in range(1, len(named))
    )
    if ((before or after) and in_turn) or len(named) == 1:
        paired.positions = [Position(named=goods, count=count) for goods, count in zip(named, counts, strict=True)]
        return
    paired.positions = [Position(named=one) for one in named]
    paired.problems.append(("quantity", "it is not certain which quantity belongs to which item"))


def _split(page: Page, start: int, end: int, named: Named, counts: list[Count], paired: Paired) -> None:
    """Several quantities of one item are deliveries on several days, if each has its own day; the first may be their
    sum."""
    days = page.between(start, end, "day")
    if len(days) == len(counts) - 1 and _is_sum(page, counts):
        counts = counts[1:]
    in_turn = (
        len(days) == len(counts)
        and all(count.end <= day.start for count, day in zip(counts, days, strict=True))
        and all(days[at].end <= counts[at + 1].start for at in range(len(counts) - 1))
    )
    if not in_turn:
        days_first = len(days) == len(counts) and all(
            day.end <= count.start for count, day in zip(counts, days, strict=True)
        )
        in_turn = days_first and all(counts[at].end <= days[at + 1].start for at in range(len(counts) - 1))
    if in_turn:
        paired.positions = [
            Position(named=named, count=count, day=day) for count, day in zip(counts, days, strict=True)
        ]
        return
    paired.positions = [Position(named=named)]
    paired.problems.append(("quantity", f"{len(counts)} numbers beside one item"))


def _is_sum(page: Page, counts: list[Count]) -> bool:
    values = [read_number(page.text[slice(*one.value)], page.language) for one in counts]
    numbers = [one for one in values if isinstance(one, Decimal)]
    if len(numbers) < 3 or len(numbers) < len(values) or numbers[0] != sum(numbers[1:]):
        return False
    page.explain(counts[0].start, counts[0].end)
    return True


def _give_days(page: Page, start: int, end: int, paired: Paired) -> None:
    positions, days = paired.positions, page.between(start, end, "day")
    if not days or not positions or any(one.day for one in positions):
        return
    if len(days) != len(positions) or not _alternate(positions, days):
        days = the_wished(page, exact_ones(page, days), start, end)
    first = min(one.named.start for one in positions)
    last = max(max(one.named.end, one.count.end if one.count else 0) for one in positions)
    if len(days) == 1 and (days[0].start >= last or days[0].end <= first or len(positions) == 1):
        for one in positions:
            one.day = days[0]
    elif len(days) == len(positions) and _alternate(positions, days):
        for one, day in zip(positions, days, strict=True):
            one.day = day
    elif len(days) == 1:
        before = [one for one in positions if one.named.start < days[0].start]
        before[-1].day = days[0]
        if len(before) > 1:
            paired.problems.append(("requested", "it is not certain which lines the date is for"))
    else:
        paired.problems.append(("requested", f"{len(days)} dates for {len(positions)} items"))


def _alternate(positions: list[Position], days: list[Mark]) -> bool:
    after = all(day.start >= one.named.end for one, day in zip(positions, days, strict=True)) and all(
        days[at].end <= positions[at + 1].named.start for at in range(len(days) - 1)
    )
    before = all(day.end <= one.named.start for one, day in zip(positions, days, strict=True)) and all(
        positions[at].named.end <= days[at + 1].start for at in range(len(days) - 1)
    )
    return after or before


def _give_prices(page: Page, start: int, end: int, paired: Paired) -> None:
    prices = page.between(start, end, "price")
    positions = paired.positions
    if not prices or not positions:
        return
    if len(prices) == len(positions) and all(
        price.start >= one.named.start for one, price in zip(positions, prices, strict=True)
    ):
        for one, price in zip(positions, prices, strict=True):
            one.price = price
    elif len(prices) == 1 and len({id(one.named) for one in positions}) == 1:
        for one in positions:
            one.price = prices[0]
    else:
        paired.problems.append(("unit_price", f"{len(prices)} prices for {len(positions)} items"))
        for price in prices:
            page.explain(price.start, price.end)


def description_of(page: Page, position: Position, floor: int, ceiling: int) -> tuple[int, int] | None:
    """The words that describe the goods: the name, with what stands before it after the quantity and what follows."""
    name, named = position.named.name, position.named
    traits = page.between(named.end, len(page.text), "trait") if named.code else []
    if traits and traits[0].start <= named.end + _TRAIT_AFTER:
        return min(named.start, traits[0].start) if name else traits[0].start, traits[0].end
    if name is None:
        return None
    start, end = name.start, name.end
    if position.named.code is None:
        count = position.count
        floor = count.end if count and count.end <= start else floor
        start = _reach_back(page, floor, start) if count and count.end <= name.start else start
        end = _reach_on(page, end, ceiling)
    return start, end


_TRAIT_AFTER = 8


def _reach_back(page: Page, floor: int, start: int) -> int:
    """To the first word after the quantity that is not a small one."""
    for found in re.finditer(r"[^\s,;:()]+", page.text[floor:start]):
        if page.explained[floor + found.start()]:
            continue
        if found[0].lower().strip(".'") not in FUNCTION_WORDS | _SMALL:
            return floor + found.start()
    return start


def _reach_on(page: Page, end: int, ceiling: int) -> int:
    """Over words that follow without a mark and are no small words: they say more about the goods."""
    at = end
    for found in re.finditer(r"[ ]*([^\s,;:.()!?|\t]+)", page.text[end:ceiling]):
        begin, stop = end + found.start(1), end + found.end(1)
        gap = page.text[at:begin]
        word = found[1].lower()
        if (
            gap.strip()
            or "\n" in gap
            or not page.is_free(begin, stop)
            or word in FUNCTION_WORDS | _SMALL
            or not word[0].isalpha()
            or DELIVERY.search(word)
            or EACH.fullmatch(word)
        ):
            break
        at = stop
    return at


_SMALL = frozenset(
    [
        "of",
        "off",
        "de",
        "du",
        "des",
        "von",
        "vom",
        "van",
        "the",
        "your",
        "ihre",
        "our",
        "ea",
        "x",
        "a",
        "an",
        "some",
        "more",
        "new",
        "additional",
        "neue",
        "further",
        "sowie",
        "ainsi",
        "además",
        "alsmede",
        "evenals",
        "together",
        "along",
        "each",
        "also",
        "nouveau",
        "otros",
        "units",
        "unit",
        "pcs",
        "now",
        "today",
        "now,",
        "again",
        "extra",
        "plus",
        "at",
        "à",
        "zu",
        "zum",
        "für",
        "für",
    ]
)
