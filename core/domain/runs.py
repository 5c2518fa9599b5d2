"""Runs of the agents: what each was about, what its model calls cost, and the steps it took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.domain.ids import RunId

LONGEST_RUN = timedelta(days=30)
"""A run that waits for people ends with their approvals, which live for less."""
MOST_CALLS = 25
"""Model calls of one run, unless it is begun with another budget."""
SUPERSEDED, OVERDUE = "superseded", "overdue"
Attribute = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a graph over one subject: a case, a draft, a conversation. It is the unit of budgets and of traces;
    `outcome` is empty while it is under way."""

    id: RunId
    graph: str
    subject: str
    started_at: datetime
    deadline: datetime
    most_calls: int = MOST_CALLS
    ended_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """One question to a model, answered or not. `micros` is what it cost in millionths of the currency that prices of
    models are in, None where no price is known; `fields` are the names of all that left; `failure` is empty when the
    answer was used."""

    run: RunId
    purpose: str
    verb: str
    model: str
    prompt_hash: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    micros: int | None = None
    milliseconds: int = 0
    failure: str = ""
    fields: tuple[str, ...] = ()
    at: datetime | None = None

    @property
    def tokens(self) -> int:
        """Tokens in and out; cached and reasoning tokens are among them."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What some model calls have cost together; calls without a known price add nothing to `micros`."""

    calls: int = 0
    tokens: int = 0
    micros: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """What a model was asked for a purpose: calls, those whose answer was not used, tokens, what it cost in millionths,
    and how many calls had no known price and so are not in it."""

    model: str
    purpose: str
    calls: int
    unused: int
    tokens: int
    micros: int
    unpriced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One step of a run. `number` counts them from 1; `parent` is the number of the step it is part of, 0 for the run
    itself. `status` is `ok`, `waiting` for people, or the code of an error."""

    run: RunId
    number: int
    parent: int = 0
    name: str
    started_at: datetime
    ended_at: datetime
    status: str = "ok"
    attributes: Mapping[str, Attribute] = field(default_factory=dict[str, Attribute])
