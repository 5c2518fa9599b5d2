"""Runs of the agents in the books: begun and ended, their model calls and their spans."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.domain.ids import RunId
from core.domain.runs import LONGEST_RUN, MOST_CALLS, ModelCall, ModelUse, Run, Span, Spending


class RunStore(Protocol):
    """Runs; a subject has at most one run of a graph under way."""

    def begin(
        self, *, graph: str, subject: str, within: timedelta = LONGEST_RUN, most_calls: int = MOST_CALLS
    ) -> RunId:
        """A new run, in place of one that was under way for the same subject: that one ends as superseded."""
        ...

    def end(self, run: RunId, *, outcome: str) -> bool:
        """End a run; False when it has ended before."""
        ...

    def end_overdue(self) -> tuple[RunId, ...]:
        """End what is under way after its deadline."""
        ...

    def get(self, run: RunId) -> Run:
        """One run; NotFoundError for an id nobody gave."""
        ...

    def listed(self, *, graph: str = "", subject: str = "", limit: int = 20) -> tuple[Run, ...]:
        """The latest first, of one graph or subject if named."""
        ...


class ModelCallStore(Protocol):
    """Model calls; they are added and never changed."""

    def add(self, call: ModelCall) -> None:
        """Keep one, at the time of the transaction."""
        ...

    def of_run(self, run: RunId) -> tuple[ModelCall, ...]:
        """Those of a run, in order."""
        ...

    def spent(self, run: RunId) -> Spending:
        """What a run has cost so far."""
        ...

    def spent_since(self, since: datetime) -> Spending:
        """What all runs have cost since a moment."""
        ...

    def used(self, since: datetime, until: datetime) -> tuple[ModelUse, ...]:
        """What was asked since a moment and before another, by model and purpose."""
        ...


class SpanStore(Protocol):
    """Spans; adding one whose number is there changes nothing."""

    def add_all(self, spans: Sequence[Span]) -> None:
        """Keep some."""
        ...

    def of_run(self, run: RunId) -> tuple[Span, ...]:
        """Those of a run, by number."""
        ...

    def last_number(self, run: RunId) -> int:
        """The highest number of a run's spans, 0 when it has none."""
        ...
