"""What a promise must leave alone: everything already promised, with what it will need, and what comes for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.planning.netting import net
from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, NetResult
from core.planning.promising.claims import with_claims, without_lines
from core.planning.promising.columns import Columns, columns_of
from core.planning.promising.ledger import Ledger
from core.planning.promising.rules import PromisingRules
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Ints, Snapshot
from core.planning.ways import promised_instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """By node (item * groups + group): changes of balance, one a day, and what comes. `corrected` are ledgers that
    stand in front of the columns. `makers` are the nodes that making of what is short takes from, rising; with
    `coupled` those of other nodes may take from any."""

    groups: int
    changes: Columns
    receipts: Columns
    makers: Ints
    coupled: bool
    corrected: Mapping[int, Ledger] = field(default_factory=dict[int, Ledger])

    def is_tied(self, node: int) -> bool:
        """Whether what is made of a node depends on who takes from it first."""
        at = int(np.searchsorted(self.makers, node))
        return self.coupled or (at < self.makers.size and int(self.makers[at]) == node)

    def has(self, item: int, group: int) -> bool:
        """Whether the balance changes on any day."""
        corrected = self.corrected.get(item * self.groups + group) if self.corrected else None
        if corrected is not None:
            return bool(corrected.days)
        first, end = self.changes.rows(item, group)
        return first < end

    def ledger(self, item: int, group: int) -> Ledger:
        """A ledger of one node, to be written in; what is kept here stays as it is."""
        kept = self.corrected.get(item * self.groups + group) if self.corrected else None
        if kept is not None:
            return Ledger(list(kept.days), list(kept.changes), list(kept.receipts), kept.known)
        changes, coming = self.changes, self.receipts
        first, end = changes.rows(item, group)
        days, units = changes.day[first:end].tolist(), changes.units[first:end].tolist()
        first, end = coming.rows(item, group)
        if first == end:
            return Ledger(days, units, [])
        source, there = coming.source[first:end].tolist(), coming.units[first:end].tolist()
        return Ledger(days, units, list(zip(coming.day[first:end].tolist(), source, there, strict=True)))


def commitments(snapshot: Snapshot, rules: PromisingRules, without: Collection[tuple[str, int]]) -> Commitments:
    """What netting finds, counting claims as demand and leaving the order lines `without` aside."""
    seen = with_claims(without_lines(snapshot, without))
    how = ScanRules(overdue=rules.overdue, calendars=rules.calendars)
    result = net(seen, how)
    groups, items = int(result.group_of.max(initial=-1)) + 1, len(snapshot.items.code)
    needs, receipts = result.requirements, result.receipts
    known = receipts.eta < NEVER
    needed = needs.item.astype(np.int64) * groups + needs.group
    coming = receipts.item[known].astype(np.int64) * groups + receipts.group[known]
    eta = np.maximum(receipts.eta[known].astype(np.int64), snapshot.as_of)
    wanted, there = _less_kept(result)
    units, source = there[known], receipts.supply[known].astype(np.int64)
    others, on, more = _instead(result, needed, groups=groups)
    node, day = np.concatenate((needed, coming, others)), np.concatenate((needs.need.astype(np.int64), eta, on))
    change = np.concatenate((-wanted, units, more))
    return Commitments(
        groups=groups,
        changes=_a_day(node, np.maximum(day, snapshot.as_of), change, items=items, groups=groups),
        receipts=columns_of(coming, eta, units, source, items=items, groups=groups),
        makers=np.unique(needed[needs.kind == PLANNED_COMPONENT]),
        coupled=promised_instead(snapshot, how),
    )


def _less_kept(result: NetResult) -> tuple[Ints, Ints]:
    """Units needed and units that come without those planned orders bring for what they were planned for: they serve
    nobody else, even where other supply could take their place in time."""
    wanted, there, kept = result.requirements.quantity.copy(), result.receipts.quantity.copy(), result.kept
    comes = result.receipts.eta[kept.receipt] < NEVER
    np.subtract.at(wanted, kept.requirement[comes], kept.quantity[comes])
    np.subtract.at(there, kept.receipt[comes], kept.quantity[comes])
    return wanted, there


def _instead(result: NetResult, needed: Ints, *, groups: int) -> tuple[Ints, Ints, Ints]:
    """Node, day and change of what is planned to be built with something else: it needs that, and not what it takes the
    place of."""
    takings, need = result.takings, result.requirements.need.astype(np.int64)[result.takings.requirement]
    node = np.concatenate((needed[takings.requirement], takings.item * groups + takings.group))
    day = np.concatenate((need, np.maximum(need, takings.day)))
    return node, day, np.concatenate((takings.units, -takings.taken))


def _a_day(node: Ints, day: Ints, change: Ints, *, items: int, groups: int) -> Columns:
    """Changes added up to one a day, and none where they add up to nothing."""
    order = stable_order(node, day)
    node, day = node[order], day[order]
    first = np.flatnonzero((np.diff(node, prepend=-1) != 0) | (np.diff(day, prepend=-1) != 0))
    summed = np.add.reduceat(change[order], first) if first.size else change
    first, summed = first[summed != 0], summed[summed != 0]
    none = np.zeros(first.size, dtype=np.int64)
    return columns_of(node[first], day[first], summed, none, items=items, groups=groups)
