"""Running jobs: takes them from the queue, keeps to the schedule, takes over from the dead, ends in good order.

The only module that imports Procrastinate.
"""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from agents.worker.schedule import SCHEDULE, Scheduled
from agents.worker.shift import Shift, perform
from core.db.jobs.address import jobs_conninfo
from core.domain.jobs import QUEUE_OF, JobName

FORGET_AFTER_HOURS = 72
MOST_ATTEMPTS = 5
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a worker works: how many jobs at once, from which queues (None: all), and in seconds how often it says that
    it lives, after which silence others take it for dead, how often it looks for jobs nobody told it of, and how long
    its jobs may go on when it is to stop."""

    concurrency: int = 2
    queues: tuple[str, ...] | None = None
    heartbeat: float = 10.0
    dead_after: float = 60.0
    polling: float = 5.0
    grace: float = 60.0
    pause: float = 5.0
    schedule: tuple[Scheduled, ...] = SCHEDULE


class Station:
    """A worker at the queue; `run` returns when it was told to stop, or with `once` when nothing waits any more."""

    def __init__(self, shift: Shift, terms: Terms) -> None:
        self._shift = shift
        self._terms = terms
        self._stopped = Event()
        self._stop: Callable[[], object] = lambda: None
        self._begun = 0

    def run(self, *, once: bool = False, signals: bool = False) -> None:
        """Work. With `signals` SIGTERM and SIGINT stop it, which needs the main thread."""
        asyncio.run(self._run(once=once, signals=signals))

    def stop(self) -> None:
        """Take no more jobs, let runs end at their next border; from any thread."""
        self._stopped.set()
        self._shift.worker.draining.ask()
        with contextlib.suppress(RuntimeError):  # it has ended by itself, and its loop with it
            self._stop()

    async def _run(self, *, once: bool, signals: bool) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self._terms.concurrency + 1, thread_name_prefix="job"))
        if signals:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.stop)
        while once and not self._stopped.is_set():
            before = self._begun
            await self._work(loop, once=True)
            if self._begun == before:
                return  # what ran last asked for nothing more
        while not self._stopped.is_set():
            await self._round(loop)

    async def _round(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work until told to stop. What fails as a whole is begun anew: all that waits is still there."""
        try:
            await self._work(loop, once=False)
        except ConnectorException as error:
            _log.warning("queue_unreachable", error=str(error))
        except Exception:  # noqa: BLE001 - the edge of the process: nobody above would begin anew
            _log.exception("worker_failed")
        if not self._stopped.is_set():
            await asyncio.sleep(self._terms.pause)

    async def _work(self, loop: asyncio.AbstractEventLoop, *, once: bool) -> None:
        app = queue_of(self._shift, self._terms, begun=self._count)
        chosen: dict[str, Any] = {} if self._terms.queues is None else {"queues": [*self._terms.queues]}
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self._terms.concurrency,
                    wait=not once,
                    fetch_job_polling_interval=self._terms.polling,
                    shutdown_graceful_timeout=self._terms.grace,
                    update_heartbeat_interval=self._terms.heartbeat,
                    stalled_worker_timeout=self._terms.dead_after,
                    install_signal_handlers=False,
                    delete_jobs="never",
                    **chosen,
                )
            )
            self._stop = lambda: loop.call_soon_threadsafe(working.cancel)
            if self._stopped.is_set():
                working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working

    def _count(self) -> None:
        self._begun += 1


@contextmanager
def working(shift: Shift, terms: Terms) -> Generator[Station]:
    """A worker in a thread of this process for as long as the block lasts."""
    station = Station(shift, terms)
    thread = Thread(target=station.run, name="jobs")
    thread.start()
    try:
        yield station
    finally:
        station.stop()
        thread.join()


def queue_of(shift: Shift, terms: Terms, *, begun: Callable[[], object] = lambda: None) -> App:
    """Procrastinate's view of our jobs; `begun` is called as each of ours begins."""
    pool: dict[str, Any] = {"min_size": 1, "max_size": 3}
    app: App = App(connector=PsycopgConnector(conninfo=jobs_conninfo(shift.app.urls), **pool))
    tasks: dict[JobName, Any] = {}
    for name in JobName:
        match name:
            case JobName.REAP:
                act = _reaping(app, terms)
            case JobName.FORGET:
                act = _forgetting(app)
            case _:
                act = _doing(shift, name, begun)
        tasks[name] = app.task(name=name.value, queue=QUEUE_OF[name])(act)
    for one in terms.schedule:
        app.periodic(cron=one.cron, queueing_lock=f"{one.name} on time", lock=one.lock)(tasks[one.name])
    return app


def _doing(shift: Shift, name: JobName, begun: Callable[[], object]) -> Callable[..., None]:
    def do(**args: Any) -> None:
        begun()
        perform(shift, name, args)

    return do


def _reaping(app: App, terms: Terms) -> Callable[..., Awaitable[None]]:
    async def do(**_: Any) -> None:
        await reap(app, terms.dead_after)

    return do


def _forgetting(app: App) -> Callable[..., Awaitable[None]]:
    async def do(**_: Any) -> None:
        await app.job_manager.delete_old_jobs(
            FORGET_AFTER_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    return do


async def reap(app: App, dead_after: float) -> int:
    """Give the jobs of workers that died to others; how many. One that outlived many workers has failed."""
    found = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after))
    for job in found:
        await _take_over(app, job)
    return len(found)


async def _take_over(app: App, job: Job) -> None:
    assert job.id is not None
    _log.warning("job_stalled", job=job.id, name=job.task_name, attempts=job.attempts)
    ended = Status.FAILED
    if job.attempts + 1 < MOST_ATTEMPTS:
        try:
            await app.job_manager.retry_job(job)
            return
        except UniqueViolation:  # the same thing was asked for again and waits already
            ended = Status.ABORTED
    await app.job_manager.finish_job_by_id_async(job.id, status=ended, delete_job=False)
