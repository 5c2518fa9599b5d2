"""What both models say: the option the rules advise, and why. The same answers, so that only the loops differ."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agents.exception_desk.advice_by_rules import advise_by_rules
from core.domain.ids import CaseId
from core.domain.options import Option
from core.domain.plan_text import plain
from evals.bench.agent_tokens import tokens_of, tokens_sent
from tools.core_access import ToolCore


def chosen(core: ToolCore, case: CaseId) -> Option:
    """The option of the last planning round that the rules advise."""
    return core.option(advise_by_rules(core.options(case)).option)


def words_on(option: Option) -> str:
    """Why, in figures that stand in the facts: a model that invents none needs to be asked once."""
    return (
        f"Option {option.letter} has the lowest objective by the company's own rule. It takes the exposure from"
        f" {plain(option.exposure_before)} to {plain(option.exposure_after)} {option.plan.currency} and must be decided"
        f" by {option.deadline.isoformat()}. The other options leave more at stake or cost more than they save."
    )


@dataclass(slots=True, kw_only=True)
class Transcript:
    """Every request to a model and its answer, as they were sent, for one case."""

    case: CaseId
    turns: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, sent: dict[str, Any], said: Any) -> None:
        """One call."""
        self.turns.append({"sent": sent, "said": said})

    @property
    def calls(self) -> int:
        """Calls of the model."""
        return len(self.turns)

    @property
    def tokens(self) -> int:
        """Tokens in and out, over all calls."""
        said = (one["said"] for one in self.turns)
        out = (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in said)
        return sum(tokens_sent(one["sent"]) for one in self.turns) + sum(tokens_of(text) for text in out)


def lines_of(transcripts: Sequence[Transcript]) -> str:
    """The transcripts as JSON lines, one a call."""
    rows = [{"case": one.case, **turn} for one in transcripts for turn in one.turns]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
