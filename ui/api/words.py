"""Domain values in the words people read; what partners wrote stays apart from these sentences."""

from decimal import Decimal

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.exception_table import KINDS
from core.domain.options import StockElsewhere
from core.domain.plans import Action, Buy, Expedite, Operator, Predicate, RePromise, Transfer, Wait
from core.domain.proposals import MessageKind
from core.domain.quotes import ExpediteQuote, Quote, QuoteRefusal

TYPE_WORDS = {kind: known.words for kind, known in KINDS.items()}
STATE_WORDS = {
    CaseState.OPEN: "needs a way out",
    CaseState.TRIAGED: "taken up by somebody",
    CaseState.SNOOZED: "put aside until a day",
    CaseState.PROPOSED: "waits for a decision",
    CaseState.APPROVED: "approved",
    CaseState.EXECUTING: "being carried out",
    CaseState.RESOLVED: "resolved",
    CaseState.ACCEPTED: "accepted as it is",
    CaseState.AUTO_CLOSED: "gone by itself",
}
APPROVAL_WORDS = {
    ApprovalState.PENDING: "waits for a decision",
    ApprovalState.APPROVED: "approved, being carried out",
    ApprovalState.REJECTED: "rejected",
    ApprovalState.EXPIRED: "expired before it was decided",
    ApprovalState.SUPERSEDED: "replaced by a newer proposal",
    ApprovalState.STALE: "refused: the books had changed",
    ApprovalState.EXECUTED: "carried out",
    ApprovalState.UNDONE: "undone",
}
MESSAGE_WORDS = {
    MessageKind.PLACE_ORDER: "purchase order",
    MessageKind.EXPEDITE_ORDER: "request to deliver sooner",
    MessageKind.CANCEL_ORDER: "cancellation",
    MessageKind.CUSTOMER_NOTICE: "notice to a customer",
    MessageKind.SUPPLIER_LETTER: "letter to a supplier",
    MessageKind.NOTICE: "notice to a channel",
}
_CONDITION_WORDS = {
    ("stock_available", Operator.AT_LEAST): "at least {value} units of {subject} are available",
    ("purchase_open_quantity", Operator.AT_LEAST): "at least {value} units are open on purchase order {subject}",
    ("purchase_due", Operator.EQUAL): "purchase order {subject} is still due on {value}",
    ("supplier_usable", Operator.EQUAL): "supplier {subject} may be bought from",
    ("line_open_quantity", Operator.AT_LEAST): "at least {value} units are open on order line {subject}",
    ("line_due", Operator.EQUAL): "order line {subject} is still promised for {value}",
}
_OPERATOR_WORDS = {Operator.AT_LEAST: "at least", Operator.AT_MOST: "at most", Operator.EQUAL: "exactly"}


def action_sentence(action: Action, *, currency: str) -> str:
    """What is done, as one sentence with every figure that is committed."""
    match action:
        case Wait():
            return f"Do nothing until {action.until}, then look again"
        case Transfer() if type(action) is Transfer:
            return (
                f"Move {action.quantity:,} of {action.item} from {action.origin} to {action.destination}, leaving"
                f" {action.ship_on}, arriving {action.arrive_on}, for {money(action.cost, currency)}"
                f" (transfer {action.reference})"
            )
        case Expedite():
            return (
                f"Pay {action.supplier} {money(action.fee, currency)} to deliver {action.quantity:,} of {action.item}"
                f" (purchase order {action.purchase_order}, line {action.line}) on {action.new_due}"
                f" instead of {action.old_due}"
            )
        case Buy() if type(action) is Buy:
            total = money(action.unit_price * action.quantity, action.currency)
            return (
                f"Buy {action.quantity:,} of {action.item} from {action.supplier} at {action.unit_price} each, {total}"
                f" in all, to arrive at {action.location} on {action.arrive_on} (purchase order {action.reference})"
            )
        case RePromise():
            return (
                f"Promise order {action.order} line {action.line} ({action.quantity:,} units) for {action.new}"
                f" instead of {action.old} and tell the customer"
            )
        case _:
            return f"{action.sentence[0].upper()}{action.sentence[1:]}"


def condition_sentence(predicate: Predicate) -> str:
    """What must still hold when the plan is carried out."""
    words = _CONDITION_WORDS.get((predicate.fact, predicate.operator))
    if words is not None:
        return words.format(subject=predicate.subject, value=predicate.value)
    fact = predicate.fact.replace("_", " ")
    return f"{fact} of {predicate.subject} is {_OPERATOR_WORDS[predicate.operator]} {predicate.value}"


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency."""
    return f"{amount:,.2f} {currency}"


def stock_sentence(stock: StockElsewhere, *, currency: str) -> str:
    """What another location can give up."""
    return (
        f"{stock.location} can give up {stock.quantity:,} units, here by {stock.arrive_on},"
        f" for {money(stock.fixed_cost, currency)} and {stock.unit_cost} a unit"
    )


def quote_sentence(quote: Quote) -> str:
    """A supplier's offer."""
    return (
        f"{quote.supplier} offers {quote.available_quantity:,} of {quote.item} at {quote.unit_price} {quote.currency}"
        f" in {quote.lead_time_days} days, at least {quote.minimum_order:,}, valid until {quote.valid_until}"
    )


def expedite_sentence(quote: ExpediteQuote) -> str:
    """What it costs to have an open purchase order sooner."""
    return (
        f"{quote.supplier} can deliver purchase order {quote.purchase_order} line {quote.line}"
        f" on {quote.earliest_date} for {money(quote.fee, quote.currency)}, valid until {quote.valid_until}"
    )


def refusal_sentence(refusal: QuoteRefusal) -> str:
    """A supplier's no."""
    return f"{refusal.supplier} does not quote {refusal.item}: {refusal.reason.value.replace('_', ' ')}"
