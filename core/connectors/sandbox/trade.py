"""The business of the sandbox suppliers: quoting, taking orders, keeping a journal; one state for every front."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from core.connectors.sandbox.bargaining import price_after
from core.connectors.sandbox.catalogue import Mood, SandboxSupplier
from core.connectors.sandbox.memory import KeyMemory, KeyReusedError
from core.connectors.sandbox.terms import (
    REFUSAL_NOTE,
    acknowledged_expedite,
    acknowledged_order,
    countered,
    expedite_quote_of,
    identifier,
    objection_to_expedite,
    objection_to_order,
    quote_of,
)
from core.domain.ids import ItemCode, SupplierCode
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
    RefusalReason,
    SupplierAcknowledgement,
    SupplierCancellation,
    SupplierOrder,
)
from core.ports.suppliers import SupplierKeyReusedError, SupplierNotConnectedError

_VERB_OF = {QuoteRequest: "request_quote", ExpediteRequest: "quote_expedite", CounterOffer: "counter_offer"}
Instruction = SupplierOrder | ExpediteOrder | SupplierCancellation
AnyQuote = TypeVar("AnyQuote", bound=Quote | ExpediteQuote)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One instruction a supplier accepted; what is not here did not happen."""

    sequence: int
    supplier: SupplierCode
    verb: str
    reference: str
    idempotency_key: str
    acknowledgement: SupplierAcknowledgement


class SandboxTrade:
    """Several suppliers and what they hold; safe to share between threads. Answers depend on nothing but the
    catalogue, what was accepted before, and the question: no clock, no dice."""

    def __init__(self, suppliers: Iterable[SandboxSupplier]) -> None:
        self._lock = threading.RLock()
        self._suppliers = {supplier.code: supplier for supplier in suppliers}
        self._taken: Counter[tuple[SupplierCode, ItemCode]] = Counter()
        self._held: dict[tuple[SupplierCode, str], list[SupplierAcknowledgement]] = {}
        self._journal: list[JournalEntry] = []
        self._quotes: KeyMemory[Quote] = KeyMemory()
        self._counters: KeyMemory[Quote] = KeyMemory()
        self._named: dict[tuple[SupplierCode, str], Decimal] = {}
        self._expedite_quotes: KeyMemory[ExpediteQuote] = KeyMemory()
        self._deeds: KeyMemory[SupplierAcknowledgement] = KeyMemory()

    @property
    def codes(self) -> tuple[SupplierCode, ...]:
        """Every supplier here."""
        return tuple(sorted(self._suppliers))

    @property
    def journal(self) -> tuple[JournalEntry, ...]:
        """Every instruction accepted so far, in order."""
        with self._lock:
            return tuple(self._journal)

    def supplier(self, code: SupplierCode) -> SandboxSupplier:
        """The supplier as it is now."""
        with self._lock:
            if code not in self._suppliers:
                raise SupplierNotConnectedError(supplier=code, connected=self.codes)
            return self._suppliers[code]

    def change(self, supplier: SandboxSupplier) -> None:
        """Give a supplier other terms or another mood; what it holds stays."""
        with self._lock:
            self._suppliers[supplier.code] = supplier

    def set_mood(self, code: SupplierCode, mood: Mood) -> None:
        """Let a supplier behave otherwise from now on."""
        with self._lock:
            self.change(replace(self.supplier(code), mood=mood))

    def request_quote(self, request: QuoteRequest) -> Quote | QuoteRefusal:
        """A quote, the same for the same key."""
        with self._lock:
            supplier = self.supplier(request.supplier)
            left = self._left(supplier, request.item)
            return self._quoted(self._quotes, request, lambda: quote_of(supplier, request, left=left))

    def counter_offer(self, offer: CounterOffer) -> Quote | QuoteRefusal:
        """A quote at the price this supplier names next, which an order may rest on; the same for the same key."""
        with self._lock:
            supplier = self.supplier(offer.supplier)
            given = self._quoted(self._counters, offer, lambda: self._countered(supplier, offer))
            if isinstance(given, Quote):
                self._named[supplier.code, given.quote_id] = given.unit_price
            return given

    def quote_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal:
        """A fee and a day, the same for the same key. The order need not have been placed here: a company's
        open orders are older than its sandbox."""
        with self._lock:
            supplier = self.supplier(request.supplier)
            return self._quoted(self._expedite_quotes, request, lambda: expedite_quote_of(supplier, request))

    def place_order(self, order: SupplierOrder, *, idempotency_key: str) -> SupplierAcknowledgement | OrderRefusal:
        """Take the order, and the stock for it."""
        with self._lock:
            supplier = self.supplier(order.supplier)

            def decide() -> SupplierAcknowledgement | RefusalReason:
                objection = objection_to_order(
                    supplier, order, left=lambda item: self._left(supplier, item), named=self._named
                )
                if objection is not None:
                    return objection
                confirmation = self._confirmation(supplier, idempotency_key)
                return acknowledged_order(supplier, order, confirmation=confirmation)

            return self._once(supplier, "place_order", idempotency_key, order, decide)

    def expedite_order(
        self, expedite: ExpediteOrder, *, idempotency_key: str
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Pull the line in."""
        with self._lock:
            supplier = self.supplier(expedite.supplier)

            def decide() -> SupplierAcknowledgement | RefusalReason:
                objection = objection_to_expedite(supplier, expedite)
                if objection is not None:
                    return objection
                confirmation = self._confirmation(supplier, idempotency_key)
                return acknowledged_expedite(expedite, confirmation=confirmation)

            return self._once(supplier, "expedite_order", idempotency_key, expedite, decide)

    def cancel_order(
        self, cancellation: SupplierCancellation, *, idempotency_key: str
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Take back everything held under the reference; what is cancelled already stays so."""
        with self._lock:
            supplier = self.supplier(cancellation.supplier)
            held = self._held.get((supplier.code, cancellation.reference), [])

            def decide() -> SupplierAcknowledgement | RefusalReason:
                if not held:
                    return RefusalReason.UNKNOWN_ORDER
                return replace(held[0], state=AcknowledgementState.CANCELLED)

            return self._once(supplier, "cancel_order", idempotency_key, cancellation, decide)

    def find_orders(self, code: SupplierCode, reference: str) -> tuple[SupplierAcknowledgement, ...]:
        """Everything held under the reference, oldest first."""
        with self._lock:
            return tuple(self._held.get((self.supplier(code).code, reference), ()))

    def _countered(self, supplier: SandboxSupplier, offer: CounterOffer) -> Quote | QuoteRefusal:
        listed = supplier.items[offer.item].unit_price if offer.item in supplier.items else offer.unit_price
        last = self._named.get((supplier.code, offer.quote_id), listed)
        price = price_after(supplier, listed=listed, last=last, offered=offer.unit_price)
        return countered(supplier, offer, price=price, left=self._left(supplier, offer.item))

    def _left(self, supplier: SandboxSupplier, item: ItemCode) -> int:
        offer = supplier.items.get(item)
        return 0 if offer is None else offer.available - self._taken[supplier.code, item]

    def _confirmation(self, supplier: SandboxSupplier, key: str) -> str:
        # A supplier that takes a repeated key for a new order gives it a new number.
        again = "" if supplier.idempotent else str(len(self._journal))
        return identifier("C", supplier.code, key, again)

    def _quoted(
        self,
        memory: KeyMemory[AnyQuote],
        request: QuoteRequest | ExpediteRequest | CounterOffer,
        answer: Callable[[], AnyQuote | QuoteRefusal],
    ) -> AnyQuote | QuoteRefusal:
        key = (request.supplier, request.idempotency_key)
        try:
            known = memory.recall(key, request)
        except KeyReusedError as error:
            raise _key_reused(request.supplier, _VERB_OF[type(request)], request.idempotency_key) from error
        given = answer() if known is None else known
        if not isinstance(given, QuoteRefusal):
            memory.keep(key, request, given)
        return given

    def _once(
        self,
        supplier: SandboxSupplier,
        verb: str,
        key: str,
        instruction: Instruction,
        decide: Callable[[], SupplierAcknowledgement | RefusalReason],
    ) -> SupplierAcknowledgement | OrderRefusal:
        """Decide, and if yes act and enter the journal; a known key gets its first answer and no deed."""
        memory_key = (supplier.code, verb, key)
        if supplier.idempotent:
            try:
                known = self._deeds.recall(memory_key, instruction)
            except KeyReusedError as error:
                raise _key_reused(supplier.code, verb, key) from error
            if known is not None:
                return known
        repeated = self._repeated(supplier, instruction)
        decision = RefusalReason.ALREADY_ORDERED if repeated else decide()
        if isinstance(decision, RefusalReason):
            note = REFUSAL_NOTE if decision is RefusalReason.NOT_TRADING else ""
            return OrderRefusal(supplier=supplier.code, reference=instruction.reference, reason=decision, note=note)
        self._act(instruction, decision)
        self._deeds.keep(memory_key, instruction, decision)
        self._journal.append(
            JournalEntry(
                sequence=len(self._journal) + 1,
                supplier=supplier.code,
                verb=verb,
                reference=instruction.reference,
                idempotency_key=key,
                acknowledgement=decision,
            )
        )
        return decision

    def _repeated(self, supplier: SandboxSupplier, instruction: Instruction) -> bool:
        if isinstance(instruction, SupplierCancellation) or not supplier.idempotent:
            return False
        return (supplier.code, instruction.reference) in self._held

    def _act(self, instruction: Instruction, given: SupplierAcknowledgement) -> None:
        held = self._held.setdefault((given.supplier, given.reference), [])
        if not isinstance(instruction, SupplierCancellation):
            held.append(given)
            self._move_stock(given, 1)
            return
        for order in held:
            self._move_stock(order, -1)
        held[:] = [replace(order, state=AcknowledgementState.CANCELLED) for order in held]

    def _move_stock(self, order: SupplierAcknowledgement, sign: int) -> None:
        if order.state is AcknowledgementState.CANCELLED:
            return
        for line in order.lines:
            if line.unit_price is not None:  # an expedite moves a date, not stock
                self._taken[order.supplier, line.item] += sign * line.quantity


def _key_reused(supplier: SupplierCode, verb: str, key: str) -> SupplierKeyReusedError:
    return SupplierKeyReusedError(supplier=supplier, verb=verb, idempotency_key=key)
