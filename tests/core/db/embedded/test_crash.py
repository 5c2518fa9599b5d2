"""What killed servers and old pid files do to the next start: nothing."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from core.db.embedded import Server, State, create_database, start, status, stop
from core.db.embedded.account import server_account
from core.db.embedded.processes import members


@pytest.fixture
def recorded(server: Server) -> Server:
    create_database(server, "ledger")
    with psycopg.connect(server.dsn("postgres", "ledger")) as connection:
        connection.execute("CREATE TABLE acknowledged AS SELECT 1 AS entry")
    return server


def entries(server: Server) -> object:
    with psycopg.connect(server.dsn("postgres", "ledger")) as connection:
        row = connection.execute("SELECT count(*) FROM acknowledged").fetchone()
    return row[0] if row else None


def kill_all(_home: Path, server: Server) -> None:
    victims = members(server.data_dir)
    for each in victims:
        each.kill()
    for each in victims:  # the signal is only on its way until the process is gone
        while alive(each):
            os.sched_yield()


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill_postmaster(home: Path, _server: Server) -> None:
    pid = status(home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_all, kill_postmaster])
def test_a_killed_server_starts_again_with_all_that_was_committed(
    home: Path, recorded: Server, kill: Callable[[Path, Server], None]
) -> None:
    for _ in range(2):
        kill(home, recorded)

        again = start(home)

        assert again == recorded
        assert entries(again) == 1


def test_a_backend_deep_in_a_statement_does_not_keep_a_killed_server_from_starting(
    home: Path, recorded: Server
) -> None:
    with closing(psycopg.connect(recorded.dsn("postgres", "ledger"))) as busy:
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
        kill_postmaster(home, recorded)

        assert entries(start(home)) == 1


def test_status_calls_a_killed_server_stale_and_stop_clears_it(home: Path, recorded: Server) -> None:
    kill_all(home, recorded)

    assert status(home).state is State.STALE
    assert stop(home) is False
    assert entries(start(home)) == 1


def test_a_pid_file_that_names_another_living_process_is_not_believed(home: Path, recorded: Server) -> None:
    account = server_account(recorded.data_dir)
    left = kill_and_keep_pid_file(home, recorded)
    with subprocess.Popen(["sleep", "600"], user=account.uid, group=account.gid) as stranger:
        claim(left, recorded, pid=stranger.pid)

        assert status(home).state is State.STALE
        assert entries(start(home)) == 1

        assert stranger.poll() is None
        stranger.kill()


def test_a_pid_file_that_names_a_zombie_is_not_believed(home: Path, recorded: Server) -> None:
    account = server_account(recorded.data_dir)
    left = kill_and_keep_pid_file(home, recorded)
    with subprocess.Popen(["true"], user=account.uid, group=account.gid, stdout=subprocess.PIPE) as zombie:
        assert zombie.stdout is not None
        zombie.stdout.read()  # returns when it has ended; nobody has asked for its exit code yet
        while psutil.Process(zombie.pid).status() != psutil.STATUS_ZOMBIE:
            os.sched_yield()
        claim(left, recorded, pid=zombie.pid)

        assert status(home).state is State.STALE
        assert entries(start(home)) == 1


def test_an_empty_pid_file_is_not_believed(home: Path, recorded: Server) -> None:
    kill_and_keep_pid_file(home, recorded)
    (recorded.data_dir / "postmaster.pid").write_text("")

    assert entries(start(home)) == 1


def test_a_port_taken_by_another_program_is_left_to_it(home: Path, recorded: Server) -> None:
    stop(home)
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", recorded.port))
        stranger.listen()

        again = start(home)

    assert again.port != recorded.port
    assert entries(again) == 1


def kill_and_keep_pid_file(home: Path, server: Server) -> str:
    kill_all(home, server)
    return (server.data_dir / "postmaster.pid").read_text()


def claim(left: str, server: Server, *, pid: int) -> None:
    lines = left.splitlines()
    (server.data_dir / "postmaster.pid").write_text("\n".join([str(pid), *lines[1:], ""]))
