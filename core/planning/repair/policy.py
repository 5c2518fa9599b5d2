"""The policy of repair as data: what lateness and unrest cost when ways out are compared.

Objective of an option = what it costs
  + for each order line: value of the line x max(its penalty, least_penalty) x days late after the date promised before
    (moving a promise does not make a line less late for its customer). UNKNOWN_DATE_DAYS at least where the day rests
    on supply that nobody has ordered; one day for a line on time with less slack than the buffer, its supply to come
  + unordered_percent of the value of the units late or short on lines that rest on supply nobody has ordered,
    planned_percent where making has still to be ordered
  + lacking_percent of the exposure of the case x the share of the units it lacks that still have no supply
  + safety_percent of the cost of each unit missing from safety stock, for each day it is missing within the lead time
  + overdue_percent of the lateness of the case's lines if an overdue order, believed to come, never did
  + unannounced for each line that misses its promise without being given another date
  + promise_moved for each line given another date, customer_contacted for each customer who must be told,
    document_touched for each order written or changed.
  - what settling it is worth, for ways out that no figure of the books measures: an answer (at least answer_worth, else
    lacking_percent of the exposure), supply not held for nothing (excess_percent of its value), parts on time
It is summed over the lines the case hurts and those any of its options moves, so that options compare.
The terms are those of the planner's objective in the shared domain reference, section 2.
"""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.tiers import MONEY_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairPolicy:
    """The weights. `least_penalty` is hundredths of a percent of the value a day, for customers without a clause;
    `excess_percent` is what holding a unit bought beyond the need costs, of its price. `most_drafted` mixes are
    simulated, the `most_promised` best of them with new dates, settled in so many rounds. A person is given
    `answer_days`, a change of an order inside the freeze fence costs `change_fee`, supply nobody needs is had
    `defer_days` later or cancelled for `cancel_percent` of its value; one more shipment costs `extra_shipment`. At
    most so many alternatives stand beside the options that bring units."""

    version: str = "2026-1"
    least_penalty: int = 50
    unordered_percent: int = 10
    planned_percent: int = 2
    lacking_percent: int = 10
    safety_percent: int = 1
    overdue_percent: int = 25
    excess_percent: int = 25
    unannounced: Decimal = Decimal(40)
    promise_moved: Decimal = Decimal(10)
    customer_contacted: Decimal = Decimal(15)
    document_touched: Decimal = Decimal(10)
    answer_worth: Decimal = Decimal(25)
    answer_days: int = 2
    defer_days: int = 28
    cancel_percent: int = 10
    extra_shipment: Decimal = Decimal("35.00")
    change_fee: Decimal = Decimal("25.00")
    money_limit: Decimal = MONEY_LIMIT
    most_alternatives: int = 3
    most_options: int = 5
    most_drafted: int = 9
    most_promised: int = 5
    settling_rounds: int = 4


DEFAULT_POLICY = RepairPolicy()
