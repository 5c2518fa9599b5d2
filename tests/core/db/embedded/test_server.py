"""Starting, joining, stopping and erasing."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from core.db.embedded import (
    DatabaseFolderUnusableError,
    DatabaseStartFailedError,
    Server,
    State,
    create_database,
    erase,
    list_databases,
    start,
    status,
    stop,
)
from core.db.embedded.account import server_account
from core.db.roles import Role
from tests.core.db.embedded.asking import ask

JOIN = "import sys, pathlib; from core.db.embedded import start; print(start(pathlib.Path(sys.argv[1])).port)"


def test_four_processes_starting_at_once_get_one_server_which_outlives_them(home: Path) -> None:
    starters = [
        subprocess.Popen([sys.executable, "-c", JOIN, home], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    ports = {starter.communicate()[0].strip() for starter in starters}

    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert ports == {str(status(home).port)}
    assert ask(start(home), "SELECT 1") == 1


def test_stop_ends_connections_and_start_keeps_data_port_and_passwords(home: Path, server: Server) -> None:
    create_database(server, "kept")

    with psycopg.connect(server.dsn("postgres", "postgres")) as connection:
        assert stop(home) is True
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert (status(home).state, status(home).pid, status(home).port) == (State.STOPPED, None, None)
    assert stop(home) is False

    assert start(home) == server
    assert list_databases(server) == ["kept"]


def test_erase_leaves_nothing_of_ours(home: Path, server: Server) -> None:
    other = home / "mine.txt"
    other.touch()

    erase(home)

    assert list(home.iterdir()) == [other]
    assert not server.data_dir.exists()


def test_a_home_without_a_database_is_left_empty_by_stop_and_status(home: Path) -> None:
    found = status(home)

    assert (found.state, found.size_bytes, found.version.split(".")[0]) == (State.STOPPED, 0, "18")
    assert stop(home) is False
    assert list(home.iterdir()) == []


def test_a_lost_password_file_is_made_again(home: Path, server: Server) -> None:
    create_database(server, "kept")
    (home / "postgres" / "secrets.json").unlink()

    healed = start(home)

    assert set(healed.passwords.values()).isdisjoint(server.passwords.values())
    assert list_databases(healed) == ["kept"]
    assert ask(healed, "SELECT current_user", role=Role.AGENT, database="kept") == "expediter_agent"


def test_a_setting_the_server_refuses_is_told_with_the_end_of_its_log(home: Path) -> None:
    with pytest.raises(DatabaseStartFailedError) as refusal:
        start(home, settings={"work_mem": "a lot"})

    assert refusal.value.code == "database_start_failed"
    assert 'invalid value for parameter "work_mem": "a lot"' in str(refusal.value)
    odd = start(home, settings={"fsync": "off", "search_path": "it''s, \\x"})
    assert (ask(odd, "SHOW fsync"), ask(odd, "SHOW search_path")) == ("off", "it''s, \\x")


def test_a_folder_with_data_of_another_version_is_refused(home: Path, server: Server) -> None:
    stop(home)
    (server.data_dir / "PG_VERSION").write_text("16\n")

    with pytest.raises(DatabaseFolderUnusableError, match=r"version '16'.*only data of version '18'"):
        start(home)


def test_a_home_that_is_a_file_is_refused(home: Path) -> None:
    wrong = home / "file"
    wrong.touch()

    with pytest.raises(DatabaseFolderUnusableError, match="set EXPEDITER_HOME") as refusal:
        start(wrong)

    assert refusal.value.code == "database_folder_unusable"


def test_an_initdb_that_was_killed_is_begun_again(home: Path) -> None:
    half = home / "postgres" / "cluster" / "data.new-1"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    (home / "postgres").chmod(0o711)
    server_account(half).own(half.parent)

    assert ask(start(home), "SELECT 1") == 1
    assert not half.exists()
