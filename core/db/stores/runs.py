"""Runs of the agents, what their model calls cost, and their spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import ModelCallRow, RunRow, SpanRow
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.ids import RunId
from core.domain.runs import LONGEST_RUN, MOST_CALLS, OVERDUE, SUPERSEDED, ModelCall, ModelUse, Run, Span, Spending

_PREFIX = "RUN-"


@dataclass(frozen=True, slots=True)
class SqlRunStore:
    """The runs of this transaction."""

    transaction: Transaction

    def begin(
        self, *, graph: str, subject: str, within: timedelta = LONGEST_RUN, most_calls: int = MOST_CALLS
    ) -> RunId:
        """A new run, in place of one that was under way for the same subject: that one ends as superseded."""
        self._end((RunRow.graph == graph) & (RunRow.subject == subject), outcome=SUPERSEDED)
        now = self.transaction.now
        statement = insert(RunRow).values(
            graph=graph, subject=subject, started_at=now, deadline=now + within, most_calls=most_calls, outcome=""
        )
        run = run_id(self.transaction.session.scalars(statement.returning(RunRow.id)).one())
        self._note(run, "run_begun", {"graph": graph, "subject": subject})
        return run

    def end(self, run: RunId, *, outcome: str) -> bool:
        """End a run; False when it has ended before."""
        return bool(self._end(RunRow.id == run_number(run), outcome=outcome))

    def end_overdue(self) -> tuple[RunId, ...]:
        """End what is under way after its deadline."""
        return self._end(RunRow.deadline < self.transaction.now, outcome=OVERDUE)

    def get(self, run: RunId) -> Run:
        """One run; NotFoundError for an id nobody gave."""
        return run_of(self.transaction.one(RunRow, RunRow.id == run_number(run), what=f"run {run!r}"))

    def listed(self, *, graph: str = "", subject: str = "", limit: int = 20) -> tuple[Run, ...]:
        """The latest first, of one graph or subject if named."""
        query = select(RunRow).order_by(RunRow.id.desc()).limit(limit).execution_options(populate_existing=True)
        if graph:
            query = query.where(RunRow.graph == graph)
        if subject:
            query = query.where(RunRow.subject == subject)
        return tuple(run_of(row) for row in self.transaction.session.scalars(query))

    def _end(self, which: ColumnElement[bool], *, outcome: str) -> tuple[RunId, ...]:
        ended = self.transaction.session.scalars(
            update(RunRow)
            .where(which, RunRow.ended_at.is_(None))
            .values(ended_at=self.transaction.now, outcome=outcome)
            .returning(RunRow.id)
        )
        runs = tuple(run_id(number) for number in sorted(ended))
        for run in runs:
            self._note(run, "run_ended", {"outcome": outcome})
        return runs

    def _note(self, run: RunId, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"run:{run}", event=event, subject=run, facts=facts)


@dataclass(frozen=True, slots=True)
class SqlModelCallStore:
    """The model calls of this transaction."""

    transaction: Transaction

    def add(self, call: ModelCall) -> None:
        """Keep one, at the time of the transaction."""
        self.transaction.session.execute(
            insert(ModelCallRow).values(
                run_id=run_number(call.run),
                purpose=call.purpose,
                verb=call.verb,
                model=call.model,
                prompt_hash=call.prompt_hash,
                prompt_tokens=call.prompt_tokens,
                cached_tokens=call.cached_tokens,
                completion_tokens=call.completion_tokens,
                reasoning_tokens=call.reasoning_tokens,
                micros=call.micros,
                milliseconds=call.milliseconds,
                failure=call.failure,
                fields=list(call.fields),
                at=self.transaction.now,
            )
        )

    def of_run(self, run: RunId) -> tuple[ModelCall, ...]:
        """Those of a run, in order."""
        query = select(ModelCallRow).where(ModelCallRow.run_id == run_number(run)).order_by(ModelCallRow.id)
        return tuple(_call(row) for row in self.transaction.session.scalars(query))

    def spent(self, run: RunId) -> Spending:
        """What a run has cost so far."""
        return self._spent(ModelCallRow.run_id == run_number(run))

    def spent_since(self, since: datetime) -> Spending:
        """What all runs have cost since a moment."""
        return self._spent(ModelCallRow.at >= since)

    def used(self, since: datetime, until: datetime) -> tuple[ModelUse, ...]:
        """What was asked since a moment and before another, by model and purpose."""
        row = ModelCallRow
        query = (
            select(
                row.model,
                row.purpose,
                func.count(),
                func.count().filter(row.failure != ""),
                func.sum(row.prompt_tokens + row.completion_tokens),
                func.coalesce(func.sum(row.micros), 0),
                func.count().filter(row.micros.is_(None)),
            )
            .where(row.at >= since, row.at < until)
            .group_by(row.model, row.purpose)
            .order_by(row.model, row.purpose)
        )
        found = self.transaction.session.execute(query).all()
        return tuple(
            ModelUse(
                model=model,
                purpose=purpose,
                calls=calls,
                unused=unused,
                tokens=int(tokens or 0),
                micros=int(micros or 0),
                unpriced=unpriced,
            )
            for model, purpose, calls, unused, tokens, micros, unpriced in found
        )

    def _spent(self, which: ColumnElement[bool]) -> Spending:
        tokens = func.coalesce(func.sum(ModelCallRow.prompt_tokens + ModelCallRow.completion_tokens), 0)
        query = select(func.count(), tokens, func.coalesce(func.sum(ModelCallRow.micros), 0)).where(which)
        calls, used, micros = self.transaction.session.execute(query).one()
        return Spending(calls=calls, tokens=int(used or 0), micros=int(micros or 0))


@dataclass(frozen=True, slots=True)
class SqlSpanStore:
    """The spans of this transaction."""

    transaction: Transaction

    def add_all(self, spans: Sequence[Span]) -> None:
        """Keep some; those whose number is there already stay as they are."""
        rows = [
            {
                "run_id": run_number(span.run),
                "number": span.number,
                "parent": span.parent,
                "name": span.name,
                "started_at": span.started_at,
                "ended_at": span.ended_at,
                "status": span.status,
                "attributes": dict(span.attributes),
            }
            for span in spans
        ]
        if rows:
            self.transaction.session.execute(insert(SpanRow).on_conflict_do_nothing(), rows)

    def of_run(self, run: RunId) -> tuple[Span, ...]:
        """Those of a run, by number."""
        query = select(SpanRow).where(SpanRow.run_id == run_number(run)).order_by(SpanRow.number)
        return tuple(_span(row) for row in self.transaction.session.scalars(query))

    def last_number(self, run: RunId) -> int:
        """The highest number of a run's spans, 0 when it has none."""
        query = select(func.coalesce(func.max(SpanRow.number), 0)).where(SpanRow.run_id == run_number(run))
        return self.transaction.session.scalars(query).one()


def run_number(run: RunId) -> int:
    """The row key behind a run's id; NotFoundError when it is not of the form RUN-17."""
    digits = run.removeprefix(_PREFIX)
    if digits == run or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no run {run!r}; run ids look like 'RUN-17'")
    return int(digits)


def run_id(number: int) -> RunId:
    """The id people see."""
    return RunId(f"{_PREFIX}{number}")


def run_of(row: RunRow) -> Run:
    """The run of a row."""
    return Run(
        id=run_id(row.id),
        graph=row.graph,
        subject=row.subject,
        started_at=row.started_at,
        deadline=row.deadline,
        most_calls=row.most_calls,
        ended_at=row.ended_at,
        outcome=row.outcome,
    )


def _call(row: ModelCallRow) -> ModelCall:
    return ModelCall(
        run=run_id(row.run_id),
        purpose=row.purpose,
        verb=row.verb,
        model=row.model,
        prompt_hash=row.prompt_hash,
        prompt_tokens=row.prompt_tokens,
        cached_tokens=row.cached_tokens,
        completion_tokens=row.completion_tokens,
        reasoning_tokens=row.reasoning_tokens,
        micros=row.micros,
        milliseconds=row.milliseconds,
        failure=row.failure,
        fields=tuple(row.fields),
        at=row.at,
    )


def _span(row: SpanRow) -> Span:
    return Span(
        run=run_id(row.run_id),
        number=row.number,
        parent=row.parent,
        name=row.name,
        started_at=row.started_at,
        ended_at=row.ended_at,
        status=row.status,
        attributes=row.attributes,
    )
