"""What customers are written about their order, in their language: one question for all that is missing, and the
acknowledgement. Words come from here, numbers and dates from the books; dates are ISO, which reads alike everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.intake.drafts import DraftOrder, Question

LANGUAGES = ("en", "de", "es", "fr", "nl")
FOR_US = frozenset({"ship_to", "customer"})
"""What is asked of nobody by mail: people settle it by another way than the letter it came with."""

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "Your order {po} ({draft}): a question",
        "greeting": "Dear {name},",
        "thanks": "thank you for your order {po}. To enter it we still need to know:",
        "line": "line {number}",
        "wrote": "you wrote: {quote}",
        "choices": "possible are: {choices}",
        "close": "Please answer this mail and leave {draft} in the subject.",
        "quantity": "how many do you need?",
        "unit": "in which unit?",
        "requested": "by which day do you need it? (such as 2026-12-04)",
        "item": "which item do you mean?",
        "option": "which {called}?",
        "currency": "in which currency? Our prices are in {choices}.",
        "lines": "which items do you need, how many, and by which day?",
        "other": "what do you mean by {about}?",
        "ack_subject": "Order {order} for your {po} is confirmed",
        "ack": "thank you for your order {po}. We have entered it as {order}:",
        "ack_line": "line {number}: {quantity} {unit} {item} ({name}), {price} {currency} each, delivery on {day}",
        "ack_open": "line {number}: {quantity} {unit} {item} ({name}), {price} {currency} each; the date follows",
        "ack_total": "Together: {total} {currency}.",
    },
    "de": {
        "subject": "Ihre Bestellung {po} ({draft}): eine Frage",
        "greeting": "Guten Tag {name},",
        "thanks": "vielen Dank für Ihre Bestellung {po}. Um sie zu erfassen, fehlt uns noch:",
        "line": "Position {number}",
        "wrote": "Sie schrieben: {quote}",
        "choices": "möglich sind: {choices}",
        "close": "Bitte antworten Sie auf diese Nachricht und lassen Sie {draft} im Betreff stehen.",
        "quantity": "welche Menge brauchen Sie?",
        "unit": "in welcher Einheit?",
        "requested": "bis zu welchem Tag? (zum Beispiel 2026-12-04)",
        "item": "welchen Artikel meinen Sie?",
        "option": "welche Ausführung bei {called}?",
        "currency": "in welcher Währung? Unsere Preise sind in {choices}.",
        "lines": "welche Artikel brauchen Sie, wie viele, und bis zu welchem Tag?",
        "other": "was meinen Sie mit {about}?",
        "ack_subject": "Auftrag {order} zu Ihrer Bestellung {po} ist bestätigt",
        "ack": "vielen Dank für Ihre Bestellung {po}. Wir haben sie als {order} erfasst:",
        "ack_line": "Position {number}: {quantity} {unit} {item} ({name}), je {price} {currency}, Liefertag {day}",
        "ack_open": "Position {number}: {quantity} {unit} {item} ({name}), je {price} {currency}; der Termin folgt",
        "ack_total": "Zusammen: {total} {currency}.",
    },
    "es": {
        "subject": "Su pedido {po} ({draft}): una pregunta",
        "greeting": "Estimados señores de {name}:",
        "thanks": "gracias por su pedido {po}. Para registrarlo nos falta saber:",
        "line": "línea {number}",
        "wrote": "ustedes escribieron: {quote}",
        "choices": "son posibles: {choices}",
        "close": "Respondan a este correo y dejen {draft} en el asunto, por favor.",
        "quantity": "¿qué cantidad necesitan?",
        "unit": "¿en qué unidad?",
        "requested": "¿para qué día? (por ejemplo 2026-12-04)",
        "item": "¿a qué artículo se refieren?",
        "option": "¿qué desean para {called}?",
        "currency": "¿en qué moneda? Nuestros precios están en {choices}.",
        "lines": "¿qué artículos necesitan, cuántos y para qué día?",
        "other": "¿qué quieren decir con {about}?",
        "ack_subject": "El pedido {order} para su {po} está confirmado",
        "ack": "gracias por su pedido {po}. Lo hemos registrado como {order}:",
        "ack_line": "línea {number}: {quantity} {unit} {item} ({name}), {price} {currency} cada una, entrega el {day}",
        "ack_open": "línea {number}: {quantity} {unit} {item} ({name}), {price} {currency} cada una; la fecha seguirá",
        "ack_total": "En total: {total} {currency}.",
    },
    "fr": {
        "subject": "Votre commande {po} ({draft}) : une question",
        "greeting": "Bonjour {name},",
        "thanks": "merci pour votre commande {po}. Pour l'enregistrer, il nous manque :",
        "line": "ligne {number}",
        "wrote": "vous avez écrit : {quote}",
        "choices": "sont possibles : {choices}",
        "close": "Merci de répondre à ce message en laissant {draft} dans l'objet.",
        "quantity": "quelle quantité vous faut-il ?",
        "unit": "dans quelle unité ?",
        "requested": "pour quel jour ? (par exemple 2026-12-04)",
        "item": "de quel article s'agit-il ?",
        "option": "quel choix pour {called} ?",
        "currency": "dans quelle monnaie ? Nos prix sont en {choices}.",
        "lines": "quels articles vous faut-il, combien et pour quel jour ?",
        "other": "que voulez-vous dire par {about} ?",
        "ack_subject": "La commande {order} pour votre {po} est confirmée",
        "ack": "merci pour votre commande {po}. Nous l'avons enregistrée sous {order} :",
        "ack_line": "ligne {number} : {quantity} {unit} {item} ({name}), {price} {currency} pièce, livraison le {day}",
        "ack_open": "ligne {number} : {quantity} {unit} {item} ({name}), {price} {currency} pièce ; la date suivra",
        "ack_total": "Au total : {total} {currency}.",
    },
    "nl": {
        "subject": "Uw bestelling {po} ({draft}): een vraag",
        "greeting": "Beste {name},",
        "thanks": "dank u voor uw bestelling {po}. Om die in te voeren, weten wij nog niet:",
        "line": "regel {number}",
        "wrote": "u schreef: {quote}",
        "choices": "mogelijk zijn: {choices}",
        "close": "Antwoord op dit bericht en laat {draft} in het onderwerp staan.",
        "quantity": "hoeveel heeft u nodig?",
        "unit": "in welke eenheid?",
        "requested": "voor welke dag? (bijvoorbeeld 2026-12-04)",
        "item": "welk artikel bedoelt u?",
        "option": "welke keuze voor {called}?",
        "currency": "in welke munt? Onze prijzen zijn in {choices}.",
        "lines": "welke artikelen heeft u nodig, hoeveel, en voor welke dag?",
        "other": "wat bedoelt u met {about}?",
        "ack_subject": "Order {order} voor uw bestelling {po} is bevestigd",
        "ack": "dank u voor uw bestelling {po}. Wij hebben die ingevoerd als {order}:",
        "ack_line": "regel {number}: {quantity} {unit} {item} ({name}), {price} {currency} per stuk, levering op {day}",
        "ack_open": "regel {number}: {quantity} {unit} {item} ({name}), {price} {currency} per stuk; de datum volgt",
        "ack_total": "Samen: {total} {currency}.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail as it would be sent."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgedLine:
    """A line of an order that was entered; `day` is the promised one, None while there is none."""

    number: int
    item: str
    name: str
    quantity: int
    unit: str
    price: Decimal
    day: date | None


def question_mail(draft: DraftOrder, *, name: str, company: str) -> Written | None:
    """The one mail that asks the customer for all that is missing; None when there is nothing to ask by mail."""
    asked = [one for one in draft.questions if one.about not in FOR_US]
    if not asked:
        return None
    words, po = _words(draft.language), draft.customer_po.value or ""
    lines = "\n".join(_question(words, one) for one in asked)
    body = (
        f"{words['greeting'].format(name=name)}\n\n{_plain(words['thanks'], po=po)}\n\n{lines}\n\n"
        f"{words['close'].format(draft=draft.id)}\n\n{company}\n"
    )
    return Written(subject=_plain(words["subject"], po=po, draft=draft.id), body=body)


def acknowledgement_mail(
    draft: DraftOrder,
    lines: Sequence[AcknowledgedLine],
    *,
    order: str,
    name: str,
    company: str,
    total: Decimal,
    currency: str,
) -> Written:
    """The mail that says what was entered and when each line comes."""
    words, po = _words(draft.language), draft.customer_po.value or ""
    told = "\n".join(f"  {_line(words, line, currency)}" for line in lines)
    body = (
        f"{words['greeting'].format(name=name)}\n\n{_plain(words['ack'], po=po, order=order)}\n\n{told}\n\n"
        f"{words['ack_total'].format(total=f'{total:.2f}', currency=currency)}\n\n{company}\n"
    )
    return Written(subject=_plain(words["ack_subject"], po=po, order=order), body=body)


def _words(language: str) -> Mapping[str, str]:
    return _TEXTS.get(language[:2].lower(), _TEXTS["en"])


def _plain(template: str, **values: str) -> str:
    """The template filled, without the gaps an empty PO number leaves."""
    text = " ".join(template.format(**values).split())
    return text.replace(" .", ".").replace(" ,", ",")


def _question(words: Mapping[str, str], one: Question) -> str:
    choices = ", ".join(one.choices)
    about = "option" if one.called else one.about
    asked = words.get(about, words["other"]).format(about=one.about, choices=choices, called=one.called)
    where = f"{words['line'].format(number=one.line)}: " if one.line else ""
    more = [words["wrote"].format(quote=f"„{_short(one.quote)}“")] if one.quote else []
    more += [one.why] if one.called and one.quote and one.why else []
    more += [words["choices"].format(choices=choices)] if choices and one.about != "currency" else []
    return f"  - {where}{asked}" + (f" ({'; '.join(more)})" if more else "")


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= 80 else f"{plain[:79]}…"


def _line(words: Mapping[str, str], line: AcknowledgedLine, currency: str) -> str:
    template = words["ack_line"] if line.day else words["ack_open"]
    return template.format(
        number=line.number,
        quantity=line.quantity,
        unit=line.unit,
        item=line.item,
        name=line.name,
        price=f"{line.price:.2f}",
        currency=currency,
        day=line.day,
    )
