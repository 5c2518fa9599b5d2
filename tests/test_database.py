"""The test run's own server: shared by its workers, ended with the run, and cleared away after a killed run."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from core.db.roles import RoleUrls
from core.db.schema import revision

WRITE_PORT = """
import os, pathlib
import pytest

@pytest.mark.parametrize("number", range(4))
def test_it_asks_for_the_server(postgres_server, number):
    with (pathlib.Path(__file__).parent / "ports").open("a") as ports:
        print(postgres_server.port, postgres_server.data_dir, os.getpid(), file=ports)
"""
DIE = """
import os, signal
def test_it_is_killed():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_share_one_server_which_ends_with_the_run(tmp_path: Path) -> None:
    assert run_of_its_own(tmp_path, WRITE_PORT, "-pxdist", "-n2") == 0

    servers, workers = servers_and_workers(tmp_path)
    assert (len(servers), len(workers)) == (1, 2)
    assert not servers.pop().exists()


def test_a_run_without_workers_has_the_same_server(tmp_path: Path) -> None:
    assert run_of_its_own(tmp_path, WRITE_PORT) == 0

    servers, workers = servers_and_workers(tmp_path)
    assert (len(servers), len(workers)) == (1, 1)
    assert not servers.pop().exists()


def test_the_server_of_a_killed_run_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    assert run_of_its_own(tmp_path, WRITE_PORT + DIE) == -signal.SIGKILL
    left, _ = servers_and_workers(tmp_path)
    assert all(folder.exists() for folder in left)

    assert run_of_its_own(tmp_path, WRITE_PORT) == 0

    assert not any(folder.exists() for folder in left)


def run_of_its_own(folder: Path, tests: str, *options: str) -> int:
    (folder / "test_written.py").write_text(tests, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-ptests.database", "-c", os.devnull, f"--rootdir={folder}"]
    ran = subprocess.run(
        [*command, *options, folder / "test_written.py"],
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )
    return ran.returncode


def servers_and_workers(folder: Path) -> tuple[set[Path], set[str]]:
    lines = [line.split() for line in (folder / "ports").read_text(encoding="utf-8").splitlines()]
    return {Path(data_dir) for _, data_dir, _ in lines}, {pid for *_, pid in lines}


def test_each_test_has_a_migrated_database_of_its_own(role_urls: RoleUrls, worker_role_urls: RoleUrls) -> None:
    assert role_urls.owner != worker_role_urls.owner
    assert revision(role_urls) == revision(worker_role_urls)
    reached, newest = revision(role_urls)
    assert reached == newest
