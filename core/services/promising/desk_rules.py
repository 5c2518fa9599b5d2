"""The rules a company promises under: the usual ones, in working days where its scans count those."""

from dataclasses import replace

from core.planning.promising import USUAL, PromisingRules
from core.ports.storage import UnitOfWork
from core.services.rule_values import rules_of

_IN_WORKING_DAYS = replace(USUAL, calendars=True)


def desk_rules(uow: UnitOfWork) -> PromisingRules:
    """Rules that agree with the scan the cases are kept under, so that a promise is not late in the next one."""
    last = uow.cases.last_scan()
    return _IN_WORKING_DAYS if last is not None and rules_of(last[1]).calendars else USUAL
