"""What the heading of a column says the column holds, in five languages."""

import re

from core.domain.intake.item_words import plain_text

_HEADINGS = {
    "number": "n|pos|position|posicion|line|line no|line number|ln|lfd nr|lfd|zeile|ligne|linea|regel|#|nr|no"
    "|sr no|s no|sl no|seq|row"
    "|pos nr|lg|num|item line|line item",
    "item": "item|your no|your number|ihre nr|v/ref|v ref|su no|su numero|votre no|uw nr|uw nummer|item code"
    "|item no|item number|item #|code|part|part no|part number|part #|p/n|pn|p n|sku"
    "|material|material no|material number|article|article no"
    "|article number|article code|product|product code|product no|model|catalog no|cat no|your part no"
    "|your part number|your item|your item no|supplier part no|vendor part no"
    "|artikel|artikelnr|artikelnummer|artikel nr|art nr|artnr|art no|material nr|materialnummer|materialnr"
    "|sachnummer|teilenummer|teile nr|ihre artikelnummer|ihre art nr|typ|type"
    "|ref|reference|referenz|ref article|code article|votre reference|votre ref|ref fournisseur|produit"
    "|codigo|clave|articulo|referencia|cod|cod articulo|codigo de articulo|su referencia|producto|pieza|modelo"
    "|artikelcode|onderdeel|onderdeelnummer|uw artikelnummer|uw artikelnr|artikelnr leverancier"
    "|ihre artikelnr|ihre sachnummer|ihre materialnummer|lieferanten artikelnr|bestellnummer lieferant"
    "|code produit|reference article|no article|article ref|ref produit|votre code|vos references"
    "|codigo producto|codigo articulo|num articulo|no articulo|ref articulo|su codigo|su ref|num parte"
    "|no de parte|uw code|uw artikel|uw referentie|uw ref|artikelnummer leverancier",
    "customer_item": "our part no|our part number|our item|our item no|our ref|our code|customer part"
    "|customer part no|customer part number|customer item|cust part no|cpn"
    "|our no|our number|buyer part|buyer part no|buyer item|buyer no|buyer s part|n/ref|n ref|unsere nr|unsere nummer"
    "|nuestro numero|nuestro no|ons nr|ons nummer|notre no|notre numero|unsere artikelnummer|unsere art nr"
    "|unsere materialnummer|notre reference|notre ref|notre code"
    "|nuestra referencia|nuestro codigo|ons artikelnummer|onze artikelcode|ons artikelnr",
    "description": "description|what|was|quoi|que|wat|omschr|beschr|bez|descr|denom|desig|description|desc"
    "|item description|product description|material description|goods|bezeichnung"
    "|beschreibung|artikelbezeichnung|benennung|designation|libelle|descriptif"
    "|descripcion|denominacion|concepto|omschrijving|benaming|artikelomschrijving|text|details|product name|name"
    "|descripcion del articulo|descripcion articulo|short text|long text|artikelbeschreibung|warenbezeichnung"
    "|text kurz|kurztext|beschrijving|productomschrijving|libelle article|intitule",
    "quantity": "qty|quantity|how many|wie viele|combien|cuantos|hoeveel|quantity required|qty required|qty needed"
    "|quantity needed|number of pieces|no of pieces|number of units|bestellte menge|gewunschte menge"
    "|qty ordered|ordered qty|order qty|order quantity|ordered|pcs|pieces|qty pcs|qty ea"
    "|quantity pcs|qnty|qtty|amount ordered|units|no of units|nos"
    "|menge|anzahl|stk|stuck|stueck|bestellmenge|menge stk|stuckzahl|quantite|qte|qt|nombre|quantite commandee"
    "|cantidad|cant|uds|unidades|cantidad pedida|ctd"
    "|aantal|hoeveelheid|stuks|besteld|aantal stuks|bestelhoeveelheid"
    "|aantal besteld|quantity ordered|req qty|qty req|menge in stk|auftragsmenge|qte cdee|qte commandee|nb"
    "|qte demandee|cant pedida|cantidad solicitada|und|unids|te leveren|aant",
    "unit": "unit|uom|u/m|um|unit of measure|einheit|me|eh|mengeneinheit|unite|unidad|ud|u m|eenheid|ehd"
    "|units of measure"
    "|me einheit|vpe einheit|unit of meas|base unit|mengeneinh|u de m|unidad de medida|u med|unite de mesure"
    "|stuksoort",
    "requested": "delivery date|delivery|due|due date|date|required|required date|date required|required by"
    "|req date|need by|need by date|needed by|needed|requested|requested date|requested delivery"
    "|requested delivery date|ship date|ship by|eta|del date|deliver by|date needed|want date|wanted"
    "|when needed|when|by when|when by|bis wann|fur wann|pour quand|para cuando"
    "|ship window|delivery window|window|wann|quand|cuando|wanneer"
    "|required|required on"
    "|need date|in house date|on site|deliver on|delivery week|week|kw|lieferwoche"
    "|gewunschter termin|gewunschtes lieferdatum|bedarfstermin|benotigt|semana|semaine|fecha deseada|fecha solicitada"
    "|fecha necesaria|date requise|date voulue|date d expedition|gewenste datum|leveren op|leverweek"
    "|liefertermin|lieferdatum|termin|wunschtermin|datum|lieferung|wunschlieferdatum"
    "|date de livraison|livraison|delai|date souhaitee|date livraison|livraison souhaitee|date demandee|echeance"
    "|fecha|fecha de entrega|entrega|fecha entrega|fecha requerida|plazo"
    "|leverdatum|levering|gewenste leverdatum|gewenst|leveren|levertijd"
    "|due by|on dock|on dock date|dock date|promise by|date due|date req|requested by|delivery requested"
    "|liefern bis|gewunschter liefertermin|benotigt am|benotigt bis|liefertag|ltermin|pour le|a livrer le"
    "|livrer le|date liv|date besoin|besoin le|delai souhaite|delai de livraison|date de besoin|para el"
    "|f entrega|entregar|nodig op|leverdat|leverdd|datum levering|uiterlijk",
    "unit_price": "price|unit price|unit cost|price each|price per unit|price/unit|u/p|net price|rate|cost|preis"
    "|einzelpreis|e-preis|ep|stuckpreis|preis/stk|preis je stuck|nettopreis"
    "|prix|prix unitaire|pu|p u|prix unit|pu ht|prix unitaire ht|precio|precio unitario|p unit|precio unit|prijs"
    "|stukprijs|eenheidsprijs|prijs per stuk|price ea",
    "amount": "amount|total|line total|value|net value|extended|ext price|extended price|ext|line value"
    "|line amount|total price|subtotal|gesamt|gesamtpreis|betrag|summe|wert|gp|nettowert"
    "|montant|total ht|montant ht|prix total|importe|importe total|precio total|bedrag|totaal|totaalprijs"
    "|regeltotaal",
    "currency": "currency|cur|curr|ccy|wahrung|devise|moneda|valuta|munt",
    "remark": "remark|remarks|comment|comments|note|notes|bemerkung|bemerkungen|hinweis|remarque|remarques"
    "|commentaire|observaciones|observacion|notas|comentarios|opmerking|opmerkingen"
    "|special instructions|instructions",
    "silent": "per|pe|preiseinheit|price per|par|je|stock|on hand|in stock|bestand|lagerbestand|voorraad|en stock"
    "|existencias|requisitioner|requestor|requester|weight|weight kg|kg|gewicht|poids|peso|hs code|hts|tariff"
    "|zolltarifnummer|country of origin"
    "|origin|drawing|drawing no|rev|revision|zeichnung|tax|vat|mwst|tva|iva|btw|discount|rabatt"
    "|ean|gtin|cost center|project|warehouse|acct|account|acct no|account no|gl|g/l|gl account|charge to|charge code"
    "|cost centre|cost code|cost ctr|wbs|wbs element|job|job no|tag|tag no|tag number|tags|asset|equipment|req|req no"
    "|requisition|requisition no|pr|pr no|requested by|buyer|plant|storage|bin|min|max|reorder point|usage|safety stock"
    "|lead time|kostenstelle|kst|sachkonto|konto|kostentrager|auftrag intern|interner auftrag|innenauftrag|psp"
    "|psp element|banf|anforderung|besteller|anlage|projekt|lagerort|werk|mindestbestand|compte|imputation"
    "|centre de cout|centre de couts|affaire|chantier|demandeur|projet|cuenta|centro de costo|centro de costos"
    "|centro de coste|obra|orden interna|solicitante|proyecto|kostenplaats|grootboek|grootboekrekening|aanvrager"
    "|projectnr|on order|open qty",
}
_CURRENCY = re.compile(r"\b(?:usd|eur|gbp|chf|euro|dollars?)\b|[$€£]")
_YOURS = frozenset(["your", "yours", "ihre", "ihr", "votre", "vos", "su", "sus", "uw"])
_OURS = frozenset(
    ["our", "unsere", "unser", "notre", "nos", "nuestra", "nuestro", "nuestros", "ons", "onze", "customer"]
)


# Words that say the role of a heading nobody listed; the first row that fits decides.
_WORDS = {
    "silent": r"(?:promis|confirm|bestatig|order|bestell|quot|po)\w* (?:date|datum|day)|weight|gewicht|poids|peso",
    "quantity": r"\w*qty|quantity|qnty|\w*menge|anzahl|cant|cantidad|qte|quantite|aantal|hoeveelheid|nombre|cdad",
    "unit_price": r"\w*price|\w*preis|prix|precio|\w*prijs|each|cost",
    "amount": r"total|subtotal|amount|ext|extended|extension|betrag|\w*summe|montant|importe|bedrag|totaal|value",
    "requested": r"due|deliv\w*|need\w*|reqd?|required|requested|wanted|dock|eta|arriv\w*|dates?|liefer\w*"
    r"|anliefer\w*"
    r"|\w*termin|\w*datum|wunsch\w*|benotigt|livr\w*|delai|echeance|souhait\w*|entr\w*|fecha|plazo|lever\w*|gewenst\w*"
    r"|nodig|week|semaine|semana|kw",
    "unit": r"uom|oun|um|packaging|packing|packung|verpackung\w*|vpe|conditionnement|emballage|colisage"
    "|embalaje|envase"
    r"|verpakking\w*|einh\w*|eenh\w*|unidad|unite|me",
    "description": r"descr?\w*|\w*text|bez\w*|benenn\w*|design\w*|libelle|omschr\w*|beschr\w*|denom\w*"
    r"|detail\w*|goods"
    r"|ware|marchandise\w*|mercancia",
    "item": r"parts?|code|codigo|article|articulo|artikel\w*|\w*teil\w*|sku|material|matl|mat|catalog|catalogue|cat"
    r"|model|product|producto|produit|reference|ref|item|sachn\w*|mfr|mfg",
    "number": r"ln|line|pos|posten|lfd|rang",
}
_WORDED = tuple((role, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for role, words in _WORDS.items())
_LONGEST = 4


def _bare(phrase: str) -> str:
    """Only what tells headings apart: small letters, digits and the sign for "number"."""
    return re.sub(r"[^a-z0-9#]+", "", plain_text(phrase))


_ROLE_OF = {_bare(phrase): role for role, phrases in _HEADINGS.items() for phrase in phrases.split("|")}


def role_of(cell: str) -> str | None:
    """What a column with this heading holds; None when the words are no heading that is known."""
    plain = plain_text(cell)
    unbracketed = re.sub(r"\(.*?\)|\[.*?\]", " ", plain)
    for form in (plain, unbracketed, _CURRENCY.sub("", unbracketed), unbracketed.partition("/")[0]):
        if _bare(form) in _ROLE_OF:
            return _ROLE_OF[_bare(form)]
    whose, _, rest = unbracketed.strip().partition(" ")
    if whose in _YOURS | _OURS and _ROLE_OF.get(_bare(rest)) == "item":
        return "item" if whose in _YOURS else "customer_item"
    return None


def column_role(cell: str) -> str | None:
    """The same for a cell in a row of headings, where a word says enough."""
    plain = plain_text(cell)
    words = " ".join(re.findall(r"[^\W\d_]+", re.sub(r"\(.*?\)|\[.*?\]", " ", plain)))
    if role_of(cell) is not None:
        return role_of(cell)
    if not words or any(char.isdigit() for char in plain) or words.count(" ") >= _LONGEST:
        return None
    return next((role for role, pattern in _WORDED if pattern.search(words)), None)


def is_heading(cells: list[str]) -> bool:
    """Whether a row of cells names columns: a quantity and goods among them, and no numbers."""
    roles = [column_role(cell) for cell in cells]
    listed = {role_of(cell) for cell in cells}
    known = sum(role is not None for role in roles)
    has_goods = any(role in {"item", "customer_item", "description"} for role in roles)
    if not listed & {"quantity", "item", "customer_item", "description"}:
        return False
    return "quantity" in roles and has_goods and known * 2 >= sum(bool(cell.strip()) for cell in cells)


def may_head(cells: list[str]) -> bool:
    """Whether a row of cells may name columns though none is called a quantity: half of them known, goods among them or
    columns nobody knows, and no numbers; the rows below have to say the rest."""
    filled = [cell for cell in cells if cell.strip()]
    roles = [column_role(cell) for cell in filled]
    has_goods = any(role in {None, "item", "customer_item", "description"} for role in roles)
    plain = not any(char.isdigit() for cell in filled for char in cell)
    return plain and has_goods and len(filled) >= 2 and sum(role is not None for role in roles) * 2 >= len(filled)


_WANTS = re.compile(
    r"(?:(?:we |to be )?(?:need(?:ed)?|requir(?:ed|ement)|request(?:ed)?|reqd|want(?:ed)?|order(?:ed)?|demand(?:ed)?"
    r"|call off)|bestellt|benotigt|gewunscht|bedarf|abruf|commande|demande|besoin|souhaite|pedido"
    r"|solicitado|requerido|besteld|gevraagd|nodig|gewenst)"
)


def wants(heading: str) -> bool:
    """Whether a heading says no more than that something is wanted: of numbers, that so many are."""
    return _WANTS.fullmatch(" ".join(re.findall(r"[^\W\d_]+", plain_text(heading)))) is not None
