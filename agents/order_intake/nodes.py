"""The steps of order entry: transcribe, keep a draft, wait for a person, and see what the person made of it."""

from typing import Any, Literal

from langgraph.types import Command, interrupt

from agents.llm.port import ModelFor
from agents.order_intake.reading.transcribing import transcribe
from agents.order_intake.services import GraphServices
from agents.order_intake.state import IntakeState, Outcome, Settled
from agents.order_intake.transcribing import transcribe_by_model
from agents.order_intake.understanding import understand
from core.domain.intake.drafts import OPEN_STATES, DraftId, DraftState
from core.domain.intake.transcripts import ReadBy

_ENDS: dict[DraftState, Outcome] = {
    DraftState.CONFIRMED: "confirmed",
    DraftState.REJECTED: "rejected",
    DraftState.SUPERSEDED: "superseded",
}


def read(state: IntakeState, desk: GraphServices, model_for: ModelFor) -> dict[str, Any]:
    """Transcribe the letter by a model where there is one, else by rules; the reading is kept, the state has its kind.

    What a model reads is read again by the rules: a line they read otherwise goes to a person.
    """
    letter, around = desk.letter(state["letter"]), desk.surroundings()
    by_rules = transcribe(letter, around.vocabulary)
    model = model_for(state["run"])
    if model is None:
        desk.keep_reading(state["letter"], understand(letter, by_rules, around.vocabulary, as_of=around.today))
        return {"read_by": ReadBy.RULES.value, "note": "", "tokens": 0}
    said = transcribe_by_model(letter, model)
    chosen = said.transcript or by_rules
    desk.keep_reading(state["letter"], understand(letter, chosen, around.vocabulary, as_of=around.today))
    return {"read_by": chosen.by.value, "note": said.reason, "tokens": said.usage.tokens}


def keep_draft(state: IntakeState, desk: GraphServices) -> dict[str, Any]:
    """The draft of the letter, resolved by the core from the reading that was kept; the same letter twice is one."""
    draft = desk.draft_of(state["letter"], ReadBy(state["read_by"]))
    return {"draft_id": draft.id, "draft_version": draft.version, "draft_state": draft.state.value}


def await_person(state: IntakeState) -> dict[str, Any]:
    """Wait until a person has done something with the draft. Nothing else happens in this node."""
    asked = {"draft_id": state["draft_id"], "draft_version": state["draft_version"]}
    settled: Settled = interrupt(asked, response_schema=Settled)
    return {"settled": settled.model_dump()}


def look(state: IntakeState, desk: GraphServices) -> Command[Literal["await_person", "acknowledge", "__end__"]]:
    """What became of the draft, read from the books: still open is waited for, confirmed is acknowledged."""
    draft = desk.draft(DraftId(state["draft_id"]))
    now = {"draft_version": draft.version, "draft_state": draft.state.value}
    if draft.state in OPEN_STATES:
        return Command(update=now, goto="await_person")
    outcome = _ENDS[draft.state]
    over = {**now, "outcome": outcome, "order": draft.order or ""}
    return Command(update=over, goto="acknowledge" if outcome == "confirmed" else "__end__")


def acknowledge(state: IntakeState, desk: GraphServices) -> dict[str, Any]:
    """Have the acknowledgement sent that was written with the order; it is sent once, however often this runs."""
    desk.send(DraftId(state["draft_id"]))
    return {"outcome": state["outcome"]}
