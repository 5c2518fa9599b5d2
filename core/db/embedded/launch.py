"""The start itself: a free port, the settings, pg_ctl, and what its failures mean."""

import socket
from collections.abc import Mapping
from pathlib import Path

from core.db.embedded.cluster import Cluster
from core.db.embedded.errors import DatabaseStartFailedError
from core.db.embedded.processes import clear_leftovers, cluster_name, living_postmaster
from core.db.roles import SUPERUSER, Role

HOST = "127.0.0.1"
LOG_LIMIT_BYTES = 10_000_000
_TAIL_LINES = 15
# Reasons that pass by themselves: a port taken in between, children of a killed server that are still ending.
_PASSING = ("Address already in use", "is still in use", "already exists")


class NotYetError(Exception):
    """The server may be ready in a moment: try again."""


def launch(cluster: Cluster, bin_dir: Path, settings: Mapping[str, str]) -> int:
    """Start the server and wait until it accepts connections; its port."""
    if not clear_leftovers(cluster.data_dir):
        raise NotYetError("processes of a killed server are still running")
    port = _free_port(cluster.port_file)
    _write_settings(cluster, {**_settings(cluster, port), **settings})
    seen = _rotated(cluster.log)
    # pg_ctl detaches the server: own session, no inherited files, adopted by init and so never our zombie.
    started = cluster.run(
        bin_dir / "pg_ctl", "start", "-D", cluster.data_dir, "-l", cluster.log, "--wait", "--timeout=60", "--silent"
    )
    if started.returncode != 0:
        tail = _tail(cluster.log, seen) or (started.stderr or started.stdout).strip()
        if living_postmaster(cluster.data_dir) or any(reason in tail for reason in _PASSING):
            raise NotYetError(tail)
        raise DatabaseStartFailedError("the server gave up", log=cluster.log, tail=tail)
    cluster.port_file.write_text(f"{port}\n", encoding="utf-8")
    return port


def reset_passwords(cluster: Cluster, bin_dir: Path, passwords: Mapping[str, str]) -> None:
    """Set every role's password in single-user mode, which needs none: who owns the files owns the database."""
    if not clear_leftovers(cluster.data_dir):
        raise NotYetError("processes of a killed server are still running")
    # The superuser comes last: if this is interrupted, its login fails again and everything is set again.
    names = (*Role, SUPERUSER)
    lines = "".join(f"ALTER ROLE {name} PASSWORD '{passwords[name]}'\n" for name in names)
    done = cluster.run(bin_dir / "postgres", "--single", "-D", cluster.data_dir, "postgres", text_in=lines)
    if done.returncode != 0:
        raise DatabaseStartFailedError("the passwords could not be set again", tail=done.stderr.strip())


def _settings(cluster: Cluster, port: int) -> Mapping[str, str]:
    return {
        "listen_addresses": HOST,
        "port": str(port),
        "unix_socket_directories": "",  # a socket path has a length limit and another home on every system
        "cluster_name": cluster_name(cluster.data_dir),
        "max_connections": "100",
        # What is written all the time (log, commands, their indexes) should fit: beyond it each reservation costs a
        # third more. Memory is taken as it is used.
        "shared_buffers": "256MB",
        # Files of the write-ahead log that have been made are used again: making one stops everybody for 20 ms.
        "min_wal_size": "512MB",
        "password_encryption": "scram-sha-256",
        "fsync": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",  # names and reasons in the log, never the statements with their values
    }


def _write_settings(cluster: Cluster, settings: Mapping[str, str]) -> None:
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    file = cluster.data_dir / "postgresql.conf"
    head = "# Written at each start. Your own settings: ALTER SYSTEM, which this does not touch."
    file.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    cluster.account.own(file)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _free_port(port_file: Path) -> int:
    """The port of last time if nobody has it, so that clients find the server again; else any free one."""
    try:
        last = int(port_file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        last = 0
    for wanted in (last, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DatabaseStartFailedError(f"no TCP port is free on {HOST}")


def _rotated(log: Path) -> int:
    """Set a long log aside; how many bytes of the log are from earlier starts."""
    size = log.stat().st_size if log.exists() else 0
    if size <= LOG_LIMIT_BYTES:
        return size
    log.replace(log.with_name(log.name + ".1"))
    return 0


def _tail(log: Path, seen: int) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(seen)
        text = file.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-_TAIL_LINES:])
