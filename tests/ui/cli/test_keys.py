"""API keys and programs at the terminal: made by who may, shown once, listed, revoked."""

import re

from tests.builders import MARIA, PAUL
from tests.ui.cli.offices import Office


def test_a_program_gets_a_key_that_is_shown_once_listed_and_revoked(here: Office) -> None:
    added = here.run("users", "add-program", "webshop", "--role", "service", "--customer", "HARBOR")
    made = here.run("keys", "make", "webshop", "--may", "orders:read", "--name", "the shop", "--days", "30", by=MARIA)
    secret = made.out.strip().splitlines()[-1]
    listed, data = here.run("keys", "list"), here.run("keys", "list", "--json").json()
    revoked = here.run("keys", "revoke", data[0]["id"], by=MARIA)

    assert (added.code, made.code, revoked.code) == (0, 0, 0), added.err + made.err + revoked.err
    assert re.fullmatch(r"exk_\w+_[\w-]{20,}", secret)
    assert "customers HARBOR" in made.text
    assert secret.rpartition("_")[2] not in listed.out + str(data)
    assert [(one["owner"], one["permissions"]) for one in data] == [("webshop", ["orders:read"])]
    assert "revoked" in here.run("keys", "list").out


def test_only_who_manages_makes_keys_and_never_one_that_decides(here: Office) -> None:
    here.run("users", "add-program", "webshop", "--role", "service")

    nobody = here.run("keys", "make", "webshop")
    planner = here.run("keys", "make", "webshop", by=PAUL)
    deciding = here.run("keys", "make", "webshop", "--may", "approvals:decide", by=MARIA)
    strange = here.run("keys", "make", "webshop", "--may", "everything", by=MARIA)

    assert [nobody.errors, planner.errors] == [["authentication_failed"], ["not_authorised"]]
    assert [deciding.errors, strange.errors] == [["invalid_value"], ["invalid_value"]]
    assert here.run("keys", "list").text.startswith("No key yet.")


def test_somebody_limited_acts_again_once_another_agrees(here: Office) -> None:
    limited = here.run("users", "scope", "paul", "--customer", "HARBOR")
    wrong = here.run("users", "scope", "paul", "--site", "NOWHERE")
    waiting = here.run("users", "list").out
    agreed = here.run("users", "agree", "paul", by=MARIA)

    assert (limited.code, agreed.code) == (0, 0), limited.err + agreed.err
    assert "paul acts again once another person agrees" in limited.text
    assert wrong.errors == ["not_found"]
    assert "paul" in waiting


def test_a_program_is_no_person_and_no_person_a_program(here: Office) -> None:
    person = here.run("users", "add-program", "bert", "--role", "planner")
    password = here.run("users", "add-program", "webshop", "--role", "agent")

    assert (person.code, person.errors != [], password.code) == (2, True, 0)
    assert here.run("users", "password", "webshop").errors == ["invalid_value"]
