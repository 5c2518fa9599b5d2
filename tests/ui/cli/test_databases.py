"""The embedded database from the command line, in a home of its own; and a database that somebody else runs."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.db.embedded import Server, create_database, drop_database, erase
from core.db.roles import RoleUrls, dsn_of
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


def test_a_database_goes_back_to_an_older_schema_and_loses_nothing_without_a_word(
    role_urls: RoleUrls, home: Path
) -> None:
    environment = {
        "EXPEDITER_HOME": str(home),
        "DATABASE_URL": role_urls.owner,
        "DATABASE_URL_APP": role_urls.app,
        "DATABASE_URL_AGENT": role_urls.agent,
        "DATABASE_URL_CHECKPOINT": role_urls.checkpoint,
        "DATABASE_URL_VISITOR": role_urls.visitor,
    }

    def run(*words: str, typed: str | None = None) -> Ran:
        return expediter("db", *words, environment=environment, typed=typed)

    newest = run("migrate").text.removeprefix("the schema is at ")
    assert run("downgrade", "0038").text == "the schema is at 0038; this program works on the newest only"
    behind = expediter("cases", environment=environment)
    assert (behind.code, behind.errors) == (3, ["schema_mismatch"])
    assert f"at revision '0038', this program works on '{newest}'" in " ".join(behind.err.split())

    run("migrate")
    with psycopg.connect(dsn_of(role_urls.owner)) as owner:
        owner.execute("INSERT INTO capabilities VALUES ('s', 'm', '{}', 'doctor', '2024-10-01')")
    refused, asked = run("downgrade", "0032"), run("downgrade", "0032", "--discard")
    declined = run("downgrade", "0032", "--discard", typed="n\n")
    assert (refused.code, refused.errors, refused.text) == (
        2,
        ["rows_would_be_lost"],
        "0033 takes rows of capabilities: 1",
    )
    assert (asked.code, asked.errors) == (2, ["wrong_usage"])
    assert declined.out.endswith("Nothing was changed.\n")
    assert f"its schema is at {newest}" in run("status").text

    assert "the schema is at 0032" in run("downgrade", "0032", "--discard", "--yes").text
    assert run("downgrade", "0033").errors == ["wrong_usage"]


def test_only_a_database_that_is_there_goes_back(home: Path) -> None:
    missing = expediter("db", "downgrade", "0041", "--database", "nothing", environment={"EXPEDITER_HOME": str(home)})

    assert (missing.code, missing.errors) == (2, ["not_found"])
    assert "no embedded database 'nothing'" in missing.err
