"""The invariants of reliability.md as SQL, one file a topic: every row a query gives is one contradiction, in words."""

from collections.abc import Mapping

from core.db.laws.audit import AUDIT_CHAIN, broken_links
from core.db.laws.decisions import EFFECTS, PEOPLE, TRANSITIONS
from core.db.laws.law import Invariant
from core.db.laws.master_data import MASTER_DATA
from core.db.laws.messages import KEYS, OUTBOX
from core.db.laws.money import MONEY
from core.db.laws.orders import LINES, PROMISES
from core.db.laws.runs import RUNS
from core.db.laws.stock import LEDGER, RESERVED

INVARIANTS: Mapping[str, Invariant] = {
    law.name: law
    for law in (LEDGER, RESERVED, LINES, PROMISES, EFFECTS, PEOPLE, OUTBOX, TRANSITIONS, MONEY, MASTER_DATA, KEYS, RUNS)
}

__all__ = ["AUDIT_CHAIN", "INVARIANTS", "Invariant", "broken_links"]
