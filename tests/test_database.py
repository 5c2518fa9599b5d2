"""The test run's own server: shared by its workers, ended with the run, and cleared away after a killed run."""

import os
import subprocess
import sys
from pathlib import Path

from core.db.embedded import Server, start
from core.db.embedded.processes import living_postmaster
from core.db.roles import RoleUrls
from core.db.schema import revision
from tests.database import PREFIX, server_home, sweep

WRITE_PORT = """
import os, pathlib
import pytest

@pytest.mark.parametrize("number", range(4))
def test_it_asks_for_the_server(postgres_server, number):
    with (pathlib.Path(__file__).parent / "ports").open("a") as ports:
        print(postgres_server.port, postgres_server.data_dir, os.getpid(), file=ports)
"""


def test_workers_share_one_server_which_ends_with_the_run(tmp_path: Path) -> None:
    assert run_of_its_own(tmp_path, WRITE_PORT, "-pxdist", "-n2") == 0

    servers, workers = servers_and_workers(tmp_path)
    assert (len(servers), len(workers)) == (1, 2)
    assert not servers.pop().exists()


def test_the_server_of_a_killed_run_is_cleared_away(postgres_server: Server) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = server_home().with_name(f"{PREFIX}{ended.pid}")
    left.mkdir()
    left.chmod(0o711)
    killed = start(left)

    sweep()

    assert not left.exists()
    assert living_postmaster(killed.data_dir) is None
    assert living_postmaster(postgres_server.data_dir) is not None


def test_each_test_has_a_migrated_database_of_its_own(role_urls: RoleUrls, worker_role_urls: RoleUrls) -> None:
    assert role_urls.owner != worker_role_urls.owner
    assert revision(role_urls) == revision(worker_role_urls)
    reached, newest = revision(role_urls)
    assert reached == newest


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
