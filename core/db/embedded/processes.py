"""Which living processes belong to a cluster: what a pid file says is believed only when the process agrees."""

import hashlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

_LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmaster:
    """The living server process of a cluster and the port it took."""

    pid: int
    port: int


def cluster_name(data_dir: Path) -> str:
    """The name the server puts into the titles of its child processes."""
    return "expediter-" + hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]


def pid_file(data_dir: Path) -> Path:
    """PostgreSQL's lock file: pid, folder, start time, port and more, one a line."""
    return data_dir / "postmaster.pid"


def living_postmaster(data_dir: Path) -> Postmaster | None:
    """The server the pid file names, if that process lives (no zombie) and really is this cluster's server."""
    try:
        lines = pid_file(data_dir).read_text(encoding="utf-8").splitlines()
        found = Postmaster(pid=int(lines[0]), port=int(lines[3]))
        process = psutil.Process(found.pid)
        return found if _is_postmaster(process.cmdline(), data_dir) else None
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


def members(data_dir: Path) -> list[psutil.Process]:
    """Every living process of the cluster, orphans of a killed server included."""
    return [each for each in psutil.process_iter() if _belongs(each, data_dir)]


def clear_leftovers(data_dir: Path, *, patience: float = 2.0) -> bool:
    """End what a killed server left behind, then drop its pid file; False if a process stayed.

    Children notice by themselves that their server died, unless they are in the middle of a long statement: those
    are told to quit at once, which loses nothing committed. Removing the pid file while one lives would let two
    servers share one folder.
    """
    if not _none_left(data_dir, seconds=patience):
        for orphan in members(data_dir):
            _send(orphan.pid, signal.SIGQUIT)
        if not _none_left(data_dir, seconds=patience):
            return False
    pid_file(data_dir).unlink(missing_ok=True)
    return True


def end_postmaster(pid: int, data_dir: Path, *, patience: float) -> bool:
    """Fast shutdown, immediate when that takes too long (committed work is safe either way); False if it stayed."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        _send(pid, how)
        if _none_left(data_dir, seconds=patience):
            return True
    return False


def _belongs(process: psutil.Process, data_dir: Path) -> bool:
    # The command line is world-readable; `cwd` and `exe` are not (root in a container lacks CAP_SYS_PTRACE).
    try:
        command = process.cmdline()
    except psutil.Error:  # gone, a zombie, or hidden: then not ours
        return False
    title = f"postgres: {cluster_name(data_dir)}: "
    return _is_postmaster(command, data_dir) or " ".join(command).startswith(title)


def _is_postmaster(command: list[str], data_dir: Path) -> bool:
    return len(command) > 2 and Path(command[0]).name == "postgres" and str(data_dir) in command[1:]


def _send(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass


def _none_left(data_dir: Path, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while left := members(data_dir):
        while any(_lives(each) for each in left):
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_EVERY)
    return True


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
