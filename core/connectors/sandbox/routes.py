"""The sandbox over HTTP, without the sockets: a request in, a reply out, in the mood of the supplier asked."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from pydantic import BaseModel, ValidationError

from core.connectors.mail import LetterBody, NoticeBody, ReceiptAnswer
from core.connectors.sandbox.catalogue import Mood, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.trade import JournalEntry, SandboxTrade
from core.connectors.strict import UnreadableError, fault_of, parse_json
from core.connectors.suppliers_wire import (
    AcknowledgementAnswer,
    CancellationBody,
    CounterOfferBody,
    ExpediteBody,
    ExpediteQuoteAnswer,
    ExpediteQuoteBody,
    OrderBody,
    QuoteAnswer,
    QuoteBody,
    RefusalAnswer,
)
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
    SupplierOrderLine,
)
from core.ports.mail import CustomerNotice, LetterOut, MailKeyReusedError
from core.ports.suppliers import SupplierKeyReusedError, SupplierNotConnectedError

Received = TypeVar("Received", bound=BaseModel)
Outcome = Quote | ExpediteQuote | QuoteRefusal | SupplierAcknowledgement | OrderRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What arrived."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    key: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back: at once, a byte every `drip_seconds`, or nothing and the connection closed."""

    status: int
    content: bytes = field(repr=False)
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    drip_seconds: float = 0.0
    hang_up: bool = False


class SandboxRoutes:
    """Every address of the sandbox. POST /suppliers/CODE/quotes and its siblings, GET /journal, and the mailbox."""

    def __init__(self, trade: SandboxTrade, mailbox: SandboxMailbox) -> None:
        self._trade = trade
        self._mailbox = mailbox
        self._lock = threading.Lock()
        self._tried: set[tuple[str, ...]] = set()

    def reply(self, request: Request) -> Reply:
        """Answer a request; what is wrong with it is said in the reply."""
        try:
            match (request.method, *request.path):
                case ("GET", "journal"):
                    return _json(200, {"entries": [_journal_entry(entry) for entry in self._trade.journal]})
                case (method, "mailbox", box):
                    return self._mail(method, box, request)
                case (_, "suppliers", code, verb):
                    return self._supplier(SupplierCode(code), verb, request)
                case _:
                    return _json(404, {"detail": "there is nothing at this address"})
        except ValidationError as error:
            return _unprocessable(fault_of(error))
        except UnreadableError as error:
            return _unprocessable(error)
        except SupplierNotConnectedError as error:
            return _json(404, {"detail": str(error)})
        except (SupplierKeyReusedError, MailKeyReusedError) as error:
            return _json(409, {"detail": str(error)})

    def _mail(self, method: str, box: str, request: Request) -> Reply:
        match (method, box):
            case ("GET", "messages"):
                return _json(200, {"messages": [_notice(notice) for notice in self._mailbox.messages]})
            case ("GET", "letters"):
                return _json(200, {"letters": [_letter(letter) for letter in self._mailbox.letters]})
            case ("POST", "messages"):
                message = CustomerNotice(**_received(NoticeBody, request).model_dump())
            case ("POST", "letters"):
                message = LetterOut(**_received(LetterBody, request).model_dump())
            case _:
                return _json(404, {"detail": "there is nothing at this address"})
        receipt = self._mailbox.send(message, idempotency_key=request.key)
        return _reply(201, ReceiptAnswer.model_validate(receipt, from_attributes=True))

    def _supplier(self, code: SupplierCode, verb: str, request: Request) -> Reply:
        supplier = self._trade.supplier(code)
        first = self._first_try(code, request.method, verb, request.key)
        match supplier.mood:
            case Mood.NORMAL | Mood.REFUSES:
                return self._deal(code, verb, request)
            case Mood.SLOW:
                return replace(self._deal(code, verb, request), drip_seconds=supplier.drip_seconds)
            case Mood.HTML:
                page = b"<html><body><h1>Welcome to our supplier portal</h1></body></html>"
                return Reply(status=200, content=page, content_type="text/html")
            case Mood.MALFORMED:
                return _malformed(self._deal(code, verb, request))
            case Mood.DOWN:
                return _busy(supplier, say_when=True)
            case Mood.FLAKY:
                return _busy(supplier, say_when=False) if first else self._deal(code, verb, request)
            case Mood.LOST_REPLY:
                instructs = verb in ("orders", "expedites", "cancellations") and request.method == "POST"
                return replace(self._deal(code, verb, request), hang_up=first and instructs)
            case _:
                assert_never(supplier.mood)

    def _first_try(self, *try_of: str) -> bool:
        with self._lock:
            first = try_of not in self._tried
            self._tried.add(try_of)
            return first

    def _deal(self, code: SupplierCode, verb: str, request: Request) -> Reply:
        if request.method == "GET" and verb == "orders":
            found = self._trade.find_orders(code, request.query.get("reference", ""))
            return _json(200, {"orders": [_acknowledgement(order) for order in found]})
        deals: Mapping[str, Callable[[SupplierCode, Request], Outcome]] = {
            "quotes": self._quote,
            "counter-offers": self._counter_offer,
            "expedite-quotes": self._expedite_quote,
            "orders": self._order,
            "expedites": self._expedite,
            "cancellations": self._cancellation,
        }
        if request.method != "POST" or verb not in deals:
            return _json(404, {"detail": "there is nothing at this address"})
        return _outcome(deals[verb](code, request))

    def _quote(self, code: SupplierCode, request: Request) -> Outcome:
        body = _received(QuoteBody, request)
        asked = QuoteRequest(supplier=code, idempotency_key=request.key, **body.model_dump())
        return self._trade.request_quote(asked)

    def _counter_offer(self, code: SupplierCode, request: Request) -> Outcome:
        body = _received(CounterOfferBody, request)
        return self._trade.counter_offer(CounterOffer(supplier=code, idempotency_key=request.key, **body.model_dump()))

    def _expedite_quote(self, code: SupplierCode, request: Request) -> Outcome:
        body = _received(ExpediteQuoteBody, request)
        asked = ExpediteRequest(supplier=code, idempotency_key=request.key, **body.model_dump())
        return self._trade.quote_expedite(asked)

    def _order(self, code: SupplierCode, request: Request) -> Outcome:
        body = _received(OrderBody, request)
        order = SupplierOrder(
            reference=body.reference,
            supplier=code,
            ordered_on=body.ordered_on,
            currency=body.currency,
            lines=tuple(SupplierOrderLine(**line.model_dump()) for line in body.lines),
        )
        return self._trade.place_order(order, idempotency_key=request.key)

    def _expedite(self, code: SupplierCode, request: Request) -> Outcome:
        expedite = ExpediteOrder(supplier=code, **_received(ExpediteBody, request).model_dump())
        return self._trade.expedite_order(expedite, idempotency_key=request.key)

    def _cancellation(self, code: SupplierCode, request: Request) -> Outcome:
        cancellation = SupplierCancellation(supplier=code, **_received(CancellationBody, request).model_dump())
        return self._trade.cancel_order(cancellation, idempotency_key=request.key)


def _received(model: type[Received], request: Request) -> Received:
    if not request.key:
        raise UnreadableError(field="Idempotency-Key", value="nothing", accepted="a key in this header")
    return model.model_validate(parse_json(request.content))


def _outcome(outcome: Outcome) -> Reply:
    match outcome:
        case Quote():
            return _reply(200, QuoteAnswer.model_validate(outcome, from_attributes=True))
        case ExpediteQuote():
            return _reply(200, ExpediteQuoteAnswer.model_validate(outcome, from_attributes=True))
        case SupplierAcknowledgement():
            return _reply(201, AcknowledgementAnswer.model_validate(outcome, from_attributes=True))
        case QuoteRefusal() | OrderRefusal():
            return _reply(422, RefusalAnswer.model_validate(outcome, from_attributes=True))
        case _:
            assert_never(outcome)


def _malformed(reply: Reply) -> Reply:
    """The same fields, each of them null."""
    fields: dict[str, object] = json.loads(reply.content)
    return replace(reply, content=json.dumps(dict.fromkeys(fields)).encode())


def _busy(supplier: SandboxSupplier, *, say_when: bool) -> Reply:
    when = (("Retry-After", str(supplier.retry_after_seconds)),) if say_when else ()
    return replace(_json(503, {"detail": "try again later"}), headers=when)


def _unprocessable(fault: UnreadableError) -> Reply:
    return _json(400, {"field": fault.field, "value": fault.value, "accepted": fault.accepted})


def _acknowledgement(order: SupplierAcknowledgement) -> object:
    return AcknowledgementAnswer.model_validate(order, from_attributes=True).model_dump(mode="json")


def _journal_entry(entry: JournalEntry) -> object:
    return {
        "sequence": entry.sequence,
        "supplier": entry.supplier,
        "verb": entry.verb,
        "reference": entry.reference,
        "idempotency_key": entry.idempotency_key,
        "acknowledgement": _acknowledgement(entry.acknowledgement),
    }


def _notice(notice: CustomerNotice) -> object:
    return NoticeBody.model_validate(notice).model_dump(mode="json")


def _letter(letter: LetterOut) -> object:
    return LetterBody.model_validate(letter).model_dump(mode="json")


def _reply(status: int, answer: BaseModel) -> Reply:
    return Reply(status=status, content=answer.model_dump_json().encode())


def _json(status: int, value: object) -> Reply:
    return Reply(status=status, content=json.dumps(value).encode())
