"""Words above a mail that is sent on: whether they only hand it over, and under which number they want it entered."""

import re

from agents.order_intake.reading.kinds import kind_of
from agents.order_intake.values.dates import find_days
from core.domain.intake.transcripts import TranscriptKind

MOST_WORDS = 60
_SCANNED_LINE = 400
_CLOSING = re.compile(
    r"^[ \t]*(?:--[ \t]*$|(?:best|kind|warm|many|with)?[ \t]*regards\b|thanks\b|thank you\b|sincerely\b|cheers\b"
    r"|mit (?:freundlichen|besten) gr|(?:viele|beste|freundliche) gr|mfg\b|danke\b"
    r"|(?:bien )?cordialement\b|salutations\b|merci\b(?! (?:de|d)\b)"
    r"|(?:un )?saludos?\b|atentamente\b|gracias\b|met vriendelijke|(?:vriendelijke |hartelijke )?groet|mvg\b"
    r"|bedankt\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\w-])(?:(?:purchase[ -]?|bestell|auftrags|inkoop|bestel)?(?:order|auftrag|nummer)|p\.?o\.?|bestellung"
    r"|commande|bon de commande|pedido|orden(?: de compra)?|bestelling|opdracht)"
    r"(?P<label>[ \t]*(?:number|nummer|numéro|número|num|nr|no|n[°º]|#|ref)\.?)?(?P<colon>[ \t]*[:#])?[ \t]*"
    r"(?P<value>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]{0,30}\w)(?![\w%])",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}(?!\d)|\d+(?=[ ](?:of|x|pcs|pieces|units|\w*\d|st))", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.,-])(?:\+|00)?\(?\d[\d ()./-]{5,20}\d(?!\w)")
# What people write who only hand a mail on: anything else may change what it says, and is for a person.
_HANDING_WORDS = (
    "hi hello me unseres unserem unserer dear good morning afternoon all team colleagues please pls kindly see find "
    "below attached the this that these it is are following forwarded forwarding fwd fyi order orders po purchase "
    "number no nr ref enter process book place handle take care of for us our we you to as on by under with and from "
    "my colleague new thanks thank thx many here deal look after due date needed need require required delivery hallo "
    "guten tag morgen moin liebe lieber kollegen kollegin kollege sehr geehrte damen herren bitte siehe unten anbei "
    "die der das den dem diese dieser dieses folgende folgenden als unter unsere unser bestellung auftrag "
    "bestellnummer auftragsnummer nummer erfassen anlegen bearbeiten buchen eingeben ausführen übernehmen "
    "weiterleitung weitergeleitet zur kenntnis info danke vielen dank mit und für uns ist sind vom bis am zum "
    "liefertermin bonjour merci traiter enregistrer saisir passer voir ci dessous ci-dessous la le les un une "
    "commande bon numéro n sous notre nos ce cette suivante svp veuillez trouver pour nous et de du d l bien vouloir "
    "transmis collègue mon ma livraison avant hola buenos buenas días tardes por favor tramiten tramitar tramite "
    "procesen procesar registren registrar ver abajo el los las pedido orden compra con nuestro nuestra número "
    "siguiente gracias adjunto reenvío para nosotros y del al que sigue compañero compañera mi fecha entrega antes "
    "goedemorgen goedemiddag dag beste graag leveren verwerken invoeren inboeken plaatsen onder onze ons bestelling "
    "opdracht zie hieronder bedankt alvast met en voor van collega doorgestuurd het deze dit uw leverdatum tegen "
    "uiterlijk op could would can be great ok okay let know if any questions question confirm receipt confirmation "
    "acknowledge acknowledgement came come in today yesterday handling processing entry system cheers best regards "
    "kind guys folks sirs urgent priority pass passing along send sending via request requested shop maintenance "
    "warehouse engineering purchasing können könnten könnt ihr sie wäre super gerne kurz bestätigung bestätigen falls "
    "fragen melden eingang grüße grüßen viele freundlichen freundliche dringend mal werkstatt technik einkauf kommt "
    "branch office site plant field crew foreman mechanic mechanics engineer engineers manager supervisor teams lab "
    "mill yard store stores depot division department dept location planner boss operations maint shift lead got get "
    "sent received arrived mail email e-mail message note list details their his her he she they niederlassung "
    "filiale standort baustelle werk betrieb meister vorarbeiter schichtleiter planer chef abteilung instandhaltung "
    "montage lager nachricht liste hat haben wurde gesendet geschickt geschrieben erhalten reingekommen gekommen eben "
    "soeben gerade ihnen euch weiter leite leiten hiermit schicke sende untenstehende untenstehenden nachstehende "
    "nachstehenden nachfolgende nachfolgenden agence succursale usine chantier équipe responsable contremaître "
    "mécanicien magasin dépôt reçu reçue reçus arrivé arrivée envoyé envoyée courriel ceci cela voyez transmets "
    "transmettons transfère faire suivre suit sucursal planta obra taller cuadrilla jefe encargado mecánico ingeniero "
    "almacén mantenimiento recibido recibida llegó llegado enviado enviada mensaje correo lista reenviamos paso "
    "pasamos atender vean vestiging filiaal fabriek werf ploeg ploegbaas monteur technicus ingenieur magazijn "
    "onderhoud ontvangen binnengekomen gestuurd verstuurd bericht lijst stuur sturen door verder onderstaande kam "
    "heute gestern hier pouvez pourriez vous confirmer réception accusé avance atelier service achats aujourd'hui "
    "voici pueden podrían podéis confirmar recibo recepción antemano urgente compras hoy ayer aquí kunnen kunt jullie "
    "u willen bevestigen ontvangst spoed werkplaats inkoop vandaag gisteren hierbij just wants needs what standorts "
    "standortes filialen werks betriebs einbuchen benötigt braucht saisie besoin demandé demandée necesita pide pidió "
    "nodig heeft gevraagd requisition requisitions supply anforderung bedarfsanforderung bedarfsmeldung réquisition "
    "fournir requisición suministrar aanvraag approved accepted agreed confirmed yes go ahead genehmigt freigegeben "
    "einverstanden so bestellen approuvé approuvée validé validée d'accord accord commander aprobado aprobada conforme "
    "acuerdo pedir akkoord goedgekeurd bestellen ja oui sí"
)
_HANDING_ON = frozenset(_HANDING_WORDS.split())
_NO = frozenset(["no", "nein", "non", "nee", "stop", "wait", "hold", "halt", "warten", "alto", "attendez", "wacht"])
_ELIDED = re.compile(r"^[dls]['\u2019]")
_CLOSING_WORDS = 5
_NOT = re.compile(
    r"(?:n['\u2019]t|(?<!\w)(?:not|no|never|cancel\w*|wait|hold|stop|nicht|kein\w*|warten|pas|ne|attend\w*|espera\w*|niet|geen"
    r"|wacht\w*))(?!\w)",
    re.IGNORECASE,
)
_SENTENCE, _WORD = re.compile(r"[.!?:;\n|]+"), re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_DATED = re.compile(r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{4}-\d\d-\d\d")


def handed_over(text: str) -> str | None:
    """The words that belong to the mail sent on: none, or the lines that give its order number and its day.

    None where the words say more: another number, or more than somebody writes who only hands on.
    """
    lines = text.split("\n")
    closing = next((at for at, line in enumerate(lines) if _closes(line)), len(lines))
    own = "\n".join(lines[:closing])
    if len(own.split()) > MOST_WORDS:
        return None
    numbers = [found for found in _NUMBERED.finditer(own) if _is_number(found)]
    rest = _NUMBERED.sub(lambda found: "" if _is_number(found) else found[0], own)
    days = [rest[day.start : day.end] for day in find_days(rest)]
    for day in days:
        rest = rest.replace(day, "")
    if any(char.isdigit() for char in _PHONE.sub("", rest)) or not _only_hands_on(rest):
        return None
    if not numbers:
        return None if days else ""
    return "\n".join(line for line in lines[:closing] if any(one[0] in line for one in numbers)).strip()


def _closes(line: str) -> bool:
    """Whether a line is a closing: "Thanks, Bob", but not "Thanks, do not order this"."""
    return bool(_CLOSING.match(line[:_SCANNED_LINE])) and len(line.split()) <= _CLOSING_WORDS and not _NOT.search(line)


def _only_hands_on(text: str) -> bool:
    """Whether every sentence is of words that hand on, or of names only; "we do not need this" is neither."""
    return kind_of(text, lines=1, po=True)[0] is TranscriptKind.ORDER and all(
        _is_names(words) or _hands_on(words) for one in _SENTENCE.split(text) if (words := _WORD.findall(one))
    )


def _is_names(words: list[str]) -> bool:
    return all(word.istitle() for word in words) and not any(word.casefold() in _NO for word in words)


def _hands_on(words: list[str]) -> bool:
    """Names may stand anywhere but first: there a capital tells nothing."""
    said = [word for at, word in enumerate(words) if at == 0 or not word.istitle()]
    return all(word.casefold() in _HANDING_ON or _ELIDED.sub("", word.casefold()) in _HANDING_ON for word in said)


def _is_number(found: re.Match[str]) -> bool:
    """Whether the value numbers an order: no date, and no bare count that something may follow."""
    if _DATED.fullmatch(found["value"]):
        return False
    bare = _BARE.match(found.string, found.start("value"))
    return bool(found["label"] or found["colon"]) or bare is None or not found["value"].isdigit()
