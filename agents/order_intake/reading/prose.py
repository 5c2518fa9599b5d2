"""Lines of an order, days for all of them and orphans, read sentence by sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from agents.order_intake.reading import words
from agents.order_intake.reading.counts import Count, counts_in
from agents.order_intake.reading.dated import exact_ones
from agents.order_intake.reading.doubts import doubts_of
from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.pairing import (
    Named,
    Position,
    description_of,
    goods_named,
    pair,
    with_codes,
    without_contexts,
)
from agents.order_intake.reading.schedules import Drop, Schedule
from agents.order_intake.reading.single_ones import (
    explain_named,
    explain_sizes,
    usable,
    with_single_ones,
    without_guesses,
    without_numbered,
)
from agents.order_intake.reading.wishes import is_beside_the_point, is_labelled, is_wanted
from agents.order_intake.values.languages import FUNCTION_WORDS
from agents.order_intake.values.numbers import Habits, read_number
from agents.order_intake.values.prices import CURRENCY
from agents.order_intake.values.units import GOODS_WORDS, PACK_WORDS
from core.domain.intake.transcripts import Said, TranscribedLine, Unclear

_SOON_ENOUGH = 3
_AROUND = 400
_CENTS = re.compile(r"(?<![\w.,])\d[\d.,']{0,12}[.,]\d{2}(?![\w.,]\d|\w)")
_HEADING, _BULLETS = 8, " \t-*#=>•"
_MOST_DAYS = 8


@dataclass(slots=True, kw_only=True)
class Event:
    """What a sentence gave, in the order of the text: `line` with its number, or `day` for lines around it; `beside`
    where the words around the day speak of nothing that is wanted then."""

    kind: str
    at: int
    line: int = 0
    day: Mark | None = None
    opens: bool = False
    beside: bool = False


@dataclass(slots=True, kw_only=True)
class Orphan:
    """Goods without a quantity, or a quantity without goods, waiting for the other in the next sentences."""

    segment: int
    named: Named | None = None
    count: Count | None = None
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Prose:
    """Reads the sentences of a page."""

    page: Page
    first: int = 0
    lines: list[TranscribedLine] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    other_days: list[Mark] = field(default_factory=list[Mark])
    segment: int = 0
    counted: dict[int, tuple[int, int]] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    schedule: Schedule = field(default_factory=Schedule)
    uncounted: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def read(self, start: int, end: int, *, signature: bool) -> None:
        """Reads one sentence or list line."""
        self.segment += 1
        if start in self.schedule.drops:
            self._add_drop(self.schedule.drops[start], start)
            return
        begin, number = self._position(start, end)
        named = goods_named(self.page, begin, end)
        counts = counts_in(self.page, begin, end)
        if signature and not named and not any(one.unit and self._unit(one) in GOODS_WORDS for one in counts):
            return
        for about, why in doubts_of(self.page, begin, end, named, counts):
            self._say(about, why, begin, end)
        if start in self.schedule.goods:
            explain_named(self.page, named)
            return
        chosen = usable(self.page, named, counts)
        chosen = without_numbered(self.page, named, chosen, len(self.page.text[start:end].split()))
        named = without_guesses(self.page, named, chosen)
        named = without_contexts(self.page, with_codes(self.page, named, chosen), chosen)
        chosen = with_single_ones(self.page, begin, named, chosen)
        if not chosen:
            self.uncounted.append((start, end))
        if named:
            self._read_goods(begin, end, named, chosen, number)
        elif chosen:
            self._read_counts(begin, end, chosen, number)
        if not named or not self._has_line(begin, end):
            self._read_days(begin, end, signature=signature)

    def forget(self, spans: Sequence[tuple[int, int]]) -> None:
        """Takes what is open in stretches away: the days in them have been given to the goods they are said of."""
        for one in (mark for span in spans for mark in self.page.between(*span, "code", "name", "day")):
            self.page.explain(one.start, one.end)
        quotes = {self.page.quote(*span) for span in spans}
        self.unclear = [one for one in self.unclear if one.field != "requested" or one.quote not in quotes]
        self.orphans = [one for one in self.orphans if not any(a <= one.start < b for a, b in spans)]
        self.events = [one for one in self.events if one.kind == "line" or not any(a <= one.at < b for a, b in spans)]

    def finish(self) -> None:
        """Names what is still waiting: goods without a quantity; quantities stay unexplained and are named by it."""
        for start, end, why in self.schedule.totals:
            self._say("quantity", why, start, end)
        for orphan in self.orphans:
            if orphan.named is not None:
                self._say("quantity", "no quantity is written beside it", orphan.start, orphan.end)

    def _position(self, start: int, end: int) -> tuple[int, Said | None]:
        if start in self.counted:
            return self.counted[start][1], self.page.said(*self.counted[start])
        found = words.POSITION.match(self.page.text, start, end)
        if not found:
            return start, None
        group = "named" if found["named"] else "counted"
        first, last = found.span(group)
        if not self.page.is_free(first, last):
            return start, None
        return found.end(), self.page.said(first, last)

    def _read_goods(self, start: int, end: int, named: list[Named], counts: list[Count], number: Said | None) -> None:
        if not counts and len(named) == 1 and self._adopt_count(named[0], number):
            return
        paired = pair(self.page, start, end, named, counts)
        for about, why in paired.problems:
            self._say(about, why, start, end)
        for position in paired.positions:
            if position.count is None:
                if not paired.problems and self._matters(position.named, start, end):
                    self._wait(Orphan(segment=self.segment, named=position.named, start=start, end=end))
                continue
            if position.named.codes:
                self._say("item", "two codes are written for one line", start, end)
            following = [count.start for count in counts if count.start >= position.named.end]
            self._add(position, start, min([end, *following]), number)
        if len(paired.positions) == 1 and paired.positions[0].count is not None:
            self._price_bare(paired.positions[0].count, start, end)

    def _price_bare(self, count: Count, start: int, end: int) -> None:
        """A number with cents after the only quantity of a line is its price; a second one has to be the amount."""
        last = self.lines[-1]
        found = [one for one in _CENTS.finditer(self.page.text, count.end, end) if self.page.is_free(*one.span())]
        if last.unit_price is not None or not 1 <= len(found) <= 2 or last.quantity is None:
            return
        price, amount = found[0], found[1] if len(found) == 2 else None
        if amount is not None and not self._is_product(last.quantity.text, price[0], amount[0]):
            return
        self.lines[-1] = replace(last, unit_price=self.page.said(*price.span()))
        if amount is not None:
            self.page.explain(*amount.span())

    def _is_product(self, *written: str) -> bool:
        count, price, amount = (read_number(one, self.page.language, self.habits) for one in written)
        if not isinstance(count, Decimal) or not isinstance(price, Decimal) or not isinstance(amount, Decimal):
            return False
        return abs(count * price - amount) <= Decimal("0.05")

    def _matters(self, named: Named, start: int, end: int) -> bool:
        """Whether goods without a quantity have to be asked about: a code always, words where nothing else is said."""
        if named.code is not None:
            return named.code.start not in self.page.guessed
        words_around = self.page.text[start:end].split()
        sized = any(char.isdigit() for char in self.page.text[named.start : named.end])
        article = re.search(
            r"(?<!\w)(?:an?|one|une?|ein(?:e[nrms]?)?|una|een|één)[ ](?:[^\W\d_]+[ ]){0,2}$",
            self.page.text[start : named.start],
            re.IGNORECASE,
        )
        return sized or bool(article) or len(words_around) <= 4

    def _add(self, position: Position, start: int, end: int, number: Said | None) -> None:
        page, named, count = self.page, position.named, position.count
        before = (
            re.search(r"([^\W\d_]+)\.?[ ]?$", page.text[max(start, count.start - 16) : count.start]) if count else None
        )
        if before and before[1].lower() in PACK_WORDS:
            self._say("unit", f"{before[0].strip()!r} stands before the number", start, end)
        described = description_of(page, position, start, end)
        if named.name is not None:
            page.explain(named.start, named.end)
        explain_sizes(page, named)
        line = TranscribedLine(
            item=page.said(named.code.start, named.code.end) if named.code else None,
            description=page.said(*described) if described else None,
            quantity=self._quantity(count) if count else None,
            unit=page.said(*count.unit) if count and count.unit else None,
            requested=page.said(position.day.start, position.day.end) if position.day else None,
            unit_price=page.said(position.price.start, position.price.end) if position.price else None,
            currency=self._currency(position.price),
            number=number,
        )
        if line.requested is None and self.lines and words.SAME_DAY.search(page.text, start, end):
            line = replace(line, requested=self.lines[-1].requested)
        self.lines.append(line)
        self.events.append(Event(kind="line", at=start, line=len(self.lines) - 1))

    def _add_drop(self, drop: Drop, start: int) -> None:
        """One delivery of goods that are named elsewhere."""
        code, name = drop.goods.code, drop.goods.name
        explain_named(drop.page, [drop.goods])
        line = TranscribedLine(
            item=drop.page.said(code.start, code.end) if code else None,
            description=drop.page.said(name.start, name.end) if name else None,
            quantity=self._quantity(drop.count),
            unit=self.page.said(*drop.count.unit) if drop.count.unit else None,
            requested=self.page.said(drop.day.start, drop.day.end),
        )
        self.lines.append(line)
        self.events.append(Event(kind="line", at=start, line=len(self.lines) - 1))

    def _quantity(self, count: Count) -> Said:
        self.page.explain(count.start, count.end)
        return self.page.said(*count.value)

    def _currency(self, price: Mark | None) -> Said | None:
        found = re.search(CURRENCY, self.page.text[price.start : price.end], re.IGNORECASE) if price else None
        return self.page.said(price.start + found.start(), price.start + found.end()) if price and found else None

    def _read_counts(self, start: int, end: int, counts: list[Count], number: Said | None) -> None:
        """Quantities in a sentence that names no goods that are known."""
        if len(counts) == 1 and self._adopt_goods(counts[0], start, end):
            return
        if len(counts) == 1 and counts[0].strong and not counts[0].labelled:
            unknown = self._unknown(counts[0], end)
            if unknown is not None:
                day = self.page.between(start, end, "day")
                price = self.page.between(start, end, "price")
                page = self.page
                self.lines.append(
                    TranscribedLine(
                        description=page.said(*unknown),
                        quantity=self._quantity(counts[0]),
                        unit=page.said(*counts[0].unit) if counts[0].unit else None,
                        requested=page.said(day[0].start, day[0].end) if len(day) == 1 else None,
                        unit_price=page.said(price[0].start, price[0].end) if len(price) == 1 else None,
                        number=number,
                    )
                )
                self.events.append(Event(kind="line", at=start, line=len(self.lines) - 1))
                return
        if len(counts) == 1 and counts[0].labelled:
            self._wait(Orphan(segment=self.segment, count=counts[0], start=start, end=end))

    def _unknown(self, count: Count, end: int) -> tuple[int, int] | None:
        """Words after a quantity that may name goods nobody knows: to the next mark, comma or end of the sentence."""
        stop = end
        for mark in self.page.between(count.end, end):
            if mark.kind not in {"size", "code", "name"}:
                stop = min(stop, mark.start)
                break
        found = re.match(r"[^,;:\n\t]*", self.page.text[count.end : stop])
        first, last = self.page.trimmed(count.end, count.end + (found.end() if found else 0))
        said = self.page.text[first:last].split()
        while said and said[0].lower() in FUNCTION_WORDS:
            first += len(said[0])
            said = said[1:]
            first, last = self.page.trimmed(first, last)
        meaningful = [word for word in said if word.lower().strip(".'") not in FUNCTION_WORDS and len(word) > 2]
        return (first, last) if meaningful and len(said) <= 10 else None

    def _unit(self, count: Count) -> str:
        return self.page.text[count.unit[0] : count.unit[1]].lower() if count.unit else ""

    def _wait(self, orphan: Orphan) -> None:
        self.orphans.append(orphan)

    def _adopt_count(self, named: Named, number: Said | None) -> bool:
        """Goods right after a labelled quantity that had none."""
        last = self.orphans[-1] if self.orphans else None
        if last is None or last.count is None or self.segment - last.segment > _SOON_ENOUGH:
            return False
        self.orphans.pop()
        self._add(Position(named=named, count=last.count), last.start, named.end, number)
        return True

    def _adopt_goods(self, count: Count, start: int, end: int) -> bool:
        """A labelled quantity, or one with nothing else in its line, right after goods that had none."""
        last = self.orphans[-1] if self.orphans else None
        if last is None or last.named is None or self.segment - last.segment > _SOON_ENOUGH:
            return False
        bare = not self.page.trimmed(start, count.start)[0] < count.start or count.labelled
        if not bare:
            return False
        self.orphans.pop()
        day = self.page.between(last.start, last.end, "day") or self.page.between(start, end, "day")
        self._add(Position(named=last.named, count=count, day=day[0] if len(day) == 1 else None), last.start, end, None)
        return True

    def _has_line(self, start: int, end: int) -> bool:
        return any(event.kind == "line" and start <= event.at < end for event in self.events)

    def _read_days(self, start: int, end: int, *, signature: bool) -> None:
        """Days in a sentence without lines: for the lines around it, where the words speak of delivery."""
        text = self.page.text
        for day in exact_ones(self.page, self.page.between(start, end, "day")[:_MOST_DAYS]):
            before = text[max(start, day.start - 60) : day.start]
            if words.BACKWARD.search(before) and not is_labelled(self.page, day):
                self.page.explain(day.start, day.end)
                continue
            sentence = text[max(start, day.start - _AROUND) : day.start] + text[day.end : min(end, day.end + _AROUND)]
            alone = not re.search(r"[^\W_]", sentence) and bool(self.lines)
            wanted = is_wanted(self.page, day, start, end, alone=alone)
            if not wanted and words.PAST.search(sentence):
                self.page.explain(day.start, day.end)
            if signature:
                continue
            if not (wanted or _is_soonest(text[day.start : day.end])):
                self.other_days.append(day)
                continue
            heading = self._is_heading(start, end)
            opens = heading or text[start:end].rstrip().endswith(":")
            beside = not heading and is_beside_the_point(self.page, day, start, end)
            self.events.append(Event(kind="day", at=day.start, day=day, opens=opens, beside=beside))

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether words are all of a line, few, and no sentence."""
        text = self.page.text
        whole = not text[text.rfind("\n", 0, start) + 1 : start].strip(_BULLETS)
        alone = not text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1].strip()
        return (
            whole and alone and len(text[start:end].split()) <= _HEADING and text[start:end].rstrip()[-1:] not in ".!?"
        )

    def _say(self, about: str, why: str, start: int, end: int) -> None:
        self.unclear.append(Unclear(field=about, why=why, quote=self.page.quote(start, end)))


def _is_soonest(text: str) -> bool:
    return not any(char.isdigit() for char in text) and len(text.split()) <= 6
