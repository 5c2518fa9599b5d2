"""Which numbers of a sentence count its goods: with a unit, beside goods, or "a pump" where one is ordered."""

import re
from collections.abc import Sequence

from agents.order_intake.reading.counts import Count
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.pairing import Named
from agents.order_intake.values.languages import FUNCTION_WORDS
from agents.order_intake.values.numbers import MULTIPLES
from agents.order_intake.values.units import PACK_WORDS

_NEAR_BEFORE, _NEAR_AFTER, _NEAR_SIZE = 48, 14, 24
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
                r"[\s:=\-\u2013\u2014,(\[)\]x\u00d7*"
                r"|>]*(?:[^\W\d_]{1,3}\.?)?[\s:]*",
                gap,
            )
        )
    return False


def without_numbered(page: Page, named: list[Named], counts: list[Count], length: int) -> list[Count]:
    """The counts without the number after a word for goods that tells one of them apart ("pump 2 is leaking again")."""
    kept: list[Count] = []
    for one in counts:
        said = next((goods for goods in named if page.text[goods.end : one.start] == " "), None)
        plain = said is not None and said.code is None and not re.search(r"\d", page.text[said.start : said.end])
        plural = said is not None and page.text[said.start : said.end].endswith("s")
        if plain and not plural and not one.strong and length > _FEW_WORDS and not _END.match(page.text, one.end):
            page.explain(one.start, one.end)
            continue
        kept.append(one)
    return kept


_END = re.compile(r"[ ]*(?:$|[,;.:!?\n])")


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


def explain_named(page: Page, named: Sequence[Named]) -> None:
    """Says that something was made of the words and codes of goods."""
    for one in named:
        page.explain(one.start, one.end)
        explain_sizes(page, one)


def explain_sizes(page: Page, named: Named) -> None:
    """A size beside a code that ends in the same number says the same again ("PS-10 (10 hp)", "FV-08, 8 pouces")."""
    ends = re.search(r"(\d+)$", page.text[named.code.start : named.code.end]) if named.code else None
    if not ends or not named.code:
        return
    near = page.between(max(0, named.start - _NEAR_SIZE), min(len(page.text), named.end + _NEAR_SIZE), "size")
    for size in near:
        written = re.match(r"\d+", page.text[size.start : size.end])
        gap = page.text[size.end : named.start] if size.end <= named.start else page.text[named.end : size.start]
        if written and int(written[0]) == int(ends[1]) and not re.search(r"[\d.;:\n]", gap):
            page.explain(size.start, size.end)
