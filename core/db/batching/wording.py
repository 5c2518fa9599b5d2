"""What is kept of a reservation as text, written at once: the same text as the codecs write, in a fraction of the time.

A caller's share of a batch is spent on these few texts. Whatever is not usual (a time-boxed claim, several claims) is
left to the codecs.
"""

import hashlib
from json.encoder import encode_basestring as quoted

from core.db.codec import to_json_text
from core.db.stores.commands import hash_of
from core.db.stores.stock_records import notes_of
from core.db.transaction import facts_text
from core.domain.stock import Claim, ReserveStock, StockReserved


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
    if len(command.claims) == 1:
        (claim,) = command.claims
        if claim.order is None and claim.expires_at is None and "/" not in claim.reference:
            return [(f"reservation:{claim.reference}", claim.reference, _facts(claim))]
    return [(scope, subject, facts_text(facts)) for scope, subject, facts in notes_of(command.claims)]


def _canonical(claim: Claim) -> str:
    """A claim without an end: its fields by name, without spaces."""
    line = "null" if claim.line is None else claim.line
    return (
        f'{{"cause":{quoted(claim.cause)},"expires_at":null,"item":{quoted(claim.item)},"kind":"{claim.kind.value}",'
        f'"line":{line},"location":{quoted(claim.location)},"lot":{_or_null(claim.lot)},"order":{_or_null(claim.order)},'
        f'"quantity":{claim.quantity},"reference":{quoted(claim.reference)}}}'
    )


def _facts(claim: Claim) -> str:
    """All that is not empty, by name."""
    cause = f'"cause": {quoted(claim.cause)}, ' if claim.cause else ""
    line = "" if claim.line is None else f', "line": {claim.line}'
    lot = "" if claim.lot is None else f', "lot": {quoted(claim.lot)}'
    where = f'"location": {quoted(claim.location)}{lot}, "quantity": {claim.quantity}'
    return f'{{{cause}"item": {quoted(claim.item)}{line}, {where}}}'


def _or_null(value: str | None) -> str:
    return "null" if value is None else quoted(value)
