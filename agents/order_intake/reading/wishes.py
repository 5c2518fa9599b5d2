"""What the words around a day say of it: that goods are wanted then, or no more than that something happens then."""

import re

from agents.order_intake.reading.dated import SUITS
from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.words import DELIVERY, WISH
from agents.order_intake.values.calendar_words import CALENDAR_WEEK, LATEST

_AROUND = 400
_SHORT = 12
_LEAD = re.compile(
    r"(?:by|before|until|no later|at the latest|due|bis|spätestens|avant|au plus tard|d'ici|pour"
    r"|antes|para|a más|hasta|uiterlijk|voor|vóór|tegen|zum|zu)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(rf"{LATEST}(?!\w)", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[,;:.!?()\n]|[ ][-\u2013\u2014][ ]|\b(?:and|but|because|since|so|while|when|und|aber|weil|denn|da|damit|wenn|et"
    r"|mais|car|puisque|quand|y|pero|porque|pues|cuando|en|maar|want|omdat|als)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:rest|remainder|remaining|balance|half|others?|ones?|part|partial|batch|lot|those"
    r"|(?:the|our|a) (?:first|second|third|last)|(?:first|second|third|last) (?:deliver|ship|drop|half|call)\w*"
    r"|these|them|latter|former|another|further|more|übrige[nrs]?|restliche[nrs]?|hälfte|ersten?|zweiten?|dritten?"
    r"|letzten?|teil\w*|andere[nrs]?|weitere[nrs]?|davon|reste|moitié|premi\w+|second\w*|deuxième|dernier\w*|autres?"
    r"|partie|ceux|celles|resto|mitad|primer\w*|segund\w*|últim\w*|otr[oa]s?|parte|demás|helft|eerste|tweede|derde"
    r"|laatste|andere|deel|overige|resterende|daarvan)\b",
    re.IGNORECASE,
)


_THEM = r"(?:it|them|they|these|those|this|that|all|everything|both|goods|order|material|parts|stuff|lot)"
_HANDED = re.compile(
    rf"\b(?:pick(?:ed|ing)?[ -]?(?:{_THEM} )?up|pick-?up|collect(?:ed|ion|ing)?|(?:has|have|needs?) to be (?:here|in)"
    rf"|{_THEM} (?:\w+ ){{0,4}}(?:here|there|in place|on the ground)|(?:in|into) (?:our|my) hands"
    rf"|(?:have|get|need|take|want|see|for) {_THEM}|appreciate {_THEM}|looking for|close of business|cob|deadline"
    r"|target date|(?:target|timing|time ?frame|schedule|when|wann|quand|cuándo|wanneer|zieltermin|zeitraum):"
    r"|abhol\w*|abgeholt|(?:hier|da|bei uns|vor ort|im haus|auf der baustelle) (?:sein|haben|eintreffen)"
    r"|(?:sie|es|alles|beides|diese|ware)\b[^.;!?]{0,40}\bhaben"
    r"|enlèvement|venir chercher|(?:les|le|la|tout) (?:avoir|recevoir)"
    r"|(?:être|soit|soient|arriv\w*) (?:\w+ )?(?:chez nous|sur place|sur site|ici)"
    r"|recogida|recogeremos|recoger|tenerl[oa]s?|(?:estén?|estar|llegar) (?:\w+ )?(?:en planta|en obra|en almacén|aquí)"
    r"|afhal\w*|ophal\w*|(?:hier|ter plaatse|bij ons) (?:zijn|hebben)|(?:ze|het|alles|deze)\b[^.;!?]{0,40}\bhebben)"
    r"(?!\w)",
    re.IGNORECASE,
)
_ONLY_WEEK = re.compile(rf"[\W_]*(?:{CALENDAR_WEEK})[ ]?\d{{1,2}}\W*", re.IGNORECASE)
_LABEL_END = re.compile(r"(?:[:=]|[ ]-+|\u2013)[ \t*]*$")


def is_labelled(page: Page, day: Mark) -> bool:
    """Whether a day stands behind a label that speaks of delivery, whatever else the label says."""
    label = page.text[page.text.rfind("\n", 0, day.start) + 1 : day.start]
    return bool(_LABEL_END.search(label) and WISH.search(label) and len(label.split()) <= _SHORT)


def is_led(text: str) -> bool:
    """Whether the words of a day begin with one that says by when."""
    return bool(_LEAD.match(text))


def is_wanted(page: Page, day: Mark, start: int, end: int, *, alone: bool) -> bool:
    """Whether a sentence with a day may speak of delivery."""
    text = page.text
    around = _sentence(text, day, start, end)
    suits = bool(SUITS.search(around)) and len(around.split()) <= _SHORT
    opens = text[start:end].rstrip().endswith(":") or _ONLY_WEEK.fullmatch(text, start, end)
    return bool(
        is_led(text[day.start : day.end])
        or opens
        or suits
        or alone
        or DELIVERY.search(around)
        or _HANDED.search(around)
    )


def is_wished(page: Page, day: Mark, start: int, end: int) -> bool:
    """Whether the words of a day, or those beside it that belong to it, say that goods are wanted then."""
    first, last = _clause(page.text, day, start, end)
    led = _LATEST.match(page.text, day.start, day.end)
    return bool(led or WISH.search(page.text, first, day.start) or WISH.search(page.text, day.end, last))


def is_beside_the_point(page: Page, day: Mark, start: int, end: int) -> bool:
    """Whether what happens on a day is nothing that concerns goods: no wish, no part of them, no name of any."""
    first, last = _clause(page.text, day, start, end)
    words = f"{page.text[first : day.start]} {page.text[day.end : last]}"
    goods = page.between(first, last, "code", "name")
    return not (goods or is_wished(page, day, start, end) or _PART.search(words) or not re.search(r"[^\W\d_]", words))


def the_wished(page: Page, days: list[Mark], start: int, end: int) -> list[Mark]:
    """Of several days in a sentence those that are wished for, where what is said of the others concerns no goods."""
    wished = [one for one in days if is_wished(page, one, start, end)]
    rest = [one for one in days if one not in wished]
    return wished if wished and all(is_beside_the_point(page, one, start, end) for one in rest) else days


def _sentence(text: str, day: Mark, start: int, end: int) -> str:
    return f"{text[max(start, day.start - _AROUND) : day.start]} {text[day.end : min(end, day.end + _AROUND)]}"


def _clause(text: str, day: Mark, start: int, end: int) -> tuple[int, int]:
    """Where the words that belong to a day begin and end: where something else does."""
    low, high = max(start, day.start - _AROUND), min(end, day.end + _AROUND)
    marks = [found.end() for found in _BOUNDARY.finditer(text[low : day.start].rstrip(" \t:"))]
    stop = _BOUNDARY.search(text, day.end, high)
    return low + (marks[-1] if marks else 0), stop.start() if stop else high
