"""The steps of an answer, one function each: read the question, have the model choose, call tools, answer."""

from dataclasses import replace
from typing import Any, Literal

from langgraph.config import get_stream_writer
from langgraph.types import Command

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import ModelPort
from agents.ops_chat.answering import answered_by_model, answered_by_rules, preference_reply, unread_reply
from agents.ops_chat.asking import PURPOSE, messages, offers
from agents.ops_chat.calling import call_by_model, call_by_rules, proposal_of, refused
from agents.ops_chat.heard import Heard, heard
from agents.ops_chat.memory import recalled
from agents.ops_chat.preferring import preferred
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import Call, ChatState, Round, Step
from agents.ops_chat.understanding import LONGEST_QUESTION, taken_apart, understand
from agents.ops_chat.understood import Context, Understood, Unread

AT_MY_SITE = frozenset({"show_stock", "show_availability"})
_EVERYWHERE = (
    "everywhere", "anywhere", "all sites", "all locations", "every site", "all plants", "in total", "overall",
    "uberall", "en todas partes", "partout", "overal",
)  # fmt: skip
_BEYOND_REPAIR = frozenset({ModelFailure.REFUSED, ModelFailure.CONTENT_FILTERED})


def read(state: ChatState, *, services: ChatServices) -> Command[Literal["choose", "call", "answer"]]:
    """Read the question by rules: preferences, what is not ours to do, and without a model the tool that answers it."""
    text, context = state["question"], _context(state, services)
    question = taken_apart(text[:LONGEST_QUESTION], context)
    wanted = preferred(question)
    if wanted is not None:
        return Command(update={"by": "rules", "reply": preference_reply(wanted)}, goto="answer")
    found = understand(text, context)
    unreadable = not text.strip() or len(text) > LONGEST_QUESTION
    for_people = isinstance(found, Unread) and found.kind == "not_mine"
    if not unreadable and not for_people and services.model_for(state["run"]) is not None:
        return Command(update={"by": "model"}, goto="choose")
    return by_rules(state, services, found)


def by_rules(state: ChatState, services: ChatServices, found: Understood | Unread, *, note: str = "") -> Command[Any]:
    """What the grammar made of the question: a call, or what can be asked instead."""
    if isinstance(found, Unread):
        return Command(update={"by": "rules", "reply": unread_reply(found), "note": note}, goto="answer")
    arguments, defaulted = _at_my_site(state, found)
    call = Call(id="", tool=found.tool, arguments=arguments)
    return Command(update={"by": "rules", "todo": [call], "note": note or defaulted}, goto="call")


def _at_my_site(state: ChatState, found: Understood) -> tuple[dict[str, Any], str]:
    """The person's own site where none was said; it is told that this was done."""
    arguments = dict(found.arguments)
    site = state.get("preferences", {}).get("site", "")
    everywhere = any(word in state["question"].lower() for word in _EVERYWHERE)
    if not site or everywhere or found.tool not in AT_MY_SITE or arguments.get("location"):
        return arguments, ""
    return arguments | {"location": site}, f"That is at {site}, your site; say “everywhere” for all places."


def choose(state: ChatState, *, services: ChatServices) -> Command[Literal["choose", "call", "answer"]]:
    """Ask the model which tools to call. What it says that cannot be used is repaired twice; then, as when it does not
    answer at all, the rules take over."""
    model = services.model_for(state["run"])
    asked, rounds = state.get("asked", 0), state.get("rounds", [])
    if model is None or asked >= services.limits.steps:
        note = f"I stopped after {services.limits.steps} steps." if model is not None else ""
        return Command(update={"note": note}, goto="answer")
    try:
        calls = _chosen(state, services, model)
    except ModelUnavailableError as error:
        return _without_model(state, services, f"the model did not answer ({error.failure})")
    except ModelInvalidError as error:
        faults = state.get("faults", [])
        if error.failure in _BEYOND_REPAIR or len(faults) >= services.limits.repairs:
            return _without_model(state, services, f"the model's answer could not be used ({error.failure})")
        fault = f"That cannot be used: {error.message}. Call a tool that is offered, with arguments that fit it."
        return Command(update={"asked": asked + 1, "faults": [*faults, fault]}, goto="choose")
    update: dict[str, Any] = {"asked": asked + 1, "todo": calls, "rounds": rounds}
    return Command(update=update, goto="call" if calls else "answer")


def _chosen(state: ChatState, services: ChatServices, model: ModelPort) -> list[Call]:
    today = services.known().as_of.isoformat()
    found = model.choose(messages(state, services, today=today), offers(services, plan=state["plan"]), PURPOSE)
    return [Call(id=call.id, tool=call.name, arguments=call.arguments.model_dump(mode="json")) for call in found.value]


def _without_model(state: ChatState, services: ChatServices, why: str) -> Command[Any]:
    """By rules from here on: what was found stands, and where nothing was, the grammar reads the question."""
    note = f"By rules: {why}."
    if any(not step["code"] for one in state.get("rounds", []) for step in one["steps"]):
        return Command(update={"by": "rules", "note": note}, goto="answer")
    return by_rules(state, services, understand(state["question"], _context(state, services)), note=note)


def call(state: ChatState, *, services: ChatServices) -> Command[Literal["choose", "answer"]]:
    """Make the calls, one after the other. At most one proposal: after it nothing more is called."""
    before = state.get("rounds", [])
    earlier = [step for one in before for step in one["steps"]]
    known, steps = _heard(state, services, earlier), list[Step]()
    for place, wanted in enumerate(state["todo"]):
        if any(proposal_of(services, step) for step in steps):
            steps.append(refused(wanted, "one_proposal", "one thing was proposed; that is all for one question"))
        elif place >= services.limits.calls_at_once:
            message = f"at most {services.limits.calls_at_once} calls at once; ask again for the others"
            steps.append(refused(wanted, "too_many_calls", message))
        elif state["by"] == "rules":
            steps.append(call_by_rules(services, wanted, known, plan=state["plan"]))
        else:
            steps.append(call_by_model(services, wanted, known, plan=state["plan"], before=[*earlier, *steps]))
            known = replace(known, given=known.given | _heard(state, services, steps[-1:]).given)
    done = state["by"] == "rules" or any(proposal_of(services, step) for step in steps)
    return Command(update={"rounds": [*before, Round(steps=steps)], "todo": []}, goto="answer" if done else "choose")


def _heard(state: ChatState, services: ChatServices, steps: list[Step]) -> Heard:
    known = services.known()
    said = [one["text"] for one in state.get("earlier", []) if one["speaker"] == "person"]
    return heard(
        [*said, state["question"]],
        [
            state.get("given", []),
            state.get("memory", {}).get("listed", []),
            [step["output"] for step in steps if not step["code"]],
        ],
        book=services.shelf.book(known),
        today=known.as_of,
    )


def answer(state: ChatState, *, services: ChatServices) -> dict[str, Any]:
    """The answer: what was made ready, the model's words where every number in them was found, else the rules'."""
    write = get_stream_writer()

    def show(words: str) -> None:
        write({"words": words})

    ready = state.get("reply")
    if ready is not None:
        note = state.get("note", "")
        reply = {**ready, "text": f"{note} {ready['text']}".strip()}
        show(reply["text"])
        return {"reply": reply}
    model = services.model_for(state["run"]) if state["by"] == "model" else None
    if model is None:
        return {"reply": answered_by_rules(state, services, show)}
    return {"reply": answered_by_model(state, services, model, show)}


def _context(state: ChatState, services: ChatServices) -> Context:
    known = services.known()
    return Context(today=known.as_of, book=services.shelf.book(known), memory=recalled(state.get("memory", {})))
