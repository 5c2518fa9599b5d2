"""Partners are the sandbox's on loopback, those the environment names, or nobody."""

from decimal import Decimal

import pytest

from core.bootstrap.partners import configured_partners, sandbox_partners
from core.config import Environment
from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.domain.errors import UsageError
from core.domain.ids import ItemCode, SupplierCode
from core.domain.quotes import Quote
from core.ports.suppliers import SupplierNotConnectedError
from tests.core.connectors.builders import GULF, VALVE, notice, quote_request, supplier


def test_the_sandbox_is_spoken_to_over_http() -> None:
    with sandbox_partners([supplier()]) as partners:
        quote = partners.suppliers.request_quote(quote_request())
        partners.mail.send(notice(), idempotency_key="n-1")

        assert isinstance(quote, Quote)
        assert quote.unit_price == Decimal("12.50")
        assert partners.mailbox is not None
        assert [message.reference for message in partners.mailbox.messages] == ["N-1"]
        assert partners.trade is not None
        assert partners.trade.journal == ()


def test_a_supplier_with_an_awkward_code_is_reached_too() -> None:
    offer = SandboxOffer(unit_price=Decimal("12.50"), lead_time_days=5, available=100)
    awkward = SandboxSupplier(code=SupplierCode("A & B/Ö 100%"), items={VALVE: offer})

    with sandbox_partners([awkward]) as partners:
        asked = quote_request()
        answer = partners.suppliers.request_quote(
            type(asked)(
                supplier=awkward.code,
                item=ItemCode(VALVE),
                quantity=asked.quantity,
                needed_by=asked.needed_by,
                as_of=asked.as_of,
                idempotency_key="q-2",
            )
        )

    assert isinstance(answer, Quote)


def test_without_an_address_nobody_is_connected() -> None:
    partners = configured_partners(Environment.model_construct(), [GULF])

    with pytest.raises(SupplierNotConnectedError, match="supplier 'GULF' is not connected; connected are: none"):
        partners.suppliers.request_quote(quote_request())
    assert (partners.trade, partners.mailbox) == (None, None)


def test_an_address_without_a_key_is_refused() -> None:
    environment = Environment.model_construct(expediter_suppliers_url="https://partners.example")

    with pytest.raises(UsageError, match="EXPEDITER_SUPPLIERS_KEY is not; set both or neither"):
        configured_partners(environment, [GULF])
