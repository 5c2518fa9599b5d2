"""A ledger in memory, for tests of metered models."""

from dataclasses import dataclass, field

from agents.llm.budget import Budget, Limits, Spent
from agents.llm.metered import Metered
from agents.llm.port import ModelPort
from core.domain.ids import RunId
from core.domain.runs import MOST_CALLS, ModelCall, Spending


@dataclass(slots=True)
class Ledger:
    """Keeps calls in a list; the day never ends."""

    most_calls: int = MOST_CALLS
    calls: list[ModelCall] = field(default_factory=list[ModelCall])

    def spent(self, run: str) -> Spent:
        return Spent(
            run=_sum([call for call in self.calls if call.run == run]),
            most_calls=self.most_calls,
            today=_sum(self.calls),
        )

    def keep(self, call: ModelCall) -> None:
        self.calls.append(call)


def metered(
    inner: ModelPort, ledger: Ledger, *, run: str = "RUN-1", limits: Limits = Limits(), **more: object
) -> Metered:
    """A port for a run over the ledger."""
    budget = Budget(run, ledger=ledger, limits=limits)
    return Metered(inner=inner, run=RunId(run), ledger=ledger, budget=budget, **more)  # pyright: ignore[reportArgumentType]


def _sum(calls: list[ModelCall]) -> Spending:
    return Spending(
        calls=len(calls), tokens=sum(call.tokens for call in calls), micros=sum(call.micros or 0 for call in calls)
    )
