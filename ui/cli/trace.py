"""`expediter trace`: the steps of a run, or the latest runs."""

from datetime import timedelta
from typing import Annotated

import typer

from agents.tracing.telling import Line, lines_of
from core.domain.ids import RunId
from core.domain.runs import ModelCall, Run, Span
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace


@options.takes_pack
def trace_command(
    choice: PackChoice,
    run: Annotated[str, typer.Argument(metavar="RUN", help="Such as RUN-17; else the latest runs are listed.")] = "",
    as_json: options.Json = False,
) -> None:
    """Show the steps of a run of the agents, what each took and cost, and how it ended."""
    with failures_said(), workplace(choice) as place, place.application.open_uow(CLI) as uow:
        if not run:
            _list(uow.runs.listed(), as_json=as_json, words=choice.words)
            return
        found = uow.runs.get(RunId(run))
        spans, calls = uow.spans.of_run(found.id), uow.model_calls.of_run(found.id)
        if as_json:
            print_json(
                {**_run(found), "spans": [_span(span) for span in spans], "calls": [_call(one) for one in calls]}
            )
            return
        for line in lines_of(found, spans):
            say(_told(line))
        if calls:
            fields = sorted({name for call in calls for name in call.fields})
            say(f"{count(len(calls), 'model call')}; what left: {', '.join(fields)}")


def _list(runs: tuple[Run, ...], *, as_json: bool, words: str) -> None:
    if as_json:
        print_json([_run(run) for run in runs])
    elif not runs:
        say("No agent has run yet.")
    else:
        columns = (("run", "code"), ("graph", "left"), ("over", "left"), ("began", "code"), ("outcome", "left"))
        rows = [
            (run.id, run.graph, run.subject, f"{run.started_at:%Y-%m-%d %H:%M} UTC", run.outcome or "under way")
            for run in runs
        ]
        console.print(table("Latest runs", columns, rows))
        say(f"Next: `expediter trace {runs[0].id}{words}` shows the steps of one.")


def _told(line: Line) -> str:
    parts = [f"{'  ' * line.depth}{line.name}", _took(line.took)]
    if line.tokens:
        parts.append(f"{line.tokens:,} tokens")
    if line.money is not None:
        parts.append(f"{line.money:f}")
    return "  ".join([*filter(None, parts), line.status])


def _took(span: timedelta | None) -> str:
    if span is None:
        return ""
    seconds = span.total_seconds()
    if seconds < 60:
        return f"{seconds * 1000:,.0f} ms"
    return f"{seconds / 3600:,.1f} h" if seconds >= 3600 else f"{seconds / 60:,.1f} min"


def _run(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "graph": run.graph,
        "subject": run.subject,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "outcome": run.outcome,
    }


def _span(span: Span) -> dict[str, object]:
    return {
        "number": span.number,
        "parent": span.parent,
        "name": span.name,
        "started_at": span.started_at,
        "ended_at": span.ended_at,
        "status": span.status,
        "attributes": dict(span.attributes),
    }


def _call(call: ModelCall) -> dict[str, object]:
    return {
        "purpose": call.purpose,
        "verb": call.verb,
        "model": call.model,
        "prompt_hash": call.prompt_hash,
        "prompt_tokens": call.prompt_tokens,
        "cached_tokens": call.cached_tokens,
        "completion_tokens": call.completion_tokens,
        "reasoning_tokens": call.reasoning_tokens,
        "micros": call.micros,
        "milliseconds": call.milliseconds,
        "failure": call.failure,
        "fields": list(call.fields),
        "at": call.at,
    }
