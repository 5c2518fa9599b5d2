"""Numbers that are no counts: references, telephones, addresses, times, measures, money, and what numbers things."""

import re
from collections.abc import Iterable

from agents.order_intake.second.words import GOODS, PIECES, UNITS

ITEM = "\u241f"
"""Stands where goods stood: a code, or the words a line was read from."""
DAY = "\u241e"
"""Stands where a day stood."""

_NO = r"(?:(?:nos?|nrs?|num|numbers?|nummern?|numeros?|id|codes?)\b\.?|n\.?[\u00b0\u00ba]\.?|#)"
_COUNTED_NEXT = (
    rf"(?!\w)(?![ \t]*(?:x\b|\u00d7|{ITEM}|(?:{UNITS})(?![\w-])|(?:of|de|von|van)\b[ ](?=\S)"
    rf"|(?:\w+[ ]){{0,2}}(?:{GOODS})\b))"
)
_PAPER = (
    r"p\.?[ ]?o\.?|purchase order|orders?|bestell(?:ung(?:s-?(?:nr|nummer))?|-?(?:nr|nummer))?"
    r"|auftrags?(?:-?(?:nr|nummer))?|pedidos?|orden(?: de compra)?|o\.?c\.?|commandes?|cde|bon de commande|b\.?c\.?"
    r"|bestel(?:ling|nummer|nr|bon)|inkoop(?:order|opdracht)?(?:nummer|nr)?|order(?:nummer|nr)|kenmerk|zeichen"
    r"|ref(?:erence|erenz|erencia|erentie)?|releases?|requisition|req"
)
_OTHER_PAPER = (
    r"quot(?:e|ation)s?|offers?|proposals?|estimates?|(?:preis)?angebots?(?:-?(?:nr|nummer))?|devis|offre|oferta"
    r"|presupuesto|cotizacion|offerte(?:nummer)?|prijsopgave"
    r"|(?:frame(?:work)? )?(?:contracts?|agreements?)|(?:rahmen)?vertrags?(?:-?(?:nr|nummer))?|vereinbarung|contrat"
    r"|contrato|(?:raam)?contract|overeenkomst|invoices?|rechnungs?(?:-?(?:nr|nummer))?|facturas?|factures?"
    r"|factuur(?:nummer)?|projects?|projekt(?:nummer|-?nr)?|projets?|proyectos?|drawings?|dwg|zeichnung(?:en)?|dessins?"
    r"|planos?|tekening(?:en)?|skizze|sketch|(?:sub-?)?accounts?|acct|a/c|customer|cust|lief|kd|kred|deb|kunden(?:-?(?:nr|nummer))?"
    r"|client|cliente|klant(?:nummer)?|debitor(?:en)?|vendor|supplier|lieferanten(?:-?(?:nr|nummer))?|kreditor(?:en)?"
    r"|fournisseurs?|prov(?:eedor(?:es)?)?\b\.?|leveranciers?|vat|ust-?id(?:-?nr)?|mwst|tax|steuer|nif|cif|siret|siren|rcs|kvk|btw"
    r"|tva|iva|iban|bic|eori|duns|hrb|jobs?|tickets?|rfq|rfp|anfragen?|demande(?: d'achat| de prix)?|solicitud|aanvraag"
    r"|cases?|kostenstelle|kst|kostentrager|kostenplaats|cent(?:re|ro) de (?:couts?|costes?|costos?)|kommission|komm"
    r"|cost (?:cent(?:er|re)|object|code|unit)|charge (?:code|number)|gl|g/l|wbs|capex|opex|work orders?|wo|w/o"
    r"|werkorder|arbeitsauftrag|orden de trabajo|ordre de travail|ot|tags?|mro|budget|(?:purchase )?req(?:uisition)?s?"
    r"|bedarfsanforderung|banf|(?:buyer|purchasing|plant) group|einkaufergruppe|afe|spec(?:ification)?|incoterms"
    r"|certificates?|licen[cs]e|serial|s/n|batch|lot|heat|melt|charge|colada|coulee|smelt|asset|equipment|equipo"
    r"|equipement|po item|affaire"
    r"|chantier|obra|dossier|expediente|vorgang|aktenzeichen|department|dept|abteilung|mail ?stop"
    r"|delivery notes?|packing (?:slip|list)|lieferscheins?(?:-?(?:nr|nummer))?|albaran|bon de livraison"
    r"|pakbon(?:nummer)?|blanket(?: (?:order|po|agreement|purchase order))?|waybill|tracking|permit|tender"
    r"|ausschreibung"
    r"|licitacion|p&id|isometric|bordereau|remito|guia|vrachtbrief|frachtbrief|standard terms|conditions|avb|agb"
    r"|bill of materials?|bom|stuckliste|datasheet|data sheet|datenblatt"
)
_COMPOUND = (
    r"(?!bestell|auftrag|order|bestel|inkoop|opdracht|artikel|teile|material|stuck|menge|aantal)[a-z]{4,24}"
    r"(?:nummer|[- ]?nr)"
)
_NAME = rf"#?[a-z]{{0,6}}[-/.]?\d[\w/.-]*(?<![.-]){_COUNTED_NEXT}"
_IS_WITH = (
    r"(?:[ ](?:intern[oae]?s?|interne[rsn]?|internal|propi[oa]|is|ist|lautet|est|es|no|nr|bei (?:ihnen|uns)"
    r"|with (?:you|us)|chez (?:vous|nous)|con (?:ustedes|nosotros)"
    r"|bij (?:u|jullie|ons)|de ustedes|vuestra|von ihnen|van u|dated|code|el|la|le|die|das|de|der),?(?!\w)){0,3}"
)
_REFERENCE = re.compile(
    rf"(?<!\w)(?:(?:{_PAPER})(?:[ -]?{_NO})?|{_NO})[ \t.:#=-]*(?:(?:is|ist|lautet|est|es)[ ]+)?"
    rf"#?[a-z]{{0,6}}[-/.]?\d[\w/.-]*(?<![.-]){_COUNTED_NEXT}"
)
OTHER = re.compile(
    rf"(?<!\w)(?:(?:{_OTHER_PAPER})(?:[ -]?{_NO}){{0,2}}"
    rf"|{_COMPOUND}){_IS_WITH}[ \t.:#=-]*(?:[a-z]{{3,14}}[-/](?=\d))?{_NAME}"
    rf"(?:(?:[ ]?[,/&+]|[ ](?:and|und|et|y|en|e|thru|through|to|bis|tot))[ ]?(?=[a-z]|\d{{3}}){_NAME})*"
)
"""Numbers of papers that are no order: offers, contracts, invoices, projects, accounts."""
_REGISTERED = re.compile(
    r"(?<!\w)(?:(?:tva|vat|btw|mwst|ust|iva|rpr|rpm|kbo|bce|ondernemings\w*|n\.?i\.?f|kvk|siren|siret)\b[^\d\n]{0,24}"
    r"\d[\d. ]{5,}\d\w*|(?:be|nl|de|fr|es|at|lu|it|pl)[ ]?0?\d{3}[. ]\d{3}[. ]\d{3}(?:b\d\d)?"
    r"|[a-z]{2}\d{8,11}(?:b\d\d)?"
    r")(?!\w)"
)
_PHONES = (
    re.compile(
        r"(?<!\w)(?:tel\w*|phone|ph|fax|mobile?|mob|cell|gsm|movil|handy|ext(?:ension)?|durchwahl|direct|office"
        r"|[tmfp](?=[.:]))(?:[ .-]*(?:no|nr|number|nummer)\b)?"
        r"[ .:]*\(?\+?[\d-][\d ()./-]{1,}\d(?:[ ]?ext\.?[ ]?\d{1,5})?"
    ),
    re.compile(r"(?<!\w)ext(?:ension|\.)?[ :]*\d{1,5}(?!\w)"),
    re.compile(
        r"(?<!\w)(?:buyer|contact|attn|attention|requested by|requisitioner|requestor|ansprechpartner|einkaufer"
        r"|besteller"
        r"|contacto|comprador|acheteur|inkoper|contactpersoon)\b[^\d\n]{1,40}?[ ](?:x|ext\.?|dw|-)[ ]?\d{2,5}(?!\w)"
    ),
    re.compile(r"(?<![\w.,])(?:\+|00)\d[\d ()./-]{6,}\d"),
    re.compile(r"\(\d{2,5}\)[ ]?\d[\d ./-]{4,}\d"),
    re.compile(r"(?<![\w.,-])(?:\d{3}[-. ])?\d{3}[-. ]\d{4}(?:[ ]?(?:x|ext\.?)[ ]?\d{1,5})?(?![\w-])"),
    re.compile(r"(?<![\w.,/-])0\d{1,4}[ ]?[ /-][ ]?\d[\d /-]{4,}\d"),
)
STREETS = (
    re.compile(
        r"(?<![\w.,-])\d{1,5}[a-z]?[ ]+(?:[^\W\d_][\w'.-]*[ ]+){1,3}(?:street|st\.|road|rd\.?|avenue|ave\.?|boulevard"
        r"|blvd\.?|drive|dr\.|lane|ln\.?|highway|hwy\.?|parkway|pkwy|way|court|quay|wharf|loop|square)(?!\w)"
    ),
    re.compile(
        r"(?:\w*(?:strasse|stra\u00dfe|str\.|weg|gasse|platz|allee|damm|ufer|straat|laan|kaai|kade|plein|dreef"
        r"|steenweg)"
        r"|\w*(?:haven|dok)\w*|(?:dock|industrial) road)[ ]\d{1,4}[a-z]?(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?:rue|avenue|av\.|boulevard|bd|quai|place(?![ ](?:an|the|our|your|my|this|us|for|orders?)\b)"
        r"|route|chemin|calle|c/|avda\.?|avenida|paseo|plaza|poligono"
        r"|camino|carretera)[ ][^\d\n;:]{0,40}\d{1,4}(?!\w)"
    ),
    re.compile(r"(?<![\w.,-])\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|boulevard|quai|place|route|chemin)\b"),
    re.compile(r"(?<!\w)(?:p\.?o\.? box|postfach|b\.?p\.?|apartado|postbus|suite|ste\.?|bus)[ ]\d{1,6}\b"),
)
POSTCODES = (
    re.compile(r"\b[A-Z]{2}[ ]+\d{5}(?:-\d{4})?(?!\w)"),
    re.compile(r"\b(?:D|F|E|NL|B|BE|CH|A|DE|FR|ES)-\d{4,5}(?=[ ,]{1,2}[^\W\d_])"),
    re.compile(r"(?<![\w.,-])\d{4,5}[ ]+(?P<town>[^\W\d_a-z][^\W\d_]+)"),
    re.compile(r"(?<![\w.,-])\d{4}[ ]?(?P<town>[A-Z]{2})(?!\w)"),
)
_MONTH_NEXT = (
    r"(?![ ]+(?:the|our|your|total|stock|one|two|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|week|this|all|each|a"
    r"|20\d\d)\w*)"
)
_SIZES = re.compile(
    r"\b(?:dn|pn|class|cl|schedule|sch|ansi)[ ]?-?\d+\b|(?<![\w.,])\d+(?:[./]\d+)?[ ]?-?(?:\"|''|\u201d|\u2033"
    rf"|inch(?:es)?\b|zoll|pulgadas?\b|pouces?\b|duims?\b|in\b\.?{_MONTH_NEXT}|po\b|mm\b|cm\b|m\b|hp\b|ps\b|cv\b|pk\b|ch\b"
    r"|kw\b|bar\b|psi\b|lbs?\b|kgs?\b)|\b(?:aisi[ ]?)?(?:304|316)l?\b|\b(?:size|grosse|gro\u00dfe|taille|talla"
    r"|maat)[ ]\d+\b"
)
_MONEY = re.compile(
    r"(?:usd|eur|gbp|us\$|\$|\u20ac|\u00a3)[ ]?\d[\d.,']*|(?<![\w.,])\d[\d.,']*[ ]?(?:usd|eur|gbp|us\$|\$|\u20ac"
    r"|\u00a3"
    r"|dollars?|euros?)(?!\w)|@[ ]?\d[\d.,]*|(?<![\w.,])\d+(?:[.,]\d{3})*[.,]\d{2}(?![\w]|[.,]\d)"
)
_CLOCK = re.compile(
    r"(?<![\w.,])\d{1,2}(?::\d{2}(?::\d{2})?(?:[ ]?(?:uhr|h|am|pm|hrs|uur)\b)?|[ ]?(?:a\.?m\.?|p\.?m\.?|uhr|uur"
    r"|o'clock|h\d{2}|hrs)"
    r"(?!\w))"
)
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?[ ]?(?:%|percent|prozent|pour cent|por ciento|procent)")
_SPAN = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ]?(?:-|\u2013|to|bis|a|tot)[ ]?\d{1,3})?[ -]?(?:(?:working|business|calendar)[ ]"
    r"|arbeits|werk)?"
    r"(?:h(?=[ ,.;)]|$)|days?|weeks?|months?|years?|hours?|minutes?|mins?|tagen?|wochen?|monaten?|jahren?|stunden?"
    r"|minuten?|jours?"
    r"|semaines?"
    r"|mois|ans|annees?|heures?|dias?|semanas?|mes|meses|anos|horas?|minutos?|dagen|weken|maand(?:en)?|jaar)(?!\w)"
)
_PEOPLE = re.compile(
    r"(?<![\w.,])\d{1,5}[ ](?:people|persons?|fitters?|welders?|operators?|technicians?|guys|drivers?|trucks?|crews?"
    r"|shifts?|monteure?n?|fahrern?|schweisser|techniker|operarios?|tecnicos?|camiones|techniciens?|soudeurs?|camions?"
    r"|monteurs|chauffeurs?|vrachtwagens?|men|employees|mitarbeiter\w*|leute|personen|personnes|personas|empleados"
    r"|mensen|copies|kopien|copias|exemplaren van|pages?|seiten?|paginas?|km|miles?|meters?|metres?|m"
    r"|guests?|visitors?|gaste|invitados|invites|gasten|pints?|gallons?|acres?|hectares?)(?!\w)"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:page|seite|pagina|blz|rel(?:ease)?\.?|abruf|call-?off|afroep|appel|teillieferung|rev(?:ision)?|version|phase|step|section|chapter|tank|dock|gate|tor|rampe|door"
    r"|bay"
    r"|room|floor|plant|site|well|building|bldg|gebaude|gebouw|batiment|edificio|hall[e]?|werk|warehouse|almacen|loods"
    r"|muelle|quai|station|unit|train|\w+house|wellhead|wells?|greenhouse|platform|plateforme|plataforma|machine|maschine|maquina|block|zone|zona"
    r"|area|sector|secteur|loop|pump ?house|shed|barn|turbine|column|reactor|silo|field|pad|rig|circuit|anlage|schacht"
    r"|boiler|kessel|line|linea|ligne|zeile|regel|pos(?:ition)?|item|artikel|ramp|level"
    r"|shift|trailer|truck|puerta|poort|porte|nave)[ ]?(?:no\.?[ ]|nr\.?[ ]|#)?[ ]?\d{1,4}[a-z]?"
    rf"(?:[ ]?(?:of|/|von|de|van)[ ]?\d{{1,3}})?(?:(?:,|[ ](?:and|und|et|y|en|to|bis|-))[ ]\d{{1,4}}(?![\w-]"
    rf"|[.,]\d))*(?![\w-]|[.,]\d){_COUNTED_NEXT}"
)
_STAMP = re.compile(r"(?<![\w./-])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d(?!\d)|(?=[ ,]{1,2}\d{1,2}:\d\d))(?![\w/-])")
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}(?:st|nd|rd|th)(?!\w)")
_YEAR = re.compile(
    rf"(?<![\w.,/-])20[23]\d(?![\w/-]|[.,]\d)(?![ \t]*(?:x\b|\u00d7|{ITEM}|(?:{UNITS})(?![\w-])"
    rf"|(?:[^\W\d_]+[ ]){{0,2}}(?:{GOODS})\b))"
)
_CODE = re.compile(r"(?:gate|door|access|entry|zutritts|toegangs)?[ ]?code\b[^\d\n]{0,30}\d{3,6}\b")
_PAYMENT = re.compile(
    r"payment|pay\b|terms|net\b|netto?\b|zahl|skonto|paiement|reglement|pago|betal|prepa|credit|kredit|days? net"
)
DAYS = r"days?|d|tagen?|jours?|dias?|dagen"
OTHER_TERMS = re.compile(
    r"%|skonto|discount|escompte|descuento|korting|advance|prepa|deposit|vorkasse|anzahlung|acompte|avance|anticip"
    r"|vooruit|letter of credit|akkreditiv|cash|contado|comptant|contant|end of month|eom\b|fin de mes|fin de mois"
    r"|monatsende|einde maand"
)
_KNOWN_AFTER = re.compile(rf"(?:{GOODS})\b")


def blanked(
    text: str,
    folded: str,
    *,
    days: Iterable[tuple[int, int]],
    goods: Iterable[tuple[int, int]],
    references: bool = True,
) -> str:
    """The folded text with everything blanked out whose digits are no count, and a mark where goods stood.

    `days` and `goods` are where days and goods stand in it. Days of payment stay: they are no matter of habit. Without
    `references` what is called a number of an order stays as well.
    """
    chars = list(folded)
    for start, end in goods:
        chars[start:end] = ITEM + " " * (end - start - 1) if end > start else ""
    for start, end in days:
        chars[start:end] = " " * (end - start)
    plain = "".join(chars)
    for pattern in (
        _REGISTERED,
        _STAMP,
        *_PHONES,
        *STREETS,
        _CLOCK,
        _PERCENT,
        _SIZES,
        _MONEY,
        _CODE,
        OTHER,
        *((_REFERENCE,) if references else ()),
        _PEOPLE,
        _ORDINAL,
        _YEAR,
        _NUMBERED,
    ):
        plain = pattern.sub(_blank, plain)
    plain = _without_postcodes(text, plain)
    return _SPAN.sub(lambda found: found[0] if _pays(plain, found) else _blank(found), plain)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_postcodes(text: str, plain: str) -> str:
    chars = list(plain)
    for pattern in POSTCODES:
        for found in pattern.finditer(text):
            town = (found.groupdict().get("town") or "").lower()
            if plain[found.start() : found.end()].strip() and town not in PIECES and not _KNOWN_AFTER.match(town):
                chars[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(chars)


def _pays(plain: str, found: re.Match[str]) -> bool:
    """Whether a number of days is said about payment, in the same sentence."""
    start = max(plain.rfind("\n", 0, found.start()), plain.rfind(". ", 0, found.start()), 0)
    end = plain.find("\n", found.end())
    return bool(
        _PAYMENT.search(plain[max(start, found.start() - 60) : min(end if end >= 0 else len(plain), found.end() + 20)])
    )
