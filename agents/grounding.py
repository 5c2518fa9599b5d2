"""The check on a model's prose: every number, date and code in it must occur in the facts it was given."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100",
    "hundreds": "100", "thousand": "1000", "thousands": "1000", "million": "1000000", "millions": "1000000",
    "both": "2", "twice": "2", "double": "2", "triple": "3", "half": "0.5", "dozen": "12",
}  # fmt: skip
_WORD = re.compile(r"[^\s]+")
_EDGE = re.compile(r"^[^\w]+|[^\w]+$")
_PARTS = re.compile(r"[^\w.,]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def ungrounded(prose: str, facts: str) -> tuple[str, ...]:
    """The numbers, dates and codes of the prose that the facts do not hold, as written there, sorted.

    A number may be written with separators or trailing zeros, or as a word. It says nothing about whether a number
    stands beside the right noun: the screen shows the core's figures next to every text.
    """
    known = {_normal(token) for token in _tokens(facts)}
    return tuple(sorted({token for token in _tokens(prose) if not _is_known(token, known)}))


def _tokens(text: str) -> list[str]:
    """The words that hold a digit or name a number."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        bare = _EDGE.sub("", word)
        if any(character.isnumeric() for character in bare):
            found.append(bare)
        else:
            found.extend(part for part in _PARTS.split(bare) if _bare(part).lower() in _NUMBER_WORDS)
    return found


def _is_known(token: str, known: set[str]) -> bool:
    if _normal(token) in known:
        return True
    parts = [part for part in _PARTS.split(token) if _bare(part)]
    return len(parts) > 1 and all(_normal(part) in known for part in parts if _counts(part))


def _counts(part: str) -> bool:
    return any(character.isnumeric() for character in part) or _bare(part).lower() in _NUMBER_WORDS


def _bare(part: str) -> str:
    return part.strip(".,_")


def _normal(token: str) -> str:
    """One spelling for one number: 1,200.50 and 1200.5 are the same, and so are two and 2."""
    text = _bare(token)
    text = _NUMBER_WORDS.get(text.lower(), text)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not text.isascii():
        return text
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text
