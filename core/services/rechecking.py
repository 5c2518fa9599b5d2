"""Checking a plan against the books of the moment it runs: is it made for today, and does it still do its good?"""

from core.domain.approval import Approval
from core.domain.options import LineChange
from core.domain.plans import Buy, Plan, Wait
from core.domain.proposals import Proposal
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.simulation import apply, line_position
from core.planning.snapshot import Snapshot, day_of
from core.ports.storage import UnitOfWork
from core.services.policies import policy_of
from core.services.rule_values import rules_of

AS_OF = "as_of"
_SHOWN = 20


def outdated(uow: UnitOfWork, proposal: Proposal) -> tuple[str, ...]:
    """A sentence for each thing that makes the plan another one than was shown: a later business date, or an order line
    it was to help that is gone or would now come later than shown. Lines it was not about do not matter."""
    if all(isinstance(action, Wait) for action in proposal.plan.actions):
        return ()
    made_for, today = proposal.rules.get(AS_OF), uow.company.settings().as_of.isoformat()
    if made_for is not None and made_for != today:
        return (f"the business date is {today}, the plan was made for {made_for}",)
    after = apply(uow.snapshot(), proposal.plan.actions)
    result = net(after, rules_of(proposal.rules))
    meant = (change for change in uow.cases.option(proposal.option).changes if _meant(change))
    found = (_lost(after, result, change) for change in meant)
    return tuple(sentence for sentence in found if sentence is not None)[:_SHOWN]


def _meant(change: LineChange) -> bool:
    """Whether the option was about this line: it gains days or units by it, or gets another promise."""
    return change.gained > 0 or change.short_after < change.short_before or change.due_after != change.due_before


def _lost(after: Snapshot, result: NetResult, change: LineChange) -> str | None:
    name = f"order line {change.order}/{change.line}"
    position = line_position(after, change.order, change.line)
    if position is None:
        return f"{name} is no longer open"
    projected = day_of(int(result.line_available[position]))
    if int(result.line_short[position]) > change.short_after:
        return f"{name} would have {result.line_short[position]} units uncovered, {change.short_after} were shown"
    if change.projected_after is not None and (projected is None or projected > change.projected_after):
        return f"{name} would be there on {projected or 'no known day'}, {change.projected_after} was shown"
    return None


def shared_otherwise(uow: UnitOfWork, approval: Approval, plan: Plan) -> tuple[str, ...]:
    """A sentence for each item of which suppliers would get another share than the policy allows since the plan was
    proposed. Shares that were no others then are not judged again: one supplier may be all there was."""
    now, history = policy_of(uow), uow.policies.history()
    then = next((one.policy.award for one in history if one.policy.version == approval.policy_version), now.award)
    if then == now.award:
        return ()
    units: dict[str, dict[str, int]] = {}
    for action in plan.actions:
        if isinstance(action, Buy):
            bought = units.setdefault(action.item, {})
            bought[action.supplier] = bought.get(action.supplier, 0) + action.quantity
    allowed = f"{now.award.least_share} to {now.award.largest_share} of 100 units"
    return tuple(
        f"policy {now.version} gives one supplier {allowed}; the plan buys"
        f" {' and '.join(f'{bought[code]} {item} from {code}' for code in sorted(bought))}"
        for item, bought in sorted(units.items())
        if not now.award.allow(tuple(bought.values()))
    )
