"""Prices: a number, its currency where one is written, and for how many units it is."""

import re

from agents.order_intake.values.numbers import Habits, read_number
from core.domain.intake.readings import Ambiguous, Price, ReadPrice, Unreadable
from core.domain.intake.transcripts import Said

_CURRENCIES = {
    "USD": "$ us$ usd dollar dollars dólar dólares",
    "EUR": "€ eur euro euros",
    "GBP": "£ gbp sterling",
    "CHF": "chf sfr fr.",
    "CAD": "cad c$",
    "MXN": "mxn mxp",
    "JPY": "\u00a5 jpy yen",
}
CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
CURRENCY = r"(?:US\$|C\$|[$€£\u00a5]|\b(?:USD|EUR|GBP|CHF|CAD|MXN|JPY|euros?|dollars?|dólar(?:es)?|sterling)\b)"
AMOUNT = r"(?<![\d.,'])\d(?:[\d.,']{0,14}\d)?(?:[ ]\d{3}(?!\d))*(?:[.,]\d+)?"
PER = (
    r"(?:\s*(?:/|per|pro|je|par|por|la|le|p\.?|each|ea\.?|elk|apiece|cada un[oa]|chacune?|c/u)\s*"
    r"(?P<per>\d{1,4}\s*)?(?:pcs?|pieces?|ea|each|units?|st(?:ü|ue)ck|stk|st|pièces?|u|unité|unidad(?:es)?|ud"
    r"|pieza|stuks?)?\.?"
    r"(?![\w-]))?"
)
PRICE = re.compile(
    rf"(?P<before>{CURRENCY})\s?(?P<one>{AMOUNT}){PER.replace('per>', 'per1>')}"
    rf"|(?P<two>{AMOUNT})(?:,-)?\s?(?P<after>{CURRENCY}){PER.replace('per>', 'per2>')}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<value>{AMOUNT})(?:,-)?\s*{PER}", re.IGNORECASE)


def read_price(said: Said, language: str, habits: Habits | None = None) -> ReadPrice:
    """A price a unit, or per so many."""
    written = " ".join(said.text.split()).strip(" @()")
    found = PRICE.search(written)
    if found:
        number, sign = (found["one"], found["before"]) if found["before"] else (found["two"], found["after"])
        per = found["per1"] or found["per2"]
    else:
        bare = _BARE.fullmatch(written)
        if not bare:
            return Unreadable(why=f"{said.text!r} is no price; 12.50 or EUR 12,50 per 100 is")
        number, sign, per = bare["value"], "", bare["per"]
    value = read_number(number, language, habits)
    if isinstance(value, Ambiguous | Unreadable):
        return value
    return Price(value=value, currency=CURRENCY_OF.get(sign.lower()), per=max(1, int(per or 1)))
