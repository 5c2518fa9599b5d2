"""Days as people write them: one day, several that may be meant, or none; never a guess."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.order_intake.values.calendar_words import (
    BESIDE_DAY,
    DAY_AFTER,
    DAY_OF,
    DAY_WORD,
    EARLIEST,
    LATEST,
    MONTH,
    MONTH_OF,
    ON,
    SHORT_WEEKDAY,
    SHORT_WEEKDAY_OF,
    SOONEST,
    TODAY,
    TOMORROW,
    WEEK_OF,
    WEEKDAY,
    WEEKDAY_OF,
)
from agents.order_intake.values.numbers import Habits
from agents.order_intake.values.spells import SPELLS, Spell, friday_of
from core.domain.intake.readings import Ambiguous, Day, ReadDay, Unreadable
from core.domain.intake.transcripts import Said

_RECENT_DAYS = 92
_DAY_FIRST = frozenset({"de", "es", "fr", "nl"})
_LEAD = (
    rf"(?:(?:(?P<early>{EARLIEST})|(?P<late>{LATEST})|(?P<on>{ON}))(?![\w\u00c0-\u017f])[ \t:]*)?"
    rf"(?:(?:the|den|dem|le|el|de|het)[ \t]+)?(?:(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY}),?[ \t]+(?:(?:the|den|dem|der"
    rf"|le|el|de)[ \t]+)?)?"
)
_DASH = r"(?:-|\u2013|\u2014)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDay:
    """Words in a text that name a day, with what governs them ("by the 14th"); `latest` and `early` say which way."""

    start: int
    end: int
    latest: bool
    early: bool
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    """What a day without a year, or a day and a month in digits, is read by."""

    as_of: date
    day_first: bool | None


_Reader = Callable[[re.Match[str], _Now], ReadDay]


def read_date(said: Said, language: str, as_of: date, habits: Habits | None = None) -> ReadDay:
    """The day meant by words written on or before `as_of`. Digits are read day first in languages that always do, in
    English only where the letter (`habits`) proves it; a day without a year is the next one."""
    return day_meant(said.text, language, as_of, habits)


def day_meant(text: str, language: str, as_of: date, habits: Habits | None = None) -> ReadDay:
    """The same for bare words."""
    written = " ".join(text.split()).strip(" .,;:()*")
    week = _WEEK_OF.match(written)
    if week and (inner := day_meant(written[week.end() :], language, as_of, habits)) and week.end() < len(written):
        return friday_of(inner.day) if isinstance(inner, Day) else inner
    proven = habits.day_first if habits else None
    now = _Now(as_of=as_of, day_first=proven if proven is not None else (True if language in _DAY_FIRST else None))
    for form in (written, f"{written}."):
        for rule in _RULES:
            found = rule.pattern.fullmatch(form)
            if found:
                return _governed(found, _on_weekday(found, rule.read(found, now)))
    pieces = _single_days(written)
    if len(pieces) == 2 and _are_one(written, *pieces):
        first, second = (written[one.start : one.end] for one in pieces)
        if re.fullmatch(rf"{WEEKDAY}|{SHORT_WEEKDAY}", second, re.IGNORECASE):
            return day_meant(f"{second} {first}", language, as_of, habits)
        return _both(*(day_meant(one, language, as_of, habits) for one in (first, second)), written=written)
    return Unreadable(why=f"{text!r} names no day; 2026-12-04 does")


def _both(one: ReadDay, other: ReadDay, *, written: str) -> ReadDay:
    """A day said in two ways ("Wednesday of next week (11 November)"): the one that both mean."""
    if isinstance(other, Day) and not isinstance(one, Day):
        known = one.readings if isinstance(one, Ambiguous) else ()
        return other if not known or other.day.isoformat() in known else one
    if not isinstance(one, Day) or not isinstance(other, Day):
        return one
    if one.day == other.day or friday_of(other.day) == replace(one, latest=True):
        return replace(other, latest=one.latest or other.latest)
    both = tuple(sorted({one.day.isoformat(), other.day.isoformat()}))
    return Ambiguous(readings=both, why=f"{written!r} names two days")


def find_days(text: str) -> tuple[FoundDay, ...]:
    """Every place in a text that names a day, in order, none inside another; a day said in two ways is one."""
    found: list[FoundDay] = []
    for one in _of_weeks(text, _single_days(text)):
        before = found[-1] if found else None
        if before and _are_one(text, before, one):
            end = one.end + (text[before.end : one.start].count("(") > 0 and text[one.end : one.end + 1] == ")")
            found[-1] = replace(before, end=end, latest=before.latest or one.latest)
        else:
            found.append(one)
    return tuple(found)


def _of_weeks(text: str, days: tuple[FoundDay, ...]) -> tuple[FoundDay, ...]:
    """The days, with the words that make one of them the name of its week."""
    weeks = list(_WEEK_OF.finditer(text))
    grown: list[FoundDay] = []
    for day in days:
        week = next((one for one in weeks if one.start() < day.start <= one.end() < day.end), None)
        grown.append(replace(day, start=week.start()) if week else day)
    return tuple(grown)


def _are_one(text: str, one: FoundDay, other: FoundDay) -> bool:
    gap = text[one.end : other.start]
    if _BESIDE_DAY.fullmatch(gap):
        return True
    weekday = re.fullmatch(rf"{WEEKDAY}|{SHORT_WEEKDAY}", text[other.start : other.end], re.IGNORECASE)
    return bool(weekday and re.fullmatch(r"[ ]?[,(]?[ ]?", gap))


def _single_days(text: str) -> tuple[FoundDay, ...]:
    every = [
        (found, rule)
        for rule in _RULES
        for found in rule.pattern.finditer(text)
        if not rule.needs_lead
        or found["late"]
        or found["on"]
        or found["early"]
        or _LABELLED.search(text[max(0, found.start() - 40) : found.start()])
    ]
    kept: list[FoundDay] = []
    taken = bytearray(len(text))
    for found, rule in sorted(every, key=lambda one: (-len(one[0][0]), one[0].start())):
        if not any(taken[found.start() : found.end()]):
            taken[found.start() : found.end()] = b"\x01" * len(found[0])
            groups = found.groupdict()
            kept.append(
                FoundDay(
                    start=found.start(),
                    end=found.end(),
                    latest=bool(groups.get("late")),
                    early=bool(groups.get("early")),
                    strong=rule.strong,
                )
            )
    return tuple(sorted(kept, key=lambda one: one.start))


def _governed(found: re.Match[str], read: ReadDay) -> ReadDay:
    groups = found.groupdict()
    if groups.get("early") and isinstance(read, Day):
        why = f"{found['early']!r} names the earliest day, not the wanted one"
        return Ambiguous(readings=(read.day.isoformat(),), why=why)
    if groups.get("late") and isinstance(read, Day) and _BEFORE_WEEK.match(found[0]):
        return Ambiguous(readings=(), why=f"{found[0]!r} ends where a week begins; a day has to be named")
    return replace(read, latest=True) if groups.get("late") and isinstance(read, Day) else read


def _on_weekday(found: re.Match[str], read: ReadDay) -> ReadDay:
    """The day, unless the weekday written beside it is another one."""
    name = (found.groupdict().get("weekday") or "").lower().rstrip(".")
    if not name or not isinstance(read, Day):
        return read
    allowed = {WEEKDAY_OF[name]} if name in WEEKDAY_OF else SHORT_WEEKDAY_OF.get(name, frozenset())
    if read.day.weekday() in allowed:
        return read
    return Ambiguous(readings=(read.day.isoformat(),), why=f"{read.day} is a {read.day:%A}, not a {name!r}")


def _year_first(found: re.Match[str], _now: _Now) -> ReadDay:
    return _day(int(found["y"]), int(found["m"]), int(found["d"]), found[0])


def _numeric(found: re.Match[str], now: _Now) -> ReadDay:
    first, second, dotted = int(found["a"]), int(found["b"]), found["sep"] == "."
    day_first = True if dotted else now.day_first
    readings: list[Day] = []
    for is_first in (True, False) if day_first is None else (day_first,):
        day, month = (first, second) if is_first else (second, first)
        read = _in_year(found["y"], month, day, now, found[0])
        if isinstance(read, Ambiguous):
            return read
        if isinstance(read, Day):
            readings.append(read)
    if not readings and day_first is not None and not dotted:
        # A writer who always puts the day first does not mean 12/25 otherwise than as a slip: that is asked about.
        return Unreadable(why=f"{found[0]!r} is no day with the day before the month")
    different = sorted({one.day.isoformat() for one in readings})
    if len(different) > 1:
        return Ambiguous(readings=tuple(different), why=f"{found[0]!r} may have day or month first")
    return readings[0] if readings else Unreadable(why=f"{found[0]!r} is no day of any calendar")


def _named_month(found: re.Match[str], now: _Now) -> ReadDay:
    month = MONTH_OF[found["month"].lower()]
    return _in_year(found["y"], month, int(found["d"]), now, found[0])


def _in_year(year: str | None, month: int, day: int, now: _Now, written: str) -> ReadDay:
    if year:
        full = int(year.strip("' "))
        return _day(full + 2000 if full < 100 else full, month, day, written)
    this = _day(now.as_of.year, month, day, written)
    following = _day(now.as_of.year + 1, month, day, written)
    if isinstance(this, Unreadable) or this.day >= now.as_of:
        return this
    if isinstance(following, Unreadable):
        return following
    if (now.as_of - this.day).days <= _RECENT_DAYS:
        both = (this.day.isoformat(), following.day.isoformat())
        return Ambiguous(readings=both, why=f"{this.day} has passed, and no year is written")
    return following


def _day(year: int, month: int, day: int, written: str) -> Day | Unreadable:
    try:
        return Day(day=date(year, month, day))
    except ValueError:
        return Unreadable(why=f"{written!r} is no day of any calendar")


def _day_of_month(found: re.Match[str], now: _Now) -> ReadDay:
    """The next such day: of this month, or of the next month that has it."""
    wanted = int(found["d"])
    for months in range(3):
        month = now.as_of.month - 1 + months
        read = _day(now.as_of.year + month // 12, month % 12 + 1, wanted, found[0])
        if isinstance(read, Day) and read.day >= now.as_of:
            return read
    return Unreadable(why=f"{found[0]!r} is no day of a month")


def _weekday_of_month(found: re.Match[str], now: _Now) -> ReadDay:
    """The next day of a month that falls on the weekday beside it ("Friday the 4th")."""
    weekday, wanted = WEEKDAY_OF[found["name"].lower()], int(found["d"])
    ahead = (now.as_of + timedelta(days=days) for days in range(_RECENT_DAYS))
    day = next((one for one in ahead if one.day == wanted and one.weekday() == weekday), None)
    return Day(day=day) if day else Unreadable(why=f"{found[0]!r} is no day of the next three months")


def _today(_found: re.Match[str], now: _Now) -> ReadDay:
    return Day(day=now.as_of)


def _tomorrow(_found: re.Match[str], now: _Now) -> ReadDay:
    return Day(day=now.as_of + timedelta(days=1))


def _day_after(_found: re.Match[str], now: _Now) -> ReadDay:
    return Day(day=now.as_of + timedelta(days=2))


def _soonest(_found: re.Match[str], now: _Now) -> ReadDay:
    return Day(day=now.as_of, soonest=True)


def _two_days(found: re.Match[str], now: _Now) -> ReadDay:
    """From one day of a month to another: wanted by the last of them. An "or" between them leaves both open."""
    month = found["month"] or found["digits"]
    number = MONTH_OF.get(month.lower()) or int(month)
    first, last = (_in_year(found["y"], number, int(found[name]), now, found[0]) for name in ("d", "e"))
    if not isinstance(last, Day):
        return last
    if not isinstance(first, Day) or first.day >= last.day:
        return Ambiguous(readings=(), why=f"{found[0]!r} is a stretch of days; one of them has to be named")
    return replace(last, latest=True)


def _counted_month(found: re.Match[str], now: _Now) -> ReadDay:
    day = DAY_OF[" ".join(found["nth"].lower().split())]
    return _in_year(found["y"], MONTH_OF[found["month"].lower()], day, now, found[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A form of writing days. One that `needs_lead` is found only after words like "by"."""

    pattern: re.Pattern[str]
    read: _Reader
    needs_lead: bool = False
    strong: bool = True


def _rule(core: str, read: _Reader, *, needs_lead: bool = False, strong: bool = True) -> _Rule:
    pattern = re.compile(rf"(?<![\w\u00c0-\u017f.,/-]){_LEAD}{core}", re.IGNORECASE)
    return _Rule(pattern=pattern, read=read, needs_lead=needs_lead, strong=strong)


def _of_spell(spell: Spell) -> _Rule:
    return _rule(
        spell.words, lambda found, now: spell.read(found, now.as_of), strong=spell.strong, needs_lead=spell.needs_lead
    )


_YEAR = r"(?:(?:[ \t]*,)?[ \t]+(?:de[l]?[ \t]+)?(?P<y>20\d\d|'\d\d)(?!\d))?"
_DOT = r"(?:\.(?=,?[ ]?(?:20\d\d|'\d\d)))?"
_NTH = r"(?:st|nd|rd|th|er|\u00ba|\u00b0|\.|e)?"
_END = r"(?![\w\u00c0-\u017f])"
# A bare number is a day only after words that nobody puts before a quantity.
_BARE_DAY = re.compile(
    r"(?<![\w\u00c0-\u017f])(?:"
    r"(?:(?P<late>avant|au plus tard|d'ici|jusqu'au|bis|bis spätestens|spätestens|antes|hasta|para|a más tardar"
    r"|uiterlijk)[ ]+)?"
    r"(?:le|zum|am|del|el|el día|op de|op)|jusqu'au)[ ]+(?P<d>[12]\d|3[01]|0?[1-9])\.?"
    r"(?![\w%/-]|[.,]\d|[ ]*(?:%|x\b|\u00d7|pcs|st\b|stück|stuks|pièces|unidades|zoll|in\b))",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:need(?:ed)?|due|wanted|required|eta|(?:deliver|ship|arriv)\w*|(?:need|delivery|ship|due|req)[ .]?date"
    r"|\w*termin|liefer\w*|datum|entrega|fecha|livraison|date|levering|leverdatum|besoin|nodig"
    r"|llegada)[ \t]*[:=]?[ \t]*$",
    re.IGNORECASE,
)
_BEFORE_WEEK = re.compile(
    r"(?:before|prior to|vor(?: dem| der)?|avant(?: la| le)?|antes de(?: la)?|vóór|voor)[ ](?:the |der |die |la "
    r"|de |next |nächste[rn]? "
    r"|volgende |próxima |calendar )*(?:week|woche|kw|kalenderwoche|semaine|sem|semana|wk|cw)\b",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(rf"(?<!\w){WEEK_OF}", re.IGNORECASE)
_BESIDE_DAY = re.compile(BESIDE_DAY, re.IGNORECASE)
_RULES = (
    _rule(
        r"(?P<y>20\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:[T ]00:00(?::00)?)?(?![\w/-])", _year_first
    ),
    _rule(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>20\d\d|\d\d)(?![\w/-]|[.,]\d)", _numeric),
    _rule(r"(?P<a>\d{1,2})(?P<sep>\.)[ ]?(?P<b>\d{1,2})\.(?P<y>)(?![\w/-]|[.,]\d)", _numeric),
    _rule(
        r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P<y>)(?![\w/-]|[.,]\d|[ ]?(?:\"|''|in\b|inch|zoll))",
        _numeric,
        needs_lead=True,
    ),
    _rule(
        rf"(?P<d>\d{{1,2}}){_NTH}(?:[ \t]+|-)?(?:(?:of|de|d')[ \t]*)?(?P<month>{MONTH})"
        rf"(?![^\W\d_]){_DOT}{_YEAR}" + _END,
        _named_month,
    ),
    _rule(rf"(?P<d>\d{{1,2}})(?:-|\.|/)(?P<month>{MONTH})(?:-|\.|/)(?P<y>20\d\d|\d\d)" + _END, _named_month),
    _rule(rf"(?P<month>{MONTH})\b\.?[ \t](?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\.\d){_YEAR}" + _END, _named_month),
    _rule(
        rf"(?<!\d[ ])(?<!\d\.[ ])(?<!\d-)(?P<month>{MONTH})\b\.?[ \t]{{2,}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?!\d|\.\d){_YEAR}" + _END,
        _named_month,
    ),
    _rule(r"the[ \t]+(?P<d>\d{1,2})(?:st|nd|rd|th)\b", _day_of_month),
    _rule(r"(?P<d>\d{1,2})(?:st|nd|rd|th|e)\b", _day_of_month, needs_lead=True),
    _Rule(pattern=_BARE_DAY, read=_day_of_month, strong=False),
    _rule(
        rf"(?:(?:between|zwischen|entre|tussen)[ \t]+(?:the |dem |le |el )?)?(?P<d>\d{{1,2}}){_NTH}[ \t]*"
        rf"(?:{_DASH}|to|till|bis(?: zum)?|au|al|tot|and|und|et|y|en)[ \t]*(?:the |dem |le "
        rf"|el )?(?P<e>\d{{1,2}})(?!\d){_NTH}"
        rf"[ \t]*(?:(?:of|de)[ \t]+)?(?:(?P<month>{MONTH})\b{_DOT}{_YEAR}"
        rf"|(?P<digits>0?[1-9]|1[0-2])\.(?:20\d\d|\d\d)?)(?!\w)",
        _two_days,
    ),
    _rule(
        rf"(?P<nth>{DAY_WORD})[ \t]+(?!may\b)(?:(?:of|de|d')[ \t]*)?(?P<month>{MONTH})(?![^\W\d_]){_YEAR}" + _END,
        _counted_month,
    ),
    _rule(
        rf"(?P<name>{WEEKDAY}),?[ \t]+(?:the |den |le |el |de )?(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|\.|e)?"
        r"(?=[ \t]*(?:$|[,;:!?)\n]|\.(?!\d)))",
        _weekday_of_month,
    ),
    _rule(rf"{TODAY}{_END}", _today),
    _rule(rf"{TOMORROW}{_END}", _tomorrow),
    _rule(rf"{DAY_AFTER}{_END}", _day_after),
    _rule(rf"{SOONEST}(?!\w)", _soonest),
    *(_of_spell(spell) for spell in SPELLS),
)
