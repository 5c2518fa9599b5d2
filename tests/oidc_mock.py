"""oidc-provider-mock, a login of somebody else's making, as a process of its own on this machine."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

LOOKS, PAUSE = 150, 0.1


@contextmanager
def a_login(**claims: object) -> Generator[str]:
    """The issuer of a login that knows one person by these claims, `sub` among them, until the block ends."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    module = (sys.executable, "-m", "oidc_provider_mock")
    asked = ("--port", str(port), "--require-nonce", "--user-claims", json.dumps(claims))
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONWARN")}
    with subprocess.Popen(
        [*module, *asked], env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(LOOKS):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        threading.Event().wait(PAUSE)
    raise AssertionError(f"the login did not come up on port {port}")
