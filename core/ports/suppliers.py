"""What the core needs of a supplier, and the ways a supplier can fail to answer."""

from typing import ClassVar, Protocol

from core.domain.errors import DomainError
from core.domain.ids import SupplierCode
from core.domain.quotes import (
    CounterOffer,
    ExpediteOrder,
    ExpediteQuote,
    ExpediteRequest,
    OrderRefusal,
    Quote,
    QuoteRefusal,
    QuoteRequest,
    SupplierAcknowledgement,
    SupplierCancellation,
    SupplierOrder,
)

DEFAULT_DEADLINE_SECONDS = 10.0


class SupplierError(DomainError):
    """No usable answer. With `may_have_acted` the supplier may have done what was asked all the same:
    look with `find_order` before anything is sent under another key."""

    code: ClassVar[str] = "supplier_error"
    may_have_acted: bool = False


class SupplierUnavailableError(SupplierError):
    """The supplier did not answer within the deadline and the tries allowed."""

    code = "supplier_unavailable"

    def __init__(
        self, *, supplier: str, verb: str, reason: str, tries: int, seconds: float, may_have_acted: bool
    ) -> None:
        times = "1 try" if tries == 1 else f"{tries} tries"
        super().__init__(
            f"supplier {supplier!r} did not answer {verb!r} after {times} in {seconds:.1f} s: {reason}",
            supplier=supplier,
            verb=verb,
            reason=reason,
            tries=tries,
            seconds=seconds,
            may_have_acted=may_have_acted,
        )
        self.may_have_acted = may_have_acted


class SupplierAnswerInvalidError(SupplierError):
    """The supplier answered something that cannot be read safely; the answer is not used."""

    code = "supplier_answer_invalid"

    def __init__(
        self, *, supplier: str, verb: str, field: str, value: str, accepted: str, may_have_acted: bool
    ) -> None:
        super().__init__(
            f"supplier {supplier!r} answered {verb!r} with {field} = {value}; accepted is: {accepted}",
            supplier=supplier,
            verb=verb,
            field=field,
            value=value,
            accepted=accepted,
            may_have_acted=may_have_acted,
        )
        self.may_have_acted = may_have_acted


class SupplierRequestInvalidError(SupplierError):
    """What was about to be sent breaks the limits of the supplier interface; nothing was sent."""

    code = "supplier_request_invalid"


class SupplierKeyReusedError(SupplierError):
    """The idempotency key was used before for something else; nothing was done."""

    code = "supplier_key_reused"

    def __init__(self, *, supplier: str, verb: str, idempotency_key: str) -> None:
        super().__init__(
            f"supplier {supplier!r} has seen the key {idempotency_key!r} with another {verb!r};"
            " a new instruction needs a new key",
            supplier=supplier,
            verb=verb,
            idempotency_key=idempotency_key,
        )


class SupplierNotConnectedError(SupplierError):
    """There is no connection to this supplier."""

    code = "supplier_not_connected"

    def __init__(self, *, supplier: str, connected: tuple[str, ...]) -> None:
        known = ", ".join(repr(code) for code in connected) or "none"
        super().__init__(f"supplier {supplier!r} is not connected; connected are: {known}", supplier=supplier)


class SupplierOrderRepeatedError(SupplierError):
    """The supplier holds more than one order under one reference: a person has to cancel all but one."""

    code = "supplier_order_repeated"

    def __init__(self, *, supplier: str, reference: str, confirmations: tuple[str, ...]) -> None:
        super().__init__(
            f"supplier {supplier!r} holds {len(confirmations)} orders under reference {reference!r}"
            f" ({', '.join(confirmations)}); exactly one was meant",
            supplier=supplier,
            reference=reference,
            confirmations=confirmations,
        )


class SupplierPort(Protocol):
    """Suppliers as the core sees them. Every verb ends within its deadline, tries included, in an answer or
    in a SupplierError. A key sent again with the same content gets the first answer again; with other content
    it is a SupplierKeyReusedError. A supplier that does not know keys is sent each instruction once only."""

    def request_quote(
        self, request: QuoteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Ask for price, lead time and availability; nothing is ordered."""
        ...

    def counter_offer(
        self, offer: CounterOffer, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Offer a price for what was quoted; the answer is a quote, at that price when it is taken."""
        ...

    def quote_expedite(
        self, request: ExpediteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> ExpediteQuote | QuoteRefusal:
        """Ask what pulling in an open purchase order line would cost; nothing is moved."""
        ...

    def place_order(
        self, order: SupplierOrder, *, idempotency_key: str, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Order; undone by `cancel_order` under the same reference."""
        ...

    def expedite_order(
        self,
        expedite: ExpediteOrder,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Pull in; undone by `cancel_order` under the same reference."""
        ...

    def cancel_order(
        self,
        cancellation: SupplierCancellation,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Undo an order or an expedite."""
        ...

    def find_order(
        self, supplier: SupplierCode, reference: str, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | None:
        """What the supplier holds under our reference; None means that it holds nothing."""
        ...
