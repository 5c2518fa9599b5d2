"""Which day: what a text says of days, where it has one reading, and whether it says when goods are wanted or when a
letter was written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from agents.order_intake.second.folding import folded
from agents.order_intake.second.spells import (
    MONTH,
    SPELLS,
    WEEKDAY,
    WEEKS_OF_DAYS,
    Spell,
    Stretch,
    month_number,
    next_day_of_month,
)

_ISO = re.compile(r"(?<!\d)(?P<y>20\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_DOTS = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.[ ]?(?P<m>\d{1,2})\.(?:[ ]?(?P<y>20\d{2}|\d{2})(?!\d|[.:]\d))?")
_MARKED = re.compile(r"(?<![\w/.-])(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>20\d{2}|\d{2})(?![\d/])")
_SHORT = re.compile(
    r"(?<=[ :\t])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?![\d/\w\"']|[.,-]\d|\.\d|[ ]?(?:in|inch|zoll|duim|pouces?"
    r"|pulgadas?|hp|pcs|st|x)\b)"
)
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|\u00ba|\u00b0|e|de)?[ ]?(?:of[ ]|de[ ]|d'|-"
    rf"|/)?[ ]?(?P<month>{MONTH})(?!\w)(?!\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]20\d\d)\.?"
    r"(?:,?[ ]?(?:de[ ]|del[ ]|of[ ])?[-/ ]?(?P<y>20\d\d|'?\d\d(?=[\s.,;)]|$)))?"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<month>{MONTH})\.?[ -](?:the[ ])?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d"
    rf"|[.,]\d)(?:,?[ -]?(?P<y>20\d\d))?"
)
_LATER = r"by|before|until|till|on|due|no later than|not later than|latest|for|from"
_NTH = re.compile(
    rf"(?<!\w)(?:(?:{_LATER})[ ](?:the[ ])?|the[ ])(?P<d>\d{{1,2}})(?:st|nd|rd"
    rf"|th)(?!\w)(?![ ]+(?:of[ ])?(?:{MONTH})\b)"
    r"|(?<!\w)(?:am|zum|bis zum|bis|den|dem|vor dem)[ ](?P<d2>\d{1,2})\.(?![ ]?\d)"
    r"|(?<!\w)(?:pour le|avant le|le|jusqu'au|d'ici le|au plus tard le|para el|antes del|el dia|hasta el|el|voor de"
    r"|op de|uiterlijk de"
    r"|uiterlijk op de|de(?=[ ]\d{1,2}e))[ ](?P<d3>\d{1,2})(?:e|er|\u00ba)?(?![\w/.,\"-]*\d|[ ]?(?:%|x\b|hp\b|cv\b"
    r"|pk\b|ps\b|kw\b|mm\b|pul|pou|duim|pcs|uds|st\b|stuks|pieces"
    r"|unidades|zoll|in\b|\w*valv|v|b|p))"
)
_WANTED = re.compile(
    r"need|deliver|requir|ship|due\b|\bby\b|want|arriv|dock|eta\b|request|dispatch|expect|on site|in house|latest"
    r"|before|receive"
    r"|liefer|benotig|brauch|termin(?!al)|\bbis\b|wunsch|spatestens|eintreff|versand|\bzum\b"
    r"|entreg|necesit|para el|antes del|plazo|envi|recib|a mas tardar|livr|besoin|souhait|avant le|pour le|delai"
    r"|echeance|expedi"
    r"|until|hasta|jusqu|\btot\b|au plus tard|lever|nodig|uiterlijk|\bvoor\b|gewenst|tegen\b|ontvang|verzend"
    r"|arrivee|llegad|\bfor[ ](?:the[ ])?$"
)
_WANTED_AFTER = re.compile(
    r"[ ,]*(?:please|pls|bitte|svp|s'il|por favor|graag|a\.?u\.?b|(?:would|will) (?:be (?:great|good|perfect|fine)"
    r"|work|suit)|works|suits|passt|ware (?:gut|prima|schon|perfekt|ideal)|serait (?:parfait|ideal|bien)|nous convient"
    r"|seria (?:perfecto|ideal)|nos va bien|zou (?:mooi|prima|fijn|ideaal)|komt (?:goed|ons))"
)
_PAPER_OF = re.compile(
    r"(?:order|\bpo\b|bestellung|auftrag|commande|pedido|bestelling|orden)[^\n.;]{0,40}[ ](?:of|vom|du|del|van"
    r"|dated|dd\.?|d\.d\.|/)[ ]$"
)
_PAGE = re.compile(r"(?:page|seite|pagina|blatt|blz|hoja|sheet)\.?[ ]{0,2}$")
_WRITTEN = re.compile(
    r"(?<!\w)(?:(?:date|datum|fecha|dated|issued|generated|printed|gedruckt|sent|gesendet|envoye|verzonden|enviado"
    r"|stand|rev)(?!\w)[^\n]{0,16}|(?:vom|du|del|van|of)(?:[ ](?:the|la))?[ ]{1,2})$"
)
_OTHER_DAYS = re.compile(
    r"(?:quot|offer|angebot|devis|offre|oferta|presupuesto|offerte|call|telefon|gesprach|meeting|llamada|reunion"
    r"|e-?mail|mail|letter"
    r"|invoice|rechnung|factur|price list|preisliste|discuss|besproch|spoke|last order|letzte|contract|vertrag"
    r"|contrat|inspector|inspection|audit|meeting"
    r"|expires|valid until|gultig)[^\n.;]{0,40}$"
)
_VALID = re.compile(
    r"(?<!\w)(?:issued|generated|printed|created|gedruckt|erstellt|imprime|impreso|emitid[oa]|afgedrukt|edite)"
    r"(?: (?:on|am|le|el|op))?[ :]{1,2}$|"
    r"(?:valid|good|firm|hold|held|gultig|gilt|valable|valid[oa]s?|vigente|vale|geldig|expir\w+|ablauf\w*|lauft)"
    r"[^.;\n\d]{0,24}$"
)
_AWAY = (
    r"(?:vacation|holidays?|closed|closing|away|out of (?:the )?office|outage|turnaround|stillstand|starts|begins"
    r"|beginnt|startet|demarre|commence|empieza"
    r"|arranca|begint|shuts?(?:down)?|urlaub|geschlossen|betriebs\w+"
    r"|inventur|stocktak\w+|inventory|ferme[es]?|fermeture|vacances|conges|inventaire|cerra\w+|vacaciones|inventario"
    r"|gesloten|vakantie|bouwverlof|sluiting)"
)
_AWAY_OR_BILLED = re.compile(
    r"(?<!after )(?<!before )(?<!after our )(?<!after the )(?<!before our )(?<!before the )(?<!nach )(?<!nach dem )"
    r"(?<!nach den )(?<!vor dem )(?<!vor den )(?<!apres )(?<!apres la )(?<!apres les )(?<!tras )(?<!tras la )"
    r"(?<!de la )(?<!de las )(?<!na )(?<!na de )(?<!voor de )"
    rf"(?<!\w)(?:{_AWAY}|invoic\w+|bill(?:ed|ing)?|rechnung\w*|factur\w+|facturen)(?!\w)(?:[^.,;\n]|(?<=\d\.\d)\.|(?<=\d\.\d\d)\.|(?<=\d)\.(?=\d)){{0,44}}$"
)
_AWAY_AFTER = re.compile(rf"(?:[^.,;\n]|(?<=\d\.\d)\.|(?<=\d\.\d\d)\.|(?<=\d)\.(?=\d)){{0,44}}(?<!\w){_AWAY}(?!\w)")
_AND_MORE = re.compile(
    r"(?:[ ]?(?:,|-|\u2013|&)[ ]?|[ ](?:and|und|et|y|en|to|bis|au|al|tot)[ ])\d{1,2}(?=[.,;:)\n]"
    r"|$|[ ]for[ ])"
)
_GOODS_WANTED = re.compile(
    r"need|deliver|requir|ship|due\b|want|arriv|receiv|liefer|benotig|brauch|termin(?!al)|entreg|necesit|livr|besoin|lever|nodig"
)
_SENTENCE = re.compile(r"[.!?;][ ](?!\d)")
_TALKED = re.compile(
    r"(?:according to|as|per|wie|selon|segun|comme|zoals|volgens)[ ][^.;\n]{0,40}?(?:talk|spoke|agreed|discuss|telefon"
    r"|besproch|vereinbar|habla|acorda|convers|comenta|convenu|discut|parl|besprok|afgesproken|gebeld)[^.;\n]{0,40}$"
)
_TALKED_AFTER = re.compile(
    r"[ ](?:[^\W\d_]+[ ]){0,3}?(?:besproch|vereinbart|discussed|agreed|spoke|talked|hablad|acordad|convenu|discut"
    r"|besprok"
    r"|afgesproken|gebeld)"
)
_BESIDE_DATE = re.compile(r"[ ,(]{1,3}")
_NEAR = 60
_CLAUSE = re.compile(r"[,;!?()]|[.:][ ]|[ ][-\u2013\u2014][ ]")
_HABIT = re.compile(
    rf"(?<!\w)(?:{WEEKDAY})s?(?:[ ]?[-\u2013/][ ]?|[ ](?:bis|to|through|thru|till|until|and|und|a|au|et|al|y|tot"
    rf"(?: en met)?|t/m|en)[ ])(?:{WEEKDAY})s?(?!\w)|(?<!\w)(?:mondays|tuesdays|wednesdays|thursdays|fridays|montags"
    r"|dienstags|mittwochs|donnerstags|freitags)(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDay:
    """What a text says of days: from `day` to `last`, mostly one; where it stands, and what its words are about: when
    goods are `wanted`, or only when something was `written`. `soonest` is as soon as possible, from `day` on."""

    day: date
    last: date
    start: int
    end: int
    wanted: bool
    written: bool
    soonest: bool = False


def days_seen(text: str, *, language: str, as_of: date) -> tuple[SeenDay, ...]:
    """The days of a text that have one reading. A date without a year is the next one; 03/04 is one only in languages
    that never write the month first, or where another date of the text proves which comes first."""
    plain = folded(text)
    day_first = _proven(plain) if language not in {"de", "es", "fr", "nl"} else True
    taken = bytearray(len(plain))
    for habit in _HABIT.finditer(plain):
        taken[habit.start() : habit.end()] = b"\x01" * len(habit[0])
    found: list[SeenDay] = []
    for one in _found(plain, day_first, as_of):
        if any(taken[one.start : one.end]) or _PAGE.search(plain[max(0, one.start - 10) : one.start]):
            continue
        wanted, written = _about(plain, one)
        more = _AND_MORE.match(plain, one.end) if written else None
        end = more.end() if more else one.end
        taken[one.start : end] = b"\x01" * (end - one.start)
        found.append(
            SeenDay(
                day=one.first,
                last=one.last,
                start=one.start,
                end=end,
                wanted=wanted,
                written=written,
                soonest=one.soonest,
            )
        )
    found.sort(key=lambda one: one.start)
    return tuple(one for at, one in enumerate(found) if not (at and _repeats(plain, found[at - 1], one)))


def _repeats(text: str, date_before: SeenDay, one: SeenDay) -> bool:
    """Whether a weekday only stands beside its own date: "December 11, 2026 (Friday)"."""
    bare = not any(map(str.isdigit, text[one.start : one.end]))
    beside = _BESIDE_DATE.fullmatch(text, date_before.end, one.start) is not None
    return bare and beside and date_before.day == date_before.last and date_before.day.weekday() == one.day.weekday()


def _about(text: str, one: Stretch) -> tuple[bool, bool]:
    """Whether goods are wanted then, or something was written: what stands nearest before it, else after it."""
    start = max(text.rfind("\n", 0, one.start) + 1, one.start - _NEAR)
    before, lead = text[start : one.start], text[one.start : one.end]
    if not any(map(str.isdigit, lead)):
        # A bare weekday is of its own clause: what is said before a comma or a dash is of another day.
        before = _CLAUSE.split(before)[-1]
    if one.soonest:
        return True, False
    if _PAPER_OF.search(before) or _AWAY_OR_BILLED.search(before) or _VALID.search(before) or _TALKED.search(before):
        return False, True
    if _AWAY_AFTER.match(text, one.end) and not _GOODS_WANTED.search(_SENTENCE.split(before)[-1]):
        return False, True
    if not any(map(str.isdigit, lead)) and _TALKED_AFTER.match(text, one.end):
        return False, True
    wanted = max((found.end() for found in _WANTED.finditer(before)), default=-1)
    written = max((found.end() for found in _WRITTEN.finditer(before)), default=-1)
    labelled = before.rstrip(" *\t").endswith((":", "=")) and _WANTED.search(before)
    if _OTHER_DAYS.search(before) and not labelled and not _WANTED.search(before[max(0, len(before) - 14) :]):
        return False, True
    if _WANTED.match(lead):
        return True, False
    if wanted >= 0 or written >= 0:
        return wanted >= 0, wanted < 0
    end = text.find("\n", one.end)
    after = text[one.end : min(end if end >= 0 else len(text), one.end + _NEAR)]
    return bool(_WANTED.search(after) or _WANTED_AFTER.match(after)), False


def _proven(text: str) -> bool | None:
    """Whether the day comes first, where dates of the text can only be read one way, None where nothing says so."""
    pairs = [(int(found["d"]), int(found["m"])) for found in _MARKED.finditer(text) if found["s"] != "."]
    firsts = {a > 12 for a, b in pairs if (a > 12) != (b > 12)}
    return firsts.pop() if len(firsts) == 1 else None


def _found(text: str, day_first: bool | None, as_of: date) -> Iterator[Stretch]:
    """Every day, those whose words are plainest first."""
    yield from _spelled(text, WEEKS_OF_DAYS, as_of)
    for pattern in (_ISO, _DOTS, _MARKED, _DAY_FIRST, _MONTH_FIRST):
        yield from _dated(text, pattern, day_first=day_first, as_of=as_of)
    yield from _spelled(text, SPELLS, as_of)
    for match in _NTH.finditer(text):
        day = next_day_of_month(int(match["d"] or match["d2"] or match["d3"]), as_of)
        if day is not None:
            yield Stretch(start=match.start(), end=match.end(), first=day, last=day)
    yield from _dated(text, _SHORT, day_first=day_first, as_of=as_of)


def _spelled(text: str, spells: Iterable[Spell], as_of: date) -> Iterator[Stretch]:
    for pattern, read in spells:
        for match in pattern.finditer(text):
            days = read(match, as_of)
            if days is not None:
                yield Stretch(start=match.start(), end=match.end(), first=days[0], last=days[1], soonest=len(days) > 2)


def _dated(text: str, pattern: re.Pattern[str], *, day_first: bool | None, as_of: date) -> Iterator[Stretch]:
    for match in pattern.finditer(text):
        is_open = match.groupdict().get("s", "/") != "." and pattern in {_MARKED, _SHORT}
        day = _day(match, day_first=day_first if is_open else True, as_of=as_of)
        if day is not None:
            yield Stretch(start=match.start(), end=match.end(), first=day, last=day)


def _day(match: re.Match[str], *, day_first: bool | None, as_of: date) -> date | None:
    parts = match.groupdict()
    month = month_number(parts["month"]) if parts.get("month") else int(parts["m"])
    day = int(parts["d"])
    if not parts.get("month") and day_first is not True:
        if day_first is False or month > 12 >= day:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    elif not parts.get("month") and parts.get("s") in {"/", "-"} and month > 12 >= day:
        day, month = month, day
    year = int((parts.get("y") or "0").strip("'"))
    try:
        if not year:
            this = date(as_of.year, month, day)
            return this if this >= as_of else date(as_of.year + 1, month, day)
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
