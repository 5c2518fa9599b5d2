"""Excel and PDF files, read in a process of its own that may be slow, hungry or killed without harm to anybody."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from agents.order_intake.mail.limits import SECONDS_APART
from agents.order_intake.mail.tables import Rows

_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file's words, the tables among them, and what could not be read of it."""

    text: str = ""
    tables: tuple[Rows, ...] = ()
    faults: tuple[str, ...] = ()


def open_apart(kind: str, content: bytes) -> Opened:
    """Reads a file of kind `sheet` or `pdf`; whatever happens to its reader is a fault, not an error."""
    command = [sys.executable, "-m", "agents.order_intake.mail.files", kind]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS_APART, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        return Opened(faults=(f"took longer than {SECONDS_APART} seconds to read",))
    except OSError as error:
        return Opened(faults=(f"could not be read ({type(error).__name__})",))
    if done.returncode:
        return Opened(faults=("could not be read: it is damaged, locked by a password or too large",))
    answer = json.loads(done.stdout)
    return Opened(
        text=answer["text"],
        tables=tuple(tuple(tuple(row) for row in table) for table in answer["tables"]),
        faults=tuple(answer["faults"]),
    )
