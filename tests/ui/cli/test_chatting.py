"""Talking at the terminal: one answer, answers as data, a conversation, and who may have something proposed."""

import json

from tests.builders import MARIA, OMAR, VIVIAN
from tests.ui.cli.offices import Office


def test_who_is_not_known_reads_and_proposes_nothing(here: Office) -> None:
    asked = here.run("chat", "what is wrong?")
    told = here.run("chat", "how many VALVE-3 do we have in Reno?", "--json")
    refused = here.run("chat", "transfer 15 from RENO to SO-1/1", "--json")

    assert (asked.code, asked.err) == (0, "")
    assert asked.text.startswith("2 cases are open. The most is at stake in CASE-1: Component MOTOR at YARD lacks 2")
    assert json.loads(told.out) == {
        "conversation": None,
        "answer": "60 VALVE-3 at RENO on hand, 50 of them free.",
        "source": "rules",
        "tool": "show_stock",
        "arguments": {"item": "VALVE-3", "location": "RENO"},
        "cites": ["item:VALVE-3", "location:RENO"],
        "tables": [
            {
                "title": "Stock",
                "columns": ["location", "on hand", "reserved", "blocked", "free"],
                "rows": [["RENO", 60, 10, 0, 50]],
                "amounts": [],
                "left_out": 0,
            }
        ],
        "charts": [],
        "proposal": None,
        "code": None,
    }
    found = json.loads(refused.out)
    assert (found["proposal"], found["code"]) == (None, "not_authorised")
    assert "`expediter users token NAME` makes a token" in found["answer"]
    with here.desk() as desk, desk.open() as uow:
        assert uow.approvals.listed() == ()


def test_money_in_tables_is_written_with_thousands_and_given_as_plain_data(here: Office) -> None:
    (cases,) = here.run("chat", "what is wrong?", "--json").json()["tables"]
    table = here.run("chat", "what is wrong?").text.partition("Cases")[2]

    assert cases["amounts"] == ["at risk"]
    assert [row[cases["columns"].index("at risk")] for row in cases["rows"]] == ["1867.50", "812.50"]
    assert ("open 1,867.50 1" in table, "open 812.50 1" in table) == (True, True)


def test_what_a_person_has_proposed_waits_for_somebody_else(here: Office) -> None:
    planned = here.run("chat", "transfer 15 from RENO to SO-1/1", "--plan", "--json", by=MARIA)
    proposed = here.run("chat", "transfer 15 from RENO to SO-1/1", "--json", by=MARIA)
    waits = here.run("chat", "what waits for my decision?", by=OMAR)
    looks = here.run("chat", "propose option A of CASE-1", "--json", by=VIVIAN)

    assert json.loads(planned.out)["code"] == "plan_mode"
    found = json.loads(proposed.out)
    assert (found["tool"], found["code"]) == ("propose_transfer", None)
    assert found["proposal"].startswith("AP-2-")
    assert found["answer"].startswith(f"Proposed, approval {found['proposal']}; waits for ")
    assert f"1 proposal waits for a decision. The first to run out is {found['proposal']} of CASE-2" in waits.text
    assert json.loads(looks.out)["code"] == "not_authorised"
    assert here.run("approve", found["proposal"], typed="y\n", by=MARIA).code == 2
    assert here.run("check").code == 0


def test_a_conversation_is_gone_on_with_by_whose_it_is(here: Office) -> None:
    first = json.loads(here.run("chat", "show the cases", "--json", by=MARIA).out)
    name = first["conversation"]
    second = json.loads(here.run("chat", "show me the second one", "--conversation", name, "--json", by=MARIA).out)
    third = json.loads(here.run("chat", "what are its options?", "--conversation", name, "--json", by=MARIA).out)

    assert (second["conversation"], second["arguments"]) == (name, {"case": "CASE-2"})
    assert (third["tool"], third["arguments"]) == ("list_options", {"case": "CASE-2"})
    theirs = here.run("chat", "hello", "--conversation", name, by=OMAR)
    assert (theirs.code, theirs.err) == (2, f"error [not_found] there is no conversation {name!r} of yours\n")
    nobody = here.run("chat", "hello", "--conversation", name)
    assert (nobody.code, nobody.errors) == (2, ["wrong_usage"])


def test_talking_goes_on_until_somebody_leaves(here: Office) -> None:
    lines = ("my site is Reno", "how many VALVE-3 do we have?", "/plan", "propose option A of CASE-1", "", "/what")
    typed = "\n".join((*lines, "/help", "/history", "/quit", ""))
    talked = here.run("chat", typed=typed, by=MARIA)

    assert (talked.code, talked.err) == (0, "")
    for said in (
        "Conversation CHAT-1. /help says what there is, /quit leaves.",
        "I will remember: your site is RENO.",
        "60 VALVE-3 at RENO on hand, 50 of them free. That is at RENO, your site; say “everywhere” for all places.",
        "Nothing is proposed from now on.",
        "That did not work: this is plan mode",
        "There is no /what; /help says what there is.",
        "What you want changed is put before people who decide; nothing is done from here.",
        "> my site is Reno I will remember",
    ):
        assert said in talked.text


def test_talk_of_nobody_known_is_not_kept_and_ends_with_the_input(here: Office) -> None:
    talked = here.run("chat", typed="show CASE-1\nwhat are its options?\n")

    assert talked.code == 0
    assert "Nothing is kept: nobody is known here." in talked.text
    assert "No way out of CASE-1 is worked out; say “plan CASE-1” to have that done." in talked.text
    with here.desk() as desk, desk.open() as uow:
        assert uow.conversations.of_user(MARIA.name, limit=5) == ()


def test_while_everything_is_halted_nothing_is_answered(here: Office) -> None:
    assert here.run("halt", "--reason", "a drill", by=MARIA).code == 0

    one = here.run("chat", "show CASE-1", by=MARIA)
    talked = here.run("chat", typed="show CASE-1\n", by=MARIA)

    assert (one.code, one.errors) == (2, ["halted"])
    assert (talked.code, "error [halted]" in talked.text) == (0, True)


def test_what_cannot_be_done_is_said(here: Office) -> None:
    bare = here.run("chat", "--json")
    forged = here.run("chat", "show CASE-1", "--token-file", "no-such-file")

    assert (bare.code, bare.errors) == (2, ["wrong_usage"])
    assert (forged.code, "there is no token file 'no-such-file'" in forged.err) == (2, True)
