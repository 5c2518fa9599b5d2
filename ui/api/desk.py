"""Work on cases that takes longer than a request: one piece at a time for each case, in threads of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor

import structlog

from core.domain.errors import DomainError
from core.domain.ids import CaseId
from ui.schemas import Failure

Advance = Callable[[CaseId], object]
_log = structlog.get_logger()


class Desk:
    """Hands cases to `advance`, which takes a case as far as it gets without a person."""

    def __init__(self, advance: Advance, *, executor: Executor | None = None) -> None:
        self._advance = advance
        self._executor = executor or ThreadPoolExecutor(max_workers=2, thread_name_prefix="desk")
        self._again: dict[CaseId, bool] = {}
        self._failures: dict[CaseId, Failure] = {}
        self._lock = threading.Lock()

    def give(self, case: CaseId) -> bool:
        """Start on a case; False when the desk is at it already, and then it looks once more when done."""
        with self._lock:
            if case in self._again:
                self._again[case] = True
                return False
            self._again[case] = False
            self._failures.pop(case, None)
        try:
            self._executor.submit(self._work, case)
        except RuntimeError:  # the server is stopping; the case is taken up at the next start
            self._done(case)
            return False
        return True

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

    def _work(self, case: CaseId) -> None:
        more = True
        while more:
            failure = self._attempt(case)
            with self._lock:
                if failure is not None:
                    self._failures[case] = failure
                more = self._again.pop(case)
                if more:
                    self._again[case] = False
                    self._failures.pop(case, None)

    def _attempt(self, case: CaseId) -> Failure | None:
        try:
            self._advance(case)
        except DomainError as error:
            _log.warning("desk_refused", case=case, code=error.code)
            return Failure(code=error.code, message=error.message)
        except Exception:  # noqa: BLE001 - the edge of a thread: nobody above would hear of it
            _log.exception("desk_failed", case=case)
            return Failure(
                code="internal_error", message="the desk met a fault it does not know; its log has the details"
            )
        return None

    def _done(self, case: CaseId) -> None:
        with self._lock:
            self._again.pop(case, None)
