"""`expediter doctor` ends with 0 when nothing fails."""

from tests.ui.cli.offices import Office


def test_an_office_is_in_order(here: Office) -> None:
    here.folder.chmod(0o700)

    told, listed = here.run("doctor"), here.run("doctor", "--json")

    assert (told.code, told.err, listed.code) == (0, "", 0)
    assert "ok database: it answers, its schema is at" in told.text
    assert [one["name"] for one in listed.json()] == [
        *("program", "home", "disk", "settings", "partners", "login", "database", "server", "books", "halt", "work"),
        *("messages", "people", "keys", "webhooks", "model", "traces"),
    ]
    assert {one["state"] for one in listed.json() if one["name"] != "disk"} == {"ok"}
