"""How an agent puts an option before people; what they decide, and what is then done, is in no tool's reach."""

from datetime import datetime

from core.domain.approval import Approval
from core.domain.errors import InvalidValueError
from core.domain.ids import ApprovalId, CaseId, OptionId
from core.domain.options import Option
from core.domain.proposals import Advice, AdviceSource
from tools.arguments import CaseRef, OptionOfCase
from tools.core_access import ToolCore
from tools.spec import Cost, ToolInput, ToolOutput, proposes


class Proposed(ToolOutput):
    """The approval that now waits. `summary` can be told to a person as it is; nothing has been executed."""

    approval: ApprovalId
    summary: str
    case: CaseId
    option: OptionId
    what: str
    tier: int
    approvals_needed: int
    roles: tuple[str, ...]
    rule: str
    expires_at: datetime


class ProposeOption(ToolInput):
    """What propose_option takes. There is no field for words: the approval shows the core's own."""

    case: CaseRef
    option: OptionOfCase


def put_before_people(core: ToolCore, option: Option) -> Proposed:
    """Propose an option of its case, in the core's own words, and tell what it waits for."""
    advice = Advice(source=AdviceSource.RULES, option=option.id, text=f"Asked for in conversation: {option.title}.")
    return told(core.propose(case=option.case, option=option.id, advice=advice), option)


def told(approval: Approval, option: Option) -> Proposed:
    """What a person is told about an approval that waits."""
    roles = tuple(role.value for role in approval.roles)
    people = "one person" if approval.approvals_needed == 1 else f"{approval.approvals_needed} people"
    return Proposed(
        approval=approval.id,
        summary=f"proposed, approval {approval.id}; waits for {people} ({' or '.join(roles)})",
        case=option.case,
        option=option.id,
        what=option.title,
        tier=approval.tier,
        approvals_needed=approval.approvals_needed,
        roles=roles,
        rule=approval.rule,
        expires_at=approval.expires_at,
    )


def _propose_option(core: ToolCore, asked: ProposeOption) -> Proposed:
    case, said = CaseId(asked.case), asked.option
    offered = {option.id: option for option in core.options(case)}
    lettered = {option.letter: option for option in offered.values()}
    option = offered.get(OptionId(said)) or lettered.get(said.upper())
    if option is None:
        message = f"option {asked.option!r} is not one of case {asked.case!r}; accepted are {sorted(offered)}"
        raise InvalidValueError(message, field="option")
    return put_before_people(core, option)


PROPOSE_OPTION = proposes(
    "propose_option",
    "Puts one option of a case before people and answers 'proposed, approval ID'. Executes nothing: people with the "
    "right role decide, and only then is it carried out. The same option again gives the same approval.",
    cost=Cost.CHEAP,
    examples=({"case": "CASE-17", "option": "CASE-17-1A"},),
    takes=ProposeOption,
    gives=Proposed,
    handler=_propose_option,
)
