"""What can be said of a case when somebody asks: its options, what is not possible, the evidence, what is proposed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId
from core.domain.options import Option, RejectedIdea
from core.domain.plans import Wait
from tools.core_access import ToolCore

_WORD = re.compile(r"[\w.\-/]+")
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts of a case at one moment. `names` leads from codes of places and suppliers to what people call them."""

    case: Case
    options: tuple[Option, ...]
    rejected: tuple[RejectedIdea, ...]
    evidence: CaseEvidence
    waiting: Approval | None
    names: Mapping[str, str]

    @property
    def proposed(self) -> Option | None:
        """The option people are asked about, else the best by the rule; None where nothing was planned."""
        if self.waiting is not None:
            name = self.waiting.id.replace("AP-", "CASE-", 1)
            for option in self.options:
                if option.id == name:
                    return option
        return min(self.options, key=lambda one: (one.objective, one.letter), default=None)

    @property
    def idle(self) -> Option | None:
        """The option of waiting."""
        return next((one for one in self.options if any(isinstance(action, Wait) for action in one.actions)), None)


def known_of(core: ToolCore, case_id: CaseId) -> Known:
    """Read it; nothing is asked of anybody."""
    case = core.case(case_id)
    pending = [one for one in core.approvals(case_id) if one.state is ApprovalState.PENDING]
    return Known(
        case=case,
        options=core.options(case_id),
        rejected=core.rejected(case_id),
        evidence=core.evidence(case_id),
        waiting=pending[-1] if pending else None,
        names=core.names(),
    )


def mentioned(question: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of places and suppliers a question speaks of, by code or by a word of their names, sorted."""
    words = {word.strip(".-/").casefold() for word in _WORD.findall(question)}
    return tuple(sorted(code for code, name in names.items() if words & _spoken(code, name)))


def _spoken(code: str, name: str) -> set[str]:
    parts = {part.casefold() for part in re.split(r"[^\w]+", f"{code} {name}") if len(part) >= _SHORTEST_NAME}
    return {code.casefold()} | (parts - _EVERYDAY)


_EVERYDAY = {
    "and", "company", "distribution", "for", "from", "goods", "gmbh", "inc", "ltd", "plant", "production", "ship",
    "shipping", "site", "stores", "supply", "supplies", "the", "warehouse", "works",
}  # fmt: skip
