"""Days named by weekdays, weeks, months and spans: "next Friday", "KW 49", "end of the month", "in two weeks"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agents.order_intake.values.calendar_words import (
    CALENDAR_WEEK,
    DAYS,
    END_OF,
    MONTH,
    MONTH_OF,
    MONTH_WORD,
    NEXT,
    THIS,
    TODAY,
    TOMORROW,
    WEEK,
    WEEKDAY,
    WEEKDAY_OF,
    WEEKS,
    WITHIN,
)
from agents.order_intake.values.numbers import read_number
from core.domain.intake.readings import Ambiguous, Day, ReadDay, Unreadable

_FRIDAY = 4
_END = r"(?![\w\u00c0-\u017f])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A form of words, and the day it means seen from a day."""

    words: str
    read: Callable[[re.Match[str], date], ReadDay]
    strong: bool = True
    needs_lead: bool = False


def _weekday(found: re.Match[str], as_of: date) -> ReadDay:
    """The coming one; "next" is the coming one for some and the one after it for others while it is still ahead."""
    wanted = WEEKDAY_OF[found["name"].lower()]
    ahead = (wanted - as_of.weekday()) % 7
    first = as_of + timedelta(days=ahead)
    of_next_week = as_of + timedelta(days=7 - as_of.weekday() + wanted)
    if found["following"]:
        return Day(day=of_next_week)
    if found["next"] and wanted > as_of.weekday():
        both = (first.isoformat(), of_next_week.isoformat())
        return Ambiguous(readings=both, why=f"{found[0]!r} may be of this week or of the next")
    if found["next"]:
        return Day(day=of_next_week)
    if ahead == 0:
        both = (as_of.isoformat(), (as_of + timedelta(days=7)).isoformat())
        return Ambiguous(readings=both, why=f"{found[0]!r} was written on that weekday")
    return Day(day=first)


def _end_of_week(found: re.Match[str], as_of: date) -> ReadDay:
    friday = as_of + timedelta(days=_FRIDAY - as_of.weekday() + (7 if found["next"] else 0))
    if friday < as_of:
        return Ambiguous(readings=(), why=f"{found[0]!r} was written after the end of the working week")
    return Day(day=friday, latest=True)


def _week(found: re.Match[str], as_of: date) -> ReadDay:
    following = found["next"] or re.search(r"viene$", found[0], re.IGNORECASE)
    monday = as_of + timedelta(days=7 * bool(following) - as_of.weekday())
    if monday + timedelta(days=_FRIDAY) < as_of:
        return Ambiguous(readings=(), why=f"{found[0]!r} was written after the end of the working week")
    return friday_of(monday)


def _in_two_weeks(_found: re.Match[str], as_of: date) -> ReadDay:
    return friday_of(as_of + timedelta(days=14))


def _calendar_week(found: re.Match[str], as_of: date) -> ReadDay:
    number = int(found["number"])
    year = int(found["year"]) if found["year"] else as_of.isocalendar().year
    year = year + 2000 if year < 100 else year
    try:
        monday = date.fromisocalendar(year, number, 1)
        if not found["year"] and monday + timedelta(days=6) < as_of:
            monday = date.fromisocalendar(year + 1, number, 1)
    except ValueError:
        return Unreadable(why=f"{found[0]!r} is no week of a year")
    return friday_of(monday)


def friday_of(day: date) -> Day:
    """The last working day of a day's week: who names a week has to have the goods within it."""
    return Day(day=day + timedelta(days=_FRIDAY - day.weekday()), latest=True)


def _end_of_month(found: re.Match[str], as_of: date) -> ReadDay:
    name, year = found["name"], found["year"]
    month = MONTH_OF[name.lower()] if name else as_of.month + bool(found["next"])
    last = _last_of(int(year) if year else as_of.year, month)
    if name and not year and last < as_of:
        last = _last_of(as_of.year + 1, month)
    return Day(day=last, latest=True)


def _last_of(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _week_after(found: re.Match[str], as_of: date) -> ReadDay:
    """Seven days after the coming such day: "tomorrow week", "a week from Friday"."""
    name = found["name"].lower()
    if name in WEEKDAY_OF:
        ahead = (WEEKDAY_OF[name] - as_of.weekday()) % 7 or 7
    else:
        ahead = int(bool(re.fullmatch(TOMORROW, name)))
    return Day(day=as_of + timedelta(days=ahead + 7))


def _fortnight(_found: re.Match[str], as_of: date) -> ReadDay:
    return Day(day=as_of + timedelta(days=14), latest=True)


def _month(found: re.Match[str], _as_of: date) -> ReadDay:
    return Unreadable(why=f"{found[0]!r} names no day of the month")


def _within(found: re.Match[str], as_of: date) -> ReadDay:
    count = read_number(found["count"], "")
    if not isinstance(count, Decimal) or count != int(count) or count > 400:
        return Unreadable(why=f"{found[0]!r} names no day")
    if found["working"]:
        return Ambiguous(readings=(), why=f"{found[0]!r} depends on which days are worked")
    days = int(count) * (1 if found["days"] else 7)
    return Day(day=as_of + timedelta(days=days), latest=True)


_PART = (
    r"(?:beginning of|start of|early|mid|middle of|first half of|second half of|anfang|mitte|début|mi-?|milieu|courant"
    r"|principios de|mediados de|comienzos de|begin|half|medio)"
)
_COUNT = (
    r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|a|einer|ein|zwei|drei|vier"
    r"|fünf|sechs|sieben|acht|neun|zehn|zwölf|vierzehn|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze"
    r"|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|een|één|twee|drie|vier|vijf|zes|zeven|acht"
    r"|negen|tien|twaalf|veertien)"
)
_NAME = rf"(?P<name>{TODAY}|tomorrow|morgen|demain|mañana|{WEEKDAY})"
_WORKING = r"(?P<working>(?:working|business|work|arbeits|werk)[ -]?)?"
SPELLS = (
    Spell(
        words=rf"(?P<next>)(?P<name>{WEEKDAY}),?(?P<following>[ \t]+(?:of |de la |van |der |in der |de "
        rf"|la )?(?:{NEXT}[ \t]+{WEEK}"
        rf"|semaine prochaine|semana (?:que viene|próxima|siguiente)|week thereafter)){_END}",
        read=_weekday,
    ),
    Spell(
        words=rf"(?P<next>)(?P<following>{NEXT}[ \t]+{WEEK}|semaine prochaine|semana que viene),?[ \t]+"
        rf"(?:on |am |le |el |op )?(?P<name>{WEEKDAY}){_END}",
        read=_weekday,
    ),
    Spell(words=rf"(?:the week after next|übernächste[rn]? woche){_END}", read=_in_two_weeks),
    Spell(
        words=rf"(?:(?P<next>{NEXT})[ \t]+|{THIS}[ \t]+)?(?P<name>{WEEKDAY})s?(?P<following>[ \t]+(?:of["
        rf" \t]+)?{NEXT}[ \t]+{WEEK})?"
        rf"(?:[ \t]+(?:que viene))?{_END}",
        read=_weekday,
    ),
    Spell(words=rf"(?P<name>{WEEKDAY})(?P<following>)[ \t]+(?P<next>prochain|próximo){_END}", read=_weekday),
    Spell(
        words=rf"{END_OF}[ \t]*(?:(?P<next>{NEXT})|{THIS})?[ \t]*(?:the |der |la "
        rf"|de )?(?:{WEEK}(?P<after>[ \t]+(?:prochaine|próxima))?){_END}".replace("(?P<after>", "(?:"),
        read=_end_of_week,
    ),
    Spell(words=rf"(?:the )?(?:(?P<next>{NEXT})|{THIS})[ \t]+{WEEK}{_END}", read=_week),
    Spell(
        words=rf"(?:la )?semaine[ \t]+(?P<next>prochaine){_END}|(?:la )?semana[ \t]+que[ \t]+viene{_END}", read=_week
    ),
    Spell(
        words=rf"(?:in der )?(?P<number>\d{{1,2}})\.[ ]?(?:kw|kalenderwoche|woche)(?P<year>){_END}", read=_calendar_week
    ),
    Spell(words=rf"{_PART}[ \t-]*(?:of |der |de la |de )?{CALENDAR_WEEK}[ ]?\d{{1,2}}(?!\d)", read=_month),
    Spell(
        words=rf"(?:{END_OF}[ ]?)?{CALENDAR_WEEK}[ ]?(?P<number>\d{{1,2}})(?:[ ]?(?:/|of|\.|-"
        rf"|,)[ ]?(?P<year>20\d\d|\d\d)"
        rf"|[ ](?P<year2>20\d\d))?(?![\w.,]\d|\d)".replace("(?P<year2>20\\d\\d)", "20\\d\\d"),
        read=_calendar_week,
    ),
    Spell(
        words=rf"{END_OF}[ \t]*(?:(?:(?P<next>{NEXT})|{THIS})[ \t]+)?(?:{MONTH_WORD}"
        rf"|(?P<name>{MONTH})\.?)(?:[ \t]+(?:de )?(?P<year>20\d\d))?{_END}",
        read=_end_of_month,
    ),
    Spell(words=rf"(?:monatsende|month[- ]end|eom|maandeinde)(?P<name>)(?P<year>)(?P<next>){_END}", read=_end_of_month),
    Spell(
        words=rf"(?:{THIS}[ ]|{NEXT}[ ]|the[ ]|dem[ ]|le[ ]|het[ ])?(?:wochenende|week-?end|fin de semana"
        rf"|fin de semaine)(?P<next>){_END}",
        read=_month,
        needs_lead=True,
    ),
    Spell(words=rf"{_NAME}[ ](?:week|en[ ]huit){_END}", read=_week_after),
    Spell(words=rf"(?:a|one)[ ]week[ ]from[ ]{_NAME}{_END}", read=_week_after),
    Spell(
        words=rf"{_NAME}[ ](?:in[ ]einer[ ]woche|over[ ]een[ ]week|en[ ]una[ ]semana){_END}",
        read=_week_after,
    ),
    Spell(words=rf"(?:in|within)[ ]a[ ]fortnight{_END}|a[ ]fortnight[ ]from[ ](?:now|today){_END}", read=_fortnight),
    Spell(
        words=rf"{_COUNT}[ ](?:(?P<working>(?:working|business)[ ])?(?P<days>{DAYS})|{WEEKS})"
        rf"[ ](?:from[ ](?:now|today|receipt of order)|ab[ ]heute|vanaf[ ](?:nu|vandaag)){_END}",
        read=_within,
    ),
    Spell(
        words=rf"{_PART}[ \t-]*(?:the |der |van |de )?(?:{NEXT}[ \t]+|{THIS}[ \t]+)?(?:{MONTH}|{MONTH_WORD}"
        rf"|{WEEK})(?:[ \t]+20\d\d)?{_END}",
        read=_month,
    ),
    Spell(
        words=rf"(?:(?:in|im|en|for|für|pour|para)[ \t]+)(?:{MONTH})\.?(?:[ \t]+(?:de )?20\d\d)?{_END}"
        rf"|{MONTH}\.?[ \t]+(?:de )?20\d\d(?!\d)",
        read=_month,
    ),
    Spell(words=rf"(?:{NEXT}|{THIS})[ \t]+{MONTH_WORD}{_END}|q[1-4](?:[ /]?20\d\d)?{_END}", read=_month),
    Spell(words=rf"{WITHIN}[ \t]+{_COUNT}[ \t]+(?:{_WORKING}(?P<days>{DAYS})|{WEEKS}){_END}", read=_within),
)
