"""The second reader's own words: numbers written out, units, dozens and goods, in five languages without accents."""

import re

UNITS = (
    r"pcs?\.?|pc\(s\)|pieces?|pces?\.?|ea\.?|each|units?|nos\.?|off|stk\.?|stck\.?|stuck(?:e|en)?|stueck(?:e)?"
    r"|st\.?|exemplar(?:e|en)?|einheit(?:en)?|uds?\.?|unidad(?:es)?|un\.|piezas?|pzas?\.?|pzs?\.?|u\.|unites?"
    r"|exemplaires?|stuks?\.?|eenhed?en|eenheid|sets?|satze?|sets|box(?:es)?|bx|cartons?|ctns?|cases?|packs?|paks?"
    r"|pkt|rolls?|rollen|kartons?|schachteln?|kisten?|cajas?|boites?|doos|dozen(?= )|rouleaux?|rollos?|pallets?"
    r"|paletten?"
)
_PIECE_WORDS = (
    "pc pcs piece pieces pce pces ea each unit units nos off stk stck stuck stucke stucken stueck stuecke st"
    " exemplar exemplare einheit einheiten ud uds unidad unidades un pieza piezas pza pzas pz pzs u unite unites"
    " exemplaire exemplaires stuk stuks eenheid eenheden"
)
PIECES = frozenset(_PIECE_WORDS.split())
PACKS = (
    r"box(?:es)?|bx|cartons?|ctns?|cases?|packs?|packets?|pkts?|rolls?|pallets?|crates?|drums?|reels?|bundles?"
    r"|kartons?|schachteln?|kisten?|pakete?|paletten?|rollen?|gebinde|cajas?|paquetes?|palets?|palletes|rollos?|boites?"
    r"|cartons?|colis|paquets?|palettes?|rouleaux?|doos|dozen|pak(?:ken)?|pallets?|rollen?|kist(?:en)?"
)
DOZENS = r"dozens?|doz\.?|dzn?\.?|dtzd\.?|dutzend|docenas?|douzaines?|dozijn(?:en)?"
GOODS = (
    r"\w*valves?|pumps?|skids?|kits?|strainers?|actuators?|drives?|filters?|gaskets?|seals?|spares?"
    r"|\w*ventile?n?|\w*schieber|\w*hahne?n?|\w*klappen?|\w*pumpen?|\w*antriebe?|\w*satze?|schmutzfanger"
    r"|dichtung(?:en)?"
    r"|vannes?|robinets?|clapets?|pompes?|filtres?|actionneurs?|servomoteurs?|joints?"
    r"|valvulas?|bombas?|filtros?|actuadore?s?|juegos?|juntas?"
    r"|\w*afsluiters?|\w*kleppen|\w*klep|\w*kranen|\w*kraan|\w*pompen|\w*pomp|aandrijving(?:en)?|\w*sets?"
)
_ONE_WORDS = "one a an ein eine einen einer eins un une una uno een"
ONE = frozenset(_ONE_WORDS.split())
"""Words for one that are also articles."""

_SMALL = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
    "de": "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn"
    " achtzehn neunzehn",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
    " veintiocho veintinueve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
    " achttien negentien",
}
_ENGLISH, _GERMAN, _SPANISH, _FRENCH, _DUTCH = (words.split() for words in _SMALL.values())
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
}


def _of_language(language: str) -> dict[str, int]:
    found = {word: number for number, word in enumerate(_SMALL[language].split(), start=1)} | _hundreds(language)
    for ten, word in zip(range(20, 100, 10), _TENS[language].split(), strict=False):
        found[word] = ten
        found |= {one: ten + unit for unit in range(1, 10) for one in _with_ten(language, word, unit)}
    if language == "de":
        found |= {word.replace("ss", "\u00df"): number for word, number in found.items() if "dreiss" in word}
    if language == "fr":
        found |= {f"soixante {_FRENCH[number - 1]}": 60 + number for number in range(10, 20)}
        found |= {f"quatre vingt {_FRENCH[number - 1]}": 80 + number for number in range(1, 20)}
        found |= {"quatre vingt": 80, "quatre vingts": 80, "soixante et onze": 71, "une": 1}
    found |= {"es": {"un": 1, "una": 1}, "de": {"ein": 1, "eine": 1, "einen": 1, "einer": 1}}.get(language, {})
    return {word.replace("-", " "): number for word, number in found.items()}


def _with_ten(language: str, ten: str, unit: int) -> tuple[str, ...]:
    match language:
        case "en":
            return (f"{ten} {_ENGLISH[unit - 1]}",)
        case "de":
            return (f"{'ein' if unit == 1 else _GERMAN[unit - 1]}und{ten}",)
        case "es":
            return (f"{ten} y {_SPANISH[unit - 1]}",)
        case "fr":
            return (f"{ten} {_FRENCH[unit - 1]}", f"{ten} et {_FRENCH[unit - 1]}")
        case _:
            return (f"{_DUTCH[unit - 1]}en{ten}",)


def _hundreds(language: str) -> dict[str, int]:
    match language:
        case "en":
            return {"hundred": 100, "a hundred": 100} | {f"{_ENGLISH[at]} hundred": 100 * at + 100 for at in range(9)}
        case "de":
            return {"hundert": 100, "einhundert": 100} | {f"{_GERMAN[at]}hundert": 100 * at + 100 for at in range(1, 9)}
        case "es":
            return {"cien": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300}
        case "fr":
            return {"cent": 100} | {f"{_FRENCH[at]} cents": 100 * at + 100 for at in range(1, 9)}
        case _:
            return {"honderd": 100} | {f"{_DUTCH[at]}honderd": 100 * at + 100 for at in range(1, 9)}


_NUMBERS = {language: _of_language(language) for language in ("en", "de", "es", "fr", "nl")}
_ANY_LANGUAGE = {word: number for numbers in _NUMBERS.values() for word, number in numbers.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 4


def numbers_in_words(text: str, language: str) -> list[tuple[int, int, int]]:
    """Numbers written out in folded text: where each begins and ends, and what it is; the longest reading of each."""
    known = _NUMBERS.get(language, _ANY_LANGUAGE)
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(tokens):
        for more in range(min(_MOST_WORDS, len(tokens) - at), 0, -1):
            start, end = tokens[at][0], tokens[at + more - 1][1]
            words = " ".join(text[start:end].replace("-", " ").split())
            if words in known and end - start <= len(words) + 2:
                found.append((start, end, known[words]))
                at += more - 1
                break
        at += 1
    return found
