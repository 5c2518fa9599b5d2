"""How much memory a scan takes at its peak: it runs in a process of its own, which reports by what it grew."""

import subprocess
import sys
from pathlib import Path

from core.bootstrap.opening import open_books
from core.domain.ids import UserName
from core.planning.latelist import late_list
from core.planning.netting import net
from core.planning.rules import ScanRules

_KIB = 1024
_STATUS = Path("/proc/self/status")


def peak_bytes(url: str) -> int:
    """Bytes by which reading the books, netting them and listing what is late raise the peak of a fresh process above
    what it held before; the address goes in by a pipe, as it holds a password."""
    command = [sys.executable, "-m", "evals.bench.scan_memory"]
    done = subprocess.run(command, input=url, text=True, capture_output=True, check=True, timeout=600)
    return int(done.stdout)


def grown(url: str) -> int:
    """The same for this process."""
    with open_books(url) as books:
        with books(UserName("bench")) as uow:
            uow.company.settings()
        before = _kib("VmRSS")
        with books(UserName("bench")) as uow:
            snapshot = uow.snapshot()
        late_list(snapshot, net(snapshot, ScanRules()))
        return (_kib("VmHWM") - before) * _KIB


def _kib(name: str) -> int:
    """A line of the kernel's account of this process; its peak starts anew with the program, unlike getrusage's."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines())
    return int(lines[name].split()[0])


if __name__ == "__main__":
    sys.stdout.write(str(grown(sys.stdin.read())))
