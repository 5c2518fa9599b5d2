"""Which numbers of a sentence count its goods: with a unit, beside goods, or "a pump" where one is ordered."""

import re

from agents.order_intake.reading.counts import Count
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.pairing import Named
from agents.order_intake.values.languages import FUNCTION_WORDS
from agents.order_intake.values.numbers import MULTIPLES
from agents.order_intake.values.units import PACK_WORDS

_NEAR_BEFORE, _NEAR_AFTER = 48, 14
_ONE = re.compile(
    r"(?<![\w-])(?:(?P<one>one|eins|één)|(?P<article>an?|eine?[nrms]?|une?|una|uno|een))[ ]"
    r"(?P<words>(?:[^\W\d_]+(?:-[^\W\d_]+)?[ ]){0,2})\(?$",
    re.IGNORECASE,
)
_NO_THING = (
    FUNCTION_WORDS
    | PACK_WORDS
    | set(MULTIPLES)
    | {
        "paar",
        "few",
        "couple",
        "lot",
        "number",
        "bunch",
        "handful",
        "pair",
        "par",
        "some",
        "more",
        "half",
        "quote",
        "offer",
    }
    | {"question", "problem", "price", "request", "quotation", "angebot", "frage", "anfrage", "preis", "devis", "offre"}
    | {"pregunta", "oferta", "vraag", "offerte", "order", "bestellung", "auftrag", "commande", "pedido", "bestelling"}
    | {"aantal", "anzahl", "nombre", "cantidad", "reihe", "montón", "tas", "stapel", "handvol", "handvoll", "poignée"}
)
_ELSEWHERE = re.compile(
    r"\b(?:on|about|regarding|from|over|like|with|über|zur?|von|auf|an|sur|sobre|concernant|van|in|aan)[ ]$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:need\w*|requir\w*|order\w*|send|ship|deliver|want|like|put us down|(?:could|can) (?:we|i) (?:get"
    r"|have)|get us|take"
    r"|supply|enter|brauch\w*|benötig\w*|bestell\w*|liefer\w*|schick\w*|send\w*|hätten|möcht\w*"
    r"|nehmen|bitte um"
    r"|besoin|faut|faudrait|command\w*|livr\w*|envoy\w*|voudri\w*|souhait\w*|aimeri\w*|prend\w*|merci de|veuillez"
    r"|necesit\w*|ped\w*|quer\w*|quisi\w*|envi\w*|enví\w*|suminist\w*|favor|hace falta|nodig|bestel\w*|lever\w*|graag"
    r"|stuur|willen|zend\w*|doe)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\b(?:and|plus|also|with|und|sowie|dazu|et|avec|y|más|con|en|ook|met)\b[^.;:!?\n]{0,20}$", re.IGNORECASE
)
_FEW_WORDS = 4


def usable(page: Page, named: list[Named], counts: list[Count]) -> list[Count]:
    """The numbers that are quantities: those with a unit or a label, and those right beside goods."""
    return [
        one
        for one in counts
        if one.strong
        or any(_is_beside(page, one, goods) for goods in named)
        or (len(named) == 1 and _has_day(page, one))
    ]


def _has_day(page: Page, count: Count) -> bool:
    """Whether a day stands right beside a number, as it does where deliveries are split."""
    near = page.between(max(0, count.start - 40), min(len(page.text), count.end + 40), "day")
    gaps = [
        page.text[count.end : day.start] if day.start >= count.end else page.text[day.end : count.start] for day in near
    ]
    return any(re.fullmatch(r"[ ]*(?:pcs|on|for|am|pour|para|op)?[ :\-=]*", gap) for gap in gaps)


def _is_beside(page: Page, count: Count, named: Named) -> bool:
    if count.end <= named.start:
        # The number written again in brackets was compared already.
        gap = re.sub(r"[ ]?\(\w+\)", "", page.text[count.end : named.start])
        return len(gap) <= _NEAR_BEFORE and not re.search(r"[.;:!?\n\t,]|\d", gap) and len(gap.split()) <= 5
    if named.end <= count.start:
        gap = page.text[named.end : count.start]
        return len(gap) <= _NEAR_AFTER and bool(
            re.fullmatch(
                r"[\s:=\-\u2013\u2014,(\[x\u00d7*"
                r"|>]*(?:[^\W\d_]{1,3}\.?)?[\s:]*",
                gap,
            )
        )
    return False


def without_guesses(page: Page, named: list[Named], counts: list[Count]) -> list[Named]:
    """The goods without codes that nobody knows and nobody counts, where others are known and counted."""
    known = [one for one in named if one.name or not one.code or one.code.start not in page.guessed]
    return known if known and len(known) < len(named) and len(counts) <= len(known) else named


def with_single_ones(page: Page, start: int, named: list[Named], counts: list[Count]) -> list[Count]:
    """The quantities, with the "one" or the article before goods that are ordered, if then every item has its own."""
    if not named or len(counts) >= len(named):
        return counts
    found: list[Count] = list(counts)
    floor = start
    for goods in named:
        one = _single(page, start, floor, goods)
        taken = one and any(one[0] < count.end and count.start < goods.start for count in counts)
        counted = any(floor <= count.start and count.end <= goods.start for count in counts)
        if one and not taken and not counted:
            found.append(Count(start=one[0], end=one[1], value=one, unit=None, strong=False, labelled=False))
        floor = goods.end
    return sorted(found, key=lambda count: count.start) if len(found) == len(named) else counts


def _single(page: Page, start: int, floor: int, goods: Named) -> tuple[int, int] | None:
    found = _ONE.search(page.text[floor : goods.start])
    if not found:
        return None
    group = "one" if found["one"] else "article"
    first, last = floor + found.start(group), floor + found.end(group)
    before = page.text[start:first]
    if any(word.lower() in _NO_THING for word in found["words"].split()) or _ELSEWHERE.search(before):
        return None
    if group == "article" and not _ORDERS.search(before) and not (floor > start and _JOINS.search(before)):
        return None
    return (first, last) if page.is_free(first, last) else None
