"""Triage: what to do first about each case, by rules; somebody takes a case up, puts it aside, or says otherwise."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cases import WAITING_STATES, Case, CaseState
from core.domain.checking_values import checked, checked_value
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.ids import CaseId
from core.domain.triage import TRIAGE_POLICY, Triage, TriagePolicy, Verdict, triaged
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork

LONGEST_SNOOZE_DAYS = 90
_ENDED = frozenset({CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeCase:
    """Put a case aside until a day, with the reason."""

    case: CaseId
    until: date
    why: str


def take_case(uow: UnitOfWork, case: CaseId, user: User) -> Case:
    """The person works on the case from now on; taking it twice changes nothing."""
    check_may_work(user)
    checked_value(case, CaseId, name="case")
    if uow.cases.get(case).owner != user.name:
        uow.cases.take(case, user.name)
    return uow.cases.get(case)


def snooze_case(uow: UnitOfWork, command: SnoozeCase, user: User) -> Case:
    """Put the case aside: it is out of the queue until the day, or until a scan finds more at stake than now.

    Until the same day again changes nothing.
    """
    check_may_work(user)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideTriage:
    """A person's word on what to do about a case, with the reason; `into` names the case it belongs with."""

    case: CaseId
    verdict: Verdict
    why: str
    into: CaseId | None = None


def triage_cases(uow: UnitOfWork, *, policy: TriagePolicy = TRIAGE_POLICY) -> Mapping[CaseId, Triage]:
    """The verdict on every case that waits, kept with the case; what a person said stays. Nothing is written where the
    verdict is as before."""
    today, cases, kept = uow.company.settings().as_of, uow.cases.all(), uow.cases.triages()
    closed = Counter(case.detected.root for case in cases if case.state in _ENDED)
    found: dict[CaseId, Triage] = {}
    for case in cases:
        if case.state not in WAITING_STATES:
            continue
        known = kept.get(case.id)
        if known is not None and known.by is not None:
            found[case.id] = known
            continue
        found[case.id] = triaged(case, cases, as_of=today, policy=policy, before=closed[case.detected.root])
        if found[case.id] != known:
            uow.cases.keep_triage(found[case.id])
    return found


def in_turn(cases: Sequence[CaseId], said: Mapping[CaseId, Triage]) -> list[CaseId]:
    """The cases the desk takes up, those to act on now first; not those that belong with another or are ignored."""
    verdicts = {case: said[case].verdict if case in said else Verdict.WATCH for case in cases}
    wanted = [case for case in cases if verdicts[case] in {Verdict.ACT_NOW, Verdict.WATCH}]
    return sorted(wanted, key=lambda case: verdicts[case] is not Verdict.ACT_NOW)


def override_triage(uow: UnitOfWork, command: OverrideTriage, user: User) -> Triage:
    """The person's word goes before the rules from now on. InvalidValueError without a reason, or for merging a case
    with itself or with none."""
    check_may_work(user)
    if not checked(command).why.strip():
        raise InvalidValueError("another verdict needs a reason", field="why")
    if (command.verdict is Verdict.MERGE) is (command.into is None) or command.into == command.case:
        raise InvalidValueError("merging names the other case a case belongs with, and nothing else does", field="into")
    if command.into is not None:
        uow.cases.get(command.into)
    uow.cases.get(command.case)
    word = Triage(
        case=command.case, verdict=command.verdict, reasons=(command.why.strip(),), into=command.into, by=user.name
    )
    uow.cases.keep_triage(word)
    return word


def check_may_work(user: User) -> None:
    """NotAuthorisedError for who does not work on cases."""
    if not user.is_person or not user.active or user.role is Role.VIEWER:
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not work on cases; active people who act may")
