"""How the desk did: what people made of its proposals by action, and what was predicted beside what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import ApprovalId, CaseId
from core.domain.learning import Experience
from core.domain.options import Forecast
from core.domain.plans import Resolution
from core.domain.proposals import Effect
from core.domain.runs import ModelUse
from core.domain.working_time import zone_of
from core.ports.storage import UnitOfWork
from core.services.learning import experience_between

USUAL_DAYS = 90
LONGEST_PERIOD = 3660
MOST_OUTCOMES = 200
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAsked:
    """A period by its first and last day, both counted, where the company is; without them the 90 days up to the
    business date."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
    """What became of the desk's proposals with an action: taken as they were, rejected, changed by somebody, and of
    those carried out how many came out otherwise, were undone or complained of. A proposal with several actions
    counts for each of them."""

    action: Resolution
    decided: int
    taken: int
    rejected: int
    changed: int
    otherwise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One plan carried out and looked at again: the whole book as it was predicted and as it was found."""

    approval: ApprovalId
    case: CaseId
    executed_at: datetime
    verified: bool
    predicted: Forecast
    realised: Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRecord:
    """The period, the actions by name, the plans looked at again from the latest on, and how many there are in all."""

    first: date
    last: date
    currency: str
    decided: int
    actions: tuple[ActionRecord, ...]
    outcomes: tuple[Outcome, ...]
    looked_at: int
    as_predicted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """What models were asked in a period and what it cost, by model and purpose."""

    first: date
    last: date
    uses: tuple[ModelUse, ...]


def desk_record(uow: UnitOfWork, asked: RecordAsked) -> DeskRecord:
    """Proposals made in the period and what people said to them; plans carried out in it and what came of them."""
    first, last = _period(uow, asked)
    since, until = _moments(uow, first, last)
    found = experience_between(uow, since, until)
    outcomes = [one for effect in uow.effects.executed(since, until) if (one := _outcome(uow, effect)) is not None]
    outcomes.sort(key=lambda one: (one.executed_at, one.approval), reverse=True)
    return DeskRecord(
        first=first,
        last=last,
        currency=uow.company.settings().currency,
        decided=len(found),
        actions=_by_action(found),
        outcomes=tuple(outcomes[:MOST_OUTCOMES]),
        looked_at=len(outcomes),
        as_predicted=sum(one.verified for one in outcomes),
    )


def model_record(uow: UnitOfWork, asked: RecordAsked) -> ModelRecord:
    """Calls of models in the period."""
    first, last = _period(uow, asked)
    return ModelRecord(first=first, last=last, uses=uow.model_calls.used(*_moments(uow, first, last)))


def _by_action(found: Iterable[Experience]) -> tuple[ActionRecord, ...]:
    of: dict[Resolution, list[Experience]] = {}
    for one in found:
        for action in one.resolutions:
            of.setdefault(action, []).append(one)
    return tuple(_record(action, of[action]) for action in sorted(of))


def _record(action: Resolution, some: list[Experience]) -> ActionRecord:
    def count(holds: Callable[[Experience], bool]) -> int:
        return sum(map(holds, some))

    return ActionRecord(
        action=action,
        decided=len(some),
        taken=count(lambda one: not one.rejected),
        rejected=count(lambda one: one.rejected and not one.edited),
        changed=count(lambda one: one.edited),
        otherwise=count(lambda one: one.bad),
    )


def _outcome(uow: UnitOfWork, effect: Effect) -> Outcome | None:
    found = effect.verification
    if found is None:
        return None
    return Outcome(
        approval=effect.approval,
        case=uow.approvals.get(effect.approval).case,
        executed_at=effect.executed_at,
        verified=found.verified,
        predicted=found.predicted,
        realised=found.realised,
    )


def _period(uow: UnitOfWork, asked: RecordAsked) -> tuple[date, date]:
    last = checked(asked).last or uow.company.settings().as_of
    first = asked.first or last - timedelta(days=USUAL_DAYS - 1)
    if not timedelta(0) <= last - first < timedelta(days=LONGEST_PERIOD):
        raise InvalidValueError(
            f"the period {first} to {last} is not one; accepted: a first day not after the last, at most"
            f" {LONGEST_PERIOD:,} days",
            field="first",
        )
    return first, last


def _moments(uow: UnitOfWork, first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day up to the beginning of the day after the last, where the company is. Books
    whose business date lags behind the clock are worked on now: up to that date means up to now."""
    settings = uow.company.settings()
    zone = zone_of(settings.time_zone)
    begins, ends = (datetime.combine(day, time(), tzinfo=zone) for day in (first, last + timedelta(days=1)))
    return begins, max(ends, uow.now + _INSTANT) if last >= settings.as_of else ends
