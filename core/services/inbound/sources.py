"""Sources: partners' programs that may tell us things, each for one supplier, carrier or location."""

import re
from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import CarrierCode, SupplierCode, UserName
from core.domain.inbound import HookSource, SourceKind, SourceName
from core.domain.signing import SignatureStyle
from core.domain.users import Role
from core.domain.webhooks import ROTATION
from core.ports.storage import UnitOfWork

SHORTEST_SECRET, LONGEST_SECRET = 16, 200
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeSource:
    """A source that is wanted: for whom it speaks, how it signs, and the program's name it acts under."""

    name: SourceName
    kind: SourceKind
    party: str
    style: SignatureStyle
    acts_as: UserName


def make_source(uow: UnitOfWork, wanted: MakeSource, *, secret: str) -> HookSource:
    """A source. The secret is ours, made at the edge, or what the partner's program gave us to know it by."""
    checked(wanted)
    if not _NAME.fullmatch(wanted.name):
        accepted = "accepted are up to 50 small letters, digits and dashes"
        raise InvalidValueError(f"name {wanted.name[:80]!r} of a source is not one; {accepted}", field="name")
    _check_secret(secret)
    _check_party(uow, wanted)
    user = uow.users.get(wanted.acts_as)
    if user.role is not Role.SERVICE or not user.active:
        raise InvalidValueError(
            f"{user.name!r} ({user.role.value}) is no program that acts here; accepted is a user of role"
            f" {Role.SERVICE.value!r}",
            field="acts_as",
        )
    source = HookSource(
        name=wanted.name,
        kind=wanted.kind,
        party=wanted.party,
        style=wanted.style,
        acts_as=user.name,
        created_by=uow.actor,
        created_at=uow.now,
    )
    uow.inbound.add_source(source, secret=secret)
    return source


def disable_source(uow: UnitOfWork, name: SourceName) -> HookSource:
    """Nothing is taken from it any more; what it sent before is worked on. Doing it again changes nothing."""
    uow.inbound.source(name)
    uow.inbound.disable_source(name)
    return uow.inbound.source(name)


def rotate_source(uow: UnitOfWork, name: SourceName, *, secret: str) -> HookSource:
    """Another secret; for a day what the one before signed counts as well."""
    source = uow.inbound.source(name)
    if not source.active:
        raise ConflictError(f"source {name!r} is disabled; make another one")
    _check_secret(secret)
    uow.inbound.rotate(name, secret, until=uow.now + ROTATION)
    return source


def _check_secret(secret: str) -> None:
    if not (SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET and secret.isascii() and secret.isprintable()):
        raise InvalidValueError(  # never quoted
            f"this secret is not one; accepted are {SHORTEST_SECRET} to {LONGEST_SECRET} plain characters",
            field="secret",
        )


def _check_party(uow: UnitOfWork, wanted: MakeSource) -> None:
    match wanted.kind:
        case SourceKind.SUPPLIER:
            uow.company.supplier(SupplierCode(wanted.party))
        case SourceKind.CARRIER:
            uow.shipments.must_be_carrier(CarrierCode(wanted.party))
        case SourceKind.WAREHOUSE:
            if all(node.code != wanted.party for node in uow.nodes.nodes()):
                raise NotFoundError(f"there is no location {wanted.party!r}")
