"""Proof of who sits at the terminal: a private token file, or a password typed where nobody reads along."""

import pytest

from tests.builders import MARIA, transfer
from tests.ui.cli.offices import Office
from tests.ui.cli.processes import Processes


def undo(here: Office, *words: object) -> list[str]:
    """What somebody hears who wants to undo what is not there: `not_found` only when recognised."""
    ran = here.run("undo", "AP-9-9Z", *words)
    assert (ran.code, ran.out) == (2, "")
    return ran.errors


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_token_file_that_others_can_read_is_refused(here: Office, mode: int) -> None:
    file = here.token_of(MARIA)
    file.chmod(mode)

    ran = here.run("undo", "AP-9-9Z", "--token-file", file)

    assert (ran.code, ran.errors) == (2, ["authentication_failed"])
    assert f"token file '{file}' can be read by others; run: chmod 600 {file}" in ran.err


@pytest.mark.parametrize("text", ["", "token of nobody", "token of maria x", "exception-desk", "\0"])
def test_a_token_of_nobody_is_refused(here: Office, text: str) -> None:
    file = here.token_of(MARIA)
    file.write_text(text, encoding="utf-8")

    assert undo(here, "--token-file", file) == ["authentication_failed"]


def test_a_file_that_is_no_text_is_no_token(here: Office) -> None:
    file = here.token_of(MARIA)
    file.write_bytes(b"\xff\xfe\x80")

    assert undo(here, "--token-file", file) == ["authentication_failed"]
    assert undo(here, "--token-file", here.folder) == ["wrong_usage"]


def test_a_person_who_left_is_nobody(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE users SET active = false WHERE name = 'maria'")

    assert undo(here, "--token-file", here.token_of(MARIA)) == ["authentication_failed"]


def test_a_name_is_no_proof_and_a_password_is(here: Office, processes: Processes) -> None:
    with here.desk() as desk:
        approval = desk.proposed(transfer(), root="asked by hand")
    password = here.run("users", "password", "maria").text.removeprefix("the password of maria is ")
    words = ("approve", approval.id, "--hash", approval.plan_hash, "--user", "maria")

    wrong = processes.at_a_terminal(here.environment, words, asked="Password of maria: ", typed="maria")
    before = here.rows("SELECT count(*) FROM approval_decisions")
    right = processes.at_a_terminal(here.environment, words, asked="Password of maria: ", typed=password)

    assert (wrong.code, before) == (2, [(0,)])
    assert "error [authentication_failed] the name or the secret is not right" in wrong.out
    assert (right.code, right.last) == (0, f"case {approval.case}: approved, executed, verified")
    assert password not in right.out
