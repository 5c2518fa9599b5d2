"""What is kept of a reservation as text, written at once: the same text as the codecs write, in a fraction of the time.

A caller's share of a batch is spent on these few texts. Whatever is not usual (a time-boxed claim, several claims) is
left to the codecs.
"""

import hashlib
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from core.db.codec import to_json_text
from core.db.stores.commands import hash_of
from core.db.stores.stock_records import notes_of
from core.db.transaction import facts_text
from core.domain.stock import Claim, ReservationKind, ReserveStock, StockReserved


class Words(NamedTuple):
    """What is kept of a command as text: its hash and answer; scope and facts of its only note."""

    hashed: str
    result: str
    scope: str
    facts: str


def usual_claim(command: ReserveStock) -> Claim | None:
    """The only claim of a command that is as most are: hard, on an item at a place, of no order, lot, end or cause."""
    claim = command.claims[0]
    if len(command.claims) > 1 or claim.cause or "/" in claim.reference or claim.kind is not ReservationKind.HARD:
        return None
    usual = claim.order is None and claim.line is None and claim.lot is None and claim.expires_at is None
    return claim if usual else None


def usual_words(key: str, claim: Claim) -> Words:
    """The same as the functions below tell of a command with this `usual_claim`, with each text quoted once."""
    item, location, reference, units = (
        quoted(claim.item),
        quoted(claim.location),
        quoted(claim.reference),
        claim.quantity,
    )
    asked = (
        f'{{"claims":[{{"cause":"","expires_at":null,"item":{item},"kind":"hard","line":null,"location":{location},'
        f'"lot":null,"order":null,"quantity":{units},"reference":{reference}}}],"key":{quoted(key)}}}'
    )
    return Words(
        hashlib.sha256(asked.encode()).hexdigest(),
        f'{{"references":[{reference}]}}',
        f"reservation:{claim.reference}",
        f'{{"item": {item}, "location": {location}, "quantity": {units}}}',
    )


def request_hash(command: ReserveStock) -> str:
    """The hash of what is asked, as `hash_of` has it."""
    if any(claim.expires_at for claim in command.claims):
        return hash_of(command)
    claims = ",".join(map(_canonical, command.claims))
    return hashlib.sha256(f'{{"claims":[{claims}],"key":{quoted(command.key)}}}'.encode()).hexdigest()


def granted_text(command: ReserveStock) -> str:
    """The answer when there was enough, as JSON."""
    if len(command.claims) == 1:
        return f'{{"references":[{quoted(command.claims[0].reference)}]}}'
    return to_json_text(StockReserved, command.granted())


def notes(command: ReserveStock) -> list[tuple[str, str, str]]:
    """Scope, subject and facts, as JSON, of what the audit log is to keep."""
    return [(scope, subject, facts_text(facts)) for scope, subject, facts in notes_of(command.claims)]


def _canonical(claim: Claim) -> str:
    """A claim without an end: its fields by name, without spaces."""
    line = "null" if claim.line is None else claim.line
    return (
        f'{{"cause":{quoted(claim.cause)},"expires_at":null,"item":{quoted(claim.item)},"kind":"{claim.kind.value}",'
        f'"line":{line},"location":{quoted(claim.location)},"lot":{_or_null(claim.lot)},"order":{_or_null(claim.order)},'
        f'"quantity":{claim.quantity},"reference":{quoted(claim.reference)}}}'
    )


def _or_null(value: str | None) -> str:
    return "null" if value is None else quoted(value)
