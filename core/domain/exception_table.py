"""What is known of each exception type: its words for people, the resolutions to consider, and whose matter it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.cases import ExceptionType as E
from core.domain.users import Role

_PLANNER, _BUYER, _OPERATIONS = (Role.PLANNER,), (Role.BUYER,), (Role.OPERATIONS_MANAGER,)
_SERVICE, _FINANCE, _QUALITY = (Role.CUSTOMER_SERVICE,), (Role.FINANCE,), (Role.QUALITY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionKind:
    """`candidates` are resolution codes in the order they are tried; `owners` the roles that work such a case."""

    words: str
    candidates: tuple[str, ...]
    owners: tuple[Role, ...]


def _kind(words: str, candidates: str, owners: tuple[Role, ...]) -> ExceptionKind:
    return ExceptionKind(words=words, candidates=tuple(candidates.split()), owners=owners)


_ALL_SUPPLY = "R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12"
KINDS: Mapping[E, ExceptionKind] = {
    E.DEMAND_SHORTAGE: _kind("Not enough to deliver", _ALL_SUPPLY, _PLANNER),
    E.LATE_PURCHASE_ORDER: _kind("Purchase order overdue", "R07 R08 R01 R12", _BUYER),
    E.SUPPLIER_SLIP: _kind("Supplier later than ordered", "R07 R08 R02 R03 R12", _BUYER),
    E.SUPPLIER_CUT: _kind("Supplier sends less than ordered", "R08 R09 R04 R11", _BUYER),
    E.SUPPLIER_PRICE_CHANGE: _kind("Supplier changed the price", "R20 R08", (Role.BUYER, Role.FINANCE)),
    E.PURCHASE_UNACKNOWLEDGED: _kind("Supplier has not answered", "R21", _BUYER),
    E.COMPONENT_SHORTAGE: _kind("Component missing", "R04 R06 R10 R08 R02", _PLANNER),
    E.WORK_ORDER_BEHIND: _kind("Work order behind", "R13 R14 R12", _PLANNER),
    E.CAPACITY_OVERLOAD: _kind("Work centre overloaded", "R14 R15 R13", _PLANNER),
    E.YIELD_LOSS: _kind("Too few good units made", "R16 R03 R12", _PLANNER),
    E.QUALITY_HOLD: _kind("Lot on hold", "R03 R17 R12", _QUALITY),
    E.SHELF_LIFE: _kind("Lot too old for the customer", "R03 R17", (Role.QUALITY, Role.CUSTOMER_SERVICE)),
    E.INVENTORY_DISCREPANCY: _kind("Less stock than committed", "R01 R03 R22", _PLANNER),
    E.OVERSELL: _kind("Reserved more than there is", "R22 R03", _OPERATIONS),
    E.SHORT_PICK: _kind("Picked too few", "R02 R03 R12", _SERVICE),
    E.MISSED_CUT_OFF: _kind("Not released in time", "R18 R24", _SERVICE),
    E.CARRIER_EXCEPTION: _kind("Trouble on the way", "R18 R19 R12", _SERVICE),
    E.PROMISE_AT_RISK: _kind("Promise at risk", "R13 R07", _PLANNER),
    E.PROMISE_IMPROVABLE: _kind("Can be earlier than promised", "R12", _SERVICE),
    E.REQUEST_INFEASIBLE: _kind("Wanted sooner than possible", "R11 R05 R12", _SERVICE),
    E.RUSH_ORDER: _kind("Rush order", "R01", _OPERATIONS),
    E.CUSTOMER_CHANGE: _kind("Customer wants a change", "R23 R12", (Role.CUSTOMER_SERVICE, Role.PLANNER)),
    E.CANCEL_AFTER_COMMIT: _kind("Cancelled after work began", "R23 R25", _OPERATIONS),
    E.CREDIT_HOLD: _kind("Credit limit reached", "R26", _FINANCE),
    E.PRICE_MISMATCH: _kind("Price is not as agreed", "R20 R26", (Role.CUSTOMER_SERVICE, Role.FINANCE)),
    E.MARGIN_FLOOR: _kind("Earns too little", "R20 R11", (Role.FINANCE, Role.CUSTOMER_SERVICE)),
    E.MASTER_DATA_GAP: _kind("Data missing", "R21", _SERVICE),
    E.DUPLICATE_ORDER: _kind("Ordered twice", "R21", _SERVICE),
    E.LOW_CONFIDENCE: _kind("Document not understood", "R21", _SERVICE),
    E.HOLD_UNRESOLVED: _kind("On hold for too long", "R26", _OPERATIONS),
    E.QUOTA_EXHAUSTED: _kind("Quota used up", "R01 R11", _SERVICE),
    E.LINE_SET_BREAK: _kind("Lines of a set apart", "R05 R04", _SERVICE),
    E.ORPHAN_SUPPLY: _kind("Supply nobody needs", "R25 R13", _BUYER),
    E.SAFETY_STOCK_BREACHED: _kind("Below safety stock", "R07 R02", _PLANNER),
    E.RETURN_PENDING: _kind("Return not settled", "R27", _SERVICE),
    E.DROP_SHIP_UNCONFIRMED: _kind("Direct shipment unconfirmed", "R08 R03", _SERVICE),
    E.FEED_FAILURE: _kind("Data out of date", "R21", _OPERATIONS),
    E.EXTERNAL_DISRUPTION: _kind("Disruption outside", "R08 R18 R12", _PLANNER),
    E.COMPLIANCE_CHANGE: _kind("Rule or tariff changes", "R20 R08", _BUYER),
    E.DEMAND_OUTLIER: _kind("Unusually large order", "R21", _SERVICE),
}
