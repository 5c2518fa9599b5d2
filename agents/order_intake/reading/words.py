"""The words of orders in five languages: labels, headings, what people do with goods, and what a line is not."""

import re

_NUMBER = (
    r"(?:[ \t-]*(?:numbers?|nummer|numéro|número|num|nr|no|n[°º]|n\.[º°]|#|id|reference|referenz|ref)(?![^\W\d_])\.?)"
)
_PO_STRONG = (
    rf"(?:(?:customer[ ]|our[ ]|your[ ])?(?:\bp\.?[ ]?o\.?\b|purchase[ -]?order|customer order){_NUMBER}?"
    rf"|\b(?:order|bestellung|bestell(?:ung)?s?|auftrags?|pedido|commande|cde|bestelling|order){_NUMBER}"
    r"|bestell[- ]?(?:nummer|nr\.?)|best\.?[- ]?nr\.?|auftrags[- ]?(?:nummer|nr\.?)|ordernummer|ordernr\.?"
    r"|bestelnummer|bestelnr\.?"
    rf"|inkoop(?:order|opdracht)?(?:nummer|nr\.?)?{_NUMBER}?"
    r"|(?:numéro|n[°º]\.?|no\.?|réf\.?|référence)[ ]?(?:de[ ])?(?:la[ ])?(?:commande|cde)|bon de commande"
    rf"{_NUMBER}?|\bb\.?c\.?{_NUMBER}"
    rf"|(?:número|num\.?|n[°º]\.?|n\.[º°]|no\.?)[ ]?(?:de[ ])?pedido|orden de compra{_NUMBER}?|\bo\.?c\.?{_NUMBER})"
)
_WORD = r"(?P<value>(?=[\w./-]{0,40}\d)[^\W_][\w./-]{0,40}[^\W_]|\d)"
PO_STRONG = re.compile(
    rf"(?<!\w)(?:{_PO_STRONG})[ \t]*[:#=\-]?[ \t]*(?:is|ist|lautet|est|es)?[ \t]*{_WORD}(?![\w])", re.IGNORECASE
)
PO_SPACED = re.compile(
    rf"(?<!\w)(?:{_PO_STRONG})[ \t]*[:#=\-]?[ \t]*(?P<value>(?-i:(?!ORDER)[A-Z]{{2,5}}) (?:\d{{3,}}"
    rf"|\d{{1,4}}[-/]\d{{2,}}))(?![\w-])",
    re.IGNORECASE,
)
PO_JOINED = re.compile(
    r"(?<![\w/-])(?P<value>P\.?O\.?[-_/]?\d[\w/-]{0,40}[^\W_]|P\.?O\.?[-_][\w/-]{0,40}\d[\w/-]{0,40})(?![\w])"
)
PO_WEAK = re.compile(
    r"(?<!\w)(?:order|bestellung|auftrag|commande|pedido|bestelling)[ \t]*[:#]?[ \t]*"
    r"(?P<value>(?=(?:[\w./-]{0,20}\d){3})[^\W_][\w./-]{0,40}[^\W_])(?=[ \t]*(?:$|[\n,.;:()]|-|\u2013|vom|dated|of"
    r"|du|del|van|from"
    r"|for|für|pour|to\b|with\b|by\b|ändern|stornieren|zu\b|auf\b|um\b|wijzigen|annuleren|op\b|naar\b|con\b|a\b|à\b))",
    re.IGNORECASE,
)
PO_AFTER = re.compile(
    r"(?:your|our) ref(?:erence)?\.?|(?:unser|ihr) zeichen|notre réf(?:érence)?\.?|nuestra ref(?:erencia)?\.?"
    r"|onze ref(?:erentie)?\.?",
    re.IGNORECASE,
)
PO_REFERENCE = re.compile(
    rf"(?<!\w)(?:{PO_AFTER.pattern}|reference|referenz|referencia|referentie|référence|réf\."
    rf"|ref\.)[ \t]*[:#]?[ \t]*{_WORD}",
    re.IGNORECASE,
)
REVISION = re.compile(
    r"\b(?:rev(?:ision|isión|isie)?|version|versión|änderung|amendment|avenant|wijziging)\b\.?[ \t]*(?:no|nr"
    r"|n[°º])?\.?[ \t]*[:#]?[ \t]*(?P<value>\d{1,2})\b",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:https?://|www\.)\S+|<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|<cid:\S+>|\[cid:\S+\]", re.IGNORECASE)
TERMS = re.compile(
    r"(?:(?:payment(?: terms)?|terms(?: of payment)?|zahlungsbedingungen|zahlung|zahlungsziel|zahlbar"
    r"|conditions de (?:paiement|règlement)|paiement|règlement"
    r"|condiciones de pago|forma de pago|pago|betaling(?:scondities|svoorwaarden|stermijn)?)[ \t]*[:\-]?[ \t]*)?"
    r"(?:net(?:to)?[ \t]*\d{1,3}(?:[ ]?(?:days?|tage|d))?|\d{1,3}[ ]?(?:days?|tage|jours|días"
    r"|dagen)[ ]?(?:net(?:to|s|os)?|date of invoice|from invoice|after invoice"
    r"|ab rechnung\w*|nach rechnung\w*|date de facture|fin de mois|fecha (?:de )?factura|na factuur\w*|eom)"
    r"|(?:innerhalb(?: von)?|within|à|a|binnen|sous|en)[ \t]\d{1,3}[ ]?(?:days?|tagen?|jours|días"
    r"|dagen)(?=[ \t]*(?:net|nach rech|after inv|fin de mois|fecha|na fact))"
    r"|\d(?:[.,]\d)?[ ]?%[ ]?(?:skonto|discount|escompte|descuento|korting)[^\n.;]{0,40}"
    r"|\d[ ]?%[ ]?\d{1,3},?[ ]?net[ ]?\d{1,3})",
    re.IGNORECASE,
)
TERMS_LABELLED = re.compile(
    r"(?:payment terms|terms of payment|zahlungsbedingungen|zahlungsziel|conditions de (?:paiement|règlement)"
    r"|condiciones de pago|forma de pago"
    r"|betaling(?:scondities|svoorwaarden|stermijn))[ \t]*[:\t\-][ \t]*(?P<value>[^\n]{1,80})",
    re.IGNORECASE,
)
INCOTERM = re.compile(
    r"\b(?:EXW|FCA|CPT|CIP|DAP|DPU|DDP|FAS|FOB|CFR|CIF)\b[^\n.;,]{0,30}(?:Incoterms?[ ®]*(?:19|20)\d\d)?"
    r"|\bIncoterms?[ ®]*(?:19|20)\d\d"
)
PERCENT = re.compile(r"\d+(?:[.,]\d+)?[ ]?(?:%|percent|prozent|pour cent|por ciento|procent)", re.IGNORECASE)
TOTAL = re.compile(
    r"(?<!\w)(?:(?:grand |order |sub|net |order )?total(?: amount| value| price| quantity| qty| ht| ttc"
    r"| order value| pieces| pcs| units| items| lines)?"
    r"|(?:total|número total|nombre total|totaal)(?: de | d'| )?(?:piezas|unidades|uds|pièces|unités|lignes|stuks)"
    r"|gesamt(?:betrag|summe|wert|menge|preis|stückzahl)?|summe|zwischensumme"
    r"|montant total|sous-total|importe total|subtotal|totaal(?:bedrag|prijs|aantal)?|order value|sum)[ \t]*[:="
    r"|]?[ \t]*",
    re.IGNORECASE,
)
_WISH = (
    r"deliver|\bdel\.|\bdock|ship|need|require|due\b|arriv|\beta\b|receiv|want|request|dispatch|expect|on site|in house"
    r"|liefer|benötig|brauch|wunsch|eintreff|termin(?!al)|anliefer|versand|gebraucht"
    r"|livr|besoin|souhait|récept|expédi|délai|échéance"
    r"|entreg|necesit|envi|recib|llegar|plazo|requer"
    r"|lever|nodig|ontvang|gewenst|zend|verzend"
)
WISH = re.compile(_WISH, re.IGNORECASE)
DELIVERY = re.compile(rf"{_WISH}|date|datum|fecha", re.IGNORECASE)
DATED = re.compile(
    r"(?:order date|date of order|po date|dated|issued|bestelldatum|auftragsdatum|datum|date de commande"
    r"|date de la commande|fecha (?:de|del) pedido|fecha de emisión"
    r"|besteldatum|orderdatum|(?<!\w)(?:date|fecha|date du jour)|\bvom|\bdu|\bdel|\bvan"
    r"|\bof)[ \t]*[:\-]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
BACKWARD = re.compile(
    r"(?:quot|offer|angebot|devis|offre|oferta|presupuesto|offerte|call|telefonat|gespräch|meeting|conversation"
    r"|llamada|reunión|e-?mail|mail|letter|invoice|price list"
    r"|preisliste|discuss|besproch|spoke|last order|contract|vertrag|contrat)[^\n]{0,30}$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:spoke|discuss|met\b|call(?:ed)?\b|visit|agreed|talked|mentioned|telefon|besproch|gesproch|convers"
    r"|habla|acord"
    r"|convenu|entretien|échang|gesprek|overleg|thank you for|danke für|merci pour|gracias por|bedankt voor"
    r"|your (?:e-?mail|letter))",
    re.IGNORECASE,
)
EACH = re.compile(
    r"\b(?:each|of each|je|jeweils|chacune?|de chaque|chaque|cada un[oa]|de cada|cada|elk|van elk|ieder|per type)\b",
    re.IGNORECASE,
)
OR = {
    "en": re.compile(r"\b(?:or|either)\b", re.IGNORECASE), "de": re.compile(r"\b(?:oder|bzw\.?)\b", re.IGNORECASE),
    "fr": re.compile(r"\bou\b", re.IGNORECASE), "es": re.compile(r"\b[ou]\b", re.IGNORECASE),
    "nl": re.compile(r"\bof\b", re.IGNORECASE),
}  # fmt: skip
NOT = re.compile(
    r"\b(?:not|don't|doesn't|won't|never|no longer|without|except|excluding|instead of|rather than|remove|drop|minus"
    r"|nicht|kein(?:e[nrsm]?)?|ohne|statt|anstatt|außer|anstelle|streichen|entfällt"
    r"|pas|sans|sauf|au lieu|plutôt que|supprimer|retirer|sin|excepto|salvo|en lugar|en vez|quitar|eliminar"
    r"|niet|geen|zonder|behalve|in plaats|vervalt)\b",
    re.IGNORECASE,
)
NOT_SPANISH = re.compile(r"\bno\b(?!\.)", re.IGNORECASE)
SAME_DAY = re.compile(
    r"\bsame (?:date|day)\b|\b(?:gleicher|selber|zum gleichen|am gleichen|derselbe)"
    r" (?:liefer)?(?:termin|tag|datum)\b|\bmême (?:date|jour|délai)\b|\bmism[ao] (?:fecha|día|plazo)\b"
    r"|\bzelfde (?:lever)?(?:datum|dag)\b",
    re.IGNORECASE,
)
"""Refers to the day of the goods named before."""
BEFORE = re.compile(
    r"same (?:delivery|due|price|terms|address|items?|parts?|goods)\b|(?:same"
    r"|usual|identical"
    r"|repeat)[ ](?:\w+[ ]){0,3}?(?:as|like)?[ ]?(?:last|previous|before|usual|always)"
    r"|same again|the usual(?! (?:place|address|site|dock|location|yard|terms|conditions|route|carrier|way))"
    r"|as usual|repeat (?:of )?(?:our|the|my) (?:last|previous|order)"
    r"|same (?:order|quantity|quantities|items|as (?:last|before|in))|like last time"
    r"|wie (?:beim )?(?:letzten? mal|immer|gehabt|zuletzt|üblich|letztes mal)|dasselbe wie|das gleiche wie"
    r"|übliche[nr]? menge|wie in der letzten"
    r"|comme (?:la dernière fois|d'habitude|précédemment|la fois)|même (?:commande|quantité|chose) que"
    r"|mêmes (?:quantités|articles)"
    r"|(?:lo mismo|igual|la misma cantidad|el mismo pedido) que|como (?:siempre|la última vez|la vez anterior)"
    r"|como de costumbre"
    r"|(?:hetzelfde|zelfde|dezelfde) (?:\w+ )?als|zoals (?:altijd|gewoonlijk|de vorige keer|vorige keer"
    r"|gebruikelijk)|het gebruikelijke",
    re.IGNORECASE,
)
HABIT = re.compile(
    r"(?:as|like) (?:usual|always)|wie (?:immer|gehabt|üblich)|comme (?:d'habitude|précédemment|toujours)"
    r"|como (?:siempre|de costumbre)|zoals (?:altijd|gewoonlijk|gebruikelijk)",
    re.IGNORECASE,
)
"""How things are always done: of places, papers and people as much as of goods."""
BESIDE = re.compile(
    r"[ \t,(]*(?:with|incl(?:uding|\.)?|plus|mit|inkl\.?|avec|con|incluid[oa]s?|met|inclusief"
    r"|y compris)[ \t]+(?!delivery|lieferung|livraison|entrega|levering|best|kind)(?P<what>[^\W\d_]+)",
    re.IGNORECASE,
)
POSITION = re.compile(
    r"^[ \t]*(?:(?:[-*•·\u2013>+]|\u2022)[ \t]*)?(?:(?:pos(?:ition|ición)?|line|item|zeile|ligne|línea|regel|lfd"
    r"|lot)\.?[ \t]*(?:no\.?|nr\.?|#)?[ \t]*(?P<named>\d{1,4})[ \t]*[.):,\-\u2013]?(?=[ \t])"
    r"|#?(?P<counted>\d{1,3})(?:[.)](?=[ \t]|[^\W\d])|:(?=[ \t])))[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
BULLET = re.compile(
    r"^[ \t]*(?:[-*•·\u2013>+][ \t]+|\d{1,3}[.)][ \t]|[a-z]\)[ \t]|(?:pos|line|item|position|zeile|ligne)\.?[ \t]*\d)",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:only if|but only|only when|unless|provided (?:that|you|it)|subject to|on condition|otherwise|as long as"
    r"|nur wenn|nur falls|sofern|vorausgesetzt|vorbehaltlich|andernfalls|ansonsten|seulement si|à condition"
    r"|sous réserve"
    r"|sinon|s[oó]lo si|siempre (?:que|y cuando)|a condición|sujeto a|de lo contrario|alleen als|mits|op voorwaarde"
    r"|onder voorbehoud|tenzij)\b",
    re.IGNORECASE,
)
HOLD = re.compile(
    r"\b(?:(?:put |keep |please )?hold (?:it|this|that|these|them|off|back|everything|all|on|the (?:order|last|rest"
    r"|second|first|other|shipment|delivery|balance))|on hold|(?:until|till|before|unless) (?:we|i|you hear)\b"
    r"[^.;\n]{0,30}(?:confirm|release|approve|call|say|hear|give)"
    r"|(?:do not|don't|not) (?:ship|send|make|start|release|process)\b"
    r"|bis (?:wir|sie von uns)\b[^.;\n]{0,30}(?:bestätig|freigeb|meld|hör)|zurück(?:halten|stellen|gestellt)"
    r"|erst nach (?:unserer |der )?(?:freigabe|rücksprache|bestätigung)|noch nicht (?:liefern|senden|versenden)"
    r"|en attente|attendre notre|attendez notre|ne pas (?:livrer|expédier|envoyer)|retenir la"
    r"|en espera|esper(?:ar|en) (?:a )?nuestra|retener|no (?:enviar|envíen|entregar)|hasta que (?:confirm|avis)\w+"
    r"|vasthouden|aanhouden|wacht(?:en)? (?:op|tot|met)|nog niet (?:leveren|verzenden|versturen)|totdat (?:wij|we))",
    re.IGNORECASE,
)
"""What makes an order, or a part of it, wait for another word of the customer's."""
TELLS = re.compile(
    r"\b(?:we (?:still |only |currently )?have (?:only |just |still )?(?:about )?\d|left\b|in stock|on hand"
    r"|on stock|received"
    r"|stock (?:is|of|level)|remaining|damaged|defective|faulty|missing|short by|return(?:ed|ing)?\b|sent back|wrong"
    r"|haben (?:noch|nur|aktuell)|auf lager|vorrätig|erhalten haben|haben erhalten|bekommen haben|defekt\w*"
    r"|beschädigt\w*"
    r"|fehlen|fehlten|reklam\w+|zurück\w*|nous reste|il reste|en stock|avons reçu|manqu\w+|défect\w+|endommag\w+"
    r"|retourn\w+"
    r"|nos quedan|quedan|recibimos|hemos recibido|faltan|faltaron|defectuos\w+|dañad\w+|devol\w+"
    r"|hebben (?:nog|maar)|op voorraad|ontvangen hebben|hebben ontvangen|ontbreken|defecte?|beschadigd\w*|retour)\b",
    re.IGNORECASE,
)
VARIANT = re.compile(
    r"\b(?:brass|bronze|hastelloy|monel|inconel|titanium|duplex|ptfe|teflon|epdm|viton|fkm|nbr|pvc|carbon steel"
    r"|cast iron"
    r"|(?:standard|reduced|regular)[- ](?:port|bore)|(?:standard|reduzierte[rnm]?)[- ]?durchgang"
    r"|passage (?:réduit|standard)|paso (?:reducido|estándar)|(?:standaard|gereduceerde?)[- ]?doorlaat"
    r"|flanged|threaded|wafer|npt|bsp|painted|coated|galvani[sz]ed|custom|modified|left[- ]hand|red|blue|yellow"
    r"|messing|bronce|rotguss|titan|geflanscht|mit gewinde|lackiert|beschichtet|verzinkt|sonder\w+"
    r"|laiton|titane|fonte|à brides|taraudée?s?|peinte?s?|lat[oó]n|titanio|hierro fundido|bridad\w+|roscad\w+|pintad\w+"
    r"|brons|gietijzer|geflensd\w*|draad|gelakt|gecoat)\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^[ \t]*(?:--[ \t]*$|(?:best|kind|warm|many|with(?: best| kind)?)?[ \t]*regards\b|(?:many "
    r"|with )?thanks(?: and regards| in advance)?[ \t]*[,.!]?[ \t]*$"
    r"|thank you(?: very much)?[ \t]*[,.!]?[ \t]*$|yours (?:sincerely|faithfully|truly)|sincerely\b|cheers\b"
    r"|best[ \t]*,?$"
    r"|mit (?:freundlichen?|besten?|vielen?) gr|(?:viele|beste|freundliche|liebe|schöne) gr|mfg\b|vg\b|grüße"
    r"|gruß|danke(?: und gruß)?[ \t]*[,.!]?[ \t]*$"
    r"|(?:bien )?cordialement\b|bien à vous|salutations\b|(?:meilleures|sincères) salutations"
    r"|merci(?: d'avance)?[ \t]*[,.!]?[ \t]*$"
    r"|(?:un )?(?:cordial )?saludos?\b|(?:muy )?atentamente\b|cordialmente|(?:muchas )?gracias[ \t]*[,.!]?[ \t]*$"
    r"|met (?:vriendelijke|hartelijke)|(?:vriendelijke |hartelijke )?groet(?:en|jes)?\b|mvg\b"
    r"|(?:alvast )?bedankt[ \t]*[,.!]?[ \t]*$|dank u[ \t]*[,.!]?[ \t]*$)",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"^[ \t]*p\.?[ ]?s\.?[ \t]*[:.\-]?", re.IGNORECASE)
SHIP_TO = re.compile(
    r"^[ \t*-]*(?:ship(?:ping)?[ -]?(?:to|address)|deliver(?:y)?[ -]?(?:to|address|location)|destination"
    r"|consignee|delivery point|site address|goods to|send to"
    r"|(?:an)?liefer(?:adresse|anschrift|ort|stelle)|anlieferung an|abladestelle|warenempfänger|lieferung an|versand an"
    r"|adresse de livraison|lieu de livraison|livrer à|livraison à|adresse livraison|destinataire"
    r"|dirección de (?:entrega|envío)|lugar de entrega|destino"
    r"|enviar a|entregar en|afleveradres|leveradres|bezorgadres|leverplaats|afleverplaats|leveren aan)"
    r"(?:[ \t]*(?:[:\t\-|=]|\.{3,})[ \t]*|[ ]{2,})(?P<value>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
BILL_TO = re.compile(
    r"^[ \t*-]*(?:bill[ -]?to|invoice[ -]?(?:to|address)|billing address|rechnungs(?:adresse|anschrift)"
    r"|rechnung an|adresse de facturation|facturer à|dirección de facturación|facturar a|factuuradres)"
    r"[ \t]*[:\t\-][ \t]*(?P<value>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
SHIP_INLINE = re.compile(
    r"\b(?:ship|deliver|send|shipped|delivered|sent|delivery|shipment|liefern sie|geliefert|lieferung|livrer"
    r"|livré[es]*|livraison|entregar|entrega|enviar|leveren|geleverd|levering)"
    r"[ \t]+(?:it|them|this|everything|all|these|bitte|alles)?[ \t]*(?:to|an|nach|à|a|aan|naar)[ \t]+(?:our"
    r"|unser[en]*|notre|nuestr[oa]|ons|onze|the|die|das|la|le|el)[ \t]+(?P<value>[^\n.,;]{3,60})",
    re.IGNORECASE,
)
CUSTOMER = re.compile(
    r"^[ \t*-]*(?:customer|customer name|company|buyer|bill[ -]?to|sold[ -]?to|ordered by|client|kunde|firma"
    r"|besteller|auftraggeber|käufer|société|acheteur|donneur d'ordre"
    r"|cliente|empresa|comprador|klant|bedrijf|besteller|koper)[ \t]*[:\t][ \t]*(?P<value>[^\n\t]{2,80})",
    re.IGNORECASE | re.MULTILINE,
)
CURRENCY_LINE = re.compile(
    r"(?:currency|währung|devise|monnaie|moneda|divisa|valuta"
    r"|munteenheid)[ \t]*[:\t=\-]?[ \t]*(?P<value>[A-Z]{3}|[$€£])|(?:all )?prices? (?:are )?in (?P<other>USD|EUR"
    r"|GBP|CHF|euros?|dollars?)|preise in (?P<third>EUR|USD|Euro)",
    re.IGNORECASE,
)
MORE = re.compile(
    r"(?:\b(?:and|plus|also|und|sowie|auch|et|ainsi que|y|además|en|ook)|,)[ ]+(?:also[ ]|add[ ])?"
    r"(?:an|a|another|some|ein(?:en|e)?|einige|une|un|des|quelques|una|unos|unas|een|enkele)[ ]+(?:few[ ]|paar[ ])?"
    r"(?P<what>(?!(?:bit|few|lot|copy|confirmation|reply|quick|soon|good|nice|bestätigung|confirmación"
    r"|bevestiging|order"
    r"|auftrags\w*|accusé|confirmation|saludo|delivery|lieferung|livraison|entrega|levering|total"
    r"|acknowledg\w*|call|e-?mail|note|tracking|packing|invoice|receipt|truck|driver|forklift|liftgate|date|time"
    r"|day|week|month|half|quarter|third|big|huge|great|happy|safe|wonderful|pleasant|heads-?up|word|minute|moment"
    r"|rush|hurry|reason|project|job|crew|picture|photo|list|certificat\w*|cert|look"
    r"|rechnung|mail|anruf|rückmeldung|nachricht|kopie|schöne\w*|gute\w*|kurze\w*|termin|woche|halbe\w*|zeugnis\w*"
    r"|lieferschein|facture|copie|bonne|bon|agréable|réponse|appel|date|semaine|journée|demi\w*|certificat|bordereau"
    r"|confirmaci\w*|copia|factura|buen\w*|llamada|respuesta|fecha|semana|medi[oa]|certificado|albarán|abrazo|saludos"
    r"|factuur|kopie|fijne|goede|prettige|korte|telefoontje|reactie|datum|week|halve|certificaat|pakbon)\b)[^\W\d_]{3,})",
    re.IGNORECASE,
)
