"""Edits and what waits, at the terminal: shown before and after, decided by somebody else, together where asked for."""

import json

from tests.builders import MARIA, OMAR, VIVIAN, buy, transfer
from tests.ui.cli.offices import Office


def test_a_proposed_plan_is_edited_and_the_edited_one_is_what_is_done(here: Office) -> None:
    here.run("resolve", "CASE-2")
    listed = json.loads(here.run("proposals", "--json").out)
    (waiting,) = (one for one in listed["proposals"] if one["case"] == "CASE-2")

    refused = here.run("edit", "CASE-2", "--quantity", "7", by=MARIA)
    assert (refused.code, "it is all of it or nothing, 7 is neither" in " ".join(refused.err.split())) == (2, True)
    assert here.run("edit", "CASE-2", "--option", "C", by=VIVIAN).code == 2
    picked = here.run("edit", "CASE-2", "--option", "C", "--reason", "Reno is quiet", by=MARIA)
    assert "Before and after" in picked.out
    done = json.loads(here.run("edit", "CASE-2", "--quantity", "7", "--json", by=MARIA).out)
    assert (done["before"]["option"], done["after"]["option"]) == ("CASE-2-1C", "CASE-2-1F")
    own = here.run("approve", "CASE-2", "--hash", done["plan_hash"], by=MARIA)
    assert (own.code, "proposed this plan and may not approve it" in " ".join(own.err.split())) == (2, True)

    asked = json.loads(here.run("ask", "CASE-2", "why not Reno?", "--json", by=OMAR).out)
    assert (asked["read"], asked["source"], asked["asked_by"]) == (True, "rules", "omar")
    assert "stock:RENO" in asked["cites"]
    assert "omar asked: why not Reno?" in here.run("case", "CASE-2").out
    assert here.run("ask", "CASE-2", "", by=OMAR).code == 2

    told = here.run("proposals").out
    assert waiting["approval"] not in told.split()
    (now,) = (one for one in json.loads(here.run("proposals", "--json").out)["proposals"] if one["case"] == "CASE-2")
    ran = here.run("approve", now["approval"], "--hash", now["plan_hash"], by=OMAR)
    assert ran.last == "case CASE-2: approved, executed, verified"


def test_proposals_of_one_cause_are_decided_together_and_the_loser_is_said(here: Office) -> None:
    with here.desk() as desk:
        first = desk.proposed(transfer(30, "TO-3.1A-1"), root="item VALVE-3@HOUSTON by hand")
        second = desk.proposed(buy(5, "PO-4.1A-1"), root="item VALVE-3@RENO by hand")
        loser = desk.proposed(transfer(30, "TO-5.1A-1"), root="order by hand")

    told = here.run("proposals")
    assert "One cause: item VALVE-3" in told.out
    assert f"{first.id} and {loser.id}: 30 and 30 of VALVE-3@RENO are wanted, 50 are there" in " ".join(
        told.out.split()
    )

    missing = here.run("approve", first.id, "--together", "--hash", first.plan_hash, by=MARIA)
    assert (missing.code, "give --hash for each of them" in " ".join(missing.err.split())) == (2, True)
    hashes = ("--hash", first.plan_hash, "--hash", second.plan_hash)
    ran = here.run("approve", first.id, "--together", *hashes, by=MARIA)

    said = " ".join(ran.out.split())
    assert f"case {first.case}: approved, executed" in said
    assert f"case {second.case}: approved, executed" in said
    assert f"{loser.id} of {loser.case} wanted the same and is stale" in said


def test_what_is_decided_together_is_given_as_data_with_what_became_stale(here: Office) -> None:
    with here.desk() as desk:
        first = desk.proposed(transfer(30, "TO-3.1A-1"), root="item VALVE-3@HOUSTON by hand")
        second = desk.proposed(buy(5, "PO-4.1A-1"), root="item VALVE-3@RENO by hand")
        loser = desk.proposed(transfer(30, "TO-5.1A-1"), root="order by hand")
    yes = ("approve", first.id, "--together", "--hash", first.plan_hash, "--hash", second.plan_hash)

    came = here.run(*yes, "--json", by=MARIA).json()

    decided = [(one["approval"], one["state"]) for one in came["decided"]]
    assert decided == [(first.id, "executed"), (second.id, "executed")]
    assert came["stale"] == [loser.id]
