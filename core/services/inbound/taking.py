"""Keeping what comes: its signature is checked over the bytes as they came, and nothing is made of them yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.errors import InvalidValueError, SignatureRefusedError
from core.domain.inbound import HEADERS, LARGEST_MESSAGE, LONGEST_EVENT_ID, HookSource, SourceName
from core.domain.signing import is_signed
from core.ports.storage import UnitOfWork
from core.services.deferring import take_hooks_soon

# What the signature of a source nobody knows is compared with, so that it is refused no sooner than a wrong one.
_NOBODY = ("nobody signs with this",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The number a message is kept under, and whether it was new."""

    event: str
    new: bool


def take_in(uow: UnitOfWork, name: SourceName, raw: bytes, headers: Mapping[str, str]) -> Taken:
    """Keep a message of a source, once; `headers` have names in small letters.

    SignatureRefusedError, the same for every reason, when its source did not sign it, or not within five minutes, or is
    not known.
    """
    source = next((one for one in uow.inbound.sources() if one.name == name and one.active), None)
    _check_signed(uow, source, raw, headers)
    assert source is not None, "what nobody may send is refused"
    if len(raw) > LARGEST_MESSAGE:
        raise InvalidValueError(f"a message of {len(raw):,} bytes is too large; accepted are {LARGEST_MESSAGE:,}")
    where = HEADERS[source.style]
    event = headers.get(where.event) or hashlib.sha256(raw).hexdigest()
    if len(event) > LONGEST_EVENT_ID or not (event.isascii() and event.isprintable()):
        raise InvalidValueError(f"{where.event} is not a number of up to {LONGEST_EVENT_ID} characters", field="event")
    kept = {key: headers[key] for key in (where.event, where.time, "content-type") if key and key in headers}
    new = uow.inbound.keep(name, event, raw, headers={key: value[:LONGEST_EVENT_ID] for key, value in kept.items()})
    if new:
        take_hooks_soon(uow)
    return Taken(event=event, new=new)


def _check_signed(uow: UnitOfWork, source: HookSource | None, raw: bytes, headers: Mapping[str, str]) -> None:
    style = source.style if source else next(iter(HEADERS))
    where = HEADERS[style]
    signed = is_signed(
        style,
        uow.inbound.secrets(source.name) if source else _NOBODY,
        body=raw,
        signature=headers.get(where.signature, ""),
        time=headers.get(where.time, ""),
        now=uow.now,
    )
    if source is None or not signed:
        raise SignatureRefusedError("nobody who may tell us things signed this, or not within the last five minutes")
