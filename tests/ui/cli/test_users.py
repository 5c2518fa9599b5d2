"""People and their secrets from the command line."""

import stat

import pytest

from tests.builders import MARIA, OMAR, PAUL
from tests.ui.cli.offices import Office


def test_a_person_added_proves_who_it_is_by_the_token_file(here: Office) -> None:
    file = here.folder / "secrets" / "nora"

    added = here.run("users", "add", "nora", "--role", "planner", "--limit", "500.50", "--token-file", file)
    waits = here.run("undo", "AP-9-9Z", "--token-file", file)
    agreed = here.run("users", "agree", "nora", by=MARIA)
    listed = here.run("users", "list")

    once = "once another person agrees: `expediter users agree nora`"
    assert added.text == f"nora (planner) may act here {once}; the token is in {file}"
    assert (waits.errors, agreed.text) == (["authentication_failed"], "nora may act here")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8").strip() not in added.out
    assert "nora planner 500.50 yes" in listed.text
    recognised = here.run("undo", "AP-9-9Z", "--token-file", file)
    assert recognised.errors == ["not_found"]


def test_another_token_ends_the_one_before(here: Office) -> None:
    old, new = here.token_of(MARIA), here.folder / "new"

    ran = here.run("users", "token", "maria", "--token-file", new)

    assert ran.text == f"the new token of maria is in {new}"
    assert here.run("undo", "AP-9-9Z", "--token-file", old).errors == ["authentication_failed"]
    assert here.run("undo", "AP-9-9Z", "--token-file", new).errors == ["not_found"]


def test_a_password_is_shown_once_and_kept_as_a_hash(here: Office) -> None:
    ran = here.run("users", "password", "maria")

    password = ran.text.removeprefix("the password of maria is ")
    assert len(password) >= 10
    ((kept,),) = here.rows("SELECT password_hash FROM users WHERE name = 'maria'")
    assert password not in str(kept)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["users", "add", "maria", "--role", "planner"], "conflict"),
        (["users", "add", "Not A Name", "--role", "planner"], "invalid_value"),
        (["users", "add", "nora", "--role", "agent"], "invalid_value"),
        (["users", "add", "nora", "--role", "planner", "--limit", "1e30"], "invalid_value"),
        (["users", "add", "nora", "--role", "planner", "--limit", "many"], "invalid_value"),
        (["users", "add", "nora", "--role", "planner", "--limit", "nan"], "invalid_value"),
        (["users", "token", "nobody"], "not_found"),
        (["users", "token", "exception-desk"], "invalid_value"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_is_no_person_is_refused_and_no_token_is_written(here: Office, words: list[str], code: str) -> None:
    before = here.rows("SELECT name, token_hash FROM users ORDER BY name")

    ran = here.run(*words, "--token-file", here.folder / "refused")

    assert (ran.code, ran.out, ran.errors) == (2, "", [code])
    assert not (here.folder / "refused").exists()
    assert here.rows("SELECT name, token_hash FROM users ORDER BY name") == before


def test_programs_have_no_password(here: Office) -> None:
    ran = here.run("users", "password", "expediter-worker")

    assert (ran.code, ran.errors) == (2, ["invalid_value"])


def test_a_person_deactivated_may_not_act_until_activated(here: Office) -> None:
    def acts() -> list[str]:
        return here.run("undo", "AP-9-9Z", by=MARIA).errors

    gone = here.run("users", "deactivate", "maria")
    refused = acts()
    back = here.run("users", "activate", "maria")
    here.run("users", "agree", "maria", by=OMAR)

    assert gone.text == "maria may no longer act here; `expediter users activate maria` allows it again"
    assert (refused, acts()) == (["authentication_failed"], ["not_found"])
    assert back.text == "maria may act here once another person agrees: `expediter users agree maria`"
    events = here.rows("SELECT event, actor FROM audit_log WHERE scope = 'user:maria' ORDER BY sequence DESC LIMIT 2")
    assert events == [("user_activated", "omar"), ("user_deactivated", "cli")]


def test_a_person_who_is_refused_does_not_act(here: Office) -> None:
    file = here.folder / "nora"
    here.run("users", "add", "nora", "--role", "planner", "--token-file", file)

    nobody, planner = here.run("users", "agree", "nora"), here.run("users", "agree", "nora", by=PAUL)
    refused = here.run("users", "agree", "nora", "--refuse", by=MARIA)
    again = here.run("users", "agree", "nora", by=OMAR)

    assert (nobody.errors, planner.errors) == (["authentication_failed"], ["not_authorised"])
    assert (refused.text, again.errors) == ("nora may not act here", ["not_found"])
    assert here.run("undo", "AP-9-9Z", "--token-file", file).errors == ["authentication_failed"]


def test_programs_are_neither_activated_nor_deactivated(here: Office) -> None:
    for word in ("activate", "deactivate"):
        assert here.run("users", word, "expediter-worker").errors == ["invalid_value"]
        assert here.run("users", word, "nobody").errors == ["not_found"]


def test_the_name_of_the_operator_is_taken(here: Office) -> None:
    ran = here.run("users", "add", "operator", "--role", "planner", "--token-file", here.folder / "token")

    assert (ran.code, ran.errors) == (2, ["invalid_value"])


def test_somebody_of_the_companys_login_is_linked_and_unlinked(here: Office) -> None:
    login = ("--issuer", "https://login.example", "--subject", "u-17")

    linked = here.run("users", "link", "maria", *login)
    again = here.run("users", "link", "maria", *login)
    taken = here.run("users", "link", "paul", *login)
    rows = here.rows("SELECT issuer, subject, user_name FROM identities")
    unlinked = here.run("users", "unlink", *login)
    gone = here.run("users", "unlink", *login)

    assert (linked.text, again.text) == ("'u-17' of https://login.example is maria here",) * 2
    assert taken.errors == ["conflict"]
    assert rows == [("https://login.example", "u-17", "maria")]
    assert unlinked.text == "'u-17' of https://login.example is nobody here; maria is signed out"
    assert (gone.errors, here.rows("SELECT subject FROM identities")) == (["not_found"], [])


@pytest.mark.parametrize(("name", "subject"), [("exception-desk", "u-17"), ("nobody", "u-17"), ("maria", "")])
def test_only_people_who_are_there_are_linked(here: Office, name: str, subject: str) -> None:
    ran = here.run("users", "link", name, "--issuer", "https://login.example", "--subject", subject)

    assert ran.errors in (["invalid_value"], ["not_found"])
    assert here.rows("SELECT subject FROM identities") == []
