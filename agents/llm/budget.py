"""What runs may cost, counted from the calls that are stored: it survives a resume, a crash and another worker."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from agents.llm.errors import BudgetSpentError
from core.domain.runs import ModelCall, Spending


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most a run, and all runs of a day, may cost in tokens and in millionths of the currency of the prices."""

    run_tokens: int = 60_000
    day_tokens: int = 2_000_000
    run_micros: int | None = None
    day_micros: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a run has cost, of how many calls, and what all runs have cost since midnight UTC."""

    run: Spending
    most_calls: int
    today: Spending


class Ledger(Protocol):
    """Where calls are kept."""

    def spent(self, run: str) -> Spent:
        """What a run and the day have cost."""
        ...

    def keep(self, call: ModelCall) -> None:
        """Add a call."""
        ...


class Budget:
    """The budget of one run. A call may begin while anything is left: the last one can go over by its own size."""

    def __init__(self, run: str, *, ledger: Ledger, limits: Limits) -> None:
        self._run, self._ledger, self._limits = run, ledger, limits
        self._under_way = 0
        self._lock = threading.Lock()

    @contextmanager
    def one_call(self) -> Generator[None]:
        """One call for as long as the block lasts; BudgetSpentError, and no call, where nothing is left."""
        with self._lock:
            found = _over(self._ledger.spent(self._run), self._limits, under_way=self._under_way)
            if found:
                raise BudgetSpentError(
                    f"{found}; nothing more is asked of a model; docs/configuration.md says how to raise the limit"
                )
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1


def _over(spent: Spent, limits: Limits, *, under_way: int) -> str:
    run, today = spent.run, spent.today
    if run.calls + under_way >= spent.most_calls:
        return f"the run has made {run.calls + under_way} of {spent.most_calls} model calls"
    if run.tokens >= limits.run_tokens:
        return f"the run has used {run.tokens} of {limits.run_tokens} tokens"
    if today.tokens >= limits.day_tokens:
        return f"{today.tokens} of {limits.day_tokens} tokens a day are used"
    if limits.run_micros is not None and run.micros >= limits.run_micros:
        return f"the run has cost {_money(run.micros)} of {_money(limits.run_micros)}"
    if limits.day_micros is not None and today.micros >= limits.day_micros:
        return f"model calls have cost {_money(today.micros)} of {_money(limits.day_micros)} a day"
    return ""


def _money(micros: int) -> str:
    return f"{Decimal(micros) / 1_000_000:f}"
