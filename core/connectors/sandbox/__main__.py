"""The sandbox as a process of its own: python -m core.connectors.sandbox --catalogue FILE [--port N]."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from core.connectors.sandbox.catalogue_file import read_catalogue
from core.connectors.sandbox.service import running
from core.connectors.sandbox.trade import SandboxTrade
from core.domain.errors import InvalidValueError


def main() -> int:
    """Serve until interrupted; the first line printed is JSON with the base address."""
    parser = argparse.ArgumentParser(prog="python -m core.connectors.sandbox", description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True, help="JSON file with the suppliers")
    parser.add_argument("--port", type=int, default=0, help="loopback port, 0 for a free one")
    wanted = parser.parse_args()
    try:
        trade = SandboxTrade(read_catalogue(wanted.catalogue))
    except (InvalidValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    with running(trade, port=wanted.port) as base_url:
        sys.stdout.write(json.dumps({"base_url": base_url}) + "\n")
        sys.stdout.flush()
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
