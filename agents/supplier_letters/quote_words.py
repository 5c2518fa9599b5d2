"""The words of quotes in five languages: labels of values, units of time, refusals, and what is no part of a quote."""

import re

from agents.order_intake.values.prices import AMOUNT, CURRENCY, PER

_I = re.IGNORECASE
_PER = PER.replace("(?P<per>", "(?:")
NUMBER = r"(?<![\d.,\w-])\d(?:[\d.,']{0,14}\d)?(?:[ \u00a0]\d{3}(?!\d))*(?![\w]*\d)"
PRICED = rf"(?:{CURRENCY}\s?)?{AMOUNT}(?:,-)?(?:\s?{CURRENCY})?{_PER}"
UNITS = r"(?:pcs?|pieces?|ea|each|units?|st(?:ü|ue)ck|stk|pièces?|unités?|unidad(?:es)?|uds?|piezas?|stuks?|st)\b\.?"

PRICE_LABEL = re.compile(
    r"(?<!\w)(?:(?:our |your |best |new |revised |net |list )*(?:unit[ -]?)?price(?: per (?:unit|piece|each))?"
    r"(?: and currency)?|(?:unit )?cost per unit"
    r"|(?:netto|stück|einzel|einheits)?preis(?: pro stück| je stück)?(?: und währung)?"
    r"|precio(?: unitario| por unidad)?(?: y moneda)?|prix(?: unitaire| à l'unité)?(?: et devise)?"
    r"|(?:stuk|eenheids)?prijs(?: per stuk)?(?: en valuta)?)"
    r"(?:[ \t]*(?:is|would be|of|ist|beträgt|es|est|de|sera|is nu|bedraagt))?[ \t]*[:=]?[ \t]*"
    rf"(?P<value>{PRICED})",
    _I,
)
NO_MINIMUM = re.compile(r"none|no minimum|keine|ninguno|sin mínimo|aucune?|geen", _I)
AVAILABLE = (
    r"(?:quantity available|available(?: quantity| from stock)?|in stock|on stock|ex stock|from stock|on hand"
    r"|(?:can|could) (?:supply|offer|deliver|ship|provide)|verfügbare? ?menge|verfügbar|auf lager|ab lager|vorrätig"
    r"|lieferbar|(?:können|könnten)(?: wir)?(?: ihnen)?|cantidad disponible|disponibles?|en stock|en existencias?"
    r"|podemos (?:suministrar|entregar|ofrecer)|quantité disponible|pouvons (?:livrer|fournir|proposer)"
    r"|beschikbaar(?: aantal)?|beschikbare hoeveelheid|op voorraad|uit voorraad|kunnen (?:wij |we )?(?:leveren)?)"
)
AVAILABLE_AFTER = re.compile(rf"(?<!\w){AVAILABLE}(?!\w)[^\d\n.;,]{{0,25}}?(?P<value>{NUMBER})(?!\s*%)", _I)
AVAILABLE_BEFORE = re.compile(rf"(?P<value>{NUMBER})\s*(?:{UNITS})?[^\d\n.;:,]{{0,25}}?(?<!\w){AVAILABLE}(?!\w)", _I)
ALL_OF_IT = re.compile(
    r"(?<!\w)(?:the )?(?:full|whole|entire|complete) quantity|(?<!\w)all (?:of them|units|pieces)(?: are)? available"
    r"|(?:gesamte|komplette|volle) menge|(?:la )?cantidad (?:completa|total)|toda la cantidad"
    r"|(?:la )?(?:totalité|quantité (?:totale|complète|demandée))|(?:de )?(?:hele|volledige|gevraagde) hoeveelheid",
    _I,
)
_MINIMUM = (
    r"(?:minimum[ -]order(?:[ -](?:quantity|qty))?|min\.?[ ]?(?:order|qty|quantity)(?:[ ]qty)?|m\.?o\.?q\.?"
    r"|mindest(?:bestell|abnahme)?menge|mindestens|pedido mínimo|cantidad mínima(?: de pedido)?|commande minimale"
    r"|quantité minimale(?: de commande)?|minimum de commande"
    r"|minimale? (?:bestelhoeveelheid|afname|bestelling|hoeveelheid)|minimumafname)"
)
MINIMUM = re.compile(
    rf"(?<!\w){_MINIMUM}(?!\w)[^\d\n.;]{{0,20}}?(?:(?P<value>{NUMBER})(?!\s*%)"
    r"|(?P<none>none|no minimum|keine|ninguno|sin mínimo|aucune?|geen)(?!\w))",
    _I,
)
_WORKING = r"(?:working|business|work|arbeits|werk|hábiles|laborables|ouvrables?|ouvrés?)"
DURATION = re.compile(
    r"(?<![\d.,\w])(?P<n>\d{1,3})(?:\s*(?:-|\u2013|to|bis|à|a|al|tot)\s*(?P<m>\d{1,3}))?[ \t-]*"
    rf"(?P<before>{_WORKING})?[ \t-]*(?P<unit>days?|tage?n?|días?|jours?|dagen|dag|weeks?|wochen?|semanas?|semaines?"
    rf"|weken|wks?|months?|monate?n?|mes(?:es)?|mois|maanden|maand)(?!\w)(?:[ \t]+(?P<after>{_WORKING}))?",
    _I,
)
LEAD = re.compile(
    r"(?<!\w)(?:lead[ -]?time|delivery|deliver(?:ed|y)?|ship(?:s|ped|ment|ping)?|dispatch|despatch|ready|arrival|arrive"
    r"|aro|after (?:receipt of )?(?:your )?order|liefer\w*|versand\w*|plazo|entreg\w*|env[ií]\w*|délai|livr\w*"
    r"|expédi\w*|lever\w*|verzend\w*|levertijd)",
    _I,
)
VALID = re.compile(
    r"(?<!\w)(?:valid(?:ity)?|good (?:until|through|for|till)|offer (?:expires|ends|stands|is open|open)|expires?"
    r"|gültig\w*|bindend|gebunden|válid[ao]s?|validez|vigencia|valable|validité|geldig\w*)",
    _I,
)
CHARGE = re.compile(
    r"(?<!\w)(?:freight|shipping|transport(?:ation)?|carriage|postage|packaging|packing|handling|tooling|set-?up"
    r"|(?:alloy |fuel )?surcharge|small[ -]order(?: charge| fee)?|minimum charge"
    r"|(?:expedite|expediting|express|rush)(?: fee| charge)?|certificates?|fracht|versandkosten|verpackung"
    r"|transportkosten|\w*zuschlag|werkzeugkosten|rüstkosten|portes|gastos de envío|transporte|embalaje|recargo"
    r"|frais(?: de port| d'envoi| de transport)?|emballage|supplément|verzendkosten|vracht(?:kosten)?|verpakking"
    r"|toeslag)(?!\w)"
    rf"(?:[^\d\n.;,]{{0,25}}?(?P<value>(?:{CURRENCY}\s?)?{AMOUNT}(?:\s?{CURRENCY})?)"
    r"|[^\n.;]{0,20}?(?P<none>included|incl\.|free(?: of charge)?|no charge|inbegriffen|frei|kostenlos|incluidos?"
    r"|gratis|inclus|compris|gratuit|inbegrepen))",
    _I,
)
TOTAL = re.compile(
    r"(?<!\w)(?:total|gesamt\w*|summe|importe total|montant total|totaal\w*)(?!\w)"
    rf"[^\d\n.;]{{0,25}}(?P<value>{PRICED})",
    _I,
)
DISCOUNT = re.compile(
    r"[^\n.;]{0,40}(?:discount|rabatt|skonto|descuento|remise|rabais|escompte|korting|\d\s?%)[^\n.;]{0,40}", _I
)
DECLINES = re.compile(
    r"(?<!\w)(?:no[ -]quote|no[ -]bid"
    r"|(?:cannot|can't|can not|unable to|not able to|won't be able to|not in a position to)[^\n.;]{0,30}?"
    r"(?:quote|offer|supply|deliver|provide|help|meet)"
    r"|(?:have to|must|we|respectfully) decline|(?:out of stock|sold out|discontinued|obsolete|no longer (?:made|sold"
    r"|available|stocked)|not available)"
    r"|(?:können|kann)[^\n.;]{0,40}?nicht[^\n.;]{0,30}?(?:anbieten|liefern)|kein angebot|nicht (?:lieferbar|verfügbar)"
    r"|ausverkauft|absagen"
    r"|no (?:podemos|nos es posible)[^\n.;]{0,30}?(?:ofertar|ofrecer|suministrar|cotizar|entregar)|no cotizamos"
    r"|agotado|sin existencias"
    r"|(?:ne pouvons|ne sommes)[^\n.;]{0,40}?(?:pas)[^\n.;]{0,40}?(?:offre|livrer|fournir|proposer|coter|mesure)"
    r"|rupture de stock|plus disponible"
    r"|(?:kunnen|kan)[^\n.;]{0,30}?(?:niet|geen)[^\n.;]{0,30}?(?:leveren|offreren|aanbieden|offerte|aanbieding)"
    r"|niet leverbaar|uitverkocht)(?!\w)",
    _I,
)
ALTERNATIVE = re.compile(
    r"[^\n.;]{0,60}(?<!\w)(?:alternatives?|alternatively|equivalents?|substitutes?|instead|replacement|alternativ\w*"
    r"|ersatz\w*|stattdessen|gleichwertig\w*|alternativa\w*|equivalente\w*|en su lugar|sustitut\w*|équivalent\w*"
    r"|à la place|remplac\w+|alternatief|vervang\w+|in plaats)(?!\w)[^\n.;]{0,80}",
    _I,
)
BANK = re.compile(
    r"[^\n]{0,80}(?<!\w)(?:iban|swift|bic|bank (?:details|account|transfer to)|account (?:number|no)|new account"
    r"|our (?:new )?bank|bankverbindung|kontonummer|neues konto|cuenta bancaria|nueva cuenta|datos bancarios"
    r"|coordonnées bancaires|compte bancaire|nouveau compte|\brib\b|rekeningnummer|bankgegevens|bankrekening)(?!\w)"
    r"[^\n]{0,120}",
    _I,
)
SHIP_TO = re.compile(
    r"[^\n.;]{0,30}(?<!\w)(?:(?:change|new|other|different|update)[^\n.;]{0,20}(?:ship[ -]?to|delivery address"
    r"|shipping address)|(?:ship|deliver|send) (?:it |them |the goods |everything )?to (?!you\b|your\b)(?=\S*[A-Z\d])"
    r"|neue lieferadresse|andere lieferadresse|nueva dirección de entrega|otra dirección"
    r"|nouvelle adresse de livraison|autre adresse|nieuw afleveradres|ander afleveradres)[^\n]{0,100}",
    _I,
)
COMMAND = re.compile(
    r"[^\n.;]{0,40}(?<!\w)(?:approve|accept|confirm|release|place|issue|book|genehmig\w+|freigeben|aprob\w+|aprueb\w+"
    r"|approuv\w+|valid(?:ez|er)|goedkeuren|keur)(?:[ ]\w+){0,4}[ ]"
    r"(?:order|orders|purchase|po|payment|invoice|quote|request|case|bestellung|zahlung|pedido|pago|commande|paiement"
    r"|bestelling|betaling|goed)(?!\w)[^\n.;]{0,60}",
    _I,
)
REPLY_TO = re.compile(
    r"[^\n.;]{0,30}(?<!\w)(?:(?:reply|respond|answer|write|send|contact|confirm)[^\n.;]{0,40}(?:to|at)"
    r" (?:this|the following|our new|my new|another|a different)(?: e-?mail)?(?: address)?"
    r"|antworten sie[^\n.;]{0,30}(?:an|unter) (?:diese|folgende|unsere neue)"
    r"|respond\w+ a (?:esta|la siguiente) (?:dirección|direccion)|répond\w+ à (?:cette|l'adresse)"
    r"|antwoord\w* (?:naar|op|aan) (?:dit|het volgende) (?:adres|e-?mail))[^\n]{0,80}",
    _I,
)
CONDITION = re.compile(
    r"[^\n.;]{0,30}(?<!\w)(?:subject to|provided that|only if|while stocks? lasts?|without obligation|non-?binding"
    r"|indicative|budgetary|approx(?:\.|imately)?|estimated?|roughly|freibleibend|unverbindlich|vorbehaltlich|solange"
    r"|zwischenverkauf|ungefähr|circa|ca\.|etwa|salvo|sin compromiso|sujeto a|aproximad\w+|sous réserve|sans engagement"
    r"|environ|dans la limite|onder voorbehoud|vrijblijvend|ongeveer|zolang)(?!\w)[^\n.;]{0,60}"
    r"|(?<!\w)(?:plus|excl(?:uding|\.|usive of)?|zzgl\.?|zuzüglich|ohne|hors|más|sin incluir|exclusief)"
    r" (?:\w+ ){0,2}(?:freight|shipping|transport\w*|packaging|packing|duty|duties|vat|tax(?:es)?|fracht|versand\w*"
    r"|verpackung|mwst|ust|port|frais|tva|portes|envío|iva|vracht\w*|verzend\w*|verpakking|btw)(?!\w)[^\n.;]{0,40}",
    _I,
)
OTHER_CODE = re.compile(
    r"(?<![\w/.@-])(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])(?=[\w/-]{4,})[A-Z0-9][A-Z0-9]*(?:[-/][A-Za-z0-9]+)*(?![\w@])"
)
OTHER_UNIT = re.compile(
    r"\s*(?:box(?:es)?|packs?|packets?|pallets?|cartons?|crates?|cases?|bags?|rolls?|sets?|pairs?|dozens?|reels?|kgs?"
    r"|kilos?|lbs?|tons?|tonnes?|met(?:er|re)s?|feet|ft|litres?|liters?|kartons?|kisten?|paletten?|packungen?|ve|sätze"
    r"|paar|dutzend|rollen?|cajas?|palés?|palets?|docenas?|rollos?|juegos?|boîtes?|palettes?|douzaines?|rouleaux?"
    r"|dozen|pallets?|pakken|dozijn)\b",
    _I,
)
PRICED_PER = re.compile(r"\s*(?:/|per|pro|je|par|por)\s*(?:\d{1,4}\s*)?(?P<unit>[^\W\d_]+)", _I)
PIECES = frozenset(
    {"", "ea", "each", "pc", "pcs", "piece", "pieces", "unit", "units", "st", "stk", "stück", "un", "ud"}
)
PLACE = re.compile(
    r"(?<!\w)(?:gate|dock|tor|rampe|quai|muelle|building|gebäude|room|suite|bay|door|halle|hall|warehouse|plant|site)"
    r"[ \t]+(?:no\.?[ ]?|#)?\d{1,3}[a-z]?(?!\w)"
    r"(?![ \t]*(?:x|\u00d7|pcs|stück|stk|units|pieces|ea\b|of\b|de\b))(?!-)(?![ \t]*[^\W\d_]{0,3}[-]?\d)",
    re.IGNORECASE,
)
