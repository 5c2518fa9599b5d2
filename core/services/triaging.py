"""Triage: somebody takes a case up, or puts it aside until a day."""

from dataclasses import dataclass
from datetime import date

from core.domain.cases import Case
from core.domain.checking_values import checked, checked_value
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.ids import CaseId
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork

LONGEST_SNOOZE_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeCase:
    """Put a case aside until a day, with the reason."""

    case: CaseId
    until: date
    why: str


def take_case(uow: UnitOfWork, case: CaseId, user: User) -> Case:
    """The person works on the case from now on; taking it twice changes nothing."""
    _may_work(user)
    checked_value(case, CaseId, name="case")
    if uow.cases.get(case).owner != user.name:
        uow.cases.take(case, user.name)
    return uow.cases.get(case)


def snooze_case(uow: UnitOfWork, command: SnoozeCase, user: User) -> Case:
    """Put the case aside: it is out of the queue until the day, or until a scan finds more at stake than now.

    Until the same day again changes nothing.
    """
    _may_work(user)
    checked(command)
    today = uow.company.settings().as_of
    if not 1 <= (command.until - today).days <= LONGEST_SNOOZE_DAYS:
        accepted = f"accepted is 1 to {LONGEST_SNOOZE_DAYS} days after {today}"
        raise InvalidValueError(f"a case cannot be put aside until {command.until}; {accepted}", field="until")
    if not command.why.strip():
        raise InvalidValueError("putting a case aside needs a reason", field="why")
    if uow.cases.get(command.case).snoozed_until != command.until:
        uow.cases.snooze(command.case, until=command.until, why=command.why)
    return uow.cases.get(command.case)


def _may_work(user: User) -> None:
    if not user.is_person or not user.active or user.role is Role.VIEWER:
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not work on cases; active people who act may")
