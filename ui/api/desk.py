"""Work on cases that takes longer than a request: one piece at a time for each case, in threads of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Protocol

import structlog

from core.domain.errors import DomainError
from core.domain.ids import CaseId
from ui.api.errors import ApiError
from ui.schemas import Failure

_log = structlog.get_logger()


class Worker(Protocol):
    """What the desk needs of agents.worker.

    `advance` takes a case as far as it gets without a person; without `begin` only what is under way is gone on with.
    `deliver` sends the messages that wait.
    """

    def advance(self, case: CaseId, *, begin: bool) -> object: ...
    def deliver(self) -> object: ...


class Desk:
    """Hands cases to the worker."""

    def __init__(self, worker: Worker, *, executor: Executor | None = None) -> None:
        self._worker = worker
        self._executor = executor or ThreadPoolExecutor(max_workers=2, thread_name_prefix="desk")
        # For each case at work: None, or the `begin` with which it was given again meanwhile.
        self._again: dict[CaseId, bool | None] = {}
        self._failures: dict[CaseId, Failure] = {}
        self._lock = threading.Lock()

    def give(self, case: CaseId, *, begin: bool) -> bool:
        """Start on a case; False when the desk is at it already, and then it looks once more when done."""
        with self._lock:
            if case in self._again:
                self._again[case] = bool(self._again[case]) or begin
                return False
            self._again[case] = None
            self._failures.pop(case, None)
        try:
            self._executor.submit(self._work, case, begin)
        except RuntimeError:  # the server is stopping; the case is taken up at the next start
            with self._lock:
                self._again.pop(case, None)
            return False
        return True

    def deliver(self) -> None:
        """Send what waits, when a thread is free."""
        try:
            self._executor.submit(self._send)
        except RuntimeError:  # the server is stopping; what waits is sent at the next start
            return

    def run(self, work: Callable[[], object]) -> None:
        """Do something when a thread is free; it sees to its own failures."""
        try:
            self._executor.submit(work)
        except RuntimeError as error:
            raise ApiError(
                503, "server_stopping", "the server is stopping; ask again soon", headers={"Retry-After": "5"}
            ) from error

    def working(self, case: CaseId) -> bool:
        """Whether the desk has the case."""
        with self._lock:
            return case in self._again

    def failure(self, case: CaseId) -> Failure | None:
        """Why the last work on the case ended without result."""
        with self._lock:
            return self._failures.get(case)

    def close(self) -> None:
        """Finish what has begun and take nothing more."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _work(self, case: CaseId, begin: bool) -> None:
        again: bool | None = begin
        while again is not None:
            failure = self._attempt(case, begin=again)
            with self._lock:
                again = self._again.pop(case)
                if again is not None:
                    self._again[case] = None
                elif failure is not None:
                    self._failures[case] = failure

    def _attempt(self, case: CaseId, *, begin: bool) -> Failure | None:
        try:
            self._worker.advance(case, begin=begin)
        except DomainError as error:
            _log.warning("desk_refused", case=case, code=error.code)
            return Failure(code=error.code, message=error.message)
        except Exception:  # noqa: BLE001 - the edge of a thread: nobody above would hear of it
            _log.exception("desk_failed", case=case)
            return Failure(
                code="internal_error", message="the desk met a fault it does not know; its log has the details"
            )
        return None

    def _send(self) -> None:
        try:
            self._worker.deliver()
        except Exception:  # noqa: BLE001 - the edge of a thread; what was not sent still waits in the outbox
            _log.exception("delivery_failed")
