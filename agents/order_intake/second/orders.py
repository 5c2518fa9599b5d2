"""The customer's number of the order, as the second reader finds it: beside words for it, whatever the first took."""

import re
from collections.abc import Iterable

from agents.order_intake.second.masks import ITEM
from agents.order_intake.second.words import UNITS

_NO = r"(?:no|nr|num|number|nummer|numero|n[\u00b0\u00bao]|id|code|#)(?!-)\.?"
_SURE = (
    rf"p\.?[ ]?o\.?(?:[ -]?{_NO})?|purchase order(?:[ -]?{_NO})?|order[ ]?(?:no|nr|number|nummer|#"
    rf"|ref(?:erence)?)\.?|our order"
    rf"|bestell(?:ung(?:s)?)?[- ]?(?:nr|nummer|no)\.?|auftrags?[- ]?(?:nr|nummer)\.?|bestel(?:nummer|nr\.?|bon)"
    rf"|inkoop(?:order|opdracht)?(?:nummer|nr\.?)?|pedido[ ]?(?:{_NO})|(?:{_NO})[ ]?(?:de[ ])?(?:la[ ]|su[ ]"
    rf"|nuestro[ ])?pedido"
    rf"|orden de compra(?:[ ]?{_NO})?|o\.?c\.?(?:[ ]?{_NO})?|(?:{_NO}|ref\.?|reference)[ ]?(?:de[ ])?(?:la[ ]"
    rf"|notre[ ])?(?:commande|cde)"
    rf"|(?:commande|cde)[ ]?{_NO}|bon de commande(?:[ ]?{_NO})?|b\.?c\.?(?:[ ]?{_NO})?"
    rf"|(?:under|unter|onder|sous|con|bajo)(?:[ ](?:our|unserer|ons|notre|nuestro|el|le))?[ ]{_NO}"
)
_WEAK = r"orders?|bestellung|auftrag|commande|pedido|bestelling"
_VALUE = r"#?(?P<value>(?=[\w./-]{0,30}\d)[a-z0-9](?:[\w./-]{0,38}[a-z0-9])?)"
_IS = r"[ \t]*[:#=-]*[ \t]*(?:(?:is|ist|lautet|est|es)[ ]*:?[ ]*)?"
_NOT_COUNTED = rf"(?![\w]|[.,]\d)(?![ \t]*(?:x\b|\u00d7|{ITEM}|(?:{UNITS})(?![\w-])|(?:of|de|von|van)[ ]))"
_LED = re.compile(rf"(?<![\w.])(?:{_SURE}){_IS}{_VALUE}{_NOT_COUNTED}")
_NAMED = re.compile(
    rf"(?<!\w)(?:{_WEAK}){_IS}(?P<value>(?=[\w./-]{{0,20}}\d)(?:[a-z]{{1,8}}[-/_.]?[\w./-]{{0,30}}\d[\w/-]*"
    rf"|\d{{3,}}[\w/-]*)){_NOT_COUNTED}"
)
_FOLLOWED = re.compile(
    r"(?<![\w.-])(?P<value>(?=[\w./-]{0,30}\d)[a-z0-9](?:[\w./-]{0,38}[a-z0-9])?)[ ]?(?:,[ ])?(?:is|as|ist|als|est"
    r"|es|\()[ ]?"
    r"(?:our |the |unsere? |die |notre |le |nuestro |el |ons |het |onze )?(?:p\.?o\.?(?:[ -]?(?:no|number|nr"
    r"|nummer))?|purchase order|order (?:no|number|ref)"
    r"|bestell-?(?:nr|nummer)|ordernummer|bestelnummer|numero de (?:commande|pedido)|n[\u00b0\u00bao] de (?:commande"
    r"|pedido))(?!\w)"
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th)")


def order_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """The numbers that folded texts call the order's, each once, in order, without marks and capitals."""
    found: dict[str, None] = {}
    for text in texts:
        for pattern in (_LED, _NAMED, _FOLLOWED):
            for match in pattern.finditer(text):
                if not _DAY.fullmatch(match["value"]):
                    found.setdefault(order_key(match["value"]))
    return tuple(found)


def order_key(number: str) -> str:
    """A number without what people leave out or put in: marks, spaces and capitals."""
    return "".join(char for char in number.casefold() if char.isalnum())
