"""One bench in a process of its own: what it prints, how it fails, and the largest memory it takes."""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Timer

from core.services.scanning import Figure
from evals.bench.figures import figure
from evals.bench.results import figures_from
from ui.cli.failing import DONE, MISSED

LIMIT_SECONDS = 1_800
_KIB_A_MIB = 1_024
_MOST_SAID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a bench ended: its exit code, what it printed and what it complained of, and the most memory in MiB (that of
    the program that started it at least)."""

    code: int
    said: str
    complaint: str
    peak: float


def figures_alone(bench: str, command: Sequence[str], *, limit: float = LIMIT_SECONDS) -> tuple[Figure, ...]:
    """The figures a bench prints as JSON, named after it, with its memory; a failure is a figure that misses."""
    ran = _ran(command, limit=limit)
    try:
        found = figures_from(json.loads(ran.said)["figures"], bench=bench)
    except (ValueError, KeyError, TypeError):
        found = ()
    memory = figure(f"{bench}.peak_mib", ran.peak, "MiB")
    if found and ran.code in {DONE, MISSED}:
        return *found, memory
    words = ran.complaint.strip().splitlines()[-1:] or [f"it ended with {ran.code}"]
    return *found, memory, figure(f"{bench}.failed", 1, words[0][:_MOST_SAID], "== 0")


def _ran(command: Sequence[str], *, limit: float) -> Ran:
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complaint:
        process = subprocess.Popen(command, stdout=said, stderr=complaint)
        ending = Timer(limit, process.kill)
        ending.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            ending.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complaint.seek(0)
        return Ran(
            code=process.returncode,
            said=said.read(),
            complaint=complaint.read(),
            peak=used.ru_maxrss / _KIB_A_MIB,
        )
