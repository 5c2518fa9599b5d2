"""Numbers in a text that may be quantities: digits or words, with the unit, the "x" or the label beside them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from agents.order_intake.reading.page import Page
from agents.order_intake.values.numbers import MULTIPLES, read_number
from agents.order_intake.values.quantities import VAGUE
from agents.order_intake.values.units import UNIT_WORDS

_LABEL = (
    r"(?:qty|quantity|order qty|pcs|pieces|menge|anzahl|stückzahl|quantité|qté|qte|cantidad|cant|aantal"
    r"|hoeveelheid|order quantity)\.?[ \t]*[:=][ \t]*"
    r"|(?:qty|quantity|menge|quantité|qté|cantidad|aantal)\.?[ \t]+(?:of[ ]|de[ ]|von[ ]|van[ ])?"
)
_DOZEN = "|".join(sorted(MULTIPLES, key=lambda word: (-len(word), word)))
_UNIT = "|".join(sorted((re.escape(word) for word in UNIT_WORDS), key=lambda word: (-len(word), word)))
_DIGITS = r"(?<![\w.,/'\-])(?:\d[\d.,']{0,16}\d|\d)"
_COUNT = re.compile(
    rf"(?P<label>{_LABEL})?(?P<value>(?P<vague>(?<!\w)(?:{VAGUE})[ \t]*)?(?P<number>\d{{1,3}}(?:[ ]\d{{3}})+(?=["
    rf" ]?(?:{_UNIT})\b)"
    rf"|{_DIGITS}(?:[ ]?(?:-|\u2013|\u2014|to|or|bis|oder|à|ou"
    rf"|tot)[ ]?\d+(?![\w.,]\d))?(?:[ ]?[x\u00d7*][ ]?\d+(?![\w]))?|__WORDS__)"
    rf"(?:[ ](?P<dozen>{_DOZEN})(?:[ ](?:of|de))?(?!\w))?)"
    rf"(?P<times>[ ]?[x\u00d7*](?![\w]))?(?:[ \t]?(?P<unit>(?:{_UNIT})\b\.?(?![-/\w])(?:\(s\))?))?",
    re.IGNORECASE,
)
_ROOTS = {
    "en": r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    "|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|and)",
    "de": r"(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|(?:ein|zwei|drei|vier|fünf|sechs"
    "|sieben|acht|neun|zehn|sech|sieb|und|zwan|drei|zig|ßig|hundert|tausend){2,})",
    "fr": r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?"
    "|trente|quarante|cinquante|soixante|cents?|mille|et)",
    "es": r"(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veinte"
    r"|veinti\w+"
    r"|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|doscient[oa]s|trescient[oa]s|mil|y)",
    "nl": r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|honderd|(?:een|twee|drie"
    "|vier|vijf|zes|zeven"
    "|acht|negen|der|veer|tien|ën|en|twintig|dertig|veertig|tig|honderd|duizend){2,})",
}
_HALF = r"(?:(?:half a|a|an|ein(?:e[ns]?)?(?: halbes)?|une|un|(?:una )?media|una|een(?: half)?|halve?)[ ])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number that may be a quantity: its whole stretch, its value, its unit, and whether it is one for sure."""

    start: int
    end: int
    value: tuple[int, int]
    unit: tuple[int, int] | None
    strong: bool
    labelled: bool


def counts_in(page: Page, start: int, end: int) -> list[Count]:
    """Every free number of a stretch, in order; the same number written out in brackets after it counts once."""
    found: list[Count] = []
    at = start
    pattern = _pattern(page.language)
    while at < end:
        match = pattern.search(page.text, at, end)
        if match is None:
            break
        at = match.end()
        first, last = match.span("value")
        if not page.is_free(first, last) or not _is_number(match, page.language):
            at = match.start() + 1 if not page.is_free(match.start(), match.end()) else at
            continue
        unit = match.span("unit") if match["unit"] and page.is_free(*match.span("unit")) else None
        begin = match.start() if page.is_free(match.start(), last) else first
        upto = unit[1] if unit else max(last, match.end("times")) if match["times"] else last
        before_x = re.search(r"(?<![\w])[x\u00d7][ ]?$", page.text[max(start, begin - 3) : begin])
        found.append(
            Count(
                start=begin - (len(before_x[0]) if before_x else 0),
                end=upto,
                value=(first, last),
                unit=unit,
                strong=bool(unit or match["times"] or match["label"] or before_x or match["dozen"] or match["vague"]),
                labelled=bool(match["label"]),
            )
        )
        at = max(at if unit or not match["unit"] else last, upto)
    return _without_repeats(page, found)


def _is_number(match: re.Match[str], language: str) -> bool:
    """Words are numbers only where they are understood; "and" alone, or a lone article, is none."""
    number = match["number"]
    if any(char.isdigit() for char in number) or match["dozen"]:
        return True
    value = read_number(number, language)
    return isinstance(value, Decimal) and value >= 2 and not re.match(r"(?:and|et|y)\b", number, re.IGNORECASE)


def _without_repeats(page: Page, found: list[Count]) -> list[Count]:
    kept: list[Count] = []
    for one in found:
        before = kept[-1] if kept else None
        if (
            before
            and _in_brackets(page, one)
            and not page.text[before.end : one.start - 1].strip()
            and _same(page, before, one)
        ):
            page.explain(one.start, one.end)
            continue
        if before and _is_written_out(page, before, one):
            page.explain(before.start, before.end)
            kept.pop()
        kept.append(one)
    return kept


def _is_written_out(page: Page, before: Count, one: Count) -> bool:
    """Whether a number in brackets is written again in words after it: "(2) two pumps"."""
    beside = _in_brackets(page, before) and not page.text[before.end + 1 : one.start].strip()
    return beside and not before.strong and not page.text[slice(*one.value)].isdigit() and _same(page, before, one)


def _in_brackets(page: Page, one: Count) -> bool:
    return page.text[max(0, one.start - 1) : one.start] == "(" and page.text[one.end : one.end + 1] == ")"


def _same(page: Page, one: Count, other: Count) -> bool:
    values = [read_number(page.text[slice(*count.value)], page.language) for count in (one, other)]
    return isinstance(values[0], Decimal) and values[0] == values[1]


def _for_language(language: str) -> re.Pattern[str]:
    roots = _ROOTS.get(language)
    words = (
        rf"(?<!\w)(?!(?:and|et|y|und|en)\b){roots}(?:[ -]{roots}){{0,6}}(?!\w)|{_HALF}(?=(?:{_DOZEN})\b)"
        if roots
        else r"(?!x)x"
    )
    pattern = _COUNT.pattern.replace("__WORDS__", words).replace(r"(?:[ ](?P<dozen>", r"(?:[ ]?(?P<dozen>")
    return re.compile(pattern, re.IGNORECASE)


_PATTERNS = {language: _for_language(language) for language in ("", *_ROOTS)}


def _pattern(language: str) -> re.Pattern[str]:
    return _PATTERNS.get(language, _PATTERNS[""])
