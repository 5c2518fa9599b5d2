"""Sharing in a backorder run: what is short on a day is shared among the lines that want it on that day."""

from collections.abc import Mapping, Sequence

from core.domain.backorders import RunRule
from core.planning.allocation.ledger import Portion, SupplyLedger, by_day, together
from core.planning.allocation.lines import Backorder, first_day, units_of
from core.planning.allocation.sharing import Claimant, fair_shares


def kept_shared(
    ledger: SupplyLedger, lines: Sequence[Backorder], *, rule: RunRule, lot: int
) -> dict[str, tuple[Portion, ...]]:
    """What can still be kept of what the lines were confirmed, reserved in the ledger; the loss is shared."""
    kept: dict[str, list[Portion]] = {line.key: [] for line in lines}
    for day in sorted({portion.day for line in lines for portion in line.confirmed}):
        wanted = {line: sum(p.quantity for p in line.confirmed if p.day == day) for line in lines}
        shares = _shares(ledger.available(day), wanted, kept, rule=rule, lot=lot)
        for key, units in shares.items():
            if units:
                kept[key].append(Portion(day=day, quantity=units))
                ledger.give(kept[key][-1])
    return {key: tuple(portions) for key, portions in kept.items()}


def served_shared(
    ledger: SupplyLedger,
    lines: Sequence[Backorder],
    floors: Mapping[str, tuple[Portion, ...]],
    *,
    rule: RunRule,
    lot: int,
) -> dict[str, tuple[Portion, ...]]:
    """Hand out what is free, day by day, among the lines whose day has come. By no day does a line, whose floor the
    ledger holds, have fewer units than before."""
    have = {line.key: floors[line.key] for line in lines}
    since = {line: first_day(line, have[line.key]) for line in lines}
    most = {line: max(line.most, units_of(have[line.key])) for line in lines}
    for day in sorted({*ledger.days, *since.values()}):
        asking = [line for line in lines if since[line] <= day]
        while asking:
            wanted = {line: rest for line in asking if (rest := most[line] - by_day(have[line.key], day)) > 0}
            shares = _shares(_pool(ledger, have, wanted, day), wanted, have, rule=rule, lot=lot)
            parts = {line: Portion(day=day, quantity=shares[line.key]) for line in wanted}
            handed = {line: _handed(ledger, have, line, part, lot=lot) for line, part in parts.items()}
            # who could not take its share for want of later supply is not asked again on this day
            asking = [line for line in wanted if handed[line] == shares[line.key]]
            if not any(handed.values()) or len(asking) == len(wanted):
                break
    return have


def _shares(
    pool: int,
    wanted: Mapping[Backorder, int],
    have: Mapping[str, Sequence[Portion]],
    *,
    rule: RunRule,
    lot: int,
) -> dict[str, int]:
    """All that is wanted where there is enough, else shares."""
    if pool >= sum(wanted.values()):
        return {line.key: units for line, units in wanted.items()}
    claimants = [
        Claimant(
            key=line.key,
            wanted=units,
            weight=line.weight,
            stock=line.shipped + units_of(have[line.key]),
            target=max(1, line.shipped + line.quantity),
        )
        for line, units in wanted.items()
    ]
    return fair_shares(pool, claimants, rule=rule, lot=lot)


def _pool(
    ledger: SupplyLedger, have: Mapping[str, tuple[Portion, ...]], wanted: Mapping[Backorder, int], day: int
) -> int:
    """What these lines could be given on the day together, if what they have later moved to it."""
    later = [portion for line in wanted for portion in have[line.key] if portion.day > day]
    ledger.take_back(later)
    units = ledger.available(day)
    for portion in later:
        ledger.give(portion)
    return units


def _handed(
    ledger: SupplyLedger, have: dict[str, tuple[Portion, ...]], line: Backorder, share: Portion, *, lot: int
) -> int:
    """Give the line its share, as far as it takes nothing from anybody later; units of its own that come later, the
    nearest first, are no longer needed then."""
    later = [portion for portion in have[line.key] if portion.day > share.day]
    ledger.take_back(later)
    free = ledger.available(share.day)
    units = share.quantity if share.quantity <= free else free // lot * lot
    rest, sooner = list[Portion](), units
    for portion in later:
        dropped = min(portion.quantity, sooner)
        sooner -= dropped
        rest.append(Portion(day=portion.day, quantity=portion.quantity - dropped))
    before = [portion for portion in have[line.key] if portion.day <= share.day]
    now = Portion(day=share.day, quantity=units)
    have[line.key] = together([*before, now, *rest])
    for portion in (now, *rest):
        ledger.give(portion)
    return units
