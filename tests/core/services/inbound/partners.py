"""Partners' programs of the small company, and what they send, signed."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from decimal import Decimal

from core.connectors.hook_messages import read_message
from core.domain.ids import UserName
from core.domain.inbound import HookSource, InboundEvent, SourceKind, SourceName
from core.domain.signing import SignatureStyle, signed_header
from core.domain.users import WORKER_NAME, Role, User
from core.services.accounts import add_user
from core.services.inbound.processing import Processed, process
from core.services.inbound.sources import MakeSource, make_source
from core.services.inbound.taking import Taken, take_in
from tests.builders import OMAR
from tests.desk import Desk

SECRET = "a secret of the partner's own"
PROGRAM = User(name=UserName("edi-in"), role=Role.SERVICE, limit=Decimal(0))


def program(desk: Desk) -> None:
    """A program that partners' programs act as."""
    with desk.open(OMAR.name) as uow:
        add_user(uow, PROGRAM, token="token of edi-in", password_hash=None)


def source(
    desk: Desk,
    name: str = "gulf",
    kind: SourceKind = SourceKind.SUPPLIER,
    party: str = "GULF",
    style: SignatureStyle = SignatureStyle.OURS,
) -> HookSource:
    wanted = MakeSource(name=SourceName(name), kind=kind, party=party, style=style, acts_as=PROGRAM.name)
    with desk.open() as uow:
        return make_source(uow, wanted, secret=SECRET)


def envelope(type: str, data: object, *, id: str = "e-1", version: int | None = None) -> bytes:
    return json.dumps({"id": id, "type": type, "version": version, "data": data}).encode()


def signed(desk: Desk, raw: bytes, *, number: str = "", secret: str = SECRET) -> dict[str, str]:
    """The headers of our own style."""
    time, signature = signed_header([secret], at=desk.clock.now, body=raw)
    headers = {"expediter-timestamp": time, "expediter-signature": signature}
    return headers | ({"expediter-delivery": number} if number else {})


def signed_by(style: SignatureStyle, raw: bytes) -> dict[str, str]:
    """The headers of partners' styles."""
    mac = hmac.new(SECRET.encode(), raw, hashlib.sha256).digest()
    if style is SignatureStyle.HEX:
        return {"x-hub-signature-256": f"sha256={mac.hex()}", "x-github-delivery": "g-1"}
    return {"x-shopify-hmac-sha256": base64.b64encode(mac).decode(), "x-shopify-event-id": "s-1"}


def arrives(desk: Desk, raw: bytes, headers: Mapping[str, str] | None = None, *, name: str = "gulf") -> Taken:
    with desk.open(UserName("api")) as uow:
        return take_in(uow, SourceName(name), raw, signed(desk, raw) if headers is None else headers)


def worked(desk: Desk) -> Processed:
    return process(desk.open_uow, read_message, by=WORKER_NAME)


def messages(desk: Desk) -> tuple[InboundEvent, ...]:
    """Oldest first."""
    with desk.open() as uow:
        return uow.inbound.listed(source=None, state=None, before=None, limit=200)[::-1]
