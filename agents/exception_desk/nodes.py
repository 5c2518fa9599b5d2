"""The steps of the desk, one function each. Waiting is a node of its own and does nothing else."""

from dataclasses import replace
from typing import Any, Literal

from langgraph.types import Command, Send, interrupt
from pydantic import TypeAdapter

from agents.exception_desk.advice_by_model import advise_by_model
from agents.exception_desk.advice_by_rules import advise_by_rules
from agents.exception_desk.facts import facts_of
from agents.exception_desk.findings import answers_to, asks_of, evidence_of, silent_suppliers, stock_findings
from agents.exception_desk.services import DeskServices
from agents.exception_desk.state import AskState, Decision, DeskState, Executed, Outcome, Spent
from agents.llm.port import ModelFor
from core.domain.approval import Approval, ApprovalState, Verdict
from core.domain.cases import ACTIVE_STATES, Case, CaseState
from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId, CaseId, OptionId
from core.domain.options import Option
from core.domain.proposals import Advice
from tools.core_access import ToolCore

_ADVICE = TypeAdapter(Advice)
_NOTHING_SPENT = Spent(calls=0, tokens=0)


def load(state: DeskState, *, desk: DeskServices) -> Command:
    """Look at the case anew: go on with an approval that is under way, else plan and send the questions out."""
    case = desk.core.case(CaseId(state["case_id"]))
    if case.state not in ACTIVE_STATES:
        return _closing("case closed")
    if under_way := _under_way(desk.core, case):
        target = "await_decision" if under_way.state is ApprovalState.PENDING else "execute"
        return Command(update={"approval_id": under_way.id, "plan_hash": under_way.plan_hash}, goto=target)
    number = state.get("round", 0) + 1
    if number > desk.limits.rounds:
        return _closing("stale")
    needs = desk.core.needs(case.id)
    update = {"round": number, "findings": stock_findings(needs, round_number=number)}
    sends = [Send("gather", AskState(case_id=case.id, round=number, ask=ask)) for ask in asks_of(needs)]
    return Command(update=update, goto=sends or "options")


def _under_way(core: ToolCore, case: Case) -> Approval | None:
    """The approval that waits, was given, or was executed and not yet verified: checkpoints may have been lost."""
    for approval in core.approvals(case.id):
        executing = approval.state is ApprovalState.EXECUTED and case.state is CaseState.EXECUTING
        if executing or approval.state in {ApprovalState.PENDING, ApprovalState.APPROVED}:
            return approval
    return None


def gather(state: AskState, *, desk: DeskServices) -> dict[str, Any]:
    """Put one question to one supplier or to the books; runs in parallel with the others."""
    case = CaseId(state["case_id"])
    return {"findings": answers_to(state["ask"], desk.core, case, round_number=state["round"])}


def options(state: DeskState, *, desk: DeskServices) -> Command[Literal["advise", "load", "close"]]:
    """Keep the evidence and work the options out. Done twice it is another planning round, and harmless."""
    case = CaseId(state["case_id"])
    try:
        desk.core.record_evidence(case, evidence_of(state.get("findings", [])))
        report = desk.core.plan_options(case)
    except ConflictError:  # somebody proposed meanwhile: look again
        return Command(goto="load")
    if not report.options:
        return _closing("no options")
    return Command(update={"options": [option.id for option in report.options]}, goto="advise")


def advise(state: DeskState, *, desk: DeskServices, model_for: ModelFor) -> dict[str, Any]:
    """Recommend an option: a model if there is one and its answer stands every check, else the rules."""
    offered = _offered(state, desk.core)
    silent = silent_suppliers(state.get("findings", []))
    spent = state.get("spent", _NOTHING_SPENT)
    # What suppliers named by letter or in a negotiation stands beside what they answered now.
    kept = desk.core.evidence(CaseId(state["case_id"]))
    evidence = replace(evidence_of(state.get("findings", [])), quotes=kept.quotes)
    by_rules = advise_by_rules(offered, silent=silent, evidence=evidence)
    model = model_for(state.get("run", ""))
    if model is None:
        return {"advice": _ADVICE.dump_python(by_rules, mode="json"), "spent": spent}
    if spent["calls"] >= desk.limits.model_calls or spent["tokens"] >= desk.limits.model_tokens:
        noted = replace(by_rules, note="By rules: the model budget of this case is used up.")
        return {"advice": _ADVICE.dump_python(noted, mode="json"), "spent": spent}
    case = desk.core.case(CaseId(state["case_id"]))
    found = advise_by_model(facts_of(case, offered, evidence), model)
    advice = found.advice or replace(by_rules, note=f"By rules: {found.reason}.")
    spent = Spent(calls=spent["calls"] + found.usage.calls, tokens=spent["tokens"] + found.usage.tokens)
    return {"advice": _ADVICE.dump_python(advice, mode="json"), "spent": spent}


def _offered(state: DeskState, core: ToolCore) -> tuple[Option, ...]:
    return tuple(core.option(OptionId(option)) for option in state["options"])


def check_policy(state: DeskState, *, desk: DeskServices) -> Command[Literal["request_approval", "close"]]:
    """The gate: what policy says to the option advised. Only a person can let it pass from here."""
    found = desk.core.gate(OptionId(state["advice"]["option"]))
    told = {"verdict": found.verdict.value, "rule": found.rule, "approvals_needed": found.approvals_needed}
    if found.verdict is Verdict.DENY:
        return Command(update={"gate": told, "outcome": "denied"}, goto="close")
    if found.verdict is Verdict.OBSERVE:
        return Command(update={"gate": told, "outcome": "observed"}, goto="close")
    return Command(update={"gate": told}, goto="request_approval")


def request_approval(state: DeskState, *, desk: DeskServices) -> Command[Literal["await_decision", "load"]]:
    """Make the approval row. Done twice it is the same row: the id follows from the case, the round and the option."""
    advice = _ADVICE.validate_python(state["advice"])
    try:
        approval = desk.core.propose(case=CaseId(state["case_id"]), option=advice.option, advice=advice)
    except ConflictError:  # somebody planned or proposed meanwhile: look again
        return Command(goto="load")
    return Command(update={"approval_id": approval.id, "plan_hash": approval.plan_hash}, goto="await_decision")


def await_decision(state: DeskState) -> dict[str, Any]:
    """Wait until the approval is decided or runs out. Nothing but the interrupt may stand here."""
    return {
        "decision": interrupt(
            {"approval_id": state["approval_id"], "plan_hash": state["plan_hash"]}, response_schema=Decision
        ).model_dump()
    }


def execute(state: DeskState, *, desk: DeskServices) -> Command[Literal["verify", "load", "await_decision", "close"]]:
    """Ask the core to execute the approval: it reads plan and decision from the database, the state has the id only."""
    report = desk.execute(ApprovalId(state["approval_id"]))
    told = Executed(state=report.state, result=list(report.result), differences=list(report.differences))
    match report.state:
        case "executed" | "already":
            return Command(update={"execution": told}, goto="verify")
        case "waiting":
            return Command(update={"execution": told}, goto="await_decision")
        case "stale":
            return Command(update={"execution": told}, goto="load")
        case "superseded" if _under_way(desk.core, desk.core.case(CaseId(state["case_id"]))):
            return Command(update={"execution": told}, goto="load")  # a person put another plan in its place
        case "rejected" | "expired" | "refused" | "superseded":
            return Command(update={"execution": told, "outcome": report.state}, goto="close")


def verify(state: DeskState, *, desk: DeskServices) -> dict[str, Any]:
    """Compare what came of it with what was approved."""
    found = desk.verify(ApprovalId(state["approval_id"]))
    outcome: Outcome = "verified" if found.verified else "not as predicted"
    return {"differences": list(found.differences), "outcome": outcome}


def close(state: DeskState) -> dict[str, Any]:
    """End the run with a sentence."""
    approval = f"{state['approval_id']}: " if "approval_id" in state else ""
    return {"findings": [], "message": f"{state['case_id']}: {approval}{state['outcome']}"}


def _closing(outcome: Outcome) -> Command[Any]:
    return Command(update={"outcome": outcome}, goto="close")
