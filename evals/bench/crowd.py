"""Many threads that begin together: how much they got done, and what the slowest of them waited."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

Turn = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a crowd did: turns of each thread until the time was up or the thread had no more."""

    turns: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def per_second(self) -> float:
        """Turns a second, all threads together."""
        return self.turns / self.seconds

    def milliseconds(self, share: float) -> float:
        """The wait that this share of the turns did not exceed."""
        return 1000 * self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))]


def crowd(threads: int, turn_of: Callable[[int], Turn], *, seconds: float = 3600.0) -> Pace:
    """Let threads take their turns until a turn says False or the time is up; `turn_of` prepares each thread."""
    turns = [turn_of(number) for number in range(threads)]
    barrier = Barrier(threads + 1)

    def work(turn: Turn) -> list[float]:
        waits = list[float]()
        barrier.wait()
        end = time.perf_counter() + seconds
        while True:
            begun = time.perf_counter()
            if begun >= end or not turn():
                return waits
            waits.append(time.perf_counter() - begun)

    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work, turn) for turn in turns]
        barrier.wait()
        begun = time.perf_counter()
        waits = sorted(wait for future in futures for wait in future.result())
        return Pace(turns=len(waits), seconds=time.perf_counter() - begun, waits=tuple(waits))
