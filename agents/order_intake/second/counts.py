"""How many: the one number of a stretch of text that can only be a quantity, or none."""

import re
from collections.abc import Iterator
from decimal import Decimal

from agents.order_intake.second.masks import ITEM
from agents.order_intake.second.words import DOZENS, GOODS, ONE, UNITS, numbers_in_words

_START = r"(?<![\w.,/'-])"
_NUMBER = rf"{_START}(\d{{1,7}})(?![\w/-]|[.,]\d)"
_COUNTED = re.compile(rf"{_START}(\d{{1,7}})[ \t]{{0,8}}(?:x[ ])?(?:\(?(?:{UNITS})(?![\w-]))")
_TIMES_AFTER = re.compile(rf"{_START}(\d{{1,7}})[ ]?(?:x(?![\w])|\u00d7)(?![ ]?\d+(?![\w.,]|[ ]?[\"'-]))")
_TIMES_BEFORE = re.compile(r"(?<![\w])(?<!\d )[x\u00d7][ ]?(\d{1,7})(?![\w/-]|[.,]\d)")
_DOZEN = re.compile(rf"{_START}(\d{{1,5}})[ ]?(?:{DOZENS})(?!\w)")
_HALF_DOZEN = re.compile(
    rf"(?<!\w)(?:half a|half|ein halbes|une demi-?|media|(?:een )?half|halve?)[ -]?(?:{DOZENS})(?!\w)"
)
_A_DOZEN = re.compile(
    rf"(?<!\w)(?:a|an|one|ein|eine|einem|un|une|una|een)[ ](?:{DOZENS})(?!\w)|(?<!\w)(?:douzaine|docena)(?!\w)"
)
_WORDED_DOZEN = re.compile(rf"[ ](?:{DOZENS})(?!\w)")
_LABELLED = re.compile(
    r"(?<!\w)(?:(?:order(?:ed)?|required|bestell|bestel|req\.?)[ ]?)?(?:qty|quantity|quant|menge|bestellmenge|anzahl"
    r"|stuckzahl|cantidad|cant|cdad|ctd|quantite|qte|aantal|hoeveelheid|nombre|number of (?:units|pieces)|pcs|pieces"
    r"|units|stuck|stk|unidades|uds|stuks|pieces)(?:[ ](?:ordered|required|needed|pedida|commandee|bestellt"
    r"|gewunscht))?"
    rf"\.?[ \t]*(?:\([^)\d]*\))?[ \t]*[:=\t-]?[ \t]*{_NUMBER}"
)
_LABELLED_IN_WORDS = re.compile(
    r"(?<!\w)(?:qty|quantity|menge|anzahl|cantidad|cant|quantite|qte|aantal)\.?[ \t]*[:=][ \t]*$"
)
_FILLING = (
    r"(?:(?:x|\u00d7|of|off|the|our|your|those|these|more|new|standard|de|du|des|la|las|los|nuestr[oa]s?|vos|von|vom"
    r"|der|die"
    rf"|das|den|van|stuks|uw|jullie|{UNITS})[ \t]+)*"
)
_CALLED = rf"(?:(?:{GOODS})[ ](?:(?!(?:y|and|und|et|en|plus|mit|with|avec|con|met)\b)[^\W\d_]+[ ]){{0,2}})?"
_BEFORE_GOODS = re.compile(rf"{_NUMBER}[ \t]*(?:[x\u00d7][ \t]*)?{_FILLING}{_CALLED}(?:\()?{ITEM}")
_TO_ITEM = re.compile(rf"[ \t]*{_FILLING}{_CALLED}{ITEM}")
_AFTER_GOODS = re.compile(rf"{ITEM}[ \t)\]]*(?:[:=x\u00d7(\[]|[-\u2013][ \t]|,|[ ]?-[ ]?)[ \t]*{_NUMBER}")
_ANY = re.compile(_NUMBER)
_TO_GOODS = re.compile(rf"[ \t]*{_FILLING}(?:\w+[ \t]+){{0,3}}(?:{ITEM}|(?:{GOODS})\b)")
_TO_UNIT = re.compile(rf"[ \t]*(?:x[ ])?(?:{UNITS})(?![\w-])")
_POSITION = re.compile(
    r"^[ \t]*(?:[-*\u2022>][ \t]*)?(?:(?:pos(?:ition)?|item|line|no|nr|lfd"
    r"|#)\.?[ \t]*:?[ \t]*)?0{0,4}\d{1,4}[ \t]*[.):|\t;](?!\d)[ \t]*(?=\S)",
    re.MULTILINE,
)
_THOUSANDS = {
    ",": re.compile(r"(?<![\w.,/'-])(\d{1,3}(?:,\d{3})+)(?![\w]|[.,]\d)"),
    ".": re.compile(r"(?<![\w.,/'-])(\d{1,3}(?:\.\d{3})+)(?![\w]|[.,]\d)"),
    " ": re.compile(rf"(?<![\w.,/'-])(\d{{1,3}}(?:[ ]\d{{3}})+)(?=[ ]?(?:{UNITS})(?![\w-]))"),
}
_LEADS = re.compile(r"(?<=\S)(?:[ ]?[._\u00b7\u2026]){3,}[ ]?(?=\d)|[ ]?(?:-+>|=+>|[\u2192\u21d2])[ ]?(?=\d)")
_AGAIN = re.compile(r"[ ]?\((\d{1,7})\)")
_TOTAL = re.compile(
    r"(?<!\w)(?:(?:sub)?total|gesamt\w*|summe|insgesamt|totaal|in all|altogether|zusammen|en tout|en total)(?!\w)"
)


def quantity_in(text: str, *, language: str, positions: bool = False) -> Decimal | None:
    """The quantity in a stretch of blanked text, None where none or more than one number may be it. With `positions`
    the number that begins the stretch numbers the line."""
    text = _POSITION.sub(lambda found: " " * len(found[0]), _told_twice(text, language))
    if positions:
        text = re.sub(r"^[ \t]*\d{1,4}(?=[ \t])", lambda found: " " * len(found[0]), text)
    strong = set(_strong(text, language))
    if strong:
        return strong.pop() if len(strong) == 1 else None
    rest = list(_rest(text, language))
    beside = {Decimal(found[1]) for pattern in (_BEFORE_GOODS, _AFTER_GOODS) for found in pattern.finditer(text)}
    beside |= {Decimal(n) for start, end, n in numbers_in_words(text, language) if _is_beside(text, start, end)}
    if len(beside) == 1 and (len(rest) <= 1 or not _opens(text, rest[0])):
        return beside.pop()  # a number that opens a row of several may be that of the position
    if not rest:
        ones = {Decimal(1) for start, end in _ones(text) if _TO_GOODS.match(text, end) and start >= 0}
        return ones.pop() if ones else None
    return rest[0] if len(set(rest)) == 1 and len(rest) <= 2 else None


def _told_twice(text: str, language: str) -> str:
    """The text with a number in brackets blanked, where words before it say the same ("sixteen (16) valves")."""
    for _, end, number in numbers_in_words(text, language):
        again = _AGAIN.match(text, end)
        if again and Decimal(again[1]) == number:
            text = text[: again.start()] + " " * len(again[0]) + text[again.end() :]
    return text


def numbers_left(text: str) -> list[Decimal]:
    """Every number of blanked text that might be a count, in digits, in order."""
    text = _POSITION.sub(lambda found: " " * len(found[0]), text)
    every = re.finditer(r"(?<![\d.,])\d[\d.,]*", text)
    return [Decimal(found[0]) if found[0].isdecimal() else Decimal(-1) for found in every]


def written_plain(text: str, *, language: str) -> str:
    """The text with thousands written without the marks that the language sets apart with, and with spaces for what
    leads the eye to a number."""
    text = _LEADS.sub(lambda found: " " * len(found[0]), text)
    marks = {"en": ", ", "de": ". ", "es": ". ", "nl": ". ", "fr": ". "}.get(language, " ")
    for mark in marks:
        text = _THOUSANDS[mark].sub(lambda found: _joined(found[1]), text)
    return text


def counts_something(text: str, *, language: str) -> bool:
    """Whether blanked text says a number of units or of goods, and is no total."""
    if _TOTAL.search(text):
        return False
    if any(True for _ in _strong(text, language)):
        return True
    ends = [found.end() for found in _ANY.finditer(text)] + [
        end for _, end, number in numbers_in_words(text, language) if number > 1
    ]
    return any(_TO_GOODS.match(text, end) for end in ends)


def quantity_of_cell(cell: str) -> Decimal | None:
    """The number of a cell that holds nothing else but a unit."""
    found = re.fullmatch(r"\s*(?:x[ ]?)?(\d{1,7})(?:[.,]0{1,2})?\s*(?:x|[^\d\s]+\.?)?\s*", cell)
    return Decimal(found[1]) if found else None


def _joined(number: str) -> str:
    digits = "".join(char for char in number if char.isdigit())
    return digits + " " * (len(number) - len(digits))


def _strong(text: str, language: str) -> Iterator[Decimal]:
    """Numbers with a unit, a label or a sign of multiplication."""
    plain = text
    for found in _DOZEN.finditer(text):
        yield Decimal(found[1]) * 12
        plain = plain[: found.start()] + " " * len(found[0]) + plain[found.end() :]
    for start, end, number in numbers_in_words(text, language):
        dozen = _WORDED_DOZEN.match(text, end)
        if dozen and text[start:end] not in ONE:
            yield Decimal(number) * 12
        elif (number > 1 or text[start:end] not in ONE) and (
            _TO_UNIT.match(text, end) or _LABELLED_IN_WORDS.search(text[:start])
        ):
            yield Decimal(number)
    halves = [found.span() for found in _HALF_DOZEN.finditer(text)]
    yield from (Decimal(6) for _ in halves)
    if not halves:
        yield from (
            Decimal(12) for found in _A_DOZEN.finditer(text) if not _worded_before(text, found.start(), language)
        )
    for pattern in (_COUNTED, _TIMES_AFTER, _TIMES_BEFORE, _LABELLED):
        yield from (Decimal(found[1]) for found in pattern.finditer(plain))


def _is_beside(text: str, start: int, end: int) -> bool:
    return text[start:end] not in ONE and _TO_ITEM.match(text, end) is not None


def _worded_before(text: str, start: int, language: str) -> bool:
    return any(end == start - 1 for _, end, _ in numbers_in_words(text[:start], language))


def _rest(text: str, language: str) -> Iterator[Decimal]:
    """Every number that is left, in digits, and in words where goods follow."""
    yield from (Decimal(found[1]) for found in _ANY.finditer(text))
    for start, end, number in numbers_in_words(text, language):
        if text[start:end] not in ONE:
            yield Decimal(number)


def _ones(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\W\d_]+", text):
        if found[0] in ONE:
            yield found.span()


def _opens(text: str, number: Decimal) -> bool:
    found = re.match(r"[ \t]*(\d{1,7})", text)
    return found is not None and Decimal(found[1]) == number
