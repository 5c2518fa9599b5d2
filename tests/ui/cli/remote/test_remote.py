"""`expediter --server URL`: the same words, through the API, as the person of the token file."""

import json
from pathlib import Path

import pytest

from tests.ui.cli.remote.conftest import Remote
from tests.ui.cli.terminal import expediter
from tests.ui.world import PASSWORD, World
from ui.cli.later import Later
from ui.cli.main import Expediter
from ui.cli.remote.places import THROUGH_SERVER


@pytest.mark.parametrize("name", sorted(THROUGH_SERVER))
def test_what_is_said_of_a_command_is_what_it_says_itself(name: str) -> None:
    place = THROUGH_SERVER[name]

    assert isinstance(place, Later)
    assert " ".join(place.load().__doc__.split()).startswith(place.help.rstrip("."))


def test_cases_are_listed_and_one_is_shown_with_what_waits(remote: Remote, world: World) -> None:
    listed, shown = remote("cases"), remote("case", world.case)

    assert (listed.code, shown.code) == (0, 0), listed.err + shown.err
    assert "40 V-300 lack" in listed.out
    assert "Gulf Valve, 2026-03-02: 2 open cases" in listed.out
    assert "Move 40 of V-300 from RENO to HOUSTON" in shown.out
    assert "0 of 1 approvals" in shown.out


def test_a_plan_is_approved_as_it_was_shown_and_its_outcome_told(remote: Remote, world: World) -> None:
    done = remote("approve", world.case, "--comment", "fine", typed="y\n")
    again = remote("approve", world.case, typed="y\n")

    assert done.code == 0, done.err
    assert "Approve this plan?" in done.out
    assert f"{world.approval}: approved, 1 of 1 approvals" in done.out
    assert "done: " in done.out
    assert again.errors == ["not_found"]


def test_an_executed_plan_is_taken_back(remote: Remote, world: World) -> None:
    waiting = json.loads(remote("case", world.case, "--json").out)["approval"]
    remote("approve", world.approval, "--hash", waiting["plan_hash"], "--json")

    undone = remote("undo", world.approval)

    assert undone.code == 0, undone.err
    assert f"taken back: transfer order TO-{world.case}-1 cancelled" in undone.out


def test_another_plan_than_the_one_that_was_read_is_not_decided(remote: Remote, world: World) -> None:
    refused = remote("approve", world.approval, "--hash", "0" * 64, "--json")
    asked = remote("approve", world.approval, "--json")
    left = remote("reject", world.approval, "--comment", "no", typed="n\n")

    assert (refused.code, refused.errors) == (2, ["plan_hash_mismatch"])
    assert asked.errors == ["wrong_usage"]
    assert left.out.endswith("Nothing was decided.\n")
    assert [one["id"] for one in json.loads(remote("proposals", "--json").out)["items"]] == [world.approval]


def test_who_may_not_is_told_so(remote: Remote, world: World) -> None:
    refused = remote("approve", world.approval, typed="y\n", by="vic")
    unknown = remote("cases", by="nobody")

    assert (refused.code, refused.errors) == (2, ["not_authorised"])
    assert unknown.errors == ["authentication_failed"]


def test_a_password_lets_in_for_one_command(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.remote.session.getpass", lambda question: PASSWORD)

    listed = remote("cases", "--user", "otto", by="nobody")

    assert (listed.code, listed.err) == (0, "")


def test_a_halt_is_said_wherever_cases_are_shown(remote: Remote) -> None:
    halted = remote("halt", "--reason", "prices look wrong")
    cases = remote("cases")
    resumed = remote("resume", "--comment", "they were right")

    assert halted.out == "Everything is halted by mary: prices look wrong\n"
    assert cases.out.startswith("HALTED: nothing is executed")
    assert (resumed.code, "HALTED" in remote("cases").out) == (0, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("orders", "--customer", "HARBOR"), "Harbor Supply"),
        (("stock", "V-300"), "RENO"),
        (("orders", "--late", "--customer", "NOBODY"), "No order is like that."),
        (("stock", "NOTHING"), "Nothing lies anywhere of it."),
        (("facts",), "On time"),
        (("tasks",), "No open tasks."),
        (("users",), "operations manager"),
        (("keys",), "API keys"),
        (("proposals",), "Waiting for a decision"),
    ],
)
def test_the_books_are_shown_as_tables_and_as_data(remote: Remote, words: tuple[str, ...], said: str) -> None:
    shown, data = remote(*words), remote(*words, "--json")

    assert (shown.code, data.code) == (0, 0), shown.err
    assert said in shown.out
    assert json.loads(data.out) is not None


def test_any_operation_is_called_by_its_name(remote: Remote, tmp_path: Path) -> None:
    body = tmp_path / "body.json"
    body.write_text('{"reason": "prices look wrong"}')

    order = json.loads(remote("call", "get_order", "SO-1042").out)
    late = json.loads(remote("call", "list_order_lines", "customer=HARBOR", "limit=1").out)
    first, again = (remote("call", "halt", "--body", body, "--key", "h1") for _ in range(2))

    assert (order["number"], [one["order"] for one in late["items"]]) == ("SO-1042", ["SO-1042"])
    assert json.loads(first.out)["halted"] is True
    assert first.out == again.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("call", "nothing"), "not_found", "there are add_person, agree_to_person"),
        (("call", "get_order"), "invalid_value", "it takes ORDER and then NAME=VALUE, not 'nothing'"),
        (("call", "get_order", "SO-1042", "x"), "invalid_value", "it takes ORDER"),
        (("call", "halt"), "invalid_value", "the body is no ReasonRequest"),
        (("call", "get_order", "SO-77"), "not_found", "SO-77"),
        (("db", "status"), "wrong_usage", "`db` does not go through a server; with --server there are cases"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(remote: Remote, words: tuple[str, ...], code: str, said: str) -> None:
    ran = remote(*words)

    assert (ran.code, ran.errors) == (2, [code])
    assert said in ran.err.replace("\n", " ")


@pytest.mark.parametrize(
    ("server", "code", "exit_code"),
    [
        ("http://expediter.example", "wrong_usage", 2),
        ("http://10.0.0.5:8710", "wrong_usage", 2),
        ("ftp://127.0.0.1", "wrong_usage", 2),
        ("http://127.0.0.1:9", "server_unreachable", 3),
    ],
)
def test_a_token_goes_over_tls_or_not_at_all(tmp_path: Path, server: str, code: str, exit_code: int) -> None:
    file = tmp_path / "token"
    file.touch(mode=0o600)

    ran = expediter("--server", server, "cases", environment={"EXPEDITER_HOME": str(tmp_path)})

    assert (ran.code, ran.errors) == (exit_code, [code])


def test_what_goes_through_a_server_has_the_names_of_the_terminal() -> None:
    assert {*THROUGH_SERVER} - {*Expediter.places} == {"orders", "stock", "call"}
