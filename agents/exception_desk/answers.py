"""Answers to questions about a case: by rules from what the core knows; a model may say it better, never otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from agents.exception_desk.answer_rules import answer_by_rules
from agents.exception_desk.facts import facts_of
from agents.exception_desk.known import Known, known_of
from agents.grounding import ungrounded
from agents.llm.errors import ModelInvalidError, ModelUnavailableError
from agents.llm.port import Message, ModelPort
from agents.llm.prompt_fields import PromptField
from agents.prompts import prompt
from core.domain.ids import CaseId
from core.domain.proposals import AdviceSource
from core.domain.questions import CaseAnswer
from tools.core_access import ToolCore

PURPOSE = "answer"


class AnswerReply(BaseModel):
    """What a model answers."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=1200)
    can_answer: bool


def answer(core: ToolCore, case: CaseId, question: str, *, model: ModelPort | None = None) -> CaseAnswer:
    """The answer; nothing is changed by asking, and what waits for a decision waits on."""
    known = known_of(core, case)
    plain = answer_by_rules(question, known)
    return plain if model is None else phrased(question, known, plain, model)


def phrased(question: str, known: Known, plain: CaseAnswer, model: ModelPort) -> CaseAnswer:
    """The answer in a model's words where every number, date and code of them stands in the facts; else the rules'."""
    facts = facts_of(known.case, known.options, known.evidence)
    told = PromptField(name="facts", value=_facts(facts.told.value, known, plain))
    messages = [
        Message(role="system", content=prompt("answer")),
        Message(role="user", told=(PromptField(name="question", value=question), told)),
    ]
    try:
        found = model.complete(messages, AnswerReply, PURPOSE)
    except ModelUnavailableError as error:
        return replace(plain, note=f"By rules: the model did not answer ({error.failure}).")
    except ModelInvalidError as error:
        return replace(plain, note=f"By rules: the model's answer could not be used ({error.failure}).")
    reply = found.value
    if not reply.can_answer:
        return plain
    strange = ungrounded(reply.text, told.text)
    if strange or "://" in reply.text:
        return replace(plain, note="By rules: the model's text named what is not in the facts.")
    return CaseAnswer(text=reply.text, source=AdviceSource.MODEL, cites=plain.cites, model=found.model)


def _facts(told: object, known: Known, plain: CaseAnswer) -> dict[str, object]:
    """The facts of advice, what was found not to be possible, and what the rules would say."""
    assert isinstance(told, dict), "the facts are an object"
    proposed = known.proposed
    return {
        **told,
        "not_possible": _rejected(known),
        "proposed_option": proposed.id if proposed else None,
        "answer_by_rules": plain.text if plain.read else None,
    }


def _rejected(known: Known) -> Sequence[dict[str, str]]:
    return [{"what": idea.what, "reason": idea.reason} for idea in known.rejected]
