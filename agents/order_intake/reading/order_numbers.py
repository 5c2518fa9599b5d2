"""The customer's number of an order, wherever and however it is said: "PO 7712", "unter Nr. LC-300", "es el TS-118"."""

import re

from agents.order_intake.reading import words
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.paper_heads import mark_paper_heads

_DATE = re.compile(
    r"20\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[./](?:0?[1-9]|1[0-2])|(?:19|20)\d\d(?=$)"
    r"|\d{1,2}(?:st|nd|rd|th)"
)
_COUNTED = re.compile(
    r"[ ]?(?:x\b|\u00d7|pcs|stück|stuks|stk|uds?\b|units|pieces|ea\b|of\b|dozen|\"|inch|zoll"
    r"|hp\b)",
    re.IGNORECASE,
)
_DESIGNATOR = (
    r"(?:numbers?|nummer|numéro|número|num|nr|no(?!-)|n[°º]|n\.[º°]|nbr|nro|#|ref(?:erence|erenz|erencia|erentie)?"
    r"|réf(?:érence)?"
    r"|referencia|kenmerk|zeichen|id)(?![^\W\d_])\.?"
)
_ORDER = (
    r"(?:bestel(?:l?schein|bon|brief|formulier)|bestellformular|(?:hoja|nota) de pedido|aankooporder|ordre d'achat"
    r"|purchase[ -]?order|p[./]?[ ]?o\.?|purch\.? ord\.?|ord\b\.?|o/n|o\.n\.|b/o|customer order|order"
    r"|release \(order\)|call-?off|abrufbestellung"
    r"|release order|\w{0,12}bestell(?:ung|auftrag|kennzeichen|zeichen)|einkaufsbeleg|auftrag|best\.|order"
    r"|\w{0,8}bestelling|bestelreferentie|inkoop(?:order|opdracht|nummer)|opdracht|bon de commande|b\.?d\.?c\.?"
    r"|commande"
    r"|(?:numéro|n[°º]) d'achat|cde|b\.?c\.?|pedido(?: de compra)?|orden(?: de compra)?|o[./]?c\.?)"
    r"(?:[ ](?:urgente?|intern[oa]|interne?|nuev[oa]|nouvelle|ferme)(?!\w))?"
)
_JOINED = r"(?:bestell|auftrags|order|bestel|opdracht|inkooporder|besteding)[- ]?(?:nummer|nr|nº)\.?"
_BETWEEN = (
    r"(?:'s(?=[ ])|[ \t]*(?:[:#=|;]|,(?=\S)|\(|-(?=[ ]))|[ \t]+(?:is|are|ist|lautet|läuft|läuft unter|es|est|being|to"
    r"|follow|für|for"
    r"|pour|para"
    r"|voor|this|it|these|that|the|them|diese[rsnm]?|dafür|hierfür|hiervoor|dit|deze|esto|ceci|el|le|la|der|die"
    r"|das|de|het"
    r"|our|unser[e]?|notre|nuestr[oa]|ons|onze|unter|under|onder|sous|bajo|con|mit|with|met|on our (?:end|side)"
    r"|for this (?:release|order|one|job|call-off)|bei uns|bij ons"
    r"|für diesen abruf|für diese bestellung|de notre côté|pour cette commande|pour cet appel|de nuestra parte"
    r"|para este pedido|voor deze (?:order|bestelling|afroep)|will|be|wird|sein|sera|será"
    r"|wordt|now|interne?r?|internal|here|as|als|comme|como)(?![^\W\d_]))"
)
_CODE = (
    r"[\[\"'\u201c\u201e\u00ab]?(?P<value>(?=[\w./-]{0,30}\d)(?=[\w./-]{0,30}[^\W\d_])[^\W_][\w./-]{1,38}[^\W_]|\d[\d./-]{1,30}\d|\d{2,}"
    r"|(?-i:(?!ORDER)[A-Z]{2,5}) (?:\d{3,}(?:[-/]\d+)*|\d{1,4}[-/]\d{2,}(?:[-/]\d+)*))"
)
_END = r"(?![\w])"
_SAID = (
    re.compile(
        rf"(?<![\w-])(?:{_JOINED}|{_ORDER}(?:[ \t-]*{_DESIGNATOR}){{1,2}}|{_DESIGNATOR}[ ]?(?:de |der |van "
        rf"|of )?(?:la |l'|the"
        rf" |our |uw |unserer )?{_ORDER}){_BETWEEN}{{0,5}}[ \t]*{_CODE}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-]){_ORDER}{_BETWEEN}{{0,5}}[ \t]*[\[\"'\u201c\u201e\u00ab]?"
        rf"(?P<value>(?=[\w./-]{{0,30}}\d)(?-i:[A-Z])[\w]{{0,8}}"
        rf"[-/.][\w./-]{{0,30}}[^\W_]"
        rf"|(?-i:[A-Z]){{2,5}}\d{{2,}}\w*|(?=(?:[/-]?\d){{5}})\d+[-/][\d/-]*\d){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-])(?:p\.?o\.?|purchase[ -]?order|bestellnummer"
        rf"|ordernummer){_BETWEEN}{{1,5}}[ \t]*(?P<value>\d{{4,12}}){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-])(?:under|against|on|unter|mit|gegen|onder|tegen|sous|avec|bajo|con|op|met)[ ](?:our |your "
        rf"|the |unserer "
        rf"|unserem |onze "
        rf"|ons |notre |le |la |el |nuestr[oa] |uw |der |dem |het |de "
        rf"|die )?(?:{_DESIGNATOR}[ ]?[:#]?[ ]?){{1,2}}{_CODE}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w-])(?:bestell\w*|order\w*|bestel\w*|command\w*|ped\w+|book\w*|enter\w*)[ ](?:[^\W\d_]+[ ]){0,4}?"
        r"(?:under|unter|onder|sous|bajo)[ ](?P<value>(?-i:[A-Z])\w{0,6}[-/][\w/-]*\d[\w/-]*)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-])(?:bestellung|auftrag|bestelling|order|commande|p\.?o\.?"
        rf"|pedido)(?:[ ]attached)?[ ]?,[ ]?{_DESIGNATOR}[ ]?[:#]?[ ]?{_CODE}{_END}",
        re.IGNORECASE,
    ),
)  # fmt: skip
_PAPERED = re.compile(
    r"(?<![\w-])(?:bestellung|auftrag|bestelling|order|commande|n/cde|pedido|n/pedido)[ ](?P<value>\d{4,12})"
    r"(?=[ ]?(?:[,/;(]|\u2013|-)?[ ]?(?:zu|gem\w*|laut|nach|selon|suivant|según|n\.a\.v\.|volgens|of|per|as per"
    r"|from|on)?[ ]?"
    r"(?:(?:ihr\w*|your|votre|vos|su|uw|the|dem|[vs]/)[ ]?)?(?:\w*angebot|quot|offer|devis|offre|oferta"
    r"|presupuesto|cotiz"
    r"|offerte|contra[ck]?t|vertrag|projekt|project|projet|proyecto|req|job))",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?<![\w-])(?:commande|pedido|bestellung|bestelling)[ ](?:ferme|firme|en firme|fest\w*|definitie\w*|n\.)[ ]?"
    rf"{_DESIGNATOR}[ ]?[:#]?[ ]?{_CODE}{_END}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"(?<![\w-])(?:our|my|unsere?|mein|notre|mon|nuestr[oa]|mi|onze|ons)[ ](?:ref(?:erence|erenz|erencia"
    rf"|erentie)?|réf(?:érence)?"
    rf"|zeichen|kenmerk|aktenzeichen|internal no|number|nummer|numéro|número|nr"
    rf"|n[°º])\.?{_BETWEEN}{{0,4}}[ \t]*{_CODE}{_END}",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:your|ihre?s?|votre|vos|su|sus|uw|jullie|old|last|previous|earlier|first|other|letzte[nr]?|vorige"
    r"|dernière|précédente"
    r"|última|anterior|alte[nr]?|oude|sales|work|job|confirmation|work)[ ]+(?:sales[ ])?$",
    re.IGNORECASE,
)
_SUPPLIERS = re.compile(
    r"(?<!\w)(?:(?:your|ihre?|votre|vos|su|uw|jullie|supplier(?:'s)?|vendor(?:'s)?|fournisseur|proveedor|leverancier"
    r"|customer(?! ref)|client(?! r[eé]f)|klant|quote|offer|devis|oferta|offerte)[ -]|(?:lieferanten|kunden"
    r"|angebots?)[ -]?|[vs]/)[ ]*"
    r"(?:(?:de|du|del|van|ref\w*|réf\w*|zeichen|kenmerk|no|nr|num\w*|n[°º]|code)\.?[ ]*)*[:#]?[ ]*\Z",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(
    r"(?:confirmation|confirmación|acknowledge?ment|bevestiging|bestätigung)[ ]+"
    r"(?:of |de |van |der |zu |la |l'|our )*$",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:blanket|frame(?:work)?|rahmen|marco|cadre|raam|open|standing|master|annual|jahres|kontrakt)[ -]*$",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:same (?:as|like)|like|as (?:in|on|with)|repeat(?: of)?|copy of|wie (?:bei|in|auf|zu)|analog(?: zu)?|wie"
    r"|comme(?: pour| sur| dans)?|idem|como(?: en)?|igual que|zoals(?: bij| in| op)?|net als|conforme al)[ ]"
    r"(?:(?:our|the|my|la|le|el|der|die|den|dem|unsere[rmn]?|onze|notre|nuestro|de|het|last|previous|earlier|letzten"
    r"|dernière|último|vorige|purchase)[ ]){0,3}$",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"(?<![\w-])(?:order|bestellung|auftrag|commande|pedido|bestelling)(?:[ ](?:nuevo|nouvelle))?[ ]?,[ ]?"
    r"(?P<value>(?-i:[A-Z]{2,6})[-/]\d[\w/-]*\d)(?=[ ]?[:,.])(?![ ]?[:,][ ]*\d+[ ]*(?:$|[.;,\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(r"(?:order|po|p\.o|nr|no|num|ref|date|datum|and|und|et|vom|dated)[ .]", re.IGNORECASE)
_CALLED = re.compile(r"erreich|anruf|ruf\b|call|phone|reach|joign|appel|llam|bereik|\bbel\w*|telef|fax", re.IGNORECASE)
_PREFIX = re.compile(r"^P\.?O\.?[-_/ ]?(?=\d{4})|^0+(?=\d{4})", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|xlsx?|csv|docx?|txt|eml|msg)$", re.IGNORECASE)
_BEFORE, _SHORT = 60, 3
_VERB = re.compile(r"(?:please|pls|to|we|i|you|je|nous|must|now)[ ]$", re.IGNORECASE)


def mark_orders(page: Page) -> None:
    """Marks numbers of orders, the surest forms first, then the customer's own references."""
    mark_paper_heads(page)
    for pattern in (
        words.PO_JOINED,
        words.PO_SPACED,
        *_SAID,
        _PAPERED,
        _ADJECTIVE,
        words.PO_STRONG,
        words.PO_WEAK,
        _NEW,
    ):
        _mark(page, "order", pattern)
    for pattern in (_REFERENCE, words.PO_REFERENCE):
        _mark(page, "own reference", pattern)


def mark_again(page: Page, numbers: frozenset[str]) -> None:
    """Marks what another place of the letter said to be the order's number, so that it is no item here, with the
    number of a position after it or without."""
    for number in sorted(numbers):
        for found in re.finditer(rf"(?<![\w-]){re.escape(number)}(?:/\d{{1,5}})?(?![\w-])", page.text):
            if page.add("order again", *found.span()):
                page.explain(*found.span())


def numbers_said(page: Page) -> frozenset[str]:
    """The order numbers of a marked page that cannot be quantities: with a letter, or four digits and more."""
    written = [page.text[one.first : one.last] for one in page.between(0, len(page.text), "order")]
    said = (*written, *(_PREFIX.sub("", one) for one in written))
    return frozenset(one for one in said if re.search(r"[^\W\d_]", one) or sum(map(str.isdigit, one)) > _SHORT)


def _mark(page: Page, kind: str, pattern: re.Pattern[str]) -> None:
    for found in pattern.finditer(page.text):
        first, last = found.span("value")
        last = first + len(_FILE.sub("", found["value"]))
        line = page.text.rfind("\n", 0, found.start()) + 1
        before = page.text[max(line, found.start() - _BEFORE) : found.start()]
        quoted = page.text[first - 1 : first] in {'"', "'"}
        counted = not quoted and _COUNTED.match(page.text, last)
        if _DATE.fullmatch(found["value"]) or counted or _LABEL.match(found["value"]):
            continue
        if (pattern is _SAID[1] and _VERB.search(before)) or (pattern is _SAID[3] and _CALLED.search(before)):
            continue
        if kind == "order" and (_FRAME.search(before) or _LIKE.search(before)):
            if page.add("other order", found.start(), last, (first, last)):
                page.explain(found.start(), last)
            continue
        if kind == "own reference" and _SUPPLIERS.search(page.text, line, first):
            if page.add("reference", found.start(), last, (first, last)):
                page.explain(found.start(), last)
            continue
        theirs = kind == "order" and (_PAPER.search(before) or _CONFIRMED.search(before))
        page.add("their order" if theirs else kind, found.start(), last, (first, last))
