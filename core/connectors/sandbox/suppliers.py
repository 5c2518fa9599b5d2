"""The supplier port without a network: the sandbox trade, failing in each mood as the HTTP client would report it."""

import threading
from collections.abc import Callable
from typing import TypeVar, assert_never

from core.connectors.sandbox.catalogue import Mood
from core.connectors.sandbox.trade import SandboxTrade
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
from core.ports.suppliers import (
    DEFAULT_DEADLINE_SECONDS,
    SupplierAnswerInvalidError,
    SupplierOrderRepeatedError,
    SupplierUnavailableError,
)

Given = TypeVar("Given")


class SandboxSuppliers:
    """The in-process twin of HttpSuppliers."""

    def __init__(self, trade: SandboxTrade) -> None:
        self._trade = trade
        self._lock = threading.Lock()
        self._tried: set[tuple[str, ...]] = set()

    def request_quote(
        self, request: QuoteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Ask for price, lead time and availability."""
        return self._answer("request_quote", request.supplier, lambda: self._trade.request_quote(request))

    def counter_offer(
        self, offer: CounterOffer, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Offer a price for what was quoted."""
        return self._answer("counter_offer", offer.supplier, lambda: self._trade.counter_offer(offer))

    def quote_expedite(
        self, request: ExpediteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> ExpediteQuote | QuoteRefusal:
        """Ask what pulling in an open purchase order line would cost."""
        return self._answer("quote_expedite", request.supplier, lambda: self._trade.quote_expedite(request))

    def place_order(
        self, order: SupplierOrder, *, idempotency_key: str, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Order."""
        return self._answer(
            "place_order",
            order.supplier,
            lambda: self._trade.place_order(order, idempotency_key=idempotency_key),
            key=idempotency_key,
        )

    def expedite_order(
        self,
        expedite: ExpediteOrder,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Pull in."""
        return self._answer(
            "expedite_order",
            expedite.supplier,
            lambda: self._trade.expedite_order(expedite, idempotency_key=idempotency_key),
            key=idempotency_key,
        )

    def cancel_order(
        self,
        cancellation: SupplierCancellation,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Undo an order or an expedite."""
        return self._answer(
            "cancel_order",
            cancellation.supplier,
            lambda: self._trade.cancel_order(cancellation, idempotency_key=idempotency_key),
            key=idempotency_key,
        )

    def find_order(
        self, supplier: SupplierCode, reference: str, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | None:
        """What the supplier holds under our reference."""
        found = self._answer("find_order", supplier, lambda: self._trade.find_orders(supplier, reference))
        if len(found) > 1:
            raise SupplierOrderRepeatedError(
                supplier=supplier,
                reference=reference,
                confirmations=tuple(order.confirmation for order in found),
            )
        return found[0] if found else None

    def _answer(self, verb: str, code: SupplierCode, act: Callable[[], Given], *, key: str | None = None) -> Given:
        """Act and answer as the mood has it. Only an instruction has a key here, and may have been acted on."""
        commits = key is not None
        supplier = self._trade.supplier(code)
        match supplier.mood:
            case Mood.NORMAL | Mood.REFUSES:
                return act()
            case Mood.SLOW:
                act()
                raise _unavailable(code, verb, "the answer was not complete in time", commits)
            case Mood.HTML:
                raise _invalid(code, verb, "content-type", commits)
            case Mood.MALFORMED:
                act()
                raise _invalid(code, verb, "body", commits)
            case Mood.DOWN:
                raise _unavailable(code, verb, "status 503", commits)
            case Mood.FLAKY:
                if commits and not supplier.idempotent and self._first_try(code, verb, key):
                    raise _unavailable(code, verb, "status 503", commits)
                return act()
            case Mood.LOST_REPLY:
                answer = act()
                if commits and not supplier.idempotent and self._first_try(code, verb, key):
                    raise _unavailable(code, verb, "the connection broke", commits)
                return answer
            case _:
                assert_never(supplier.mood)

    def _first_try(self, *try_of: str) -> bool:
        with self._lock:
            first = try_of not in self._tried
            self._tried.add(try_of)
            return first


def _unavailable(code: SupplierCode, verb: str, reason: str, commits: bool) -> SupplierUnavailableError:
    return SupplierUnavailableError(
        supplier=code, verb=verb, reason=reason, tries=1, seconds=0.0, may_have_acted=commits
    )


def _invalid(code: SupplierCode, verb: str, field: str, commits: bool) -> SupplierAnswerInvalidError:
    return SupplierAnswerInvalidError(
        supplier=code,
        verb=verb,
        field=field,
        value="as the sandbox has it",
        accepted="the agreed form",
        may_have_acted=commits,
    )
