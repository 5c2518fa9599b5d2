"""Claiming: which lines that are late or short a finding explains better than the engine's own root cause does.

A line is claimed by the supply its critical path ends in, else by the node (item and place) nothing covers, first by
what was to come there for this line; else by its own number. Of two findings of one kind the first by key has it.
Overdue purchase orders keep their lines (E02).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.watching.finding import Finding
from core.planning.exposure import positions
from core.planning.impacts import Scan
from core.planning.simulation import line_position
from core.planning.snapshot import PURCHASE_ORDER, WORK_ORDER, Snapshot
from core.planning.tracing import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The lines (positions) each finding takes over by its key, and those it only names or that rest on its supply."""

    taken: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    touched: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    @property
    def lines(self) -> frozenset[int]:
        """Every line that is taken over."""
        return frozenset(line for lines in self.taken.values() for line in lines)


def claims_of(scan: Scan, findings: Sequence[Finding]) -> Claims:
    """What the findings take over and touch in this netting."""
    by_supply, by_node, by_line, own = (
        _by_supply(scan.snapshot, findings),
        _by_node(scan, findings),
        _by_line(scan, findings),
        _by_node_and_line(scan, findings),
    )
    claims = Claims()
    for line in positions(~scan.stand.on_time):
        path = scan.paths.of(int(scan.result.line_requirement[line]))
        requirements = scan.result.requirements
        node = int(requirements.item[path.root]), int(requirements.group[path.root])
        claimant = by_line.get(line)
        if path.hold is Hold.LATE:
            claimant = by_supply.get(path.supply, claimant)
        elif path.hold is Hold.UNCOVERED:
            claimant = own.get((*node, line), by_node.get(node, claimant))
        if claimant is not None:
            claims.taken.setdefault(claimant, []).append(line)
    _touch(scan, findings, by_supply, claims)
    return claims


def _touch(scan: Scan, findings: Sequence[Finding], by_supply: dict[int, str], claims: Claims) -> None:
    resting: dict[str, list[int]] = {}
    if by_supply:
        for line in positions(scan.stand.on_time):
            supply = scan.paths.last_supply(int(scan.result.line_requirement[line]))
            if supply in by_supply:
                resting.setdefault(by_supply[supply], []).append(line)
    for finding in findings:
        if finding.needs_harm:
            continue
        named = [at for key in finding.lines if (at := line_position(scan.snapshot, *key)) is not None]
        touched = {*named, *resting.get(finding.key, [])}
        if touched:
            claims.touched[finding.key] = sorted(touched)


def _by_supply(snapshot: Snapshot, findings: Sequence[Finding]) -> dict[int, str]:
    wanted = {key: finding.key for finding in reversed(findings) for key in finding.supply}
    if not wanted:
        return {}
    supply = snapshot.supply
    ours = positions((supply.kind == PURCHASE_ORDER) | (supply.kind == WORK_ORDER))
    keys = ((at, (supply.number[at], int(supply.line[at]))) for at in ours)
    return {at: wanted[key] for at, key in keys if key in wanted}


def _by_node(scan: Scan, findings: Sequence[Finding]) -> dict[tuple[int, int], str]:
    first_last = sorted(findings, key=lambda finding: bool(finding.short_for))
    return {node: finding.key for finding in reversed(first_last) if (node := _short_node(scan, finding)) is not None}


def _by_node_and_line(scan: Scan, findings: Sequence[Finding]) -> dict[tuple[int, int, int], str]:
    return {
        (*node, at): finding.key
        for finding in reversed(findings)
        if finding.short_for and (node := _short_node(scan, finding)) is not None
        for key in finding.short_for
        if (at := line_position(scan.snapshot, *key)) is not None
    }


def _short_node(scan: Scan, finding: Finding) -> tuple[int, int] | None:
    items, places = scan.snapshot.items.code, scan.snapshot.locations.code
    if finding.short_item not in items or finding.location not in places:
        return None
    return items.index(finding.short_item), int(scan.result.group_of[places.index(finding.location)])


def _by_line(scan: Scan, findings: Sequence[Finding]) -> dict[int, str]:
    return {
        at: finding.key
        for finding in reversed(findings)
        for key in finding.takes
        if (at := line_position(scan.snapshot, *key)) is not None
    }
