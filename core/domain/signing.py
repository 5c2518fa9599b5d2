"""Signatures over the raw bytes of a message: ours, and the two forms most partners use."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=5)
LONGEST_HEADER = 1000
_LONGEST_TIME = 12


class SignatureStyle(StrEnum):
    """How a sender signs: as we do, over time and body; base64 of the body's HMAC; or its hex behind `sha256=`."""

    OURS = "expediter"
    BASE64 = "base64"
    HEX = "sha256"


def signed_header(secrets: Sequence[str], *, at: datetime, body: bytes) -> tuple[str, str]:
    """The time and the signature header of a message: one signature for each secret that counts."""
    time = str(int(at.timestamp()))
    return time, ",".join(f"v1={_ours(secret, time, body).hex()}" for secret in secrets)


def is_signed(
    style: SignatureStyle, secrets: Collection[str], *, body: bytes, signature: str, time: str, now: datetime
) -> bool:
    """Whether one of the secrets signed these bytes; with our style also whether that was just now."""
    if not signature or len(signature) > LONGEST_HEADER:
        return False
    match style:
        case SignatureStyle.OURS:
            return _is_recent(time, now) and _is_ours(secrets, time=time, body=body, signature=signature)
        case SignatureStyle.BASE64:
            return _any_equal([_hmac(secret, body) for secret in secrets], [_from_base64(signature)])
        case SignatureStyle.HEX:
            kind, _, given = signature.partition("=")
            return kind == "sha256" and _any_equal([_hmac(secret, body) for secret in secrets], [_from_hex(given)])


def _is_ours(secrets: Collection[str], *, time: str, body: bytes, signature: str) -> bool:
    parts = [part.strip().partition("=") for part in signature.split(",")]
    given = [_from_hex(value) for version, _, value in parts if version == "v1"]
    return _any_equal([_ours(secret, time, body) for secret in secrets], given)


def _is_recent(time: str, now: datetime) -> bool:
    if not (time.isascii() and time.isdigit() and len(time) <= _LONGEST_TIME):
        return False
    return abs(now.astimezone(UTC).timestamp() - int(time)) <= TOLERANCE.total_seconds()


def _any_equal(wanted: Sequence[bytes], given: Sequence[bytes]) -> bool:
    """Every pair is compared, in constant time each: how long it takes says nothing of which was nearly right."""
    return sum([hmac.compare_digest(one, other) for one in wanted for other in given]) > 0


def _ours(secret: str, time: str, body: bytes) -> bytes:
    return _hmac(secret, time.encode() + b"." + body)


def _hmac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text) if len(text) == 64 else b""
    except ValueError:
        return b""


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
