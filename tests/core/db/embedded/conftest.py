"""Homes of their own for tests that start, kill and stop servers."""

import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.db.embedded import Server, erase, start, stop


@pytest.fixture
def home() -> Generator[Path]:
    """A home of this test."""
    with _temporary_home() as folder:
        yield folder


@pytest.fixture
def server(home: Path, stopped_home: Path) -> Server:
    """A server of this test, to be killed; copied, which is much faster than made."""
    subprocess.run(["cp", "-a", stopped_home / "postgres", home], check=True)
    return start(home)


@pytest.fixture(scope="session")
def stopped_home() -> Generator[Path]:
    """A home whose server was made and stopped."""
    with _temporary_home() as folder:
        start(folder)
        stop(folder)
        yield folder


@pytest.fixture(scope="module")
def quiet_home() -> Generator[Path]:
    """A home with a running server that the tests of a module share and leave as it is."""
    with _temporary_home() as folder:
        start(folder)
        yield folder


@contextmanager
def _temporary_home() -> Generator[Path]:
    # Not pytest's tmp_path: the server's account cannot enter that when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="expediter-launcher-"))
    folder.chmod(0o711)
    yield folder
    erase(folder)
    shutil.rmtree(folder)
