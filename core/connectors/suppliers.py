"""Suppliers over HTTP: quotes, orders, expedites and cancellations within a total deadline."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pydantic import ValidationError

from core.connectors.endpoint import KEY_ACCEPTED, Endpoint, is_sendable_key
from core.connectors.exchange import Answer, Call, NoAnswerError, Patience, exchange
from core.connectors.strict import UnreadableError, fault_of, shown
from core.connectors.suppliers_answers import (
    Ordered,
    read_acknowledgement,
    read_expedite_quote,
    read_orders,
    read_quote,
)
from core.connectors.suppliers_wire import (
    Body,
    CancellationBody,
    CounterOfferBody,
    ExpediteBody,
    ExpediteQuoteBody,
    OrderBody,
    OrdersQuery,
    QuoteBody,
)
from core.domain.ids import SupplierCode
from core.domain.quotes import (
    AcknowledgementState,
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
    SupplierKeyReusedError,
    SupplierNotConnectedError,
    SupplierOrderRepeatedError,
    SupplierRequestInvalidError,
    SupplierUnavailableError,
)

_log = logging.getLogger(__name__)

Read = TypeVar("Read")
Sent = TypeVar("Sent", bound=Body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """One use of a verb. With `commits`, an answer lost on the way may leave something behind."""

    supplier: SupplierCode
    verb: str
    about: str
    path: str
    commits: bool
    deadline_seconds: float
    key: str = ""


class HttpSuppliers:
    """The supplier port over HTTP; safe to share between threads."""

    def __init__(self, endpoints: Mapping[SupplierCode, Endpoint], *, patience: Patience | None = None) -> None:
        self._endpoints = dict(endpoints)
        self._patience = patience or Patience()

    def request_quote(
        self, request: QuoteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Ask for price, lead time and availability."""
        ask = _Ask(
            supplier=request.supplier,
            verb="request_quote",
            about=request.item,
            path="quotes",
            commits=False,
            deadline_seconds=deadline_seconds,
            key=request.idempotency_key,
        )
        return self._post(ask, _checked(ask, QuoteBody, request), partial(read_quote, request=request))

    def counter_offer(
        self, offer: CounterOffer, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> Quote | QuoteRefusal:
        """Offer a price for what was quoted."""
        ask = _Ask(
            supplier=offer.supplier,
            verb="counter_offer",
            about=offer.item,
            path="counter-offers",
            commits=False,
            deadline_seconds=deadline_seconds,
            key=offer.idempotency_key,
        )
        return self._post(ask, _checked(ask, CounterOfferBody, offer), partial(read_quote, request=offer))

    def quote_expedite(
        self, request: ExpediteRequest, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> ExpediteQuote | QuoteRefusal:
        """Ask what pulling in an open purchase order line would cost."""
        ask = _Ask(
            supplier=request.supplier,
            verb="quote_expedite",
            about=f"{request.purchase_order}/{request.line}",
            path="expedite-quotes",
            commits=False,
            deadline_seconds=deadline_seconds,
            key=request.idempotency_key,
        )
        body = _checked(ask, ExpediteQuoteBody, request)
        return self._post(ask, body, partial(read_expedite_quote, request=request))

    def place_order(
        self, order: SupplierOrder, *, idempotency_key: str, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Order."""
        ask = _Ask(
            supplier=order.supplier,
            verb="place_order",
            about=order.reference,
            path="orders",
            commits=True,
            deadline_seconds=deadline_seconds,
            key=idempotency_key,
        )
        ordered = {line.line: (line.item, line.quantity) for line in order.lines}
        return self._instruct(ask, _checked(ask, OrderBody, order), ordered)

    def expedite_order(
        self,
        expedite: ExpediteOrder,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Pull in."""
        ask = _Ask(
            supplier=expedite.supplier,
            verb="expedite_order",
            about=expedite.reference,
            path="expedites",
            commits=True,
            deadline_seconds=deadline_seconds,
            key=idempotency_key,
        )
        ordered = {expedite.line: (expedite.item, expedite.quantity)}
        return self._instruct(ask, _checked(ask, ExpediteBody, expedite), ordered)

    def cancel_order(
        self,
        cancellation: SupplierCancellation,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Undo an order or an expedite."""
        ask = _Ask(
            supplier=cancellation.supplier,
            verb="cancel_order",
            about=cancellation.reference,
            path="cancellations",
            commits=True,
            deadline_seconds=deadline_seconds,
            key=idempotency_key,
        )
        return self._instruct(ask, _checked(ask, CancellationBody, cancellation), None)

    def find_order(
        self, supplier: SupplierCode, reference: str, *, deadline_seconds: float = DEFAULT_DEADLINE_SECONDS
    ) -> SupplierAcknowledgement | None:
        """What the supplier holds under our reference."""
        ask = _Ask(
            supplier=supplier,
            verb="find_order",
            about=reference,
            path="orders",
            commits=False,
            deadline_seconds=deadline_seconds,
        )
        query = _checked(ask, OrdersQuery, {"reference": reference})
        call = self._call(ask, method="GET", params={"reference": query.reference})
        found = self._exchange(ask, call, partial(read_orders, supplier=supplier, reference=reference))
        if len(found) > 1:
            raise SupplierOrderRepeatedError(
                supplier=supplier,
                reference=reference,
                confirmations=tuple(order.confirmation for order in found),
            )
        return found[0] if found else None

    def _instruct(self, ask: _Ask, body: Body, ordered: Ordered | None) -> SupplierAcknowledgement | OrderRefusal:
        cancels = ordered is None
        read = partial(
            read_acknowledgement,
            supplier=ask.supplier,
            reference=ask.about,
            state=AcknowledgementState.CANCELLED if cancels else AcknowledgementState.ACCEPTED,
            ordered=ordered,
        )
        return self._post(ask, body, read)

    def _post(self, ask: _Ask, body: Body, read: Callable[[Answer], Read]) -> Read:
        _check_key(ask)
        content = body.model_dump_json().encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": ask.key}
        return self._exchange(ask, self._call(ask, method="POST", content=content, headers=headers), read)

    def _call(
        self,
        ask: _Ask,
        *,
        method: str,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Call:
        if ask.supplier not in self._endpoints:
            raise SupplierNotConnectedError(supplier=ask.supplier, connected=tuple(sorted(self._endpoints)))
        endpoint = self._endpoints[ask.supplier]
        return Call(
            method=method,
            url=endpoint.at(ask.path),
            headers={"X-API-Key": endpoint.api_key, **(headers or {})},
            params=params,
            content=content,
            repeatable=endpoint.idempotent or not ask.commits,
            deadline_seconds=ask.deadline_seconds,
        )

    def _exchange(self, ask: _Ask, call: Call, read: Callable[[Answer], Read]) -> Read:
        may_have_acted = ask.commits
        try:
            answer = exchange(call, patience=self._patience)
            _log.info("supplier %s, %s %s: status %d", ask.supplier, ask.verb, ask.about, answer.status)
            # A 4xx to the first try turned us away; any other answer we cannot read may follow a deed.
            may_have_acted = ask.commits and not (answer.tries == 1 and 400 <= answer.status < 500)
            if answer.status == 409:
                raise SupplierKeyReusedError(supplier=ask.supplier, verb=ask.verb, idempotency_key=ask.key)
            return read(answer)
        except NoAnswerError as error:
            _log.info("supplier %s, %s %s: no answer", ask.supplier, ask.verb, ask.about)
            raise _unavailable(ask, error) from error
        except (UnreadableError, ValidationError) as error:
            fault = fault_of(error) if isinstance(error, ValidationError) else error
            _log.info("supplier %s, %s %s: bad %s", ask.supplier, ask.verb, ask.about, fault.field)
            raise _invalid(ask, fault, may_have_acted=may_have_acted) from error


def _checked(ask: _Ask, model: type[Sent], value: object) -> Sent:
    """The body of a domain value; refused here when it breaks the interface, before anything is sent."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _cannot_send(ask, fault_of(error)) from error


def _check_key(ask: _Ask) -> None:
    if not is_sendable_key(ask.key):
        fault = UnreadableError(field="idempotency_key", value=shown(ask.key), accepted=KEY_ACCEPTED)
        raise _cannot_send(ask, fault)


def _cannot_send(ask: _Ask, fault: UnreadableError) -> SupplierRequestInvalidError:
    return SupplierRequestInvalidError(
        f"{ask.verb!r} was not sent to supplier {ask.supplier!r}: {fault.field} = {fault.value};"
        f" accepted is: {fault.accepted}",
        supplier=ask.supplier,
        verb=ask.verb,
        field=fault.field,
        value=fault.value,
    )


def _unavailable(ask: _Ask, error: NoAnswerError) -> SupplierUnavailableError:
    return SupplierUnavailableError(
        supplier=ask.supplier,
        verb=ask.verb,
        reason=error.reason,
        tries=error.tries,
        seconds=error.seconds,
        may_have_acted=ask.commits and error.may_have_acted,
    )


def _invalid(ask: _Ask, fault: UnreadableError, *, may_have_acted: bool) -> SupplierAnswerInvalidError:
    return SupplierAnswerInvalidError(
        supplier=ask.supplier,
        verb=ask.verb,
        field=fault.field,
        value=fault.value,
        accepted=fault.accepted,
        may_have_acted=may_have_acted,
    )
