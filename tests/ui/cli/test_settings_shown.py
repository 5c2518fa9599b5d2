"""`expediter config` shows the settings in force, where each came from, and no secret."""

from tests.ui.cli.offices import Office


def test_settings_are_shown_and_no_secret(here: Office) -> None:
    told, listed = here.run("config"), here.run("config", "--json")

    assert (told.code, told.err, listed.code) == (0, "", 0)
    shown = {one["name"]: (one["value"], one["from"]) for one in listed.json()["settings"]}
    assert shown["DATABASE_URL"] == ("hidden", "the environment")
    assert shown["EXPEDITER_IMAP_SECURITY"] == ("tls", "the default")
    assert "postgresql://" not in told.out + listed.out
