"""A process that has the command line in its memory and forks a process for each command it is asked to run."""

import json
import os
import sys
from typing import Any

from ui.cli.main import Expediter, main


def serve() -> None:
    """Read orders line by line, answer each with the exit codes."""
    for place in Expediter.places.values():
        place.load()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(json.loads(line))) + "\n")
        sys.stdout.flush()


def _run(order: dict[str, Any]) -> list[int]:
    """Run the commands of an order, begun together."""
    waiting, starting = os.pipe()
    children: list[int] = []
    for number, words in enumerate(order["commands"]):
        child = os.fork()
        if child == 0:
            os.close(starting)
            _become(words, order, number, waiting)
        children.append(child)
    os.close(waiting)
    os.close(starting)  # the children read an end of file: off they go
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _become(words: list[str], order: dict[str, Any], number: int, waiting: int) -> None:
    os.setsid()
    if order["terminal"]:
        streams = [os.open(order["terminal"], os.O_RDWR)] * 3
    else:
        out, err = (f"{order['folder']}/{number}.{name}" for name in ("out", "err"))
        streams = [os.open(os.devnull, os.O_RDONLY), _written(out), _written(err)]
    if order["unread"]:
        reader, streams[1] = os.pipe()
        os.close(reader)
    for wanted, stream in enumerate(streams):
        os.dup2(stream, wanted)
    if order["closed"]:
        os.close(1)
        sys.stdout = None
    os.environ.clear()
    os.environ.update(order["environment"])
    os.read(waiting, 1)
    try:
        main(words)
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(int(ended.code or 0))
    os._exit(99)


def _written(file: str) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)


if __name__ == "__main__":
    serve()
