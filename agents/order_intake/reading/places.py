"""Where goods are to go: an address under a label, an address in a sentence, or a place by its name."""

import re
from collections.abc import Iterator

from agents.order_intake.reading import words
from agents.order_intake.reading.grids import lines_of
from agents.order_intake.reading.page import Page, is_digit
from core.domain.intake.transcripts import Said

STREET = re.compile(
    r"\b(?:street|st\.|road|rd\.?|avenue|ave\.?|boulevard|blvd\.?|drive|dr\.|lane|ln\.|highway|hwy\.?|parkway"
    r"|pkwy|suite|p\.?o\.? box|plant|dock|quay|building|bldg"
    r"|postfach|hausnummer|platz|allee|rue|quai|bp|calle|avenida|avda\.?|plaza|polígono|pol\.|laan|kade|dok"
    r"|haven\w*|postbus)\b|(?:straße|strasse|str\.|weg|gasse|straat|laan|kaai|plein)[ ]?\d",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    r"\b[A-Z]{2}[ ]+\d{5}(?:-\d{4})?\b|\b(?:D|F|E|NL|B|CH|A)-\d{4,5}\b|(?:^"
    r"|,)[ \t]*\d{5}[ ]+[A-ZÄÖÜÉ][a-zäöüéè]+|\b\d{4}[ ]?[A-Z]{2}[ ,]|(?:^|,)[ \t]*\d{4}[ ]+[A-Z][a-z]+",
    re.MULTILINE,
)
_LABEL = re.compile(
    r"^[ \t*-]*(?:anlieferung|lieferung|livraison|à livrer|entrega(?: en)?|enviar|levering|aflevering|afleveren"
    r"|delivery|ship)"
    r"[ \t]*:[ \t]*(?P<value>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_FILL = (
    r"(?:(?:it|them|this|these|that|everything|all|both|goods|order|please|bitte|alles|die|ware|le|la|les|tout"
    r"|los|las|todo"
    r"|het|alles|graag|is|ist|est|es|sie|the|to|at|an|nach|in|en|a|à|au|aux|bei|op|naar|aan|bij|zu|our|new|unser[enrm]*"
    r"|neue[nrs]?|notre|nouvel\w*|nuestr[oa]|nuev[oa]|ons|onze|nieuwe|el|de|del|der|dem|den|yard|site|plant"
    r"|warehouse|dock"
    r"|depot|store|lager|werk|baustelle|werkstatt|entrepôt|dépôt|chantier|atelier|usine|almacén|planta|taller"
    r"|obra|patio"
    r"|magazijn|werkplaats|loods|werf|address|adresse|dirección|adres|following|folgende|du|des|on|located|gelegen|auf|unserm|hof|lagerplatz"
    r"|terrein|terminal|facility|fabriek|vestiging|locatie|standort|halle|sede|nave|premises)(?![ ](?:road|street"
    r"|avenue|rd|st|lane|drive|weg|laan)\b)[ :,]+){0,8}"
)
_SENT = re.compile(
    r"\b(?:ship\w*|deliver\w*|send|sent|(?:an)?liefer\w*|geliefert|angeliefert|versand|schick\w*|livr\w*"
    r"|expédi\w*|envoy\w*"
    r"|entreg\w*|envi\w*|(?:af)?lever\w*|geleverd|bezorg\w*|afgeleverd)[ ]"
    rf"{_FILL}"
    r"(?P<value>(?:\d{1,5}[ ]|[^\W\d_])[^\n]{4,140})",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\b(?:to|at|an|nach|au|à|a|en|naar|aan|bei|in|into|zu[mr]?|op|auf|on)[ ]{_FILL}"
    r"(?P<value>(?:\d{1,5}[a-z]?,?[ ](?:rue|quai|avenue|bd|boulevard|place|(?-i:[A-ZÄÖÜÉ]))"
    r"|(?-i:[A-ZÄÖÜÉ])[^\W\d_])[^\n]{4,140})",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r",? (?:not|nicht|pas|no|niet)\b| (?:as|wie|comme|como|zoals) (?:always|usual|immer|üblich|toujours"
    r"|d'habitude|siempre"
    r"|altijd)| (?:by|before|bis|avant|antes|voor|uiterlijk|please|asap|and|und|et|y|en|with|mit|avec|con|met)\b|[;)\]]"
    r"|[.!?](?=[ ]+[A-ZÄÖÜÉ¡¿])|[.!?][ ]*$",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"\b(?:usual|normal|regular|same|main|standard|known|üblich\w*|gewohnt\w*|bekannt\w*|habituel\w*|habitual"
    r"|misma|mismo|même"
    r"|gebruikelijke|zelfde|bekende|gewone)[ ](?:place|address|site|location|spot|dock|gate|door|yard|destination"
    r"|ort|adresse|rampe|tor|stelle"
    r"|anschrift|stelle"
    r"|lieu|endroit|lugar|dirección|sitio|plaats|adres|kade|poort)|(?:quai|porte|muelle|puerta|lieu|endroit|adresse|lugar|dirección"
    r"|sitio)[ ](?:habituel\w*|habitual)"
    r"|^(?:the )?(?:usual|same)$",
    re.IGNORECASE,
)


_YARD = re.compile(
    r"(?<!\w)(?:to|at|in|into|on|an|auf|nach|zu[mr]?|in|im|ins|au|aux|à|dans|sur|en|a|al|aan|naar|op|bij)[ ]"
    r"(?:(?:our|the|unser\w*|die|das|den|dem|der|notre|nos|la|le|les|nuestr\w+|el|los|las|onze|ons|het|de)[ ])?"
    r"(?P<value>(?:(?:storage|pipe|back|laydown|main|equipment)[ ])?(?:yard|lagerplatz|bauhof|werkhof|betriebshof"
    r"|lagerhof"
    r"|hof|werft|patio|explanada|campa|parc(?: à matériel| de stockage)?|cour|terrein|werf|opslagterrein"
    r"|buitenterrein))"
    r"(?!\w|[ ]?@|[ ]of[ ])",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:not|nicht|kein\w*|pas|no|niet|geen|full|voll|plein|lleno|vol|closed|geschlossen|fermée?|cerrado|gesloten|left"
    r"|behind|from|aus|von|depuis|desde|vanaf|uit|or|oder|ou|of)\b",
    re.IGNORECASE,
)


def place(page: Page) -> Said | None:
    """Where the goods are to go, where that is said; the lines of an address belong together. "The usual place" says
    nothing."""
    found = words.SHIP_TO.search(page.text)
    if found:
        first, last = _address(page, *found.span("value"))
        return page.said(first, last) if last > first and _says(page, first, last) else None
    return _labelled(page) or _in_sentence(page) or _by_name(page) or _by_kind(page)


def _says(page: Page, first: int, last: int) -> bool:
    return not _USUAL.search(page.text[first:last]) or _is_address(page.text[first:last])


def _is_address(text: str) -> bool:
    return any(map(is_digit, text)) and bool(STREET.search(text) or POSTCODE.search(text))


def _labelled(page: Page) -> Said | None:
    """An address after a word that may as well have a date after it."""
    for found in _LABEL.finditer(page.text):
        first, last = page.trimmed(*found.span("value"))
        if _is_address(page.text[first:last]) and not page.between(first, last, "code"):
            return page.said(first, last)
    return None


def _in_sentence(page: Page) -> Said | None:
    """An address with a street that a sentence names after a word of delivering, up to what says something else."""
    for found in (*_each(_SENT, page.text), *_each(_TO, page.text)):
        sentence = page.text[max(0, found.start() - _SENTENCE) : found.start("value")]
        said = re.split(r"[.!?;][ ]|\n", sentence)[-1]
        if not (words.WISH.search(said) or _GOES.search(said) or _NOT_THERE.search(said)):
            continue
        first, last = found.span("value")
        marks = page.between(found.start(), min(len(page.text), last + 1), "day", "code", "order", "command", "phone")
        first = max([first, *(one.end for one in marks if one.start <= first < one.end)])
        marks = [one for one in marks if one.start >= first]
        last = min([last, *(one.start for one in marks)])
        street = STREET.search(page.text, first, last) or POSTCODE.search(page.text, first, last)
        if not street or street.start() - first > _NEAR or not page.is_free(found.start(), found.start() + 1):
            continue
        stop = _ENDS.search(page.text, first, last)
        first, last = page.trimmed(_house(page.text, first, street.start()), stop.start() if stop else last)
        if _USUAL.search(page.text, first, last) and not POSTCODE.search(page.text, first, last):
            continue
        road = _ROAD.search(page.text, first, last)
        if road and not _is_address(page.text[first:last]):
            last = road.end()
        if (
            last > first
            and (road or _is_address(page.text[first:last]))
            and not _FAR.search(page.text[found.start() : first])
        ):
            return page.said(first, last)
    return None


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, those inside of others too: the words of one place are followed by those of another."""
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _house(text: str, first: int, street: int) -> int:
    """Where an address begins: at its number, or at the word with a capital that begins it."""
    numbers = list(re.finditer(r"(?<![\w.,])\d{1,5}[a-z]?[ ](?=[A-ZÄÖÜÉ\w'. -]{0,40}$)", text[first:street]))
    return first + numbers[-1].start() if numbers else first


_ROAD = re.compile(
    r"\b(?:road|street|avenue|boulevard|lane|drive|highway|rue|calle|avenida)\b|(?:straße|strasse|straat|laan|steenweg)\b",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"\b(?:go(?:es)?|bring|everything|all of (?:it|this)|lot|alles|tout|todo|kommt|geht|soll(?:en)? (?:an|nach|zu)"
    r"|moet)\b",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"\b(?:not|nicht|pas|no|niet)[ ](?:to|nach|an|zu\w?|à|au|a|al|en|naar|op|in)\b[^.\n]*\b(?:but|sondern|mais|sino"
    r"|maar)\b",
    re.IGNORECASE,
)
_SENTENCE, _NEAR = 160, 45
_FAR = re.compile(r"[.;!?][ ]|\d")


def _by_name(page: Page) -> Said | None:
    inline = words.SHIP_INLINE.search(page.text)
    if inline and not any(is_digit(char) for char in inline["value"]):
        stop = re.search(
            r"\b(?:by|before|on|no later|bis|am|avant|pour le|antes|el|voor|uiterlijk|op|as|asap|please|with)\b",
            inline["value"],
        )
        first, last = inline.span("value")
        first, last = page.trimmed(first, first + stop.start() if stop else last)
        return page.said(first, last) if last - first > 2 and _says(page, first, last) else None
    return None


def _by_kind(page: Page) -> Said | None:
    """A yard, as buyers call theirs, in a sentence that says to send or to bring goods there."""
    for found in _YARD.finditer(page.text):
        first, last = found.span("value")
        start = max([page.text.rfind(mark, 0, first) for mark in ("\n\n", ". ", "! ", "? ", ";")])
        before = page.text[max(start, first - _SENTENCE, 0) : found.start()]
        stop = re.search(r"[.!?;](?=\s|$)|\n", page.text[last:])
        after = page.text[last : last + stop.start()] if stop else page.text[last:]
        sends = words.WISH.search(before) or _GOES.search(before) or words.WISH.match(after.lstrip(" ,"))
        if sends and not _DOUBTED.search(before[-30:]) and page.is_free(first, last):
            return page.said(first, last)
    return None


def explain_billing(page: Page) -> None:
    """An address for invoices is no matter of the order's."""
    for found in words.BILL_TO.finditer(page.text):
        page.explain(found.start(), _address(page, *found.span("value"))[1])


def _address(page: Page, first: int, last: int) -> tuple[int, int]:
    """The rest of the labelled line and the lines below that go on with the address."""
    lines = [line for line in lines_of(page.text) if line.start > last][:5]
    end = last
    for line in lines:
        text = page.text[line.start : line.end]
        if (
            not text.strip()
            or ":" in text
            or page.between(line.start, line.end, "code", "name", "day")
            or len(text) > 70
        ):
            break
        if not (POSTCODE.search(text) or STREET.search(text) or not any(map(is_digit, text)) or line is lines[0]):
            break
        if last > first and page.text[first:last].strip() and not (POSTCODE.search(text) or STREET.search(text)):
            break
        end = line.end
    return page.trimmed(first, end)
