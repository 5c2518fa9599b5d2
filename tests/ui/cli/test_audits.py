"""`expediter audit` writes the audit log to a file and says whether a file, or the books, are whole."""

import psycopg

from core.db.roles import dsn_of
from tests.ui.cli.offices import Office


def test_an_export_is_verified_and_one_that_was_changed_is_not(here: Office) -> None:
    file = here.folder / "audit.jsonl"

    written = here.run("audit", "export", file, "--json")
    whole = here.run("audit", "verify", file, "--against-books", "--seal", written.json()["seal"])
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[1].replace(b'"event":"', b'"event":"not_'), *lines[2:]]))
    changed = here.run("audit", "verify", file)
    listed = here.run("audit", "verify", file, "--json")

    assert (written.code, whole.code, whole.err) == (0, 0, "")
    assert written.json()["links"] == sum(line.startswith(b'{"link"') for line in lines) > 0
    assert "is whole." in whole.text
    assert (changed.code, listed.code) == (1, 1)
    assert "line 2: " in changed.text
    assert listed.json()["faults"][0]["line"] == 2


def test_the_books_are_verified_themselves(here: Office) -> None:
    sound = here.run("audit", "verify")
    with psycopg.connect(dsn_of(here.urls.owner)) as connection:
        connection.execute("UPDATE audit_heads SET sequence = sequence + 1 WHERE scope = 'company'")
    cut = here.run("audit", "verify", "--json")

    assert (sound.code, sound.err) == (0, "")
    assert cut.code == 1
    assert [fault["says"] for fault in cut.json()["faults"]] == [
        "audit chain 'company' ends at link 1, its head says 2"
    ]


def test_a_file_that_is_there_is_not_written_over(here: Office) -> None:
    file = here.folder / "kept.txt"
    file.write_text("kept", encoding="utf-8")

    ran = here.run("audit", "export", file)

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])
    assert file.read_text(encoding="utf-8") == "kept"


def test_no_file_cannot_be_verified(here: Office) -> None:
    ran = here.run("audit", "verify", here.folder / "none.jsonl")

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])
