"""Who may decide on an approval: in the own name, or in the stead of somebody who is away. Nobody counts twice."""

from dataclasses import dataclass
from datetime import date

from core.domain.approval import Approval, ApprovalState, why_not
from core.domain.checking_values import checked
from core.domain.delegating import Authority, Delegation
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day

MAY_DELEGATE_FOR_OTHERS = (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR)
DECIDING = frozenset({Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER, Role.FINANCE, Role.QUALITY}) | {
    Role.CUSTOMER_SERVICE
}
LONGEST_REASON = 500
MOST_DAYS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateCommand:
    """`delegate` decides as `delegator` may, from a day to a day, both included."""

    delegator: UserName
    delegate: UserName
    first: date
    last: date
    reason: str


def delegate(uow: UnitOfWork, command: DelegateCommand) -> Delegation:
    """Let somebody decide in another's stead, in the own name. The delegator does it, or an operations manager or
    administrator for somebody who is away already.

    The delegate has the delegator's role and limit and never more; what the delegator has by delegation is not passed
    on.
    """
    acting, wanted = uow.users.get(uow.actor), checked(command)
    delegator, to = uow.users.get(wanted.delegator), uow.users.get(wanted.delegate)
    if acting.name != delegator.name and acting.role not in MAY_DELEGATE_FOR_OTHERS:
        may = " or ".join(role.value for role in MAY_DELEGATE_FOR_OTHERS)
        raise NotAuthorisedError(f"{acting.name!r} may not delegate for {delegator.name!r}; an {may} may")
    if to.human == acting.human and acting.name != delegator.name:
        raise NotAuthorisedError(f"{acting.name!r} may not be made the delegate of somebody by themselves")
    problem = _problem(acting, delegator, to) or _wrong_days(wanted, business_day(uow))
    if problem:
        raise InvalidValueError(problem, field="delegation")
    return uow.delegations.add(
        Delegation(
            number=0,
            delegator=delegator.name,
            delegate=to.name,
            first=wanted.first,
            last=wanted.last,
            reason=" ".join(wanted.reason.split()),
            given_by=acting.name,
        )
    )


def end_delegation(uow: UnitOfWork, number: int) -> Delegation:
    """End one before its last day: whoever gave it, either of the two, or who may delegate for others."""
    acting, known = uow.users.get(uow.actor), uow.delegations.get(number)
    own = acting.name in {known.delegator, known.delegate, known.given_by}
    if not acting.active or not acting.is_person or not (own or acting.role in MAY_DELEGATE_FOR_OTHERS):
        raise NotAuthorisedError(f"{acting.name!r} may not end delegation {number}", user=acting.name)
    uow.delegations.end(number)
    return uow.delegations.get(number)


def authority_of(uow: UnitOfWork, user: User, approval: Approval) -> Authority:
    """In which role, and in whose stead, this person may decide; NotAuthorisedError says why not.

    One human being is one person under however many names, and an authority is used once: neither the delegator nor a
    second delegate decides on what a delegate decided in that person's stead.
    """
    mine = why_not(user, approval) or _taken(uow, user, approval)
    if mine is None:
        return Authority(role=user.role)
    if user.is_person and user.active and _taken(uow, user, approval) is None:
        for one in stands_in_for(uow, user):
            if why_not(one, approval) is None and _taken(uow, one, approval) is None:
                return Authority(role=one.role, on_behalf_of=one.name)
    raise NotAuthorisedError(mine, approval=approval.id)


def why_not_now(uow: UnitOfWork, user: User, approval: Approval) -> str | None:
    """Why this person may not decide at this moment, in the own name or another's; None when the person may."""
    if approval.run_out(uow.now):
        return "the time to decide has passed"
    if approval.state is not ApprovalState.PENDING:
        return why_not(user, approval)
    if any(one.user == user.name for one in approval.decisions):
        return f"{user.name!r} has decided already; another person's word is awaited"
    try:
        authority_of(uow, user, approval)
    except NotAuthorisedError as error:
        return error.message
    return None


def stands_in_for(uow: UnitOfWork, user: User) -> tuple[User, ...]:
    """The people in whose stead somebody may decide today, in the order of the delegations."""
    today = uow.delegations.holding(business_day(uow))
    return tuple(uow.users.get(one.delegator) for one in today if one.delegate == user.name)


def stand_ins(uow: UnitOfWork, approval: Approval) -> tuple[Delegation, ...]:
    """The delegations under which somebody may decide on it today, by number."""
    known = {one.name: one for one in uow.users.all()}
    today = uow.delegations.holding(business_day(uow))
    return tuple(one for one in today if why_not(known[one.delegator], approval) is None)


def authority_lost(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """Who could not approve the plan any more as things stand at this moment, a sentence each."""
    found: list[str] = []
    for decision in approval.decisions:
        if decision.user not in approval.approvers:
            continue
        user = uow.users.get(decision.user)
        if decision.on_behalf_of is None:
            problem = why_not(user, approval)
        elif not user.active:
            problem = f"{user.name!r} is no longer active"
        elif decision.on_behalf_of not in {one.name for one in stands_in_for(uow, user)}:
            problem = f"{user.name!r} no longer stands in for {decision.on_behalf_of!r}"
        else:
            problem = why_not(uow.users.get(decision.on_behalf_of), approval)
        found.extend([problem] if problem else [])
    return tuple(sorted(set(found)))


def _taken(uow: UnitOfWork, user: User, approval: Approval) -> str | None:
    """Whether this human being has a part in it already, under whatever name."""
    known = {one.name: one for one in uow.users.all()}
    wanted = [name for name in (approval.proposed_by, approval.edited_by) if name is not None]
    for name in wanted:
        if name in known and known[name].human == user.human:
            return f"{user.name!r} and {name!r}, who wanted this plan, are one person"
    for decision in approval.decisions:
        for name in (decision.user, decision.on_behalf_of):
            if name is None:
                continue
            if name != user.name and known[name].human == user.human:
                return f"{user.name!r} is one person with {name!r}, in whose name was decided on {approval.id}"
            if name == user.name and decision.user != user.name:
                return f"{decision.user!r} has decided on {approval.id} in the stead of {user.name!r}"
    return None


def _problem(acting: User, delegator: User, to: User) -> str | None:
    if not acting.is_person or not acting.active:
        return f"{acting.name!r} is no active person; people delegate"
    if delegator.human == to.human:
        return f"{delegator.name!r} and {to.name!r} are one person"
    for user in (delegator, to):
        if not user.is_person or not user.active:
            return f"{user.name!r} is no active person"
    if delegator.role not in DECIDING:
        return f"{delegator.name!r} ({delegator.role}) decides on nothing that could be delegated"
    return None


def _wrong_days(command: DelegateCommand, today: date) -> str | None:
    if command.last < command.first or command.last < today:
        return f"{command.first} to {command.last} is no time to come"
    if (command.last - command.first).days >= MOST_DAYS:
        return f"{command.first} to {command.last} is longer than {MOST_DAYS} days"
    if not command.reason.strip() or len(command.reason) > LONGEST_REASON:
        return f"a delegation needs a reason of 1 to {LONGEST_REASON} characters"
    return None
