"""Notices: what people on the company's side, and customers, are told of by themselves, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.approval import Approval
from core.domain.cases import Case
from core.domain.proposals import MessageKind, OutboxMessage
from core.domain.shipments import Shipment

LONGEST_SUBJECT, LONGEST_BODY = 150, 6_000


class Event(StrEnum):
    """What a channel of the company can be told of."""

    DIGEST = "digest"
    NEEDS_DECISION = "needs_decision"
    DEADLINE_NEAR = "deadline_near"
    OUTCOME = "outcome"


Subscriptions = Mapping[str, frozenset[Event]]
"""The events each channel is told of, by the channel's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finished notice; `about` makes it one: the same event about the same thing is told once a channel."""

    event: Event
    about: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What the digest tells: counts, and the most urgent cases and approvals as lines."""

    company: str
    day: date
    active: int
    at_risk: Decimal
    currency: str
    waiting: tuple[str, ...]
    urgent: tuple[str, ...]
    tasks: tuple[str, ...]
    overdue: int


def notice_message(told: Told, channel: str) -> OutboxMessage:
    """The notice for one channel, as the outbox keeps it."""
    key = f"notice:{told.event}:{told.about}:{channel}"
    subject, body = told.subject[:LONGEST_SUBJECT], told.body[:LONGEST_BODY]
    payload = {"reference": key, "event": told.event.value, "subject": subject, "body": body}
    return OutboxMessage(key=key, partner=channel, kind=MessageKind.NOTICE, approval=None, payload=payload)


def needs_decision(case: Case, approval: Approval, *, title: str) -> Told:
    """Somebody has to say yes or no."""
    return Told(
        event=Event.NEEDS_DECISION,
        about=approval.id,
        subject=f"{case.id} needs a decision: {title}",
        body=f"{case.detected.title}\nAt stake: {case.detected.exposure:,.2f}\nProposed: {title}\n"
        f"It commits {approval.money:,.2f} and needs {_people(approval)}, until"
        f" {approval.expires_at:%Y-%m-%d %H:%M} UTC.\n\nexpediter approve {approval.id}\n",
    )


def deadline_near(approval: Approval, *, title: str) -> Told:
    """The time to decide is running out."""
    return Told(
        event=Event.DEADLINE_NEAR,
        about=approval.id,
        subject=f"{approval.id} runs out at {approval.expires_at:%H:%M} UTC: {title}",
        body=f"Nobody has decided on {approval.id} of {approval.case} yet. After"
        f" {approval.expires_at:%Y-%m-%d %H:%M} UTC it is over and the case is planned again;"
        " nothing is done without a decision.\n\n"
        f"expediter approve {approval.id}\n",
    )


def outcome(case: str, approval: str, *, ended: str, message: str, differences: tuple[str, ...]) -> Told:
    """What came of a decision."""
    lines = "".join(f"  {one}\n" for one in differences)
    return Told(
        event=Event.OUTCOME,
        about=f"{approval or case}:{ended}",
        subject=f"{case}: {ended}",
        body=f"{approval or case} ended {ended}.\n{message}\n{lines}\nexpediter case {case}\n",
    )


def digest(morning: Morning) -> Told:
    """The digest of a morning."""
    parts = [
        f"{morning.company}, {morning.day}",
        f"{morning.active} open cases, {morning.at_risk:,.2f} {morning.currency} at stake.",
        _listed("Waiting for a decision", morning.waiting),
        _listed("Most urgent", morning.urgent),
        _listed(f"Tasks for people ({morning.overdue} overdue)", morning.tasks),
    ]
    return Told(
        event=Event.DIGEST,
        about=morning.day.isoformat(),
        subject=f"{morning.company}: {morning.active} open cases, {len(morning.waiting)} decisions wait",
        body="\n\n".join(part for part in parts if part) + "\n",
    )


def _listed(title: str, lines: tuple[str, ...]) -> str:
    return "\n".join([f"{title}:", *(f"  {line}" for line in lines)]) if lines else ""


def _people(approval: Approval) -> str:
    return "one person" if approval.approvals_needed == 1 else f"{approval.approvals_needed} people"


# Words for a shipment: subject, first line, line of the expected day, line of the carrier.
_SHIPPED: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("Your order {order} is on its way", "it left us on {day}.", "Expected: {expected}",
           "With {carrier}: {number}"),
    "de": ("Ihre Bestellung {order} ist unterwegs", "sie hat uns am {day} verlassen.", "Erwartet: {expected}",
           "Mit {carrier}: {number}"),
    "es": ("Su pedido {order} está en camino", "salió de nuestro almacén el {day}.", "Previsto: {expected}",
           "Con {carrier}: {number}"),
    "fr": ("Votre commande {order} est en route", "elle est partie de chez nous le {day}.", "Prévue : {expected}",
           "Avec {carrier} : {number}"),
    "nl": ("Uw bestelling {order} is onderweg", "ze is op {day} bij ons vertrokken.", "Verwacht: {expected}",
           "Met {carrier}: {number}"),
}  # fmt: skip
_LANGUAGE: Mapping[str, str] = {"DE": "de", "AT": "de", "ES": "es", "MX": "es", "FR": "fr", "NL": "nl"}
# Where a carrier lets anybody look a number up; others get the number alone.
_TRACKING: Mapping[str, str] = {
    "UPS": "https://www.ups.com/track?tracknum={number}",
    "FEDEX": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "DHL": "https://www.dhl.com/en/express/tracking.html?AWB={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
}


def shipped_words(shipment: Shipment, *, country: str, company: str) -> tuple[str, str]:
    """Subject and body for the customer, in the language of the country: English where it is none of five."""
    subject, left, expected, with_carrier = _SHIPPED[_LANGUAGE.get(country.upper(), "en")]
    lines = [left.format(day=shipment.shipped_on), expected.format(expected=shipment.expected_on)]
    if shipment.carrier and shipment.tracking_number:
        lines.append(with_carrier.format(carrier=shipment.carrier, number=shipment.tracking_number))
        lines.extend(tracking_link(shipment.carrier, shipment.tracking_number))
    return subject.format(order=shipment.order), "\n".join([*lines, "", company, ""])


def tracking_link(carrier: str, number: str) -> tuple[str, ...]:
    """Where the shipment can be followed; nothing for a carrier nobody knows or a number that is no plain one."""
    place = _TRACKING.get(carrier.upper().partition("-")[0])
    return (place.format(number=number),) if place and number.isascii() and number.isalnum() else ()
