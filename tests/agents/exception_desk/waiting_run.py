"""Writes the checkpoint of a run that waits, as this release keeps it, for releases to come to go on with.

`python -m tests.agents.exception_desk.waiting_run` writes it anew; do that when GRAPH_VERSION is raised, and keep the
fixtures of the versions before.
"""

import base64
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from agents.exception_desk.state import GRAPH_VERSION
from tests.agents.exception_desk.desks import FakeDesk, Run

FOLDER = Path(__file__).parent / "waiting"
_PARTS = ("storage", "writes", "blobs")


def write(saver: InMemorySaver, file: Path) -> None:
    """Everything the saver holds, as JSON with types told."""
    kept = {part: _plain(getattr(saver, part)) for part in _PARTS}
    file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read(saver: InMemorySaver, file: Path) -> None:
    """What was written, back into a saver."""
    kept = {part: _value(value) for part, value in json.loads(file.read_text(encoding="utf-8")).items()}
    for thread, names in kept["storage"].items():
        saver.storage[thread] = defaultdict(dict, names)
    saver.writes.update(kept["writes"])
    saver.blobs.update(kept["blobs"])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {"pairs": [[_plain(key), _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [_plain(one) for one in value]}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "tuple" in value:
        return tuple(_value(one) for one in value["tuple"])
    if "bytes" in value:
        return base64.b64decode(value["bytes"])
    return {_value(key): _value(inner) for key, inner in value["pairs"]}


if __name__ == "__main__":
    run = Run(FakeDesk())
    run.start()
    FOLDER.mkdir(exist_ok=True)
    write(run.saver, FOLDER / f"version_{GRAPH_VERSION}.json")
