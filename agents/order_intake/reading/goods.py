"""Where a text names goods: by codes, by the words of item names with their sizes, in any of the five languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agents.order_intake.reading.page import Page
from agents.order_intake.values.languages import FUNCTION_WORDS
from core.domain.configuring.mentions import mentions
from core.domain.configuring.products import ConfigurableProduct
from core.domain.intake.item_words import code_key, measures_of, plain_text, words_of
from core.domain.intake.vocabulary import Vocabulary

_CODE_LIKE = re.compile(
    r"(?<![\w/.,-])(?=[\w./-]{0,60}\d)(?=[\w./-]{0,60}[^\W\d_])[^\W_]{1,12}(?:[-/._][^\W_]{1,12}){1,6}(?![\w-])"
    r"|(?<![\w/.,-])[A-Z]{1,5}\d{2,10}[A-Z]{0,3}(?![\w-])"
)
_WORD = re.compile(r"\d+(?:[./]\d+)?|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_INCH = r"(?:\"|''|”|″|-?[ ]?(?:in\.?(?=[ ,;.)\n]|$)|inch(?:es)?|zoll|pulgadas?|pouces?|duim)(?![a-z]))"
SIZE = re.compile(
    rf"(?<![\w.,])\d{{1,2}}(?:[./,]\d{{1,2}}|[ -]\d/\d)?[ ]?{_INCH}|(?<!\w)DN[ -]?\d{{1,4}}(?!\d)"
    rf"|(?<!\w)PN[ -]?\d{{1,3}}(?!\d)"
    r"|(?<![\w.,])\d{1,4}[ ]?-?(?:hp|ps|cv|pk|ch|kw|horse(?:[ ]?power)?)(?![a-z])|(?<!\w)class[ ]?\d{2,4}(?!\d)"
    r"|(?<![\w.,])\d{3,4}[ ]?(?:#|lb class|lbs class)"
    r"|(?<![\w.,])(?:2|3|4|6|8|10|12)[ ](?=(?:inches|inch|zoll))|(?<!\w)(?:ss|aisi|sus|grade)[ ]?(?:304"
    r"|316)L?(?!\w)|(?<!\w)(?:304|316)[ ]?(?:L|SS)(?!\w)",
    re.IGNORECASE,
)
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Goods:
    """What may be looked for: codes by their key, the words of names, and those that say what a thing is."""

    codes: frozenset[str]
    words: frozenset[str]
    things: frozenset[str]
    longest: int
    parties: tuple[str, ...] = ()
    products: tuple[ConfigurableProduct, ...] = ()

    @classmethod
    def of(cls, vocabulary: Vocabulary | None) -> "Goods":
        """From the names of master data."""
        known = vocabulary or Vocabulary()
        codes = frozenset(code_key(code) for code in known.item_codes | known.customer_numbers)
        words = frozenset(word for name in known.item_names for word in words_of(name))
        things = frozenset(word for name in known.item_names for word in words_of(name.partition(",")[0]))
        kinds = frozenset(word for word in things - measures_of(things) if word.isalpha() and len(word) > 1)
        return cls(
            codes=codes,
            words=words,
            things=kinds,
            longest=max((len(code) for code in codes), default=0),
            parties=tuple(sorted({*known.customer_names, *_called(known.own_name)} - {""})),
            products=known.products,
        )

    @property
    def heads(self) -> frozenset[str]:
        """Words that hardly anybody uses otherwise; the others are goods only beside another word of goods."""
        return self.things - _COMMON


_COMMON = frozenset(
    [
        "set",
        "kit",
        "check",
        "body",
        "size",
        "plate",
        "seat",
        "ring",
        "paint",
        "name",
        "steel",
        "frame",
        "base",
        "full",
        "port",
        "stem",
        "ball",
        "disc",
        "plug",
        "screen",
        "gate",
        "power",
        "unit",
        "case",
        "head",
        "motor",
        "machined",
        "electric",
        "welded",
        "sizes",
        "wet",
        "end",
    ]
)


def _called(name: str) -> tuple[str, ...]:
    """What a company is called: its name, and the name up to an "and"."""
    return name, re.split(r"[ ](?:and|und|et|y|en|&)[ ]", name, flags=re.IGNORECASE)[0]


def mark_parties(page: Page, goods: Goods) -> None:
    """Marks names of companies, so that words in them are no goods ("Sabine Valve")."""
    for name in sorted(goods.parties, key=len, reverse=True):
        words = [re.escape(word) for word in name.split()]
        if len(words) > 1:
            pattern = r"(?<!\w)" + r"[ \t,.&-]+".join(words) + r"(?!\w)"
            for found in re.finditer(pattern, page.text, re.IGNORECASE):
                page.add("party", found.start(), found.end())


def mark_codes(page: Page, goods: Goods) -> None:
    """Marks codes of master data however they are spaced, and after them anything that looks like a code."""
    if goods.codes:
        for start, end in _known_codes(page.text, goods):
            page.add("code", start, end)


def mark_likely_codes(page: Page, goods: Goods) -> None:
    """Marks what has the form of a code and is nothing else; where codes are known, such a one is a guess."""
    for found in _CODE_LIKE.finditer(page.text):
        if re.fullmatch(r"\d+(?:[./-]\d+)*(?:st|nd|rd|th|x|h|d)?", found[0], re.IGNORECASE):
            continue
        if page.add("code", found.start(), found.end()) and goods.codes:
            page.guessed.add(found.start())


def _known_codes(text: str, goods: Goods) -> Iterator[tuple[int, int]]:
    """Runs of up to four pieces that together are a known code: "GV-03", "gv 03", "GV03", "G.V.03"."""
    pieces = list(re.finditer(r"[^\W_]+", text))
    at = 0
    while at < len(pieces):
        found = next((count for count in range(4, 0, -1) if _is_code(text, pieces, at, count, goods)), 0)
        if found:
            yield pieces[at].start(), pieces[at + found - 1].end()
        at += max(1, found)


def _is_code(text: str, pieces: list[re.Match[str]], at: int, count: int, goods: Goods) -> bool:
    if at + count > len(pieces):
        return False
    start, end = pieces[at].start(), pieces[at + count - 1].end()
    written = text[start:end]
    if len(written) > goods.longest + 6 or re.search(r"[^\w\-./ ]|[ ]{2}|\n", written):
        return False
    if " " in written and written.split()[0].lower() in FUNCTION_WORDS:
        return False
    coded = any(char.isdigit() for char in written) or re.fullmatch(r"[^\W\d_]{1,3}-[^\W\d_]{1,2}", written)
    return bool(coded) and code_key(written) in goods.codes


def mark_described(page: Page, goods: Goods) -> None:
    """Marks descriptions of configurable products, with all the options beside the name."""
    if goods.products:
        for one in mentions(page.text, goods.products):
            page.add("name", one.start, one.end)


def mark_sizes(page: Page) -> None:
    """Marks measures of goods. They are explained only as part of something that is named."""
    for found in SIZE.finditer(page.text):
        page.add("size", found.start(), found.end())


def mark_names(page: Page, goods: Goods) -> None:
    """Marks runs of words that name goods: words of item names with the sizes between and around them."""
    tokens = [one for one in _WORD.finditer(page.text) if page.is_free(one.start(), one.end())]
    named = _goods_words(page, tokens, goods)
    sizes = [(one.start, one.end, False, True) for one in page.marks if one.kind == "size"]
    pieces = sorted([*named, *sizes])
    at = 0
    while at < len(pieces):
        upto = at
        has_head = pieces[at][2]
        while upto + 1 < len(pieces) and _joins(page.text, pieces[upto], pieces[upto + 1], has_head=has_head):
            upto += 1
            has_head = has_head or pieces[upto][2]
        run = pieces[at : upto + 1]
        if has_head and _is_name(page.text[run[0][0] : run[-1][1]], goods):
            _mark_run(page, *_with_ends(page, run[0][0], run[-1][1], goods))
        at = upto + 1


def _with_ends(page: Page, start: int, end: int, goods: Goods) -> tuple[int, int]:
    """The run with the number of a material before it ("316 gate valves") and a size told after it ("gate valves, the
    3 inch ones")."""
    material = re.search(r"(?<![\w.,/-])(\d{3})[ ]$", page.text[max(0, start - 8) : start])
    if material and material[1] in goods.words and page.is_free(start - 4, start):
        start -= 4
    sizes = [one for one in page.marks if one.kind == "size" and start <= one.start < end]
    after = next((one for one in page.marks if one.kind == "size" and end <= one.start <= end + _SIZE_AFTER), None)
    if not sizes and after is not None and _SIZED.fullmatch(unwrapped(page.text, end, after.start)):
        ones = _ONES.match(page.text, after.end)
        if ones:
            return start, ones.end()
    return start, end


_SIZE_AFTER = 24
_SIZED = re.compile(
    r"[ ]?[,(\u2013-]?[ ](?:in|of|en|in der|de|dans|in de)?[ ]?(?:the|a|die|der|den|les?|la|los|las|el|de|het)?[ ]?",
    re.IGNORECASE,
)
_ONES = re.compile(
    r"[ ]?(?:ones?|sizes?|versions?|models?|type|ausführung(?:en)?|größe|version|taille|modèle|tamaño|modelo|maat"
    r"|uitvoering)(?!\w)",
    re.IGNORECASE,
)


def _mark_run(page: Page, start: int, end: int) -> None:
    """A name takes the place of the sizes inside it."""
    page.marks = [one for one in page.marks if not (one.kind == "size" and start <= one.start and one.end <= end)]
    page.taken[start:end] = bytes(end - start)
    page.add("name", start, end)


def _is_name(words: str, goods: Goods) -> bool:
    said = words_of(words)
    return len(said & goods.words) >= 2 or bool(said & goods.heads)


def _joins(text: str, one: tuple[int, int, bool, bool], other: tuple[int, int, bool, bool], *, has_head: bool) -> bool:
    """Whether two pieces are of one name: only filling words between them, and no second thing after a comma."""
    gap = _HARMLESS.sub("", unwrapped(text, one[1], other[0]))
    kit = "kit" in _english(text[one[0] : one[1]])
    if not _FILLED.fullmatch(gap) and not (kit and _FOR.fullmatch(gap)):
        return False
    return not ("," in gap and has_head and other[2])


def mark_traits(page: Page, goods: Goods) -> None:
    """Marks what a code is said to come with, where that is a trait some goods have ("LV-03 with bronze trim"), and
    what is only a part or a kit of the thing ("BV-02 kits"); whether it fits the code is looked up later."""
    for code in page.between(0, len(page.text), "code"):
        part = _PART.match(page.text, code.end)
        if part and page.is_free(*part.span("what")):
            page.add("trait", *part.span("what"))
            continue
        found = _TRAIT.match(page.text, code.end)
        said = words_of(found["what"]) if found else frozenset[str]()
        if found and len(said) > 1 and said <= goods.words - goods.things and page.is_free(*found.span("what")):
            page.add("trait", *found.span("what"))


_PART = re.compile(
    r"[ -](?P<what>(?:spare|seal|repair|rebuild)?[ ]?(?:kits?|sets?|seals?|seats?|gaskets?|handles?|bonnets?|stems?"
    r"|discs?|bodies|body|parts|satz|sätze|dichtung(?:en)?|joints?|sièges?|juntas?|sellos?|asientos?|afdichting(?:en)?))(?!\w)",
    re.IGNORECASE,
)
_TRAIT = re.compile(
    r"[ ](?:with|mit|avec|con|met)[ ](?P<what>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}?)"
    r"(?=[ ]?(?:[.,;:)\n]|$)|[ ](?:for|by|on|to|zum|bis|für|am|pour|avant|le|para|antes|el|voor|op|tegen)[ ])",
    re.IGNORECASE,
)


def unwrapped(text: str, start: int, end: int) -> str:
    """A stretch with the breaks as spaces that a mail program made in long lines."""
    words = text[start:end]
    if words.count("\n") == 1 and start + words.index("\n") - text.rfind("\n", 0, start) > _WRAPPED:
        return re.sub(r"[ \t]*\n[ \t]*(?![-*•·>\d\n])", " ", words)
    return words


_WRAPPED = 55
_FILLED = re.compile(r"(?:[ \t]|[-,(/)]|\b(?:of|in|de|à|a|en|aus|van|mit|with|con|avec|met)\b){0,4}", re.IGNORECASE)
_HARMLESS = re.compile(
    r"[ ](?:spare|replacement|complete|standard|de (?:rechange|repuesto|recambio)|complets?|complètes?|complet[oa]s?"
    r"|estándar|komplett|compleet|standaard|neu|nieuw|nuev[oa]s?|neufs?|neuves?|new)(?=[ ]|$)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"[ ](?:for|f\.|to suit|für|fürs|zu|zum|zur|pour|para|voor|de|d'|van|del?)(?:[ ](?:the|those|these|that|this|your"
    r"|our|same|said|above|die|den|das|der|unsere?|diese[nr]?|les?|la|ces?|cette|vos|nos|los|las|el|estos|estas|esos|esas|su|sus"
    r"|de|het|deze|die|onze)){0,3}[ ]?",
    re.IGNORECASE,
)


def _goods_words(page: Page, tokens: list[re.Match[str]], goods: Goods) -> list[tuple[int, int, bool, bool]]:
    """Pieces of text that are words of item names: start, end, whether it says what the thing is, whether a size."""
    found: list[tuple[int, int, bool, bool]] = []
    at = 0
    while at < len(tokens):
        took = 0
        for count in range(min(_WINDOW, len(tokens) - at), 0, -1):
            first, last = tokens[at], tokens[at + count - 1]
            said = _english(unwrapped(page.text, first.start(), last.end()))
            material = len(first[0]) >= 3 and first[0].isdigit() and count > 1 and not said & goods.things
            if (
                said
                and said <= goods.words
                and (material or _starts_and_ends(first[0], last[0]))
                and _is_unbroken(page, first.start(), last.end())
            ):
                found.append((first.start(), last.end(), bool(said & goods.things), False))
                took = count
                break
        if not took and found and _is_material(page.text, found[-1], tokens[at], goods):
            found.append((tokens[at].start(), tokens[at].end(), False, False))
        at += max(1, took)
    return found


def _is_material(text: str, before: tuple[int, int, bool, bool], token: re.Match[str], goods: Goods) -> bool:
    """Whether a bare number right after a name is the name of a material, as master data has it ("316")."""
    gap = text[before[1] : token.start()]
    is_word = len(token[0]) >= 3 and token[0].isdigit() and token[0] in goods.words
    return is_word and bool(re.fullmatch(r"[ ,(/-]{1,3}", gap))


def _is_unbroken(page: Page, start: int, end: int) -> bool:
    words = _SHORTENED.sub("", unwrapped(page.text, start, end))
    return page.is_free(start, end) and not re.search(r"[.,;:()\n\t|]", words)


_SHORTENED = re.compile(r"(?<=\brep)\.(?=[ ]?kit)|(?<=\bel)\.(?=[ ]act)|(?<=\belec)\.(?=[ ]act)", re.IGNORECASE)


def _starts_and_ends(first: str, last: str) -> bool:
    """Whether a window begins and ends in words of goods, and not with a bare number that may be a quantity."""
    return not first.isdigit() and (bool(_english(first)) or first in "Yy") and (bool(_english(last)) or last in "Yy")


@lru_cache(maxsize=20_000)
def _english(words: str) -> frozenset[str]:
    if len(words) < 2 or plain_text(words) in FUNCTION_WORDS:
        return frozenset()
    return words_of(words) if len(words) < 80 else frozenset()
