"""An API process as production has them, for measuring: `python -m evals.bench.http_process`, told by its input."""

import json
import socket
import sys

import uvicorn

from core.bootstrap.application import application
from core.bootstrap.partners import configured_partners
from core.config import Environment
from core.db.roles import RoleUrls
from core.domain.ids import CaseId
from ui.api.app import build_app


class Elsewhere:
    """Cases and messages are other processes' work."""

    def advance(self, case: CaseId, *, begin: bool) -> None:
        """A worker takes the job that was written with the decision."""

    def deliver(self) -> None:
        """A worker sends what waits."""


def main() -> None:
    """Serve on a port of this machine, which is printed, until the input ends."""
    urls = RoleUrls(**json.loads(sys.stdin.readline()))
    with (
        socket.socket(proto=socket.IPPROTO_TCP) as listener,
        application(urls, configured_partners(Environment(), ())) as app,
    ):
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        settings = uvicorn.Config(build_app(app, worker=Elsewhere()), log_level="warning", access_log=False)
        uvicorn.Server(settings).run(sockets=[listener])


if __name__ == "__main__":
    main()
