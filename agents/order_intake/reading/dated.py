"""Days of a text that are nobody's wish: of papers, of talks, of reasons, of closings, of answers that are awaited."""

import re

from agents.order_intake.reading.page import Mark, Page
from agents.order_intake.reading.words import WISH
from agents.order_intake.values.calendar_words import LATEST, MONTH, SHORT_WEEKDAY, SOONEST, WEEKDAY
from agents.order_intake.values.dates import find_days

_REACH = 70
_PAPER = re.compile(
    r"\b(?:quot(?:e|es|ation)|offers?|proposal|estimate|angebots?|preisangebot|devis|offre|oferta|presupuesto"
    r"|cotización"
    r"|offerte|invoice|rechnung|facture|factura|factuur|contract|vertrags?|rahmenvertrag|contrat|contrato|agreement"
    r"|price list|preisliste|tarif|tarifa|prijslijst|e-?mails?|mails?|schreiben|letter|courriel|correo|carta|message"
    r"|nachricht|bericht|drawing|zeichnung|specification|spec|visit|besuch|call|anruf|telefonat|gespräch|llamada"
    r"|conversation|entretien|gesprek|meeting|reunión|réunion|request|anfrage|demande|solicitud|aanvraag"
    r"|confirmation|bestätigung|confirmación|bevestiging|delivery note|lieferschein|albarán|pakbon)\b[^\n.;!?]{0,40}$",
    re.IGNORECASE,
)
_PAPERS_DATE = re.compile(
    r"(?:quot(?:e|ation)|offer|contract|requisition|req|drawing|price list|last revision|print|angebots?"
    r"|vertrags?|devis"
    r"|offre|contrat|oferta|cotización|contrato|offerte|contract)[ .-]?(?:date|dated|datum|fecha|vom|du|del|van|dd)\.?"
    r"[ \t|:]*$|(?:date|fecha) (?:de la |de l'|du |del? )?(?:devis|offre|oferta|cotización|contrat)[ \t|:]*$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:of|dated|from|on|vom|von|am|du|en date du|del?|de fecha|van|d\.d\.|le|el|op"
    r"|date[d]?)\b",
    re.IGNORECASE,
)
_TALKED = re.compile(
    r"\b(?:spoke|discuss\w*|met\b|called|visited|talked|mentioned|agreed|sent (?:us|you|me)|telefonisch|telefoniert"
    r"|besprochen|gesprochen|vereinbart|besprechung|convers\w*|habla\w*|acord\w*|convenu\w*|échang\w*|parlé|discuté"
    r"|gesproken|besproken|afgesproken|overleg|thank(?:s| you) for|danke für|merci pour|gracias por|bedankt voor"
    r"|(?:delivered|received|arrived|ordered|bought|geliefert|erhalten|bestellt hatten|reçu\w*|recibi\w*|ontvangen)"
    r"(?= on| am| last| le| el| op))\b[^\n.;!?]{0,40}$",
    re.IGNORECASE,
)
_TALKED_AFTER = re.compile(
    r"[ ](?:(?:telefonisch|kurz|schon|bereits|al|reeds|am telefon|per mail|mit (?:ihnen|herrn|frau)|aan de telefoon"
    r"|met (?:u|jou|jullie)|over the phone|by phone|[A-Z][a-zäöüß]+)[ ])*(?:besprochen|discussed|agreed|vereinbart"
    r"|gesprochen|telefoniert|besproken|gesproken|afgesproken|overlegd|erhalten|angefragt|angeboten)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as (?:we|our|the)|so don't|otherwise|weil|denn|da (?:wir|unser\w*|der|die|das)|sonst"
    r"|car|parce qu\w*|puisqu\w*"
    r"|sinon|porque|ya que|pues|si no|omdat|want|anders|aangezien)\b[^\n.;!?]{0,80}$",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:clos(?:ed|es|ing|ure)|shut(?:down|s)?|vacation|holidays?|on leave|out of (?:the )?office|back (?:on"
    r"|in)|opens?|event|audit"
    r"|inspection|valid|expires?|geschlossen|betriebsferien|urlaub|feiertag|wieder da|gültig|ferm(?:é\w*|eture"
    r"|ons)|congés?"
    r"|vacances|valable|cerrad\w*|vacaciones|festivo|válid\w*|gesloten|vakantie|afwezig|geldig)\b[^\n.;!?]{0,50}$",
    re.IGNORECASE,
)
_CLOSED_AFTER = re.compile(
    r"[^\n.;!?]{0,30}\b(?:geschlossen|betriebsferien|urlaub|gesloten|vakantie|closed|holiday|fermé\w*|cerrad\w*)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:(?:call|ring|phone|e-?mail|meet|see) (?:me|us|you)|anrufen|appel\w+|llam\w+|bellen|acknowledge\w*"
    r"|confirm(?:ation|ed|ing)?|let (?:us|me) know|reply|respond|answer|get back|revert|invoice"
    r"|bestätig\w*|auftragsbestätigung|rückmeldung|antwort\w*|rechnung|confirmer|confirmation|accus\w*|répon\w*"
    r"|facture|confirm\w*|acus\w*|respond\w*|respuesta|factura|bevestig\w*|antwoord\w*|reactie"
    r"|factuur)\b[^\n.;!?]{0,40}$",
    re.IGNORECASE,
)


_MONTH_ALONE = re.compile(
    rf"(?:(?:in|im|en|for|für|pour|para|voor|by|of|this|next)[ ])*(?:{MONTH})\.?(?:[ ](?:de )?20\d\d)?"
    rf"|.*\b(?:weekend|week-end"
    rf"|wochenende|fin de semana|month|monats?|mois|mes|maand|q[1-4].*)|(?:{LATEST}[ ])?{SOONEST}",
    re.IGNORECASE,
)
SUITS = re.compile(
    r"\b(?:works?(?: best| well)?|(?:is|are|be) (?:fine|ok|okay|good|perfect|great|enough|early enough|ideal"
    r"|plenty(?: early| soon| of time)?|soon enough|time enough|alright|all right"
    r"|nice|latest)"
    r"|suits?|ideally|if possible|latest|all|everything|both|please|pls|passt|reicht|genügt|(?:wäre|ist) (?:gut|super"
    r"|ideal|prima|schön|ok|okay|in ordnung|recht)|bitte|alles|alle|beide|convient|(?:serait|est) (?:bien|parfait"
    r"|idéal|bon|ok)|suffit|svp|s'il vous plaît|si possible|tout|toutes?|tous|viene bien|está bien|sería (?:ideal"
    r"|perfecto|bueno)|va bien|por favor|si es posible|todo|todos|todas|is (?:prima|goed|ok)|komt goed uit|schikt"
    r"|volstaat|graag|zou (?:fijn|mooi|goed) zijn|alstublieft|aub|allemaal)\b",
    re.IGNORECASE,
)


_WEEKEND = re.compile(
    r"(?:on|am|for|le|el|op|zum)?[ ]?(?:the |this |last |dem |den |het |letztes |dernier )?(?:weekend|week-end"
    r"|wochenende"
    r"|fin de semana|fin de semaine)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:pay\w*|net|invoice\w*|zahl\w*|netto|skonto|rechnung\w*|paiement|règlement|régl\w*|factur\w*"
    r"|pag[oa]\w*|betal\w*"
    r"|garant\w*|warranty|gewährleistung|print\w*|generated|created|erstellt|gedruckt|imprim\w*|généré\w*|impreso"
    r"|afgedrukt)\b[^\n.;!?]{0,30}$",
    re.IGNORECASE,
)


_EVERY = r"(?:every|each|jede[nrm]?|immer|chaque|tous les|cada|todos los|elke|iedere|alle)"
_HABIT = re.compile(
    rf"(?:(?:on|am|le|el|los|op|{_EVERY})[ ])?(?:{WEEKDAY})s(?![\w])"
    r"(?<!lunes)(?<!martes)(?<!coles)(?<!jueves)(?<!viernes)"
    rf"|{_EVERY}[ ](?:{WEEKDAY})",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"(?:{WEEKDAY}|{SHORT_WEEKDAY})s?(?:[ ]?(?:-|\u2013|/)[ ]?|[ ](?:bis|to|through|thru|till|until|and|und|à|au|et|a"
    rf"|al|y|tot(?: en met)?|t/m|en)[ ])(?:{WEEKDAY}|{SHORT_WEEKDAY})s?(?!\w)",
    re.IGNORECASE,
)


def mark_days(page: Page) -> None:
    """Marks the days of a text, those that nobody wants delivery on as told."""
    for day in find_days(page.text):
        told = _is_told(page, day.start, day.end)
        if page.add("told" if told else "day", day.start, day.end) and told:
            page.explain(day.start, day.end)


def exact_ones(page: Page, days: list[Mark]) -> list[Mark]:
    """Of several days those that can be meant: a day of the calendar counts before a month, a weekend or "soon"."""
    exact = [one for one in days if not is_vague(page.text[one.start : one.end])]
    return exact or days


def is_vague(text: str) -> bool:
    """Whether words name no day of the calendar: a month, a weekend, as soon as possible."""
    return bool(_MONTH_ALONE.fullmatch(text.strip()))


def _is_told(page: Page, start: int, end: int) -> bool:
    text = page.text
    if _PAPERS_DATE.search(text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]):
        return True
    begin = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    before, after = text[begin:start] + _lead(text[start:end]), text[end : end + 60]
    paper = _PAPER.search(before)
    if paper and _OF.match(text, start) and not WISH.search(_rest(paper[0])):
        return True
    if _is_habit(text, start, end) or _TALKED_AFTER.match(after) or _WEEKEND.fullmatch(text[start:end]):
        return True
    for pattern in (_TALKED, _BECAUSE, _CLOSED, _ANSWER, _PAID):
        found = pattern.search(before)
        if found and not WISH.search(_rest(found[0])) and not page.between(begin + found.start(), start, "code"):
            return True
    return bool(_CLOSED_AFTER.match(after) and not WISH.search(before))


def _is_habit(text: str, start: int, end: int) -> bool:
    """Whether words tell on which days of a week something is always done ("Mondays", "Monday to Friday")."""
    before = re.search(rf"{_EVERY}[ ]$", text[max(0, start - 12) : start], re.IGNORECASE)
    if before or _HABIT.fullmatch(text, start, end):
        return True
    near = _FROM_TO.finditer(text, max(0, start - 40), min(len(text), end + 40))
    return not any(map(str.isdigit, text[start:end])) and any(a.start() < end and start < a.end() for a in near)


def _lead(text: str) -> str:
    """The small words at the start of a day, which speak of it as those before it do."""
    found = re.match(r"[^\W\d]{2,10}[ ]", text)
    return found[0] if found and len(found[0]) < len(text) else ""


def _rest(words: str) -> str:
    """What follows the word that says why, when or that something is closed."""
    return words.partition(" ")[2]
