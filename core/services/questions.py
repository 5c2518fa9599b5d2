"""Questions about a case: each is kept with its answer in the case's chain of the audit log; nothing else changes."""

import json
from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, UserName
from core.domain.proposals import AdviceSource
from core.domain.questions import CaseAnswer, KeptAnswer
from core.ports.storage import UnitOfWork

LONGEST_QUESTION = 500
ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAnswer:
    """What was asked about a case and what was answered."""

    case: CaseId
    question: str
    answer: CaseAnswer


def check_question(question: str) -> str:
    """The question in one line; InvalidValueError for an empty or an endless one."""
    text = " ".join(question.split())
    if not text or len(text) > LONGEST_QUESTION:
        raise InvalidValueError(f"a question has 1 to {LONGEST_QUESTION} characters, got {len(text)}", field="question")
    return text


def keep_answer(uow: UnitOfWork, command: KeepAnswer) -> KeptAnswer:
    """Keep it under the one who acts. A proposal that waits waits on."""
    answer = checked(command).answer
    question, case = check_question(command.question), uow.cases.get(command.case)
    facts: dict[str, object] = {
        "question": question,
        "text": answer.text,
        "source": answer.source.value,
        "cites": list(answer.cites),
        "read": answer.read,
        "model": answer.model or "",
        "note": answer.note,
    }
    uow.audit.note(scope=f"case:{case.id}", event=ASKED, subject=case.id, facts=facts)
    return KeptAnswer(case=case.id, asked_by=uow.actor, asked_at=uow.now, question=question, answer=answer)


def answers_of(uow: UnitOfWork, case: CaseId) -> tuple[KeptAnswer, ...]:
    """What was asked about a case so far, oldest first."""
    trail = uow.audit.trail(f"case:{case}")
    return tuple(
        KeptAnswer(case=case, asked_by=UserName(by), asked_at=at, question=said["question"], answer=_answer(said))
        for at, by, event, _, facts in trail
        if event == ASKED and (said := json.loads(facts))
    )


def _answer(said: dict[str, str]) -> CaseAnswer:
    return CaseAnswer(
        text=said["text"],
        source=AdviceSource(said["source"]),
        cites=tuple(said["cites"]),
        read=bool(said["read"]),
        model=said["model"] or None,
        note=said["note"],
    )
