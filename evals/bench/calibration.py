"""What this machine does at all: a sort, durable commits of one client, its cores. Figures are read beside these."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import numpy as np

from core.services.scanning import Figure
from evals.bench.figures import best_of, figure
from evals.bench.stockroom import Stockroom, stockroom

SORTED = 1_000_000
_CPU = Path("/proc/cpuinfo")


def calibrated(*, seconds: float = 2.0) -> tuple[Figure, ...]:
    """Measure on a server of its own, for so many seconds of commits."""
    numbers = np.random.default_rng(1).integers(0, 2**62, size=SORTED)
    with stockroom({}) as room:
        commits = _commits(room, seconds=seconds)
    return (
        figure("machine.sort_ms", 1_000 * best_of(5, lambda: np.sort(numbers)), "ms"),
        figure("machine.commits_per_s", commits, "1/s"),
        figure("machine.cores", cores(), "cores"),
    )


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> Mapping[str, str]:
    """The machine in words."""
    return {"processor": _processor(), "system": platform.system(), "python": platform.python_version()}


def _processor() -> str:
    named = (
        [line for line in _CPU.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        if (_CPU.exists())
        else []
    )
    return named[0].partition(":")[2].strip() if named else platform.machine()


def _commits(room: Stockroom, *, seconds: float) -> float:
    """Durable updates of one row a second, each a transaction of its own, by one client."""
    with room.server.superuser(room.database) as connection:
        connection.execute("CREATE TABLE one (n bigint NOT NULL)")
        connection.execute("INSERT INTO one VALUES (0)")
        done, began = 0, perf_counter()
        while (spent := perf_counter() - began) < seconds:
            connection.execute("UPDATE one SET n = n + 1")
            done += 1
        connection.execute("DROP TABLE one")
    return done / spent
