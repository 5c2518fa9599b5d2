"""A process that has a worker in its memory and forks one for each line it reads; run as a program.

Every second of the clock there is CLOCK_SPEED seconds of the world's, so that a claim of a dead worker ends soon.
"""

import json
import os
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from subprocess import PIPE, Popen
from typing import Any

from agents.worker.opening import open_worker
from agents.worker.running import Station, Terms
from agents.worker.schedule import Scheduled
from agents.worker.shift import Shift
from core.bootstrap.application import application
from core.bootstrap.partners import Partners
from core.connectors.mail import HttpMail
from core.connectors.sandbox.service import mailbox_endpoint, supplier_endpoints
from core.connectors.sandbox.trade import SandboxTrade
from core.connectors.suppliers import HttpSuppliers
from core.db.roles import RoleUrls
from core.domain.jobs import JobName
from evals.workers.books import NOON, supplier_of

CLOCK_SPEED = 20
TERMS = Terms(
    concurrency=2,
    heartbeat=0.5,
    dead_after=3.0,
    polling=0.5,
    schedule=(
        Scheduled(name=JobName.SCAN_INCREMENTAL, cron="* * * * * */3", lock="scan"),
        Scheduled(name=JobName.REAP, cron="* * * * * *"),
        Scheduled(name=JobName.OUTBOX_DELIVER, cron="* * * * * */2"),
        Scheduled(name=JobName.UPKEEP_TEND, cron="* * * * * */5", lock="upkeep"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a worker works. `began` is the moment of this machine's clock at which the world's stood at noon."""

    urls: RoleUrls
    base_url: str
    cases: int
    began: float

    def clock(self) -> datetime:
        """The time there."""
        return NOON + timedelta(seconds=(time.monotonic() - self.began) * CLOCK_SPEED)

    def partners(self) -> Partners:
        """What a process that did not start the sandbox speaks to."""
        trade = SandboxTrade([supplier_of(self.cases)])
        return Partners(
            suppliers=HttpSuppliers(supplier_endpoints(trade, self.base_url)),
            mail=HttpMail(mailbox_endpoint(self.base_url)),
        )


class Nest:
    """The forking process, as the one who kills speaks to it."""

    def __init__(self, place: Place) -> None:
        command = [sys.executable, "-m", "evals.workers.nest"]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, text=True)
        self._place = place

    def hatch(self) -> int:
        """A new worker; its process number."""
        place = self._place
        roles = asdict(place.urls)
        return int(self._said({**_plain(place), "urls": roles}))

    def end(self, worker: int, signal: int) -> None:
        """Send a worker a signal and wait until it is gone."""
        self._said({"end": worker, "signal": int(signal)})

    def close(self) -> None:
        """No more workers."""
        with self._process:  # waits for its end, which the end of its input brings
            pass

    def _said(self, order: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def work(place: Place) -> None:
    """Work until SIGTERM, or until killed."""
    with (
        application(place.urls, place.partners(), frozen=place.clock, resident=True) as app,
        open_worker(app) as worker,
    ):
        Station(Shift(app=app, worker=worker), TERMS).run(signals=True)


def _plain(place: Place) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if name != "urls"}


def _hatched(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)
    os.dup2(silent, 1)  # the parent's lines are its own
    code = 1
    try:
        work(Place(**{**order, "urls": RoleUrls(**order["urls"])}))
        code = 0
    except BaseException:  # noqa: BLE001 - the edge of a forked process, which must not go on in its parent's place
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    """Fork a worker, or end one, for each line."""
    for line in sys.stdin:
        order = json.loads(line)
        if "end" in order:
            os.kill(order["end"], order["signal"])
            os.waitpid(order["end"], 0)
            answer = 0
        else:
            answer = _hatched(order)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
