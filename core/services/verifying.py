"""Verifying: a re-scan after execution, compared line by line with what the approved plan predicted."""

from collections.abc import Mapping, Sequence
from typing import cast

from core.domain.approval import Approval
from core.domain.cases import CaseState
from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId
from core.domain.options import Forecast, LineForecast, Verification
from core.domain.proposals import MessageKind, MessageState, OutboxMessage
from core.planning.detection import detect
from core.planning.forecasting import forecast
from core.planning.netting import net
from core.ports.storage import UnitOfWork
from core.services.policy_changing import demote
from core.services.rule_values import rules_of

_SHOWN = 20
_INSTRUCTIONS = {MessageKind.PLACE_ORDER: "needed_by", MessageKind.EXPEDITE_ORDER: "new_date"}


def verify(uow: UnitOfWork, approval_id: ApprovalId) -> Verification:
    """Re-scan under the rules of the proposal. Verified means that every line, date and amount is as predicted; the
    case is resolved when its cause is gone, accepted when something of it was left by the plan, open when the
    outcome is not as predicted. Verifying again gives the first answer."""
    approval = uow.approvals.lock(approval_id)
    effect = uow.effects.get(approval_id)
    if effect is None:
        raise ConflictError(f"{approval_id} has not been executed; there is nothing to verify")
    if effect.verification is not None:
        return effect.verification
    proposal = uow.proposals.get(approval.proposal)
    snapshot = uow.snapshot()
    result = net(snapshot, rules_of(proposal.rules))
    touched = frozenset((line.order, line.line) for line in proposal.forecast.lines)
    realised = forecast(snapshot, result, touched=touched)
    differences = (*unkept(uow.outbox.of_approval(approval_id)), *compare(proposal.forecast, realised))[:_SHOWN]
    verification = Verification(
        verified=not differences, predicted=proposal.forecast, realised=realised, differences=differences
    )
    uow.effects.verified(approval_id, verification)
    if differences:
        demote(uow, approval_id, why=f"not as predicted: {differences[0]}")
    remaining = {found.key for found in detect(snapshot, result)}
    _conclude(uow, approval, verification, remaining)
    return verification


def unkept(messages: tuple[OutboxMessage, ...]) -> tuple[str, ...]:
    """What suppliers did not agree to: instructions refused, of unknown fate, or confirmed for less or later."""
    found: list[str] = []
    for message in messages:
        if message.kind not in _INSTRUCTIONS:
            continue
        name = f"{message.partner}: {message.payload['reference']}"
        if message.state in {MessageState.REFUSED, MessageState.UNKNOWN}:
            found.append(f"{name} is {message.state}")
        found.extend(_lesser(message, name))
    return tuple(found)


def _lesser(message: OutboxMessage, name: str) -> list[str]:
    wanted, by = int(str(message.payload["quantity"])), str(message.payload[_INSTRUCTIONS[message.kind]])
    lines = (message.answer or {}).get("lines", ())
    assert isinstance(lines, list | tuple)
    found: list[str] = []
    for line in cast(Sequence[Mapping[str, object]], lines):
        if int(str(line["quantity"])) < wanted:
            found.append(f"{name} is confirmed for {line['quantity']} units, {wanted} were asked for")
        if str(line["delivery_date"]) > by:
            found.append(f"{name} is confirmed for {line['delivery_date']}, {by} was asked for")
    return found


def compare(predicted: Forecast, realised: Forecast) -> tuple[str, ...]:
    """What came out other than predicted, in sentences, at most twenty; empty when everything is equal."""
    found = [
        f"{name}: predicted {before}, found {after}"
        for name, before, after in (
            ("late lines", predicted.lines_late, realised.lines_late),
            ("uncovered lines", predicted.lines_uncovered, realised.lines_uncovered),
            ("exposure", predicted.exposure, realised.exposure),
        )
        if before != after
    ]
    expected = {(line.order, line.line): line for line in predicted.lines}
    actual = {(line.order, line.line): line for line in realised.lines}
    found.extend(
        f"order line {key[0]}/{key[1]}: predicted {_said(expected.get(key))}, found {_said(actual.get(key))}"
        for key in sorted(expected.keys() | actual.keys())
        if expected.get(key) != actual.get(key)
    )
    if not found and predicted.digest != realised.digest:
        found.append("a line that is on time has another date than predicted")
    return tuple(found[:_SHOWN])


def _said(line: LineForecast | None) -> str:
    if line is None:
        return "on time"
    when = "no date" if line.projected is None else line.projected.isoformat()
    return f"{when} (promised {line.due}, {line.short} short, {line.exposure} at risk)"


def _conclude(uow: UnitOfWork, approval: Approval, verification: Verification, remaining: set[str]) -> None:
    case = uow.cases.get(approval.case)
    if case.state is not CaseState.EXECUTING:
        return
    if not verification.verified:
        uow.cases.move(case.id, to=CaseState.OPEN)
    elif case.detected.key in remaining:
        uow.cases.move(case.id, to=CaseState.ACCEPTED)
    else:
        uow.cases.move(case.id, to=CaseState.RESOLVED)
