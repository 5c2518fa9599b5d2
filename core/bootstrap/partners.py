"""The partners a command speaks to: real ones over HTTP, or the sandbox on loopback."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from core.config import Environment
from core.connectors.endpoint import Endpoint
from core.connectors.mail import HttpMail
from core.connectors.sandbox.catalogue import SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import mailbox_endpoint, running, supplier_endpoints
from core.connectors.sandbox.trade import SandboxTrade
from core.connectors.suppliers import HttpSuppliers
from core.domain.errors import UsageError
from core.domain.ids import SupplierCode
from core.ports.mail import MailPort
from core.ports.suppliers import SupplierPort

NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """Suppliers and mail. `trade` and `mailbox` are there when they are the sandbox's."""

    suppliers: SupplierPort
    mail: MailPort
    trade: SandboxTrade | None = None
    mailbox: SandboxMailbox | None = None


@contextmanager
def sandbox_partners(suppliers: Iterable[SandboxSupplier]) -> Generator[Partners]:
    """A sandbox served on loopback for as long as the block lasts, spoken to over HTTP like a real partner."""
    trade, mailbox = SandboxTrade(suppliers), SandboxMailbox()
    with running(trade, mailbox=mailbox) as base_url:
        yield Partners(
            suppliers=HttpSuppliers(supplier_endpoints(trade, base_url)),
            mail=HttpMail(mailbox_endpoint(base_url)),
            trade=trade,
            mailbox=mailbox,
        )


def configured_partners(environment: Environment, codes: Iterable[SupplierCode]) -> Partners:
    """The partners the environment names: suppliers below EXPEDITER_SUPPLIERS_URL, mail at EXPEDITER_MAIL_URL.

    Without an address nothing is connected: asking a supplier then fails with a clear message, and a notice to a
    customer waits in the outbox and ends with a person.
    """
    base = environment.expediter_suppliers_url
    if base is not None and environment.expediter_suppliers_key is None:
        raise UsageError("EXPEDITER_SUPPLIERS_URL is set, EXPEDITER_SUPPLIERS_KEY is not; set both or neither")
    key = environment.expediter_suppliers_key or ""
    endpoints = (
        {code: Endpoint(url=f"{base.rstrip('/')}/{quote(code, safe='')}", api_key=key) for code in codes}
        if base
        else {}
    )
    mail = Endpoint(url=environment.expediter_mail_url or NOWHERE, api_key=environment.expediter_mail_key or "")
    return Partners(suppliers=HttpSuppliers(endpoints), mail=HttpMail(mail))
