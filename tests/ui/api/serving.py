"""A server process for tests: the API and the console over storage that is slow, or fails over a secret."""

import sys
import threading

from core.config import Environment
from core.domain.errors import StorageUnavailableError
from core.domain.ids import UserName
from core.ports.storage import UnitOfWork
from tests.ui.api.test_errors import Broken
from tests.ui.world import Given
from ui.api.serve import serve
from ui.cli.logs import log_as_configured
from ui.logs.lines import Level

SLOW_SECONDS = 2.5
DOWN = StorageUnavailableError("the database does not answer")
SECRET = "c4n4ry-of-all-s3crets"
LEAKED = "RuntimeError: could not use {0} at postgresql://app:{0}@db/expediter"


class Slow(Broken):
    """Storage that is down, and says so after a while."""

    def open_uow(self, _: UserName, /) -> UnitOfWork:
        _say("asked")
        threading.Event().wait(SLOW_SECONDS)
        raise self.error


def main(port: int, kind: str) -> None:
    """Serve until stopped, saying on standard output what `serve` says."""
    log_as_configured(Environment(openai_api_key=SECRET), otherwise=Level.INFO)
    leak = RuntimeError(LEAKED.format(SECRET).partition(": ")[2])
    serve(
        Slow(DOWN) if kind == "slow" else Broken(leak),
        worker=Given(),
        make_operator=lambda: ("operations-manager", "one-time-4711"),
        say=_say,
        port=port,
        console=kind == "console",
        on_stop=lambda: _say("stopping"),
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
