"""Sends notices for another process, a line of JSON each; the only module that imports apprise."""

import json
import sys
from typing import Any, TextIO

from apprise import Apprise, NotifyFormat


def main(orders: TextIO, answers: TextIO) -> None:
    """Send each order, and answer `sent` or why not; never with the address, which may hold a secret."""
    for line in orders:
        answers.write(_sent(json.loads(line)) + "\n")
        answers.flush()


def _sent(order: dict[str, str]) -> str:
    channels: Any = Apprise()  # its own types are left open
    if not channels.add(order["address"]):
        return "its address is none that is known"
    took = channels.notify(title=order["subject"], body=order["body"], body_format=NotifyFormat.TEXT)
    return "sent" if took else "it was refused, or did not answer"


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
