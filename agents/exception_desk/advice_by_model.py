"""Advice from a model: it picks among option ids and explains; what cannot be checked is not shown."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from agents.exception_desk.facts import Facts
from agents.grounding import ungrounded
from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import Answer, Message, ModelPort, Usage
from agents.llm.prompt_fields import PromptField
from agents.llm.purposes import CORRECTION
from agents.prompts import prompt
from core.domain.ids import OptionId
from core.domain.proposals import Advice, AdviceSource

PURPOSE = "advise"
TRIES = 2
MOST_SENTENCES = 5
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_BEYOND_REPAIR = frozenset({ModelFailure.REFUSED, ModelFailure.CONTENT_FILTERED})


class AdviceReply(BaseModel):
    """What a model answers; the ids are narrowed to those offered when it is asked."""

    model_config = ConfigDict(extra="forbid")

    option_id: str
    evidence_ids: list[str] = Field(max_length=20)
    risks: list[str] = Field(max_length=5)
    explanation: str = Field(min_length=1, max_length=1500)
    question: str | None = Field(max_length=300)

    @property
    def prose(self) -> tuple[str, ...]:
        """Everything in it that a person would read."""
        return (self.explanation, *self.risks, *filter(None, [self.question]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAdvice:
    """The advice, or None with the reason why the model's answer is not used; `usage` counts either way."""

    advice: Advice | None
    reason: str
    usage: Usage


def advise_by_model(facts: Facts, model: ModelPort) -> ModelAdvice:
    """Ask once, and once more when the answer can be repaired."""
    messages = [
        Message(role="system", content=prompt("advise")),
        Message(role="user", told=(facts.told,)),
    ]
    shape, usage, reason = _shape(facts), Usage(), ""
    for _ in range(TRIES):
        said = ""
        try:
            answer = model.complete(messages, shape, PURPOSE)
            usage += answer.usage
            said, fault, reason = answer.text, *_fault(answer.value, facts)
            if not fault:
                return ModelAdvice(advice=_advice(answer, facts), reason="", usage=usage)
        except ModelUnavailableError as error:
            return ModelAdvice(
                advice=None, reason=f"the model did not answer ({error.failure})", usage=usage + error.usage
            )
        except ModelInvalidError as error:
            usage += error.usage
            said, fault, reason = error.said, error.message, f"the model's answer could not be used ({error.failure})"
            if error.failure in _BEYOND_REPAIR:
                break
        messages = [*messages, *_correction(said, fault)]
    return ModelAdvice(advice=None, reason=reason, usage=usage)


def _shape(facts: Facts) -> type[AdviceReply]:
    option: Any = Literal[facts.options]
    evidence: Any = list[Literal[tuple(facts.evidence) or ("none",)]]
    return create_model(
        "AdviceReply", __base__=AdviceReply, option_id=(option, ...), evidence_ids=(evidence, Field(max_length=20))
    )


def _fault(reply: AdviceReply, facts: Facts) -> tuple[str, str]:
    """What is wrong, for the model to repair, and why its answer would not be used; empty when nothing is."""
    if any(_strange(text) for text in reply.prose):
        return "plain sentences only: no links, no control characters", "the model's text was not plain words"
    if len(_SENTENCE_END.findall(reply.explanation)) > MOST_SENTENCES:
        return (
            f"the explanation has more than {MOST_SENTENCES} sentences",
            "the model's text was longer than a busy person reads",
        )
    found = sorted({token for text in reply.prose for token in ungrounded(text, facts.text)})
    if found:
        return (
            f"these are not in the facts: {', '.join(found)}. Use only numbers, dates and codes that stand there",
            "the model's text named numbers that are not in the facts",
        )
    return "", ""


def _strange(text: str) -> bool:
    return "://" in text or any(unicodedata.category(character)[0] == "C" and character != "\n" for character in text)


def _correction(said: str, fault: str) -> Iterable[Message]:
    if said:
        yield Message(role="assistant", content=said)
    words = f"Your answer cannot be used: {fault}. Answer again with the whole JSON object."
    yield Message(role="user", told=(PromptField(name=CORRECTION, value=words),))


def _advice(answer: Answer[AdviceReply], facts: Facts) -> Advice:
    reply = answer.value
    return Advice(
        source=AdviceSource.MODEL,
        option=OptionId(reply.option_id),
        text=reply.explanation,
        risks=tuple(reply.risks),
        evidence=tuple(facts.evidence[name] for name in dict.fromkeys(reply.evidence_ids) if name in facts.evidence),
        model=answer.model,
        note=f"The model asks: {reply.question}" if reply.question else "",
    )
