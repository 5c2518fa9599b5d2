"""The rules of a scan as plain values, kept with scans and proposals so that a re-scan uses the same ones."""

from collections.abc import Mapping

from core.planning.rules import OverdueSupply, Policy, ScanRules

RuleValues = Mapping[str, str | bool | None]


def values_of(rules: ScanRules) -> RuleValues:
    """The rules as JSON values."""
    return {
        "policy": rules.policy.value,
        "overdue": rules.overdue.value,
        "pool_locations": rules.pool_locations,
        "ship_from": rules.ship_from,
        "use_bom": rules.use_bom,
        "calendars": rules.calendars,
        "capacity": rules.capacity,
        "lanes": rules.lanes,
        "alternates": rules.alternates,
    }


def rules_of(values: RuleValues) -> ScanRules:
    """The rules written by values_of; a feature that was not known when they were written is off."""
    ship_from = values["ship_from"]
    return ScanRules(
        policy=Policy(str(values["policy"])),
        overdue=OverdueSupply(str(values["overdue"])),
        pool_locations=bool(values["pool_locations"]),
        ship_from=None if ship_from is None else str(ship_from),
        use_bom=bool(values["use_bom"]),
        calendars=bool(values.get("calendars")),
        capacity=bool(values.get("capacity")),
        lanes=bool(values.get("lanes")),
        alternates=bool(values.get("alternates")),
    )
