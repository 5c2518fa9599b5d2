"""When a line is there if purchase orders come on other days: walked down the pegs of a netting, one by one."""

from collections.abc import Mapping

from core.planning.outcome import PLANNED_COMPONENT, WORK_ORDER_COMPONENT, NetResult
from core.planning.snapshot import NEVER, Snapshot


class Arrivals:
    """`days` are the new days of purchase order lines, by position in snapshot.supply; all others come as netted."""

    def __init__(self, snapshot: Snapshot, result: NetResult, days: Mapping[int, int]) -> None:
        self.snapshot, self.result, self.days = snapshot, result, days

    def cover(self, requirement: int) -> int:
        """The day the last receipt a requirement eats from has come."""
        pegs = self.result.pegs
        eaten = [int(pegs.receipt[at]) for at in range(len(pegs.quantity)) if pegs.requirement[at] == requirement]
        return max((self.receipt(one) for one in eaten), default=int(self.result.requirements.cover[requirement]))

    def available(self, requirement: int) -> int:
        """The day everything is there; short units a lead time after the last of what making them takes."""
        needs, snapshot = self.result.requirements, self.snapshot
        if not needs.short[requirement]:
            return self.cover(requirement)
        item = int(needs.item[requirement])
        if not snapshot.items.make[item] and item not in snapshot.sources.item:
            return NEVER
        begins = max([snapshot.as_of, *(self.available(one) for one in self._taken(PLANNED_COMPONENT, requirement))])
        there = NEVER if begins == NEVER else begins + int(snapshot.items.lead_days[item])
        pegged = requirement in self.result.pegs.requirement
        return max(there, self.cover(requirement)) if pegged else there

    def receipt(self, receipt: int) -> int:
        """The day a receipt comes: as given, or pushed by what its order takes."""
        supply, position = self.snapshot.supply, int(self.result.receipts.supply[receipt])
        if position in self.days:
            return self.days[position]
        taken = self._taken(WORK_ORDER_COMPONENT, position) if position >= 0 else []
        if not taken:
            return int(self.result.receipts.eta[receipt])
        ready, start, due = (
            max(map(self.available, taken)),
            int(supply.start[position]),
            max(int(supply.due[position]), self.snapshot.as_of),
        )
        if ready <= start:
            return due
        return NEVER if ready == NEVER else max(due, ready + max(0, int(supply.due[position]) - start))

    def _taken(self, kind: int, owner: int) -> list[int]:
        needs = self.result.requirements
        return [at for at in range(len(needs.kind)) if needs.kind[at] == kind and needs.ref[at] == owner]
