"""Letters to suppliers in five languages: templates that only facts of the core are put into."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.inquiries import InquiryKind, LetterFacts, amount_text

LANGUAGES = ("en", "de", "es", "fr", "nl")
_LANGUAGE_OF: Mapping[str, str] = {
    "DE": "de", "AT": "de", "LI": "de", "ES": "es", "MX": "es", "AR": "es", "CL": "es", "CO": "es", "PE": "es",
    "FR": "fr", "MC": "fr", "NL": "nl", "SR": "nl",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language: subjects, openings and closings by kind, and the labels of the facts and of the answer form."""

    greeting: str
    subjects: Mapping[InquiryKind, str]
    openings: Mapping[InquiryKind, str]
    closings: Mapping[InquiryKind, str]
    item: str
    part: str
    quantity: str
    needed_by: str
    ship_to: str
    price: str
    each: str
    their_quote: str
    form: str
    reminder: str
    labels: tuple[str, ...]
    reply_by: str
    no_order: str


_QUOTE, _COUNTER, _DECLINE = InquiryKind.QUOTE_REQUEST, InquiryKind.COUNTER_OFFER, InquiryKind.DECLINE
_EN = Words(
    greeting="Dear {name},",
    subjects={
        _QUOTE: "Request for quotation: {item}",
        _COUNTER: "Your quotation for {item}",
        _DECLINE: "Your quotation for {item}",
    },
    openings={
        _QUOTE: "please send us your quotation for:",
        _COUNTER: "thank you for your quotation. We can go ahead on these terms:",
        _DECLINE: "thank you for your quotation. We cannot take it up this time:",
    },
    closings={
        _QUOTE: "If you can supply only a part, or later, please quote that too. If you cannot quote, please say so.",
        _COUNTER: "Please tell us whether you can supply on these terms, or what your best terms are.",
        _DECLINE: "We will gladly ask you again.",
    },
    item="Item",
    part="Your part number",
    quantity="Quantity",
    needed_by="Needed by",
    ship_to="Deliver to",
    price="Unit price",
    each="per {unit}",
    their_quote="Your quotation",
    form="Please answer this mail and fill in:",
    reminder="we have not had your answer to our request yet. Please send us your quotation for:",
    labels=(
        "Unit price and currency:",
        "Quantity available:",
        "Minimum order quantity:",
        "Lead time in days, or delivery date:",
        "Offer valid until:",
    ),
    reply_by="Please answer by {day} and leave {token} in the subject.",
    no_order="This is not an order.",
)
_DE = Words(
    greeting="Guten Tag {name},",
    subjects={
        _QUOTE: "Anfrage: {item}",
        _COUNTER: "Ihr Angebot für {item}",
        _DECLINE: "Ihr Angebot für {item}",
    },
    openings={
        _QUOTE: "bitte senden Sie uns Ihr Angebot für:",
        _COUNTER: "vielen Dank für Ihr Angebot. Zu diesen Bedingungen können wir zusagen:",
        _DECLINE: "vielen Dank für Ihr Angebot. Diesmal können wir es nicht annehmen:",
    },
    closings={
        _QUOTE: "Können Sie nur einen Teil oder erst später liefern, bieten Sie bitte auch das an. Können Sie nicht"
        " anbieten, sagen Sie uns bitte ab.",
        _COUNTER: "Bitte sagen Sie uns, ob Sie so liefern können, oder was Ihre besten Bedingungen sind.",
        _DECLINE: "Wir fragen gern wieder bei Ihnen an.",
    },
    item="Artikel",
    part="Ihre Artikelnummer",
    quantity="Menge",
    needed_by="Benötigt bis",
    ship_to="Lieferung an",
    price="Stückpreis",
    each="pro {unit}",
    their_quote="Ihr Angebot",
    form="Bitte antworten Sie auf diese Mail und füllen Sie aus:",
    reminder="auf unsere Anfrage haben wir noch keine Antwort. Bitte senden Sie uns Ihr Angebot für:",
    labels=(
        "Stückpreis und Währung:",
        "Verfügbare Menge:",
        "Mindestbestellmenge:",
        "Lieferzeit in Tagen oder Liefertermin:",
        "Angebot gültig bis:",
    ),
    reply_by="Bitte antworten Sie bis {day} und lassen Sie {token} im Betreff stehen.",
    no_order="Dies ist keine Bestellung.",
)
_ES = Words(
    greeting="Estimados señores de {name}:",
    subjects={
        _QUOTE: "Solicitud de oferta: {item}",
        _COUNTER: "Su oferta de {item}",
        _DECLINE: "Su oferta de {item}",
    },
    openings={
        _QUOTE: "les rogamos que nos envíen su oferta para:",
        _COUNTER: "gracias por su oferta. Podemos aceptar en estas condiciones:",
        _DECLINE: "gracias por su oferta. Esta vez no podemos aceptarla:",
    },
    closings={
        _QUOTE: "Si solo pueden suministrar una parte, o más tarde, oferten también eso. Si no pueden ofertar, les"
        " rogamos que nos lo digan.",
        _COUNTER: "Les rogamos que nos digan si pueden suministrar así, o cuáles son sus mejores condiciones.",
        _DECLINE: "Con gusto volveremos a consultarles.",
    },
    item="Artículo",
    part="Su referencia",
    quantity="Cantidad",
    needed_by="Lo necesitamos para el",
    ship_to="Entrega en",
    price="Precio unitario",
    each="por {unit}",
    their_quote="Su oferta",
    form="Por favor, respondan a este correo y completen:",
    reminder="aún no tenemos respuesta a nuestra solicitud. Les rogamos que nos envíen su oferta para:",
    labels=(
        "Precio unitario y moneda:",
        "Cantidad disponible:",
        "Pedido mínimo:",
        "Plazo de entrega en días, o fecha de entrega:",
        "Oferta válida hasta:",
    ),
    reply_by="Les rogamos que respondan antes del {day} y dejen {token} en el asunto.",
    no_order="Esto no es un pedido.",
)
_FR = Words(
    greeting="Bonjour {name},",
    subjects={
        _QUOTE: "Demande de prix : {item}",
        _COUNTER: "Votre offre pour {item}",
        _DECLINE: "Votre offre pour {item}",
    },
    openings={
        _QUOTE: "merci de nous faire parvenir votre offre pour :",
        _COUNTER: "merci pour votre offre. Nous pouvons donner suite à ces conditions :",
        _DECLINE: "merci pour votre offre. Cette fois, nous ne pouvons pas y donner suite :",
    },
    closings={
        _QUOTE: "Si vous ne pouvez livrer qu'une partie, ou plus tard, merci de le proposer aussi. Si vous ne pouvez"
        " pas faire d'offre, merci de nous le dire.",
        _COUNTER: "Merci de nous dire si vous pouvez livrer ainsi, ou quelles sont vos meilleures conditions.",
        _DECLINE: "Nous reviendrons volontiers vers vous.",
    },
    item="Article",
    part="Votre référence",
    quantity="Quantité",
    needed_by="Besoin pour le",
    ship_to="Livraison à",
    price="Prix unitaire",
    each="par {unit}",
    their_quote="Votre offre",
    form="Merci de répondre à ce message et de compléter :",
    reminder="nous n'avons pas encore de réponse à notre demande. Merci de nous faire parvenir votre offre pour :",
    labels=(
        "Prix unitaire et devise :",
        "Quantité disponible :",
        "Commande minimale :",
        "Délai de livraison en jours, ou date de livraison :",
        "Offre valable jusqu'au :",
    ),
    reply_by="Merci de répondre avant le {day} et de laisser {token} dans l'objet.",
    no_order="Ceci n'est pas une commande.",
)
_NL = Words(
    greeting="Beste {name},",
    subjects={
        _QUOTE: "Offerteaanvraag: {item}",
        _COUNTER: "Uw offerte voor {item}",
        _DECLINE: "Uw offerte voor {item}",
    },
    openings={
        _QUOTE: "graag ontvangen wij uw offerte voor:",
        _COUNTER: "dank voor uw offerte. Onder deze voorwaarden kunnen wij verder:",
        _DECLINE: "dank voor uw offerte. Deze keer kunnen wij er geen gebruik van maken:",
    },
    closings={
        _QUOTE: "Kunt u maar een deel leveren, of later, geef dat dan ook op. Kunt u niets aanbieden, laat het ons dan"
        " weten.",
        _COUNTER: "Laat ons weten of u zo kunt leveren, of wat uw beste voorwaarden zijn.",
        _DECLINE: "Wij vragen u graag een volgende keer weer.",
    },
    item="Artikel",
    part="Uw artikelnummer",
    quantity="Aantal",
    needed_by="Nodig op",
    ship_to="Leveren aan",
    price="Prijs per stuk",
    each="per {unit}",
    their_quote="Uw offerte",
    form="Beantwoord deze mail en vul in:",
    reminder="op onze aanvraag hebben wij nog geen antwoord. Graag ontvangen wij uw offerte voor:",
    labels=(
        "Prijs per stuk en valuta:",
        "Beschikbaar aantal:",
        "Minimale bestelhoeveelheid:",
        "Levertijd in dagen, of leverdatum:",
        "Offerte geldig tot:",
    ),
    reply_by="Antwoord graag voor {day} en laat {token} in het onderwerp staan.",
    no_order="Dit is geen bestelling.",
)
WORDS: Mapping[str, Words] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR, "nl": _NL}


def language_of(country: str) -> str:
    """The language of a supplier's country: English where it is none of the five."""
    return _LANGUAGE_OF.get(country.upper(), "en")


def subject_of(kind: InquiryKind, facts: LetterFacts, *, token: str, language: str) -> str:
    """The subject with the reference by which an answer is known."""
    return f"{WORDS[language].subjects[kind].format(item=facts.supplier_part or facts.item)} [{token}]"


def body_of(kind: InquiryKind, facts: LetterFacts, *, token: str, language: str, opening: str = "") -> str:
    """The letter; `opening` are other words in the place of the template's first sentence."""
    words = WORDS[language]
    parts = [words.greeting.format(name=facts.supplier_name), "", opening or words.openings[kind], ""]
    parts += [f"  {label}: {value}" for label, value in _facts(words, kind, facts)]
    parts += ["", words.closings[kind]]
    if kind is not InquiryKind.DECLINE:
        parts += ["", words.form, *(f"  {label}" for label in words.labels), ""]
        parts += [words.reply_by.format(day=facts.reply_by.isoformat(), token=token), words.no_order]
    return "\n".join([*parts, "", facts.company, ""])


def _facts(words: Words, kind: InquiryKind, facts: LetterFacts) -> list[tuple[str, str]]:
    rows = [(words.item, f"{facts.item} ({facts.item_name})")]
    rows += [(words.part, facts.supplier_part)] if facts.supplier_part else []
    rows += [(words.their_quote, facts.their_quote)] if facts.their_quote else []
    rows.append((words.quantity, f"{facts.quantity} {facts.unit}"))
    if kind is InquiryKind.DECLINE:
        return rows
    rows.append((words.needed_by, facts.needed_by.isoformat()))
    rows.append((words.ship_to, facts.ship_to))
    if facts.price is not None:
        each = words.each.format(unit=facts.unit)
        rows.append((words.price, f"{amount_text(facts.price)} {facts.currency} {each}"))
    return rows
