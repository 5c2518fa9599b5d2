"""The number of an order that nothing calls so: alone as the subject, as a sentence or a paragraph, what papers are to
quote, or what goods are to be booked on. It counts only where no number of a letter is called the order's."""

import re
from collections.abc import Iterator, Sequence

from agents.order_intake.reading.page import Page

_STANDARDS = (
    r"(?:ISO|DIN|EN|API|ASME|ANSI|ASTM|AISI|BS|JIS|NACE|NPT|BSPT?|PN|DN|CL|CLASS|SCH|UL|FM|CE|UKCA|PED|ATEX|REACH"
    r"|ROHS|WCB|CF|SS|UNS|NSF|NF|UNE|NEN|GOST|AWWA|MSS|SP|FDA|IP|IEC|VDE|NEMA|UN|HS|MM|CM|KG|LB|LBS|PSI|BAR|HP|KW"
    r"|RPM|GPM|USD|EUR|GBP|CHF|MXN|CAD|BOX|PO|POB|BP|TEL|FAX|EXT|FON|MOB|CELL|ZIP|PLZ|CP|CC|GL|AC|NO|NR|REF|RFQ|QTY"
    r"|QTE|INV|VAT|UST|IVA|TVA|BTW|NIF|CIF|RFC|SIRET|KVK|HRB|HRA|UNIT|TANK|PUMP|LINE|SITE|DOCK|GATE|ROOM|BLDG|SUITE"
    r"|TAG|HWY|IH|US|SH|CR|RM|RD|ST|AVE|TX|LA|OK|WK|SEM|AFE|WO|MRO|REV|VER|ITEM|PART|TYPE|MODEL|MAX|MIN|ABOUT"
    r"|SEND|NEED|WANT|SHIP|ORDER|FROM|WITH|PLUS|AND|FOR|THE|OF|TO|AT|BY|ON|IN|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP"
    r"|SEPT|OCT|NOV|DEC|RE|FW|FWD|WG|AW|TR|DHL|UPS|FEDEX|DPD|GLS|TNT|USPS|XPO|RAL|EK|DA|PR|BANF|SC|DP)"
)
_SPACED = rf"(?!{_STANDARDS}\b)(?<![A-Z]{{2}}[ ])[A-Z]{{1,6}}(?:-[A-Z]{{1,3}})?[ ](?=\d{{3}}|\d{{1,3}}[-/]\d{{2}})"
_CODE = (
    r"#?(?P<value>(?=(?:[A-Z-]{1,10}[ ])?[\w./-]{0,30}\d[\w./-]{0,12}\d[\w./-]{0,12}\d)"
    rf"(?:{_SPACED}|(?=[A-Z\d]))[\w-][\w/.-]{{1,30}}\w)(?![\w/-]|[.,]\d)"
)
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|(?:19|20)\d\d(?:-\d\d)?|\d{1,3}-\d{1,3}|\d{1,3}(?:[.,]\d{3})+"
)
_PHONE = re.compile(r"(?:\d{3}[-. ])?\d{3}[-. ]\d{4}|0\d{2,4}[-/]\d{4,}")
_QUOTED_AS = re.compile(r"(?i:q|qt|qte|qu|sq|rfq|rfp|ang|off|dev|cot|inv|dwg|prj|wo|job)[-/ ]?\d.*")
_MEASURE = re.compile(r"\d+[A-Za-z]{1,4}|DN ?\d+|[A-Z]{2} ?\d{5}")
_ANSWER = re.compile(r"[ ]*(?:re|aw|sv|antw|rv|res|ré|tr|rép)[ ]?:", re.IGNORECASE)
_SENT_ON = r"\A[ ]*(?:(?i:fwd?|wg|doorst)[ ]?:[ ]*)*"
_STOCK = (
    r"(?:(?:new|stock|urgent|rush|asap|dringend|eilig|urgente|spoed|valves?|spares?|parts|pumps?|our|neue|unsere|nouvelle|notre|nuevo|nuestro|nieuwe|onze)"
    r"[ ])*(?:urgent|rush|asap|dringend|eilig|urgente|spoed|orders?|purchase|restock(?:ing)?|replenishment|stock"
    r"|bestellung|nachbestellung|auftrag|bedarf|pedido"
    r"|compra|commande|achat|réassort|bestelling|aankoop|nabestelling|opdracht)"
)
_SUBJECTS = (
    re.compile(rf"{_SENT_ON}{_CODE}[ ]*(?:$|[-\u2013:,|(][ ]?(?!\d))"),
    re.compile(rf"(?:(?:^|[ ])[-\u2013/(#]|[:|(])[ ]?{_CODE}[ ]*(?:$|[-\u2013:,|/)](?:[ ](?!\d)|$))"),
    re.compile(rf"{_SENT_ON}(?i:{_STOCK})[ ]*[-\u2013:,|(#]{{0,2}}[ ]*{_CODE}[ ]*(?:$|[-\u2013:,|)])"),
)
_ALONE = re.compile(
    rf"(?:(?:^|(?<=\n))[ \t*_=#]*|(?<=[^\W\d_)\d][.!?])[ ]+|(?<=[ ]20\d\d[.])[ ]+){_CODE}(?:\.(?=\s|$)"
    rf"|(?=[ \t*_=:]*(?:\n|$)))"
)
_VERB = (
    r"goes|go|runs?|released?|approved|all|everything|freigegeben|alles|gehört|tout|va|todo|loopt|invoice\w*|bill\w*|fakturier\w*|factur\w+|berechn\w+|book\w*|enter\w*|suppl\w+|ship\w*|process\w*|charge\w*|order\w*|place\w*|put|send|need\w*|want\w*|require\w*"
    r"|bestell\w*|buch\w+|erfass\w+|liefer\w*|setz\w+|läuft|laufen|brauch\w+|benötig\w+|boek\w*|lever\w*|bestel\w*|zet\w*"
    r"|noteer|noteren|stuur|sturen|command\w*|livr\w+|enregistr\w+|note[rz]|mett\w+|pass\w+|imput\w+|pedi\w*|pid\w+"
    r"|solicit\w+|registr\w+|envi\w+|suministr\w+|sirv\w+|carg\w+"
)
_ON = (
    r"(?:on|under|against|unter|auf|gegen|onder|op|tegen|sous|sur|bajo|con|contra)(?:[ ](?:number|the|our|el|le|la|het"
    r"|die|der))?"
)
_BOOKED = re.compile(rf"(?<!\w)(?i:(?:{_VERB})(?:[ ]?,?[ ][^\W\d_]+){{0,6}}?[ ]{_ON})[ ]{_CODE}(?=[ ]*(?:[:.,;]|\n|$))")
_PROCESSED = re.compile(
    r"(?<!\w)(?i:process|enter|place|register|open|raise|log|erfassen|anlegen|enregistrez|registren|noteer|boek)[ ]"
    rf"(?:(?i:our|the|als|as|comme|como)[ ])?{_CODE}[ ](?i:for|with|über|mit|pour|avec|para|con|voor|met)[ ]"
)
_LABELLED = re.compile(
    r"(?:^|(?<=\n))[ \t*]*(?i:re|ref|betr(?:eff|\.)?|subject|objet|asunto|onderwerp|betreft|number|no\.?|nr\.?"
    r"|nummer|número|numéro"
    rf"|n°)[ \t]*[:#][ \t]*{_CODE}[ \t]*(?=\n|$)"
    r"|(?:^|(?<=\n)|(?<=[.!?][ ]))[ \t*]*(?i:ref(?:erence|erenz|erentie|erencia)?|réf(?:érence)?|kenmerk|\w*zeichen"
    r"|(?:vorgang|dossier|expediente|document|dokument|documento|doc|beleg|bon|folio)[ .-]*"
    r"(?:no|nr|number|nummer|n[°º]|num|#)?)\.?[ \t]*[:#]?[ \t]*"
    + _CODE.replace("value", "papers")
    + r"(?=[ \t]*(?:\n|$|[.,;|](?:[ \n]|$)|(?i:dated|of|vom|du|del|van|from|bitte)[ ]))"
    r"|(?<!\w)(?i:release|call-?off|abruf|afroep|appel)(?:[ ](?i:order|no\.?|nr\.?|number|nummer|n°))?[ \t]*[:#]?[ \t]*"
    + _CODE.replace("value", "called")
)
_QUOTED = (
    re.compile(
        r"(?<!\w)(?i:quot(?:e|ing)|mention(?:ing)?|cit(?:e|ing)|stat(?:e|ing)|indicat(?:e|ing)|referenc(?:e|ing)"
        r"|(?<!e )(?<!x )(?<!g )mark(?:ed)?"
        r"|show(?:ing)?|use|using|write|(?:confirm )?receipt of|re|(?:geben sie|bitte|mit|unter angabe(?: von)?)"
        r"|indi(?:car|quen|que)|cit(?:ar|en)|mencion\w+|rappel\w+|mentionn\w+|indiqu\w+|vermeld\w*|gelieve|neem|gebruik)"
        rf"[ ](?:(?i:as|the|our|number|no\.?|reference|ref\.?|la|el|le|die|de|het)[ ]){{0,2}}{_CODE}"
        r"(?=[ ]*(?:[.,;]|\n|$|(?i:(?:on|in|with|as|for|at|auf|in|im|als|bei|sobre|en|como|sur|dans|comme|op|bij"
        r"|angeben|an)"
        r")(?!\w)))"
    ),
    re.compile(
        rf"(?:^|(?<=\n)|(?<=[.!?;][ ])){_CODE}[ ](?i:(?:must|should|has to|to(?! follow)|muss|soll|bitte|debe"
        rf"|doit|moet)[ ])"
    ),
    re.compile(
        rf"{_CODE}[ ](?i:(?:bitte )?(?:auf|in|als)[ ][^.\n]{{0,60}}(?:angeben|vermerken|nennen|aufführen))(?!\w)"
    ),
    re.compile(rf"(?i:bitte)[ ]{_CODE}[ ](?i:angeben|vermerken|nennen|aufführen)(?!\w)"),
    re.compile(
        rf"{_CODE}[ ](?i:(?:on|in|as|auf|als|en|como|sur|comme|op)[ ](?:(?:all|any|every|the|our|your|allen|der|die"
        rf"|el|la"
        r"|los|las|todos|le|les|tous|votre|vos|alle|de|het|uw)[ ]){0,3}(?:paper\w*|document\w*|dokument\w*|invoice\w*"
        r"|rechnung\w*|lieferschein\w*|packing|delivery|label\w*|box\w*|carton\w*|albar[aá]n\w*|factur\w*|bon|bons|pakbon\w*"
        r"|facturen|factuur\w*|reference|referenz|référence|referencia|referentie|kenmerk|correspond\w*))(?!\w)"
    ),
)
_EQUIPMENT = re.compile(
    r"(?<!\w)(?:outages?|shut-?downs?|turnarounds?|units?|tanks?|pumps?|tags?|leak\w*|repairs?|spares?|replacements?|seals?"
    r"|asset|machines?|boilers?|lines?|skids?|stillstand|revision|anlage|behälter|kessel|pumpen?|ersatz\w*|arrêt|cuve|pompe"
    r"|chaudière|rechange|parada|tanque|bomba|caldera|repuestos?|stilstand|ketel|pomp|reserve\w*|quot\w*|offer|angebot|devis"
    r"|oferta|offerte|rfq|anfrage|accept\w*|agreed?|angenommen|aceptad\w*|akkoord|job|project|projekt|projet|proyecto|drawing|zeichnung|plan|plano|tekening)(?!\w)",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?<![\w-])(?i:p\.?o|purchase order|order|bestell\w*|auftrag\w*|commande|cde|pedido|ped|orden|o\.?c"
    r"|bestelling|inkoop\w*"
    r"|opdracht|b\.?c|reference|referenz|referencia|referentie|ref|réf(?:érence)?|\w*zeichen|kenmerk|number|\w*nummer|numéro"
    r"|número|nr|no|n[°º]|release|call-?off|\w*abruf|afroep|doc(?:s|ument\w*)?|beleg|bon|folio|vorgang)(?![\w-])\.?"
    r"(?P<between>(?:[ ](?i:is|are|will be|ist|lautet|wird|est|sera|es|será|wordt|for this(?: order| one)?|this"
    r"|our|approved"
    r"|released|freigegeben|validé\w*|aprobad[oa]|goedgekeurd|intern\w*|unsere?|notre|nuestr[oa]|onze|ons|client|cliente"
    r"|à rappeler|bitte|please|to quote|the|la|le|el|de|het|die|der|das)){0,3}?)"
    rf"[ \t:#(*=\u2013-]{{1,2}}{_CODE}"
)
_OTHERS_ONES = re.compile(
    r"(?<!\w)(?:your|ihre?[nmrs]?|votre|vos|sus?|uw|jullie|last|latest|previous|old|earlier|prior|letzte\w*|vorige\w*|alte\w*"
    r"|précédent\w*|derni\w+|anterior\w*|últim\w+|oude|not|nicht|pas|no|niet|received|arrived|shipped|open|same|like|wie"
    r"|comme|como|zoals|instead|statt|replac\w+|cancel\w*|storn\w*|annul\w*|blanket|frame\w*|rahmen\w*|contract)(?!\w)"
    r"[^.;!?\n]{0,40}$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?<!\w)(?:for|at|in|für|zu|zum|zur|pour|para|en|voor|bij|an|am|im)[ ](?:[^\W\d_]+[ ])?$", re.IGNORECASE
)
_OTHERS = re.compile(
    r"(?:quot\w*|offers?|\w*angebot\w*|devis|offres?|ofertas?|cotizaci\w+|presupuesto|offertes?|invoice|\w*rechnung\w*"
    r"|factur\w+|contra\w+|\w*vertrag\w*|account|acct|a/c|projects?|projekt\w*|projets?|proyectos?|drawings?|jobs?|tags?"
    r"|units?|tanks?|rfq|blanket|rahmen\w*|raam\w*|cadre|marco|requisition|req|anfrage|demande|solicitud|aanvraag|tickets?"
    r"|supplier|vendor|\w*lieferant\w*|fournisseur|proveedor|leverancier|your|ihre?|votre|vos|v/|su|s/|uw|kunden|client\w*"
    r"|customer|klant\w*|vat|tel|phone|fax|case|serial|part|article|artikel\w*|item|model|type|anzahl|call|erreich\w*"
    r"|bel)\.?[ ]*"
    r"(?:(?:no|nr|number|nummer|n[°º]|#|:|ref(?:erence|erenz|erencia|erentie)?|réf(?:érence)?|zeichen|kenmerk|code|-)"
    r"\.?[ ]*)*$",
    re.IGNORECASE,
)
_PLAINLY_A_PAPERS = re.compile(
    r"(?<![\w@./+-])(?:(?=[A-Z]{3})|(?=\w{0,8}(?:[/-]?\d){5})|(?=[A-Z]{2,3}-\w{1,3}-))[A-Z]{2,6}(?:[-/]?\w{1,8}){0,3}?[-/]?\d{2,8}"
    r"(?![\w@/-]|\.\w)"
)
_OF_A_THING = re.compile(
    r"(?<!\w)(?:our|the|a|an|this|that|these|each|every|old|new|on|in|at|for|from|of|via|by|use|see|unser\w*|der|die|das|dem"
    r"|den|am|im|für|von|notre|nos|le|la|les|du|de|pour|au|nuestr\w+|el|los|las|del|en|para|onze?|het|voor|van"
    r"|bij)[ ]+$",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"[ ]+(?:is|are|was|has|had|needs?|leak\w*|fail\w*|trip\w*|broke|runs?|arrived|ships?|pumps?|valves?|units?"
    r"|skid|ist|war"
    r"|hat|braucht|leckt|est|a|fuit|es|está|tiene|heeft|lekt)(?!\w)",
    re.IGNORECASE,
)
_A_YEAR, _SHORT = re.compile(r" (?:19|20)\d\d$"), re.compile(r" \d{1,3}$")
_REACH = 40
_LEAST, _LEAST_NAMED, _LEAST_MIXED = 5, 4, 3


def lone_numbers(page: Page) -> Iterator[tuple[int, int]]:
    """Where such numbers stand on a page whose surer marks are there."""
    if page.source == "subject":
        patterns = () if _ANSWER.match(page.text) else (*_SUBJECTS, _NEAR)
    else:
        patterns = (_ALONE, _LABELLED, _BOOKED, _PROCESSED, *_QUOTED, _NEAR)
    for pattern in patterns:
        for found in pattern.finditer(page.text):
            name = next(one for one in ("value", "called", "papers") if found.groupdict().get(one))
            first, last = found.span(name)
            spaced = " " in found[name]
            if (spaced or pattern is _SUBJECTS[1]) and pattern in _SUBJECTS and _EQUIPMENT.search(page.text):
                continue
            if spaced and (pattern is _ALONE or _A_YEAR.search(found[name]) or _SHORT.search(found[name])):
                continue
            if pattern is _NEAR and not _is_called(page.text, found):
                continue
            least = _LEAST_NAMED if pattern is _NEAR else _LEAST
            if page.is_free(first, last) and _is_code(found[name], least) and not _is_other(page.text, first):
                yield first, last


def only_numbers(page: Page) -> Iterator[tuple[int, int]]:
    """Tokens of a form that only numbers of papers have, which nothing else was made of and which no word says to be
    another paper's: where a letter has one of them and calls no number the order's, it can only be that."""
    if page.source == "subject" and (_ANSWER.match(page.text) or _EQUIPMENT.search(page.text)):
        return
    for found in _PLAINLY_A_PAPERS.finditer(page.text):
        before = page.text[max(page.text.rfind("\n", 0, found.start()) + 1, found.start() - _REACH) : found.start()]
        taken = [one for one in page.marks if one.start < found.end() and found.start() < one.end]
        if any(one.kind != "code" or one.start not in page.guessed for one in taken):
            continue
        if not _is_code(found[0], _LEAST) or _is_other(page.text, found.start()):
            continue
        if not (_OTHERS_ONES.search(before) or _FOR.search(before)):
            yield found.span()


def is_echoed(number: str, subject: str, bodies: Sequence[str]) -> bool:
    """Whether a number whose letters and digits stand apart, and that only its place in the subject points at, is said
    by the letter, too, and nowhere as a thing ("our KSB 4711 leaks"); any other number, by itself."""
    if number not in subject or " " not in number:
        return True
    said = [(body, found) for body in bodies for found in re.finditer(rf"(?<![\w-]){re.escape(number)}(?![\w-])", body)]
    return bool(said) and not any(
        _OF_A_THING.search(body[: found.start()]) or _STATE.match(body, found.end()) for body, found in said
    )


def _is_code(number: str, least: int) -> bool:
    """Whether a token has the form of a number of papers and no other: no date, telephone, measure or count."""
    if any(form.fullmatch(number) for form in (_DATE, _PHONE, _MEASURE, _QUOTED_AS)):
        return False
    digits = sum(map(str.isdigit, number))
    return digits >= (least if number.isdecimal() else _LEAST_MIXED)


def _is_called(text: str, found: re.Match[str]) -> bool:
    """Whether words for an order or a number some way before a token speak of it, and of the order at hand."""
    before = text[max(text.rfind("\n", 0, found.start()) + 1, found.start() - _REACH) : found.start()]
    between = found["between"]
    return not (_OTHERS_ONES.search(before) or _OTHERS_ONES.search(between) or _FOR.search(f"{between} "))


def _is_other(text: str, at: int) -> bool:
    return _OTHERS.search(text[max(text.rfind("\n", 0, at) + 1, at - _REACH) : at]) is not None
