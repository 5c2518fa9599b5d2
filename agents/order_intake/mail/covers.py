"""Words above a mail that is sent on: whether they only hand it over, and under which number they want it entered."""

import re

from agents.order_intake.values.dates import find_days

MOST_WORDS = 60
_SCANNED_LINE = 400
_CLOSING = re.compile(
    r"^[ \t]*(?:--[ \t]*$|(?:best|kind|warm|many|with)?[ \t]*regards\b|thanks\b|thank you\b|sincerely\b|cheers\b"
    r"|mit (?:freundlichen|besten) gr|(?:viele|beste|freundliche) gr|mfg\b|danke\b"
    r"|(?:bien )?cordialement\b|salutations\b|merci\b(?! (?:de|d'))"
    r"|(?:un )?saludos?\b|atentamente\b|gracias\b|met vriendelijke|(?:vriendelijke |hartelijke )?groet|mvg\b"
    r"|bedankt\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\w-])(?:(?:purchase[ -]?|bestell|auftrags|inkoop|bestel)?(?:order|auftrag|nummer)|p\.?o\.?|bestellung"
    r"|commande|bon de commande|pedido|orden(?: de compra)?|bestelling|opdracht)"
    r"(?P<label>[ \t]*(?:number|nummer|numéro|número|num|nr|no|n[°º]|#|ref)\.?)?(?P<colon>[ \t]*[:#])?[ \t]*"
    r"(?P<value>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]{0,30}\w)(?![\w%])",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}(?!\d)|\d+(?=[ ](?:of|x|pcs|pieces|units|\w*\d|st))", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.,-])(?:\+|00)?\(?\d[\d ()./-]{5,20}\d(?!\w)")
_DATED = re.compile(r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{4}-\d\d-\d\d")


def handed_over(text: str) -> str | None:
    """The words that belong to the mail sent on: none, or the lines that give its order number and its day.

    None where the words say more: another number, or more than somebody writes who only hands on.
    """
    lines = text.split("\n")
    closing = next((at for at, line in enumerate(lines) if _CLOSING.match(line[:_SCANNED_LINE])), len(lines))
    own = "\n".join(lines[:closing])
    if len(own.split()) > MOST_WORDS:
        return None
    numbers = [found for found in _NUMBERED.finditer(own) if _is_number(found)]
    rest = _NUMBERED.sub(lambda found: "" if _is_number(found) else found[0], own)
    days = [rest[day.start : day.end] for day in find_days(rest)]
    for day in days:
        rest = rest.replace(day, "")
    if any(char.isdigit() for char in _PHONE.sub("", rest)):
        return None
    if not numbers:
        return None if days else ""
    return "\n".join(line for line in lines[:closing] if any(one[0] in line for one in numbers)).strip()


def _is_number(found: re.Match[str]) -> bool:
    """Whether the value numbers an order: no date, and no bare count that something may follow."""
    if _DATED.fullmatch(found["value"]):
        return False
    bare = _BARE.match(found.string, found.start("value"))
    return bool(found["label"] or found["colon"]) or bare is None or not found["value"].isdigit()
