"""The embedded database from the command line, in a home of its own; and a database that somebody else runs."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.embedded import Server, create_database, drop_database, erase
from tests.ui.cli.terminal import Ran, expediter


@pytest.fixture
def home() -> Iterator[Path]:
    # Not pytest's tmp_path: the server's account cannot enter that when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="expediter-cli-"))
    folder.chmod(0o711)
    yield folder
    erase(folder)
    shutil.rmtree(folder)


def test_a_server_is_started_migrated_emptied_and_stopped(home: Path) -> None:
    def run(*words: object, typed: str | None = None) -> Ran:
        return expediter(*words, environment={"EXPEDITER_HOME": str(home)}, typed=typed)

    before = run("db", "status")
    assert run("check").text == "There are no books here yet."
    run("db", "stop")
    assert (before.code, "is stopped" in before.text, before.err) == (3, True, "")

    started, again = run("db", "start"), run("db", "start")
    assert started.code == 0
    assert started.out == again.out
    assert started.text.startswith("PostgreSQL runs on 127.0.0.1:")

    migrated, status = run("db", "migrate"), run("db", "status")
    assert migrated.text.startswith("the schema is at ")
    assert status.code == 0
    assert "is running, data in" in status.text
    assert "database expediter" in status.text

    run("users", "add", "maria", "--role", "planner", "--token-file", home / "token")
    asked, refused, nothing = run("db", "reset"), run("db", "reset", typed="n\n"), run("users", "list")
    assert (asked.code, asked.errors) == (2, ["wrong_usage"])
    assert refused.out.endswith("Nothing was deleted.\n")
    assert "maria" in nothing.out
    assert run("db", "reset", "--yes").out == "database 'expediter' is empty and migrated\n"
    assert run("users", "list").text.startswith("Nobody yet.")

    sound = run("check")
    assert (sound.code, sound.out.splitlines()[0]) == (0, "expediter:")

    assert [run("db", "stop").out, run("db", "stop").out] == ["stopped\n", "it was not running\n"]
    assert run("db", "status").code == 3


def test_a_configured_database_is_migrated_and_never_emptied(postgres_server: Server, home: Path) -> None:
    create_database(postgres_server, "configured")
    urls = postgres_server.role_urls("configured")
    environment = {
        "EXPEDITER_HOME": str(home),
        "DATABASE_URL": urls.owner,
        "DATABASE_URL_APP": urls.app,
        "DATABASE_URL_AGENT": urls.agent,
        "DATABASE_URL_CHECKPOINT": urls.checkpoint,
    }

    before = expediter("db", "status", environment=environment)
    migrated = expediter("db", "migrate", environment=environment)
    after = expediter("db", "status", environment=environment)
    reset = expediter("db", "reset", "--yes", environment=environment)
    drop_database(postgres_server, "configured")

    assert migrated.err == ""
    newest = migrated.text.removeprefix("the schema is at ")
    assert before.text == f"DATABASE_URL is set; its schema is at nothing, the newest is {newest}"
    assert after.text == f"DATABASE_URL is set; its schema is at {newest}, the newest is {newest}"
    assert (reset.code, reset.errors) == (2, ["wrong_usage"])
    assert not (home / "postgres").exists()
