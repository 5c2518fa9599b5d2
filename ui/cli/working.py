"""`expediter worker` does the jobs that wait, on as many machines as wanted; `expediter jobs` lists them."""

from collections.abc import Mapping
from typing import Annotated

import typer

from agents.worker.running import Station, Terms
from agents.worker.schedule import SCHEDULE
from core.domain.errors import UsageError
from core.domain.jobs import QUEUES, Job, JobName, JobState
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.logs import log_as_configured
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.shifts import open_shift
from ui.cli.workplace import CLI, PackChoice, workplace
from ui.logs.lines import Level

WORDS: Mapping[JobName, str] = {
    JobName.SCAN_FULL: "read all the books and scan them",
    JobName.SCAN_INCREMENTAL: "scan the books",
    JobName.CASE_ADVANCE: "take {case} as far as it gets without a person",
    JobName.OUTBOX_DELIVER: "send what the outbox holds",
    JobName.MAILBOX_POLL: "look for new mail",
    JobName.TAKE_IN: "read mail {mail}",
    JobName.LETTER_SEND: "send the letter of {approval}",
    JobName.NEGOTIATE: "go on with {negotiation}",
    JobName.LETTERS_TEND: "look after letters that nobody answered",
    JobName.DIGEST_SEND: "send the digest of the morning",
    JobName.SHIPMENT_TELL: "tell the customer that {shipment} left",
    JobName.UPKEEP_TEND: "keep the books up: what ends, what was left behind",
    JobName.REAP: "take over from workers that died",
    JobName.FORGET: "forget jobs that ended days ago",
    JobName.RETENTION: "forget what is kept for a time only",
    JobName.APPROVALS_EXPIRE: "end approvals that ran out",
    JobName.WEBHOOKS_DELIVER: "tell other programs what happened",
    JobName.HOOKS_TAKE: "work on what partners' programs told us",
}
_SHOWN = 30


@options.takes_pack
def worker_command(
    choice: PackChoice,
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits any more.")] = False,
    concurrency: Annotated[int, typer.Option(min=1, max=32, help="How many jobs at once.")] = Terms().concurrency,
    queues: Annotated[str, typer.Option(metavar="NAMES", help=f"Only these, by comma: {', '.join(QUEUES)}.")] = "",
) -> None:
    """Do jobs until Ctrl-C or SIGTERM: scans, cases, deliveries, upkeep, each by one worker wherever it runs."""
    with (
        failures_said(),
        workplace(choice, resident=True) as place,
        open_shift(place) as shift,
    ):
        schedule = () if once else SCHEDULE  # what nobody asked for is left to those who stay
        terms = Terms(concurrency=concurrency, queues=_chosen(queues), schedule=schedule)
        log_as_configured(place.config.environment, otherwise=Level.INFO)
        say(f"At work, {count(concurrency, 'job')} at once. Ctrl-C ends it in good order.")
        Station(shift, terms).run(once=once, signals=True)
        say("Stopped.")


@options.takes_pack
def jobs_command(
    choice: PackChoice,
    ended: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    as_json: options.Json = False,
) -> None:
    """List what runs, what waits and what failed, newest first."""
    states = [*JobState] if ended else [JobState.RUNNING, JobState.WAITING, JobState.FAILED]
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            counts, found = uow.jobs.counts(), uow.jobs.listed(*states, limit=_SHOWN)
        if as_json:
            print_json({"counts": {s.value: n for s, n in counts.items()}, "jobs": [_values(job) for job in found]})
            return
        say(", ".join(f"{counts[state]} {state.value}" for state in JobState))
        if found:
            columns = (("job", "code"), ("what", "left"), ("state", "left"), ("since", "code"), ("tries", "right"))
            console.print(table("Jobs", columns, [_row(job) for job in found]))
        if counts[JobState.WAITING] and not counts[JobState.RUNNING]:
            say(f"Nobody is at work: `expediter worker{choice.words}` does what waits.")


def words_of(job: Job) -> str:
    """What a job does, in plain words."""
    return WORDS[job.name].format(**{"case": "a case", "mail": "", "shipment": "", "approval": "", **job.args})


def _chosen(said: str) -> tuple[str, ...] | None:
    names = tuple(name.strip() for name in said.split(",") if name.strip())
    for name in names:
        if name not in QUEUES:
            raise UsageError(f"queue {name!r} is none of ours; accepted are {', '.join(map(repr, QUEUES))}")
    return names or None


def _row(job: Job) -> tuple[str, ...]:
    when = f"{job.changed_at:%Y-%m-%d %H:%M:%S} UTC"
    state = f"waits until {job.at:%H:%M:%S} UTC" if job.state is JobState.WAITING and job.at else job.state.value
    return str(job.id), words_of(job), state, when, str(job.attempts)


def _values(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "name": job.name.value,
        "what": words_of(job),
        "args": dict(job.args),
        "state": job.state.value,
        "queue": job.queue,
        "not_before": job.at,
        "since": job.changed_at,
        "attempts": job.attempts,
    }
