"""Crafting: a way out as somebody wants it, an option beside the planner's, checked, priced and simulated alike."""

from dataclasses import dataclass, replace

from core.domain.cases import WAITING_STATES, CaseState
from core.domain.checking_values import checked
from core.domain.crafting import Changes
from core.domain.errors import ConflictError, NotFeasibleError
from core.domain.ids import CaseId, OptionId
from core.domain.options import Option
from core.planning.donors import stock_elsewhere
from core.planning.repair.composition import UnfitError, workbench
from core.planning.repair.crafting import Round, craft
from core.planning.repair.policy import DEFAULT_POLICY
from core.ports.storage import UnitOfWork
from core.services.case_terms import terms_of
from core.services.conditions import unmet
from core.services.policies import weighed
from core.services.resolving import netted
from core.services.track_records import supplier_chances

_CRAFTABLE = WAITING_STATES | {CaseState.PROPOSED, CaseState.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CraftCommand:
    """Make an option of this case that does what the changes ask for."""

    case: CaseId
    changes: Changes


def craft_option(uow: UnitOfWork, command: CraftCommand) -> Option:
    """The option, kept as one more of the current planning round (of a first one where the case was never planned); its
    letter is the next. Stock elsewhere is read from the books as they are, what suppliers said from the evidence kept.

    NotFeasibleError with each reason when it cannot be done as it is wanted; ConflictError for a case that is closed,
    approved or being executed. Nothing is proposed.
    """
    case = uow.cases.hold(checked(command).case)
    if case.state not in _CRAFTABLE:
        raise ConflictError(
            f"case {case.id} is {case.state}; a way out can be made for one that is open or proposed",
            case=case.id,
            state=case.state.value,
        )
    if not case.planning_round:
        uow.cases.start_round(case.id)
        case = uow.cases.get(case.id)
    snapshot, result = netted(uow)
    evidence = replace(uow.cases.evidence(case.id), stock=stock_elsewhere(snapshot, result, case))
    terms = terms_of(uow, snapshot, result, case)
    beside = Round(options=uow.cases.options(case.id), chances=supplier_chances(uow, as_of=snapshot.as_of))
    try:
        bench = workbench(snapshot, result, case, evidence, policy=DEFAULT_POLICY, terms=terms)
        made = replace(craft(bench, command.changes, beside), crafted_by=uow.actor, basis=_basis(command.changes))
        (option,) = weighed(uow, (made,))
    except UnfitError as error:
        raise _refused(case.id, error.reasons) from error
    reasons = unmet(uow, option.plan.preconditions)
    if reasons:
        raise _refused(case.id, reasons)
    uow.cases.add_option(case.id, option)
    return option


def _basis(changes: Changes) -> OptionId | None:
    return getattr(changes, "option", None)


def _refused(case: CaseId, reasons: tuple[str, ...]) -> NotFeasibleError:
    return NotFeasibleError(f"{case}: {'; '.join(reasons)}", reasons=reasons, case=case)
