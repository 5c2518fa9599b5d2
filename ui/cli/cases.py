"""`expediter cases` and `case`: the queue, and one case with all there is about it."""

from typing import Annotated

import typer

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import ACTIVE_STATES, WAITING_STATES, Case, CaseState
from core.domain.ids import CaseId
from core.domain.plan_words import plan_sentences
from core.domain.triage import Triage
from core.ports.storage import UnitOfWork
from core.services.delegating import stand_ins
from core.services.questions import answers_of
from core.services.scanning import queue
from core.services.waiting import rivals_of
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.halting import say_halted
from ui.cli.inquiries_shown import show_letter_approval
from ui.cli.negotiating import say_mandate
from ui.cli.outcome import say_done
from ui.cli.printing import console, count, heading, print_json, say
from ui.cli.reports import (
    case_table,
    change_table,
    closed_table,
    impact_table,
    print_case,
    print_options,
    verdict_words,
)
from ui.cli.workplace import CLI, PackChoice, workplace

_ANSWERS_SHOWN = 5
_WAITING = (ApprovalState.PENDING, ApprovalState.APPROVED)


@options.takes_pack
def cases_command(
    choice: PackChoice,
    as_json: options.Json = False,
    closed: Annotated[bool, typer.Option("--all", help="Closed cases too.")] = False,
) -> None:
    """List the open cases, most urgent first."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = queue(uow, uow.company.settings().as_of)
            over = tuple(case for case in uow.cases.all() if case.state not in ACTIVE_STATES) if closed else ()
            if not as_json:
                say_halted(uow)
        if as_json:
            print_json([case_json(case) for case in (*found, *over)])
            return
        if found:
            console.print(case_table(found, all_of_them=True))
        else:
            say(f"No open cases. `expediter scan{choice.words}` looks again.")
        if over:
            console.print(closed_table(over))


@options.takes_pack
def case_command(
    case: Annotated[str, typer.Argument(metavar="ID", help="Such as CASE-3.")],
    choice: PackChoice,
    as_json: options.Json = False,
) -> None:
    """Show one case: what happened, why, whom it hurts, the options and what waits for a decision."""
    with failures_said(), workplace(choice) as place, place.application.open_uow(CLI) as uow:
        found = uow.cases.get(CaseId(case))
        if as_json:
            print_json(shown_json(uow, found))
        else:
            say_halted(uow)
            show_case(uow, found)
            _show_past(uow, found, choice)
            say_next(uow, found, choice)


def shown_json(uow: UnitOfWork, case: Case) -> dict[str, object]:
    """A case as JSON values, with the ids of its options and the standing of its approvals."""
    ways = uow.cases.options(case.id)
    given = [{"id": a.id, "state": a.state.value} for a in uow.approvals.of_case(case.id)]
    return {**case_json(case), "options": [way.id for way in ways], "approvals": given}


def say_next(uow: UnitOfWork, case: Case, choice: PackChoice) -> None:
    """What somebody may type now."""
    if planned(uow, case):
        say(
            f"Next: `expediter approve {case.id}{choice.words}` does exactly this,"
            f" `expediter edit {case.id}{choice.words}` puts another in its place,"
            f" `expediter reject {case.id} --reason TEXT{choice.words}` drops it."
        )
    elif case.state in WAITING_STATES | {CaseState.PROPOSED}:
        say(f"Next: `expediter resolve {case.id}{choice.words}` works out the ways out of it.")


def planned(uow: UnitOfWork, case: Case) -> bool:
    """Whether a plan waits that may still be decided."""
    pending = [one for one in uow.approvals.of_case(case.id) if one.state is ApprovalState.PENDING]
    return any(uow.now <= approval.expires_at for approval in pending)


def _show_past(uow: UnitOfWork, case: Case, choice: PackChoice) -> None:
    """The approvals that no longer wait: what was done under each, what came of it, and how to take it back."""
    for approval in uow.approvals.of_case(case.id):
        if approval.state in _WAITING:
            continue
        title = uow.cases.option(uow.proposals.get(approval.proposal).option).title
        heading(f"{approval.id}, {approval.state}: {title}")
        effect = uow.effects.get(approval.id)
        if effect is None:
            continue
        say_done(effect, uow.outbox.of_approval(approval.id), uow.company.settings().currency)
        if approval.state is ApprovalState.EXECUTED:
            say(f"  to take it back: `expediter undo {approval.id}{choice.words}`", style="dim")
        elif effect.undone_at is not None:
            say(f"  undone by {effect.undone_by} at {effect.undone_at:%Y-%m-%d %H:%M} UTC")


def show_case(uow: UnitOfWork, case: Case) -> None:
    """The whole story of a case as it stands."""
    print_case(case, uow.company.settings().currency)
    triage = uow.cases.triages().get(case.id)
    if triage is not None:
        by = f" by {triage.by}" if triage.by else ""
        say(f"First: {verdict_words(triage)}{by}: {'; '.join(triage.reasons)}.")
    if case.detected.impacts:
        console.print(impact_table(case.detected.impacts))
    ways = uow.cases.options(case.id)
    if ways:
        print_options(ways)
    for idea in uow.cases.rejected(case.id):
        say(f"  not possible: {idea.what}: {idea.reason}", style="dim")
    for kept in answers_of(uow, case.id)[-_ANSWERS_SHOWN:]:
        say(f"{kept.asked_by} asked: {kept.question}", style="bold")
        say(f"  {kept.answer.text}")
    for approval in uow.approvals.of_case(case.id):
        if approval.state in _WAITING:
            show_approval(uow, approval)


def show_approval(uow: UnitOfWork, approval: Approval) -> None:
    """Exactly what would be done, with its hash, and what it waits for."""
    if approval.negotiation is not None:
        say_mandate(uow.negotiations.get(approval.negotiation), approval)
        return
    if approval.inquiry is not None:
        show_letter_approval(uow.inquiries.get(approval.inquiry), approval)
        return
    proposal = uow.proposals.get(approval.proposal)
    option = uow.cases.option(proposal.option)
    heading(f"Proposed: {option.title}  ({approval.id})")
    say(proposal.advice.text)
    for risk in proposal.advice.risks:
        say(f"  risk: {risk}")
    note = f" ({proposal.advice.note})" if proposal.advice.note else ""
    rests = f", resting on {', '.join(proposal.advice.evidence)}" if proposal.advice.evidence else ""
    say(f"advice by {proposal.advice.source}{rests}{note}", style="dim")
    console.print(change_table(option.changes))
    for sentence in plan_sentences(option.plan.actions):
        say(f"  will do: {sentence}")
    say(f"  undo: {option.undo}", style="dim")
    for rival in rivals_of(uow, approval.id):
        say(f"  competes with {rival.approval}: {rival.over}; if this is done, {rival.loses}", style="yellow")
    missing = approval.approvals_needed - len(approval.approvers)
    until = f"{approval.expires_at:%Y-%m-%d %H:%M} UTC"
    say(f"{approval.state}; {count(missing, 'more approval')} needed ({approval.rule}); until {until}")
    if approval.by_rule:
        say(f"rule {approval.by_rule} may decide by itself, within the sums of the day", style="dim")
    for one in stand_ins(uow, approval):
        say(f"{one.delegate} may decide in the stead of {one.delegator}, until {one.last}", style="dim")
    say(f"plan hash {approval.plan_hash}", style="dim")


def triage_json(triage: Triage | None) -> dict[str, object] | None:
    """What to do first about a case, as JSON values."""
    if triage is None:
        return None
    said = {"verdict": triage.verdict.value, "reasons": list(triage.reasons)}
    return {**said, "into": triage.into, "by": triage.by}


def case_json(case: Case) -> dict[str, object]:
    """A case as JSON values."""
    found = case.detected
    return {
        "id": case.id,
        "type": found.type.value,
        "state": case.state.value,
        "title": found.title,
        "item": found.item,
        "location": found.location,
        "lacking": found.lacking,
        "needed_by": found.needed_by,
        "deadline": case.deadline,
        "exposure": found.exposure,
        "lines": [{"order": i.order, "line": i.line, "due": i.due, "projected": i.projected} for i in found.impacts],
    }
