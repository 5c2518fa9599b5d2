"""Upkeep while the program serves: approved but unexecuted plans are carried on, messages are sent, every minute."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

import structlog

from core.domain.errors import DomainError

EVERY_SECONDS = 60.0
_log = structlog.get_logger()


@contextmanager
def tended(tend: Callable[[], object], *, every: float = EVERY_SECONDS) -> Generator[None]:
    """Call `tend` at once and then again and again, in a thread of its own, until the block ends. What goes wrong in
    one round is logged and the next one comes all the same."""
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep, args=(tend, stopped, every), name="upkeep", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopped.set()
        keeper.join()


def _keep(tend: Callable[[], object], stopped: threading.Event, every: float) -> None:
    while True:
        try:
            tend()
        except DomainError as error:
            _log.warning("upkeep_refused", code=error.code, reason=error.message)
        except Exception:  # noqa: BLE001 - the edge of a thread: nobody above would hear of it
            _log.exception("upkeep_failed")
        if stopped.wait(every):
            return
