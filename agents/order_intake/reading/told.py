"""Numbers that tell something else than how many: telephones, registrations, papers, places, hours, years, pages.

Each form needs a word or a shape that no quantity has; what only might be no quantity stays for a person.
"""

import re

from agents.order_intake.reading.goods import SIZE, Goods
from agents.order_intake.reading.page import Page
from agents.order_intake.reading.words import POSITION, WISH
from agents.order_intake.values.calendar_words import MONTH
from agents.order_intake.values.units import UNIT_WORDS
from core.domain.intake.item_words import words_of

_NUMBER = (
    r"(?:[ \t-]*(?:numbers?|nummer|numéro|número|num|nr|no(?!-)|n[°º]|n\.[º°]|nro|#|id|code|ref(?:erence|erenz|erencia"
    r"|erentie)?)(?![^\W\d_])\.?)"
)
_UNIT = "|".join(sorted((re.escape(word) for word in UNIT_WORDS), key=lambda word: (-len(word), word)))
_NO_GOODS = rf"(?![\w])(?![ \t]*(?:x\b|\u00d7|\"|''|hp\b|inch|zoll|of\b|de\b|(?:{_UNIT})\b))"
_WITH_DIGIT = r"(?:[\w./+-]{0,30}\d[\w./+-]{0,30})"
_PHONE_WORD = (
    r"(?:tele(?:fon|phone|fax|foon)\w*|tel(?:éfono|\.?[- ]?nr)?|téléphone|tél|ph(?:one)?|fax|mob(?:il[e]?|iel)?|móvil"
    r"|movil|portable|cell(?:ulare?|phone)?|handy|gsm|whatsapp|direct(?: line| dial)?|switchboard|office|durchwahl|dw"
    r"|ext(?:ension)?|poste|anexo|toestel|apparaat|standard|centralita|(?:call|ring|text|reach|phone) (?:me|us)?"
    r"(?: back)?(?: at| on)?|call|erreichbar|anrufen|rückfragen|rückruf|bellen|appelez(?:-moi)?|joignable|llamar"
    r"|bereikbaar)"
)
_PHONE_FILL = r"(?:[ \t]*(?:[:.,]|is|ist|unter|at|on|an|am|au|al|op|sur|en|nummer|nr|no|number)(?![^\W\d_])[.:]?){0,3}"
_EXTENSION = r"ext(?:ension)?|fax|dw|durchwahl|poste|anexo|toestel|apparaat|extensión"
_SIX = r"(?=\+?\(?\d(?:[ ()./\u00b7-]{0,3}\d){5})"
_DIGITS = r"\(?\+?\d[\d ()./\u00b7-]{1,22}\d(?:[ ]?(?:x|ext\.?|-|poste|app\.?)[ ]?\d{1,5})?"
PHONES = (
    re.compile(rf"(?<!\w){_PHONE_WORD}{_PHONE_FILL}[ \t]*{_SIX}{_DIGITS}(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{_EXTENSION}){_PHONE_FILL}[ \t]*-?\d{{2,6}}(?!\w|[.,]\d)", re.IGNORECASE),
    re.compile(rf"(?<!\w)[TMFPDE][ \t]?[:.]?[ \t]*{_SIX}{_DIGITS}(?!\w)"),
    re.compile(r"(?<![\w.,])(?:\+|00)\d{1,3}[ ()./-]{0,2}\d[\d ()./-]{5,22}\d(?!\w)"),
    re.compile(r"(?<![\w.,/-])\(0?\d{2,4}\)[ ]?\d{2,4}(?:[- ./]\d{2,4}){0,4}(?![\w])"),
    re.compile(r"(?<![\w.,/-])(?=(?:[^\d\n]?\d){9})0\d{1,4}(?:[ ./-]{1,3}\d{2,8}){1,5}(?![\w])"),
)
# Digits of a shape that no quantity has, but the number of an order may have it.
_SHAPES = (
    re.compile(r"(?<![\w.,/-])\d{3}[-. ]\d{3}[-. ]\d{3,4}(?!\w|[.,]\d)"),
    re.compile(r"(?<![\w.,/-])[2-9]\d{2}[- ]\d{4}(?:[ ]?(?:x|ext\.?)[ ]?\d{1,5})?(?![\w-])"),
    re.compile(r"(?<![\w.,/-])[A-Z]{0,4}[ ]?\d{8,}[A-Z]?\w{0,4}(?!\w)"),
)
_REGISTERS = (
    r"(?:vat(?: reg)?|ust|ustid(?:nr)?|ust-?id(?:-?nr)?|mwst|btw|tva|iva|nif|cif|rfc|siret|siren|rcs|ape|kvk|kbo|rpr"
    r"|hrb|hra|handelsregister|eori|duns|d-u-n-s|iban|bic|swift|bank(?:leitzahl)?|blz|konto|kto|cuenta|compte|rekening"
    r"|steuer|tax|abn|reg(?:istration|istered)?|gln|gtin|taric|zip|plz)"
)
_REGISTERED = re.compile(
    rf"(?<![\w-]){_REGISTERS}\.?(?:[ \t-]*(?:id(?:ent)?|nr|no|number|nummer|intracom\w*|intracommunautaire|code|n[°º])"
    rf"(?![^\W\d_])\.?)*[ \t]*[:#]?[ \t]*(?:[A-Z]{{2,4}}[ \t])?(?:[A-Z]{{1,4}}[ -]?)?{_WITH_DIGIT}"
    rf"(?:[ ](?:[A-Z]{{4}}(?=[ ]\d)|(?=[\w.]*\d)[\w.]{{2,6}})(?![\w])){{0,8}}{_NO_GOODS}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)")
_PAPERS = (
    r"(?:quot(?:e|es|ation)|offers?|proposal|estimate|angebots?|preisangebots?|devis|offre|oferta|presupuesto"
    r"|cotización"
    r"|offerte|prijsopgave|(?:framework |rahmen|raam|frame)?(?:contract|agreement|vertrags?|contrat|contrato"
    r"|overeenkomst|vereinbarung|accord)|invoice|rechnungs?|facture|factura|factuur|projects?|projekt|projet|proyecto"
    r"|project(?:nummer)?|drawing|dwg|zeichnungs?|dessin|plano|tekening|acc(?:oun|t)?t?|a/c|customer|client|kunden"
    r"|cliente|klant(?:en)?|debitoren|deudor|vendor|supplier|lieferanten|kreditor(?:en)?|fournisseur|proveedor|prov"
    r"|leverancier(?:s)?|job|jobs|ticket|rfq|rfp|requisition|req|bedarfs?(?:anforderung)?|banf|aanvraag|cost cent(?:er"
    r"|re)|kostenstelle|kst|kostenplaats|centre de coûts?|centro de costes?|budget|wbs|work order|w/o|wo"
    r"|arbeitsauftrag|werkorder|chantier|affaire|obra|delivery note|lieferschein|albarán|pakbon|bon de livraison"
    r"|tracking|booking|batch|serial|s/n|tag|asset|equipment|machine|maschinen?|cat(?:alog(?:ue)?)?"
    r"|katalog|price list|preisliste|tarif|tarifa|prijslijst|formular|memo|file|dossier|expediente|akte|vorgang"
    r"|incident|permit|tender|lote|licitación|ausschreibung"
    r"|afe|cost (?:object|code|unit)|certificate|licen[cs]e|specification|spec|buyer group|einkäufergruppe"
    r"|authori[sz]ation|auth|approval|call-?off|abruf|appel|department|dept|abteilung|mail ?stop)"
)
_PLACES = (
    r"(?:gate|dock|door|bay|ramp|room|suite|floor|level|building|bldg|hall|warehouse|plant|site|line|train|boiler"
    r"|furnace|reactor|tower|tank|rig|platform|compressor|phase|stage|block|area|sector|section|zone|aisle|shelf"
    r"|station|pier|berth|quay|terminal|yard|shop|bin|lab|route|highway|hwy|interstate|mile(?: marker)?"
    r"|shift|crew|team|outage|turnaround|iphone|android|windows|galaxy|page|sheet|note|clause|section|paragraph|para"
    r"|greenhouse|brewhouse|wellhead|well|house|barn|shed|hangar|mill|kiln|press|machine|group|release|crew|loop"
    r"|cell|oven|silo"
    r"|annex|appendix|chapter|po box|p\.o\. box|box no|milepost|pump station"
    r"|tor|rampe|halle|gebäude|lager|werk|anlage|linie|kessel|behälter|strang|schacht|etage|raum|seite|schicht"
    r"|gewächshaus|brunnen|station|stall|presse|ofen|silo|abruf|eingang|abschnitt|bauabschnitt|ziffer|postfach"
    r"|abladestelle|warenannahme|ladestelle|bahnsteig"
    r"|quai|porte|bâtiment|bât|hall|atelier|usine|ligne|chaudière|cuve|étage|salle|zone|poste|équipe|tranche"
    r"|plateforme|puits|serre|hangar|four|presse|machine|silo"
    r"|entrepôt|portail|bp|rez"
    r"|muelle|puerta|nave|edificio|planta|almacén|línea|caldera|depósito|pozo|piso|sala|turno|bloque|página|portón"
    r"|invernadero|pozo|plataforma|horno|prensa|máquina|silo|andén|apartado|módulo|zona"
    r"|poort|loskade|kade|dok|hal|gebouw|loods|magazijn|lijn|ketel|verdieping|kamer|ploeg|fase|pagina|postbus"
    r"|laadkuil|kas|put|oven|pers|silo|station"
    r"|steiger|laadperron|perron)"
)
_TAGS = re.compile(
    r"(?<![\w-])(?:tags?|balises?|repères?|kennzeichen|etiquetas?|messstellen?)(?:[ ](?:nos?|nrs?"
    r"|numbers?))?\.?[ :]{1,2}"
    r"[A-Z]{1,4}-?\d[\w-]*(?:(?:[ ]?[,/&+\u2013-]|[ ](?:thru|through|to|and|und|bis|et|y|en|a|à|tot))[ ]?"
    r"[A-Z]{1,4}-?\d[\w-]*)+(?!\w)"
)
_REFERENCES = (
    _TAGS,
    re.compile(
        rf"(?<![\w-]){_PAPERS}s?\.?(?:{_NUMBER}(?:[ ](?:für uns|bei (?:ihnen|uns)|with (?:you|us)|chez vous"
        rf"|bij (?:u|jullie|ons)|con (?:ustedes|vosotros)))?[ \t]*[:#]?|[ \t]*[:#]"
        rf"|[ ](?:is|ist|est|es|lautet)[ ](?:(?:el|la|le|de|die|das|der)[ ])?(?=[\w./-]*\d)"
        rf"|[ ](?:de ustedes|vuestra|von ihnen|van u)?,?[ ]?(?:la|el|le|die|das)[ ](?=\d{{3}})"
        rf"|[ \t]+(?=[\w./-]*\d[\w./-]*\d[\w./-]*\d"
        rf"|[A-Za-z]{{1,4}}-?\d))[ \t]*"
        rf"(?:(?:is|ist|est|es)[ ])?(?:[A-Z]{{1,4}}[ -])?{_WITH_DIGIT}{_NO_GOODS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-]){_PLACES}{_NUMBER}?[ \t]*[:#]?[ \t]*(?:[A-Z]-?)?\d{{1,4}}(?:[-/+&]\d{{1,4}})?[a-z]?{_NO_GOODS}"
        rf"(?![-.,]?\d)(?![ \t]*[^\W\d_]{{1,4}}-\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:rev(?:ision|isión|isie)?|version|ver|v|ausgabe|issue|édition"
        r"|edition)\.?[ ]?\d{1,3}[a-z]?(?![\w-])",
               re.IGNORECASE),
    re.compile(
        r"\b(?:page|seite|página|pagina|blatt|sheet|blad|hoja|feuille)[ ]?\d{1,3}[ ]?(?:(?:of|von|de|sur|van"
        r"|/)[ ]?\d{1,3})?"
        r"(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:ISO|DIN|ANSI|ASME|ASTM|API|EN|BS|NF|UNE"
        r"|NEN)[ -](?:EN[ -])?(?:ISO[ -])?[A-Z]?\d{2}[\d.:/-]{0,12}(?!\w)"),
)  # fmt: skip
_TIME = r"(?:[01]?\d|2[0-4])(?:[:.h\u2019][0-5]\d)?"
_HOUR = r"(?:a\.?m\b\.?|p\.?m\b\.?|uhr|h(?:rs?|ours|oras?|eures?)?\b\.?|uur|u\b|o'?clock|[ap]\b)"
_TO = r"(?:-|\u2013|\u2014|to|till|until|bis|à|a|tot|und|and|et|y|en|hasta)"
_OPENS = (
    r"(?:open(?:s|ing)?|hours?|between|zwischen|entre|tussen|geöffnet|ouvert\w*|abierto|horario|horaires?"
    r"|öffnungszeiten"
    r"|warenannahme|annahme|anlieferung|réception(?:ne)?|receiving|recepción|descarga|goods-?in|ontvangst|geopend"
    r"|openingsuren|weekdays|mon?-?fri?|mo\w*\.?[ ]?(?:-|bis)[ ]?(?:fr|do)\w*|lun\w*[ ]?(?:-|a|au)[ ]?(?:vie|ven)\w*"
    r"|ma\w*[ ]?(?:-|tot)[ ]?vr\w*|fri?\w*|fr|from|von|de|van|las)"
)
HOURS = (
    re.compile(rf"(?<![\w.,/-]){_TIME}[ ]?{_HOUR}?[ ]?{_TO}[ ]?(?:las[ ])?{_TIME}[ ]?{_HOUR}(?!\w)", re.IGNORECASE),
    re.compile(
        rf"\b{_OPENS}[ :,]{{1,3}}(?:las[ ])?{_TIME}[ ]?{_HOUR}?[ ]?{_TO}[ ]?(?:las[ ])?{_TIME}[ ]?{_HOUR}?"
        rf"{_NO_GOODS}(?![-.,/]\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w.,])(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?[ ]?(?:uhr|a\.?m\b\.?|p\.?m\b\.?|uur|o'clock|hrs?\b"
        r"|horas|heures)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.,/:-])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:[ ]?h\b)?(?![\w:])"),
    re.compile(r"(?<![\w.,/-])(?:[01]?\d|2[0-3])h(?:[0-5]\d)?(?!\w)"),
    re.compile(rf"\b(?:at|until|till|before|after|around|gegen|um|ab|vers|jusqu'à|a las|hasta las|om|rond|vanaf"
        rf"|closes|opens)"
               rf"[ ]{_TIME}[ ]?(?:{_HOUR})(?!\w)", re.IGNORECASE),
)  # fmt: skip
_SPAN = (
    r"(?:(?:working|business|calendar|full|arbeits|werk|kalender)[ -]?)?(?:days?|weeks?|months?|years?|hours?"
    r"|hrs|minutes?"
    r"|mins?|seconds?|tagen?|wochen?|monaten?|jahren?|stunden?|minuten?|jours?|semaines?|mois|ans?|années?|heures?"
    r"|días?|semanas?|mes(?:es)?|años?|horas?|minutos?|dagen|dag|weken|maanden|jaar|jaren|uren|nights?|shifts?)"
)
_PEOPLE = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})[ -]?(?:guests?|people|persons?|employees|staff|men|fitters?"
    r"|technicians?"
    r"|customers?|visitors?|trucks?|drivers?|copies|attachments?|pages?|acres?|miles?|km|hectares?|ha|pints?"
    r"|beers?|gallons?|bbl"
    r"|barrels?|times|percent|%|gäste|personen|leute|mitarbeiter|monteure?|kunden|exemplare[n]?|anlagen|seiten"
    r"|hektar|mal"
    r"|-?fach|prozent|personnes|employés|clients|visiteurs|camions|exemplaires|copies|pièces jointes|fois|pour cent"
    r"|personas|empleados|clientes|camiones|copias|ejemplares|adjuntos|veces|por ciento|hectáreas|personen|mensen"
    r"|medewerkers|klanten|vrachtwagens|kopieën|exemplaren|bijlagen|keer|procent|-?voud|-?fold)(?!\w)",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?<![\w.,/-])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?\.?,?[ ]+(?:at |um |à |a las |om |@ ?)?"
    r"\d{1,2}(?:[:.h]\d{2})(?::\d{2})?[ ]?(?:[ap]\.?m\b\.?|uhr\b|h\b|uur\b)?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|est\.?|seit|depuis|desde|sinds|anno"
    r"|gegr\.?)[ ]?['\u2019]?\d{2,4}(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<![\w.,/-])\d{1,3}[ ](?:of|von|de|sur|van)[ ]\d{1,3}(?=[.,;)\n]|$)", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"(?<!\w)[A-ZÄÖÜÉ][a-zäöüéè]{4,}[ ](?P<value>20[1-4]\d)(?![\w/-]|[.,]\d)")
_NUMBERED = re.compile(
    r"(?<!\w)(?:for|at|in|on|of|from|the|our|von|vom|du|del|van|für|im|an|am|auf|der|die|das|dem|unsere[rnm]?|pour|sur|dans|à|au|la|le"
    r"|notre|para|en"
    r"|el|nuestr[oa]|voor|op|het|onze|ons|bij)[ ](?P<noun>(?!unit)(?:[^\W\d_]{3,}[ ])?(?!unit)[^\W\d_]{4,})"
    r"[ ]\d{1,3}[a-z]?"
    rf"{_NO_GOODS}(?![-.,]?\d)(?![ \t]*[^\W\d_]{{1,4}}-\d)",
    re.IGNORECASE,
)
_SPANS = re.compile(
    rf"(?<![\w.,/-])\d{{1,3}}(?:[ ]?(?:-|\u2013|to|bis|à|a|tot|or|oder|ou)[ ]?\d{{1,3}})?(?:[ ]|-)?{_SPAN}(?![\w])",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"(?<![\w.,/$€£-])(?P<value>(?:19[5-9]|20[0-4])\d)(?:[/-]\d{{2}}(?:\d{{2}})?)?(?![\w/-]|[.,]\d){_NO_GOODS}"
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|from|of|for|year|est\.?|established|founded|spring|summer|fall|autumn|winter|season|budget|early"
    r"|late|mid|end|seit|aus|von|vom|im jahr|jahr|für|ab|frühjahr|frühling|sommer|herbst|winter|saison|gegründet|stand"
    r"|depuis|en|de|du|l'année|année|pour|fondée?|printemps|été|automne|hiver|desde|año|del|para|primavera|verano|otoño"
    r"|invierno|temporada|sinds|uit|van|jaar|voor|lente|zomer|herfst|catalog(?:ue)?|katalog|price list|preisliste|tarif"
    r"|tarifa|prijslijst|q[1-4]|incoterms|©)|[,(©])[ ]?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\w.,/-])(?:\d{1,2}(?:st|nd|rd|th|ème|e|º|ª|ste|de)|1(?:er|re|ère))(?!\w)", re.IGNORECASE)
_FLOOR = re.compile(
    r"(?<![\w.,/-])\d{1,2}\.[ ](?=(?:etage|stock|og|obergeschoss|schicht"
    r"|kalenderwoche)\b)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|20\d\d([./-])\d{1,2}\2\d{1,2})(?!\d)")
_FOLLOWING = re.compile(r"[ ](?:\d|(?:[^\W\d_]+(?:['-][^\W\d_]+)*[ ]?){1,3})")


_CALL_NOTE = re.compile(
    r"voicemail|phone (?:call|note|message)|missed call|tel\.? note|telefonnotiz|anruf|appel|llamada"
    r"|telefoonnotitie|gebeld",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th|\.)?[ /-]?(?:of |de )?{MONTH}(?![^\W\d_])", re.IGNORECASE)
_HEAD = 300
_AMOUNT = re.compile(
    r"\b(?:total|order|bestell|commande|pedido|quantit|menge|anzahl|cantidad|aantal|stock|least|most|about"
    r"|around|minimum"
    r"|maximum|price|preis|prix|precio|prijs|items?|lines?|moins|plus|menos|más|mindestens|circa|ungefähr|environ"
    r"|ongeveer|number|nummer|numéro|número|only|just|further|another|additional|extra|weitere|autres|otros|with|"
    r"und|and|need|pieces|stück|units|rest|follow)\w*",
    re.IGNORECASE,
)


def mark_told(page: Page, goods: Goods) -> None:
    """Marks and explains telephones, registrations, papers, places and hours; orders and codes were marked before."""
    shapes = _SHAPES if page.between(0, len(page.text), "order") or _CALL_NOTE.search(page.text[:_HEAD]) else ()
    for kind, patterns in (
        ("told", (_STAMP, _REGISTERED, _IBAN)),
        ("phone", PHONES),
        ("told", (*_REFERENCES, *HOURS, *shapes, _PEOPLE, _SINCE, _PART)),
    ):
        for pattern in patterns:
            for found in pattern.finditer(page.text):
                if _MONTH_AFTER.match(page.text, found.end()):
                    continue
                if (pattern is _STAMP or not _DATE.search(found[0])) and not _counts_goods(page, *found.span(), goods):
                    _tell(page, kind, *found.span())


def _counts_goods(page: Page, start: int, end: int, goods: Goods) -> bool:
    """Whether a number may count what follows it, or stands where a list line has its position."""
    text = page.text
    line = text.rfind("\n", 0, start) + 1
    position = POSITION.match(text, line)
    if position and position.start() <= start < position.end():
        return True
    following = _FOLLOWING.match(text, end)
    said = following[0] if following else ""
    if any(map(str.isdigit, said)) or (said and words_of(said) & goods.heads):
        return True
    return bool(page.between(end, min(len(text), end + 24), "code")) and not page.is_free(end, min(len(text), end + 2))


def mark_spans(page: Page, goods: Goods) -> None:
    """Marks stretches of time, years and ordinals that are no part of a day; days were marked before."""
    for pattern in (_SPANS, _ORDINAL, _FLOOR):
        for found in pattern.finditer(page.text):
            _tell(page, "told", *found.span())
    _mark_numbered(page, goods)
    for found in _NAMED_YEAR.finditer(page.text):
        _tell(page, "told", *found.span("value"))
    for found in _YEAR.finditer(page.text):
        line = page.text.rfind("\n", 0, found.start()) + 1
        before = page.text[max(line, found.start() - 24) : found.start()]
        if _YEAR_BEFORE.search(before):
            _tell(page, "told", *found.span())


def _mark_numbered(page: Page, goods: Goods) -> None:
    """Things that are told apart by number ("for wellhead 14"), unless the word may name goods or speak of delivery."""
    for found in _NUMBERED.finditer(page.text):
        noun = found["noun"]
        several = noun.endswith("s") and not noun.endswith("ss")
        counts = several or words_of(noun) & goods.words or WISH.search(noun) or _AMOUNT.search(noun)
        sized = SIZE.match(page.text, found.end("noun") + 1)
        if not counts and not sized and not _counts_goods(page, *found.span(), goods):
            _tell(page, "told", found.start("noun"), found.end())


def _tell(page: Page, kind: str, start: int, end: int) -> None:
    if page.add(kind, start, end):
        page.explain(start, end)
