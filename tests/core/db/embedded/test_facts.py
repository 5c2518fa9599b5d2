"""What holds for every running server: where it listens, who may enter, and what does not depend on the machine."""

import stat
from pathlib import Path

import psycopg
import pytest

from core.db.embedded import Server, State, start, status
from core.db.roles import Role
from tests.core.db.embedded.asking import ask


@pytest.fixture
def running(quiet_home: Path) -> Server:
    """The server of this module, joined."""
    return start(quiet_home)


def test_a_second_start_joins_the_running_server(quiet_home: Path, running: Server) -> None:
    pid = status(quiet_home).pid

    assert start(quiet_home) == running
    assert status(quiet_home).pid == pid


def test_a_home_reached_by_another_path_is_the_same_home(quiet_home: Path, running: Server, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(quiet_home)

    assert start(link) == running


def test_status_tells_pid_port_and_size(quiet_home: Path, running: Server) -> None:
    found = status(quiet_home)

    assert (found.state, found.port, found.data_dir) == (State.RUNNING, running.port, running.data_dir)
    assert found.size_bytes > 30_000_000


def test_results_do_not_depend_on_the_machine(running: Server) -> None:
    locale = "SELECT concat_ws(' ', datlocprovider, datlocale, datcollate, pg_encoding_to_char(encoding))"

    assert ask(running, f"{locale} FROM pg_database WHERE datname = 'postgres'") == "b C.UTF-8 C UTF8"
    assert ask(running, "SHOW timezone") == "UTC"


def test_committed_work_is_on_disk_and_checked(running: Server) -> None:
    assert (ask(running, "SHOW fsync"), ask(running, "SHOW synchronous_commit")) == ("on", "on")
    assert ask(running, "SHOW data_checksums") == "on"


def test_only_a_password_on_loopback_opens_the_server(running: Server) -> None:
    assert ask(running, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(running, "SHOW unix_socket_directories") == ""
    assert ask(running, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules") == "scram-sha-256"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://postgres:guess@127.0.0.1:{running.port}/postgres")


def test_passwords_are_in_a_closed_file_and_nowhere_else(quiet_home: Path, running: Server) -> None:
    secrets = quiet_home / "postgres" / "secrets.json"

    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert sorted(running.passwords) == sorted(["postgres", *Role])
    told = repr(running) + repr(running.role_urls("x")) + status(quiet_home).log.read_text()
    assert not any(password in told for password in running.passwords.values())


def test_addresses_name_role_and_database(running: Server) -> None:
    password = running.passwords["expediter_app"]

    where = f"expediter_app:{password}@127.0.0.1:{running.port}/x"
    assert running.url(Role.APP, "x") == f"postgresql+psycopg://{where}"
    assert running.dsn(Role.APP, "x") == f"postgresql://{where}"
    assert running.role_urls("x").app == running.url(Role.APP, "x")
