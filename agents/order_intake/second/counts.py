"""How many: the one number of a row that can only be a quantity, or none."""

import re
from collections.abc import Iterable
from decimal import Decimal

_UNITS = (
    r"pcs?|pieces?|pce|ea|each|units?|nos?|off|stk|stück|stueck|st|einheiten|uds?|unidades|unidad|piezas?|pzas?|pces?|"
    r"pièces?|unités?|stuks?|eenheden|box(?:es)?|cartons?|ctns?|cases?|packs?|paks?|rolls?|rollen|kartons?|schachteln?|"
    r"cajas?|boîtes?|doos|rouleaux?|rollos?"
)
_DOZENS = r"dozens?|doz|dtzd|dutzend|docenas?|douzaines?|dozijn"
_NUMBER = r"(?<![\w.,/-])(\d{1,7})(?![\w/-]|[.,]\d)"
_COUNTED = re.compile(rf"{_NUMBER}\s?(?:x\s)?(?:\(?(?:{_UNITS})\b\)?|[x\u00d7]\s)", re.IGNORECASE)
_TIMES = re.compile(r"(?<![\w])[x\u00d7]\s?(\d{1,7})(?![\w/-]|[.,]\d)", re.IGNORECASE)
_DOZEN = re.compile(rf"{_NUMBER}\s?(?:{_DOZENS})\b", re.IGNORECASE)
_WORDED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "zwölf": 12, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "een": 1, "één": 1, "twee": 2, "drie": 3, "vijf": 5, "zes": 6,
    "zeven": 7, "negen": 9, "tien": 10, "twaalf": 12,
}  # fmt: skip
_WORDS = "|".join(sorted(_WORDED, key=len, reverse=True))
_DOZENS_IN_WORDS = re.compile(rf"(?<!\w)({_WORDS}|a|an|half a)\s+(?:{_DOZENS})\b", re.IGNORECASE)
_COUNTED_IN_WORDS = re.compile(rf"(?<!\w)({_WORDS})\s+(?:{_UNITS})\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:p\.?o\.?|purchase order|order|bestell(?:ung|nummer)|bestell-?nr|auftrag|pedido|orden de compra|commande|"
    r"bon de commande|bestelling|ordernummer|inkooporder|ref(?:erence|erenz|erencia|erentie)?|tel|phone|fax)\b\.?\s*"
    r"(?:no|nr|n[°ºo]|num(?:ber|mer|ero|éro)?|#)?\.?\s*[:#]?\s*#?[A-Z]{0,4}[-/]?\d[\w/-]*",
    re.IGNORECASE,
)
_ITEM = "\u241f"
"""Stands where a code of an item stood."""
_FILLING = r"(?:(?:x|\u00d7|of|of the|of our|de|du|von|vom|der|van|van de|stuks|stück|" + _UNITS + r")\s+)*"
_BEFORE_ITEM = re.compile(rf"{_NUMBER}\s*(?:[x\u00d7]\s*)?{_FILLING}{_ITEM}", re.IGNORECASE)
_AFTER_ITEM = re.compile(rf"{_ITEM}\s*(?:[:=x\u00d7(]|[-\u2013]\s|,)\s*(?:qty\.?:?\s*)?{_NUMBER}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_AT_FIRST = re.compile(rf"\s*{_NUMBER}")
_LABELLED = re.compile(
    r"\b(?:qty|quantity|quant|menge|anzahl|cantidad|cant|cdad|quantité|qté|qte|aantal|hoeveelheid|stückzahl)\b\.?"
    rf"\s*(?:\([^)]*\))?\s*[:=]?\s*{_NUMBER}",
    re.IGNORECASE,
)
_ANY = re.compile(_NUMBER)
_POSITION = re.compile(
    r"^\s*(?:(?:pos(?:ition)?|item|line|no|nr|lfd|#)\.?\s*:?\s*)?\d{1,4}\s*[.):|\t;-](?!\d)\s*(?=\S)", re.IGNORECASE
)
_SIZES = re.compile(
    r"\b(?:dn|pn|size|grösse|größe)\s?-?\d+\b|\b\d+(?:[./]\d+)?\s?-?(?:\"|''|”|″|in\b\.?|inch(?:es)?\b|zoll\b"
    r"|pulgadas?\b|"
    r"pouces?\b|duim\b|mm\b|cm\b|hp\b|ps\b|cv\b|pk\b|kw\b|bar\b|kg\b|lbs?\b|%)|\b(?:class|cl|schedule|sch)\s?\d+\b|"
    r"\b(?:304|316|316l)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:usd|eur|gbp|us\$|\$|€|£)\s?\d[\d.,']*|\d[\d.,']*\s?(?:usd|eur|gbp|us\$|\$|€|£)|@\s?\d[\d.,]*|"
    r"\b\d+[.,]\d{2}\b",
    re.IGNORECASE,
)
_LEADS = ("qty", "quantity", "menge", "anzahl", "cantidad", "cant", "cdad", "quantité", "qté", "qte", "aantal", "stk")


def quantity_of_row(row: str, *, named: Iterable[str], days: Iterable[tuple[int, int]]) -> Decimal | None:
    """The quantity of a row of text, None where none or more than one number may be it.

    `named` are codes of items, whose digits are no quantity; `days` are where dates stand.
    """
    marked = _without(row, named=named, days=days)
    text = marked.replace(_ITEM, " ")
    strong = {Decimal(found[1]) for pattern in (_COUNTED, _TIMES, _LABELLED) for found in pattern.finditer(text)}
    strong |= {Decimal(found[1]) * 12 for found in _DOZEN.finditer(text)}
    strong |= {_worded(found[1]) * 12 for found in _DOZENS_IN_WORDS.finditer(text)}
    strong |= {_worded(found[1]) for found in _COUNTED_IN_WORDS.finditer(text)}
    if len(strong) == 1:
        return strong.pop()
    if strong:
        return None
    beside = {Decimal(found[1]) for pattern in (_BEFORE_ITEM, _AFTER_ITEM) for found in pattern.finditer(marked)}
    rest = [Decimal(found[1]) for found in _ANY.finditer(_POSITION.sub("", text))]
    first = _AT_FIRST.match(text)
    if len(beside) == 1 and not (first and len(rest) > 1 and Decimal(first[1]) in beside):
        return beside.pop()  # a number before a code that begins its row may be that of the position
    rest += [Decimal(_WORDED[word]) for word in _WORD.findall(text.lower()) if _WORDED.get(word, 1) > 1]
    return rest[0] if len(rest) == 1 else None


def quantity_of_cells(cells: list[str], header: list[str]) -> Decimal | None:
    """The quantity of a row of a table whose header names one column as the quantity's."""
    columns = [at for at, name in enumerate(header) if name.strip().lower().rstrip(".").startswith(_LEADS)]
    if len(columns) != 1 or columns[0] >= len(cells):
        return None
    found = re.fullmatch(r"\s*(\d{1,7})(?:[.,]0+)?\s*(?:[^\d\s]+\.?)?\s*", cells[columns[0]])
    return Decimal(found[1]) if found else None


def _worded(word: str) -> Decimal:
    return Decimal({"a": 1, "an": 1}.get(word.lower(), _WORDED.get(word.lower(), 0))) or Decimal("0.5")


def counts_something(row: str) -> bool:
    """Whether a row says a number of units."""
    return bool(_COUNTED.search(row) or _DOZEN.search(row) or _LABELLED.search(row))


def _without(row: str, *, named: Iterable[str], days: Iterable[tuple[int, int]]) -> str:
    """The row with everything blanked out whose digits are no quantity."""
    chars = list(row)
    for start, end in days:
        chars[start:end] = " " * (end - start)
    text = "".join(chars)
    for code in named:
        shape = rf"(?<!\w){re.escape(code)}(?!\w)"
        text = re.sub(shape, lambda found: _ITEM + " " * (len(found[0]) - 1), text, flags=re.IGNORECASE)
    for pattern in (_REFERENCE, _MONEY, _SIZES):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text
