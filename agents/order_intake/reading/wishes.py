"""What the words around a day say of it: that goods are wanted then, or no more than that something happens then."""

import re

from agents.order_intake.reading.dated import SUITS
from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.words import DELIVERY, WISH
from agents.order_intake.values.calendar_words import LATEST

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


def is_led(text: str) -> bool:
    """Whether the words of a day begin with one that says by when."""
    return bool(_LEAD.match(text))


def is_wanted(page: Page, day: Mark, start: int, end: int, *, alone: bool) -> bool:
    """Whether a sentence with a day may speak of delivery."""
    text = page.text
    around = _sentence(text, day, start, end)
    suits = bool(SUITS.search(around)) and len(around.split()) <= _SHORT
    opens = text[start:end].rstrip().endswith(":")
    return bool(is_led(text[day.start : day.end]) or opens or suits or alone or DELIVERY.search(around))


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
