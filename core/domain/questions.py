"""Questions people ask about a case, with the answers they were given."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import CaseId, UserName
from core.domain.proposals import AdviceSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """What is answered: by rules or a model, on which evidence. `read` is False where the question was not understood;
    `note` says why the rules spoke when a model was asked."""

    text: str
    source: AdviceSource = AdviceSource.RULES
    cites: tuple[str, ...] = ()
    read: bool = True
    model: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """A question with its answer as it is kept with its case."""

    case: CaseId
    asked_by: UserName
    asked_at: datetime
    question: str
    answer: CaseAnswer
