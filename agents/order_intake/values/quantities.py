"""Quantities: a number and the unit written with it, dozens multiplied out; a vague one is a question."""

import re
from decimal import Decimal

from agents.order_intake.values.numbers import MULTIPLES, Habits, read_number
from core.domain.intake.readings import Ambiguous, Amount, ReadQuantity, Unreadable
from core.domain.intake.transcripts import Said

VAGUE = (
    r"about|approx(?:\.|imately)?|around|roughly|circa|ca\.|ca|c\.|\u00b1|~|at least|at most|up to|minimum"
    r"|maximum|min\.?|max\.?"
    r"|more than|less than|some|maybe|perhaps|probably|nearly|almost"
    r"|etwa|ungefähr|rund|mindestens|höchstens|bis zu|vielleicht|maximal|minimal|evtl\.?|eventuell"
    r"|environ|à peu près|au moins|au plus|jusqu'à|peut-être|quelque"
    r"|aproximadamente|aprox\.?|unos|unas|alrededor de|al menos|como mínimo|como máximo|hasta|quizás?|tal vez"
    r"|ongeveer|zo'n|minstens|hoogstens|maximaal|minimaal|misschien|tot"
)
_VAGUE = re.compile(rf"^(?:{VAGUE})\s*(?=\d|\w)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(?:-|\u2013|\u2014|to|or|bis|oder|à|ou|a|o|tot|of)\s*(\d+)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*(?:[ '\u2019]\d{3})*(?:[.,]\d+)?(?<![.,])|\d")
# The last letter of "six" and "dix" is no "times".
_AROUND = re.compile(r"^(?:qty\.?:?|x(?=[\s\d])|[\u00d7*=:(\[]|\s)+|(?:(?<=[\d\s])x|[\u00d7*)\]]|\s)+$", re.IGNORECASE)


def read_quantity(said: Said, language: str, habits: Habits | None = None) -> ReadQuantity:
    """What is to be delivered. `habits` are what the rest of the letter proves about the writer's decimal mark."""
    written = _AROUND.sub("", " ".join(said.text.split()))
    vague = _VAGUE.match(written)
    if vague:
        return Ambiguous(readings=(), why=f"{vague[0].strip()!r} leaves the number open")
    between = _RANGE.search(written)
    if between:
        return Ambiguous(readings=(between[1], between[2]), why=f"{written!r} are two numbers")
    if re.match(r"[-\u2212]\s?\d", written):
        return Unreadable(why=f"{written!r} is less than nothing")
    found = _NUMBER.match(written)
    if not found:
        return _amount(read_number(written, language), None)
    rest = re.sub(r"^(?:[x\u00d7*]\s|/)", "", written[found.end() :].strip())
    word = rest.split(" ")[0].strip(".").lower() if rest else ""
    if word == "dozen" and language not in _DOZEN_IS_TWELVE:
        return Amount(value=Decimal(found[0]), unit="dozen") if language == "nl" and found[0].isdigit() else _DOZEN
    times = MULTIPLES.get(word, 1)
    rest = rest.partition(" ")[2] if times > 1 else rest
    if re.search(r"\d", rest):
        return Unreadable(why=f"{written!r} has more than one number")
    value = read_number(found[0], language, habits)
    return _amount(value * times if isinstance(value, Decimal) else value, rest.strip(" .()") or None)


_DOZEN_IS_TWELVE = frozenset({"en"})
_DOZEN = Ambiguous(readings=(), why="'dozen' is twelve in English and boxes in Dutch")


def _amount(value: Decimal | Ambiguous | Unreadable, unit: str | None) -> ReadQuantity:
    return Amount(value=value, unit=unit) if isinstance(value, Decimal) else value
