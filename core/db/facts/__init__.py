"""Facts as SQL over the ledgers, one file a topic. A query gives rows of name, of, numerator, denominator and value.

Every query may use :first and :last (the period), :until (its last day that is over), :as_of, :days, :labour (what a
case costs in people's time) and :best (how many of the best). What a figure means is in core/domain/fact_table.py.
"""

from core.db.facts.cases import EXCEPTIONS, MONEY, OVERRIDES, TIMES
from core.db.facts.orders import BACKORDERS, CYCLES, FILLED, KEPT, PERFECT, TARGETS
from core.db.facts.promises import ACCURACY, STABILITY
from core.db.facts.sales import BEST, RETURNS
from core.db.facts.stock import QUOTAS, TURNS, VALUE
from core.db.facts.supply import SUPPLIERS, WORK

QUERIES = (
    *(KEPT, TARGETS, FILLED, PERFECT, CYCLES, BACKORDERS),
    *(ACCURACY, STABILITY),
    *(EXCEPTIONS, TIMES, MONEY, OVERRIDES),
    *(RETURNS, BEST, VALUE, TURNS, SUPPLIERS, WORK, QUOTAS),
)

__all__ = ["QUERIES"]
