"""A server process for tests: the API over storage that is down, and the console."""

import sys

from core.domain.errors import StorageUnavailableError
from tests.ui.api.test_errors import Broken
from tests.ui.world import Given
from ui.api.serve import serve


def main(port: int, console_port: int) -> None:
    """Serve until stopped, saying on standard output what `serve` says."""
    serve(
        Broken(StorageUnavailableError("the database does not answer")),
        worker=Given(),
        make_operator=lambda: ("operations-manager", "one-time-4711"),
        say=_say,
        port=port,
        console_port=console_port,
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
