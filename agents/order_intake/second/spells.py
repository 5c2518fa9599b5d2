"""Days that are said and not dated: weekdays, weeks, ends of months, spans, and as soon as possible."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agents.order_intake.second.words import numbers_in_words

_MONTHS = (
    "january|januar|jan|janner|janvier|janv|enero|ene|januari",
    "february|februar|feb|fevrier|fevr|fev|febrero|februari",
    "march|marz|maerz|mar|mars|marzo|maart|mrt",
    "april|apr|avril|avr|abril|abr",
    "may|mai|mayo|mei",
    "june|juni|jun|junio|juin",
    "july|juli|jul|julio|juillet|juil",
    "august|aug|aout|agosto|ago|augustus",
    "september|sept|sep|septembre|septiembre",
    "october|oct|oktober|okt|octobre|octubre",
    "november|nov|novembre|noviembre",
    "december|dec|dezember|dez|decembre|diciembre|dic",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
MONTH = "|".join(sorted(_MONTH_OF, key=lambda name: (-len(name), name)))
_WEEKDAYS = (
    "monday|montag|lundi|lunes|maandag",
    "tuesday|dienstag|mardi|martes|dinsdag",
    "wednesday|mittwoch|mercredi|miercoles|woensdag",
    "thursday|donnerstag|jeudi|jueves|donderdag",
    "friday|freitag|vendredi|viernes|vrijdag",
)
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split("|")}
WEEKDAY = "|".join(_WEEKDAY_OF)
_WEEK = r"weeks?|woche|semaine|semana"
_NEXT = (
    r"next|following|coming|nachste[rnsm]?|kommende[rnsm]?|prochaine?|proxim[oa]|siguiente|volgende?|komende"
    r"|aanstaande"
)
_END = (
    r"(?:at[ ]the[ ]|by[ ]the[ ]|by[ ]|bis[ ]|zum[ ]|a[ ]|pour[ ]la[ ]|la[ ])?(?:end|ende|fin|finales|fines|eind"
    r"|einde)"
)
_OF = r"(?:[ ](?:of|the|de|del|der|des|van|la|le|du|d'|het))*"
FRIDAY = 4

Days = tuple[date, date] | tuple[date, date, bool] | None
"""From a day to a day; with a third part, as soon as possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days said at a place of a text."""

    start: int
    end: int
    first: date
    last: date
    soonest: bool = False


def month_number(name: str) -> int:
    """The month of a name."""
    return _MONTH_OF[name]


def next_day_of_month(day: int, as_of: date) -> date | None:
    """The next day with this number."""
    for ahead in range(3):
        month = as_of.month - 1 + ahead
        year, month = as_of.year + month // 12, month % 12 + 1
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= as_of:
            return date(year, month, day)
    return None


def _soonest(_: re.Match[str], as_of: date) -> Days:
    return as_of, as_of, True


def _week(found: re.Match[str], as_of: date) -> Days:
    number, year = int(found["n"]), found["y"]
    try:
        monday = date.fromisocalendar(2000 + int(year) % 100 if year else as_of.year, number, 1)
        if not year and monday + timedelta(days=6) < as_of:
            monday = date.fromisocalendar(as_of.year + 1, number, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=FRIDAY)


def _week_with(found: re.Match[str], as_of: date) -> Days:
    """The working days of the week that has a date."""
    month, day = _MONTH_OF[found["a"] or found["b"]], int(found["d"] or found["e"])
    try:
        this = date(as_of.year, month, day)
        this = this if this >= as_of - timedelta(days=as_of.weekday()) else date(as_of.year + 1, month, day)
    except ValueError:
        return None
    monday = this - timedelta(days=this.weekday())
    return monday, monday + timedelta(days=FRIDAY)


def _first_of(found: re.Match[str], as_of: date) -> Days:
    """The first day of a month that has a name."""
    year, month = int(found["y"] or as_of.year), _MONTH_OF[found["month"]]
    day = date(year, month, 1)
    if day < as_of and not found["y"]:
        day = date(year + 1, month, 1)
    return day, day


def _next_week(found: re.Match[str], as_of: date) -> Days:
    monday = as_of - timedelta(days=as_of.weekday()) + timedelta(days=7)
    del found
    return monday, monday + timedelta(days=FRIDAY)


def _end_of_week(found: re.Match[str], as_of: date) -> Days:
    friday = as_of + timedelta(days=FRIDAY - as_of.weekday() + (7 if found["next"] else 0))
    return (friday, friday) if friday >= as_of else None


def _end_of_month(found: re.Match[str], as_of: date) -> Days:
    parts = found.groupdict()
    month = _MONTH_OF[found["month"]] if parts.get("month") else as_of.month + (1 if parts.get("next") else 0)
    year = int(parts.get("y") or 0) or as_of.year
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    if last < as_of and not parts.get("y"):
        last = date(year + 1, month, monthrange(year + 1, month)[1])
    return last, last


def _weekday(found: re.Match[str], as_of: date) -> Days:
    """The coming one; with "next" only where it can be but one, and one of next week where that is said."""
    parts = found.groupdict()
    wanted = _WEEKDAY_OF[found["name"]]
    of_next_week = as_of + timedelta(days=7 - as_of.weekday() + wanted)
    if parts.get("of_next"):
        return of_next_week, of_next_week
    ahead = (wanted - as_of.weekday()) % 7
    if ahead == 0 or (parts.get("next") and wanted > as_of.weekday()):
        return (of_next_week, of_next_week) if parts.get("next") and ahead == 0 else None
    day = of_next_week if parts.get("next") else as_of + timedelta(days=ahead)
    return day, day


def _after(found: re.Match[str], as_of: date) -> Days:
    said = found["n"]
    numbers = [number for _, _, number in numbers_in_words(said, "")]
    count = int(said) if said.isdecimal() else 1 if said == "a" else numbers[0] if numbers else 0
    day = as_of + timedelta(days=count * (7 if found["weeks"] else 1))
    return (day, day) if count else None


def _days_on(days: int) -> Callable[[re.Match[str], date], Days]:
    def read(_: re.Match[str], as_of: date) -> Days:
        return as_of + timedelta(days=days), as_of + timedelta(days=days)

    return read


_COUNT = (
    r"(?P<n>\d{1,3}|a|one|two|three|four|five|six|eight|ten|einer|ein|zwei|drei|vier|funf|sechs|acht|zehn|une|deux"
    r"|trois"
    r"|quatre|cinq|six|huit|dix|quinze|una|dos|tres|cuatro|cinco|seis|ocho|diez|quince|een|twee|drie|vijf|zes|tien)"
)
_WEEKS = r"(?:(?P<weeks>weeks?|wochen?|semaines?|semanas?|weken)|(?:calendar[ ])?(?:days?|tagen?|jours?|dias?|dagen))"
Spell = tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]]
WEEKS_OF_DAYS: tuple[Spell, ...] = (
    (
        re.compile(
            rf"(?<!\w)(?:(?:{_WEEK}|wk\.?|week)[ ](?:of|commencing|beginning|starting|from|ab|vom|du|del|de|van)"
            rf"|w[/.]?[cb]\.?)(?:[ ](?:the|le|el))?(?:[ ](?:{WEEKDAY}),?)?[ ]"
            rf"(?:(?P<a>{MONTH})\.?[ ](?P<d>\d{{1,2}})|(?P<e>\d{{1,2}})(?:st|nd|rd|th|\.)?[ ](?:of[ ]"
            rf"|de[ ])?(?P<b>{MONTH}))\w{{0,2}}"
        ),
        _week_with,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:the[ ]|am[ ]|den[ ]|le[ ]|el[ ]|de[ ])?(?:first|erste[rn]?|premier|primero|eerste)[ ]"
            rf"(?:of[ ]|de[ ]|van[ ]|d')?(?P<month>{MONTH})(?!\w)(?:,?[ ](?:de[ ])?(?P<y>20\d\d))?"
        ),
        _first_of,
    ),
    (re.compile(r"(?<!\w)tomorrow week(?!\w)"), _days_on(8)),
)
"""Read before plain days, which they hold."""
SPELLS: tuple[Spell, ...] = (
    (
        re.compile(
            r"(?<!\w)(?:a\.?s\.?a\.?p\b\.?|(?:as )?soon(?:est)? (?:as )?(?:possible|you can|is possible)"
            r"|as soon as (?:you can|possible|you are able)"
            r"|as (?:fast|quickly|early) as (?:possible|you can)|at (?:your|the) (?:very )?earliest(?: convenience"
            r"| opportunity)?|earliest possible(?: date| delivery)?"
            r"|first available(?: date)?|soonest|immediately|right away|straight away|urgently"
            r"|so (?:schnell|bald|fruh) wie (?:nur )?(?:moglich|es geht)|(?:schnellst|baldmoglichst|schnellstmoglich"
            r"|fruhestmoglich|ehestmoglich)\w*|moglichst (?:bald|schnell|rasch)|umgehend|(?:ab )?sofort"
            r"|des que possible|(?:le |au )?plus (?:tot|vite|rapidement)(?: possible)?|dans les (?:meilleurs"
            r"|plus brefs) delais"
            r"|(?:lo )?(?:antes|mas pronto|mas rapido) (?:posible|que puedan)|cuanto antes"
            r"|a la mayor brevedad(?: posible)?|de inmediato|inmediatamente"
            r"|zo (?:snel|spoedig|vlug|gauw) (?:als )?mogelijk|z\.?s\.?m\b\.?|per omgaande|met spoed"
            r"|onmiddellijk)(?!\w)"
        ),
        _soonest,
    ),
    (
        re.compile(
            r"(?<!\w)(?:calendar week|week(?: ?no\.?| number|nr\.?)?|wk\.?|cw|kw|kalenderwoche|woche|semaine|sem\."
            r"|semana)[ ]?#?"
            r"(?P<n>\d{1,2})(?:[ ]?(?:/|of|,|de|van|-)?[ ]?(?P<y>20\d\d|(?<=/)\d\d))?(?![\w]|[.,]\d)"
        ),
        _week,
    ),
    (
        re.compile(
            rf"(?<!\w){_END}{_OF}[ ](?:(?P<next>{_NEXT})[ ])?(?:{_WEEK})(?![\w])(?![ ](?:\d|prochaine|proxima"
            rf"|que viene))"
        ),
        _end_of_week,
    ),
    (
        re.compile(rf"(?<!\w)fin{_OF}[ ](?:{_WEEK})[ ](?P<next>prochaine|proxima|que viene)(?!\w)"),
        _end_of_week,
    ),
    (
        re.compile(
            rf"(?<!\w){_END}{_OF}(?:[ ]?'|[ ])(?P<month>{MONTH})(?!\w)\.?(?:[ ](?:de[ ]"
            rf"|of[ ])?(?P<y>20\d\d))?"
        ),
        _end_of_month,
    ),
    (
        re.compile(
            rf"(?<!\w){_END}{_OF}[ ](?:this[ ]|dieses[ ]|ce[ ]|este[ ]|deze[ ])?(?:(?P<next>{_NEXT})[ ])?(?:month"
            rf"|monats?|mois|mes|maand)(?!\w)"
            r"|(?<!\w)(?:monatsende|month[- ]end|maandeinde)(?!\w)"
        ),
        _end_of_month,
    ),
    (
        re.compile(
            rf"(?<!\w)(?P<name>{WEEKDAY})(?P<of_next>[ ](?:of[ ]|der[ ]|de[ ]la[ ]"
            rf"|de[ ])?(?:{_NEXT})[ ](?:{_WEEK}))(?!\w)"
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:(?P<next>next|nachste[rnsm]?|proximo"
            rf"|volgende)[ ])?(?:this[ ](?:coming[ ])?)?(?P<name>{WEEKDAY})(?!\w)(?![ ,]*(?:the[ ]|den[ ]|der[ ]|dem[ ]"
            rf"|le[ ]|el[ ])?\d)(?![ ,]+(?:{MONTH})\b)"
        ),
        _weekday,
    ),
    (
        re.compile(rf"(?<!\w)(?:(?:{_NEXT})[ ](?:{_WEEK})|(?:{_WEEK})[ ](?:prochaine|proxima|que viene))(?!\w)"),
        _next_week,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:in|within|innerhalb(?: von)?|binnen|dans|sous|d'ici|en|dentro de"
            rf"|over)[ ]{_COUNT}[ ]{_WEEKS}(?!\w)(?![ ](?:ouvr|habil|labor))"
        ),
        _after,
    ),
    (
        re.compile(
            rf"(?<!\w){_COUNT}[ ]{_WEEKS}[ ](?:from (?:now|today)|ab heute|vanaf nu|vanaf vandaag"
            rf"|a partir de hoy)(?!\w)"
        ),
        _after,
    ),
    (
        re.compile(
            r"(?<!\w)(?:the day after tomorrow|day after tomorrow|ubermorgen|apres-demain|pasado manana"
            r"|overmorgen)(?!\w)"
        ),
        _days_on(2),
    ),
    (
        re.compile(r"(?<!\w)(?:tomorrow|(?<!guten )(?<!goede )morgen|demain|(?<!la )(?<!por la )manana)(?!\w)"),
        _days_on(1),
    ),
    (re.compile(r"(?<!\w)(?:by today|for today|heute|aujourd'hui|(?:para|de) hoy|vandaag)(?!\w)"), _days_on(0)),
)
