"""The queue, a case, and working out its ways out: the desk proposes and never answers for a person."""

import json
from datetime import UTC, datetime

from core.connectors.sandbox.catalogue import Mood
from tests.builders import DELTA, GULF, MARIA, transfer
from tests.ui.cli.offices import CLOSED, Office
from tests.ui.cli.terminal import expediter

LONG_AGO = datetime(2024, 10, 4, 9, tzinfo=UTC)
LATE = "CASE-2"  # the valves of SO-1/1 come too late


def decisions(here: Office) -> object:
    return here.rows("SELECT (SELECT count(*) FROM approval_decisions), (SELECT count(*) FROM effect_ledger)")[0]


def test_resolve_proposes_and_never_decides(here: Office) -> None:
    ran = here.run("resolve", LATE)
    (again,) = json.loads(here.run("resolve", LATE, "--json").out)

    assert (ran.code, ran.err) == (0, "")
    assert (again["id"], again["run"]["standing"], again["approvals"][0]["state"]) == (LATE, "waiting", "pending")
    assert (
        "A Expedite PO-1/1 (40 VALVE-3) "
        "B Buy 25 VALVE-3 from DELTA instead of on PO-1/1, a new date for 1 order line C Transfer 25 VALVE-3 from RENO"
    ) in ran.text
    assert "pending; 1 more approval needed (T3: one person up to 10,000.00)" in ran.text
    assert ran.text.endswith(
        f"Next: `expediter approve {LATE}` does exactly this, `expediter edit {LATE}` puts another in its place,"
        f" `expediter reject {LATE} --reason TEXT` drops it."
    )
    assert decisions(here) == (0, 0)
    assert here.rows("SELECT state, proposed_by FROM approvals JOIN proposals ON proposals.id = proposal_id") == [
        ("pending", "exception-desk")
    ]


def test_resolve_with_a_person_known_does_not_decide_either(here: Office) -> None:
    ran = here.run("resolve", LATE, by=MARIA, typed="y\ny\n")

    assert ran.code == 0
    assert decisions(here) == (0, 0)


def test_every_open_case_is_worked_on(here: Office) -> None:
    ran = here.run("resolve", "--all")

    assert ran.code == 0
    assert here.rows("SELECT id, state FROM cases ORDER BY id") == [(1, "proposed"), (2, "proposed")]
    assert decisions(here) == (0, 0)


def test_at_most_so_many_cases_are_worked_on(here: Office) -> None:
    ran = here.run("resolve", "--all", "--limit", 1)

    assert ran.code == 0
    assert here.rows("SELECT id, state FROM cases ORDER BY id") == [(1, "proposed"), (2, "open")]


def test_one_case_or_all_of_them(here: Office) -> None:
    neither, both = here.run("resolve"), here.run("resolve", LATE, "--all")

    assert (neither.code, neither.errors) == (both.code, both.errors) == (2, ["wrong_usage"])
    assert "name one case, or say --all" in neither.err


def test_suppliers_that_are_down_are_named_and_the_case_has_options(here: Office) -> None:
    for supplier in (DELTA, GULF):
        here.trade.set_mood(supplier, Mood.HTML)

    ran = here.run("resolve", LATE)

    assert (ran.code, ran.err) == (0, "")
    assert "No usable answer came from DELTA, GULF." in ran.text
    assert "A Transfer 25 VALVE-3 from RENO" in ran.text
    assert "wait" in ran.text.lower()


def test_without_any_supplier_connected_the_case_has_options(here: Office) -> None:
    environment = {
        name: value for name, value in here.environment.items() if not name.startswith("EXPEDITER_SUPPLIERS")
    }

    ran = expediter("resolve", LATE, environment=environment)

    assert (ran.code, ran.err) == (0, "")
    assert "No usable answer came from DELTA, GULF." in ran.text
    assert "A Transfer 25 VALVE-3 from RENO" in ran.text


def test_an_unreachable_supplier_is_no_reason_to_fail(here: Office) -> None:
    environment = here.environment | {"EXPEDITER_SUPPLIERS_URL": CLOSED}

    ran = expediter("resolve", LATE, environment=environment)

    assert ran.code == 0
    assert "No usable answer came from DELTA, GULF." in ran.text
    assert "A Transfer 25 VALVE-3 from RENO" in ran.text


def test_a_case_tells_what_why_and_whom(here: Office) -> None:
    ran = here.run("case", LATE)

    assert (ran.code, ran.err) == (0, "")
    assert f"{LATE} Supply of VALVE-3 at HOUSTON comes too late: 1 order line waits for 25 units" in ran.text
    assert "State open; 812.50 USD at risk on 1 order line; needed by 2024-10-09." in ran.text
    assert "40 VALVE-3 from Gulf Castings come on 2024-10-24, 15 days after 2024-10-09" in ran.text
    assert "What would fix it: 25 more VALVE-3 at HOUSTON by 2024-10-09" in ran.text
    assert ran.text.endswith(f"Next: `expediter resolve {LATE}` works out the ways out of it.")


def test_a_case_as_json(here: Office) -> None:
    assert here.run("case", LATE, "--json").json() == {
        "id": LATE,
        "type": "E01",
        "state": "open",
        "title": "Supply of VALVE-3 at HOUSTON comes too late: 1 order line waits for 25 units",
        "item": "VALVE-3",
        "location": "HOUSTON",
        "lacking": 25,
        "needed_by": "2024-10-09",
        "deadline": None,
        "exposure": 812.5,
        "lines": [{"order": "SO-1", "line": 1, "due": "2024-10-09", "projected": "2024-10-24"}],
        "options": [],
        "approvals": [],
    }


def test_a_case_nobody_knows(here: Office) -> None:
    for command in ("case", "resolve"):
        ran = here.run(command, "CASE-99")

        assert (ran.code, ran.out.strip(), ran.errors) == (2, "", ["not_found"])
        assert "there is no case 'CASE-99'" in ran.err


def test_the_queue_lists_open_cases_and_on_demand_the_others(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE cases SET state = 'auto-closed' WHERE id = 1")

    some, everything = here.run("cases"), here.run("cases", "--all")

    assert "CASE-1" not in some.out
    assert LATE in some.out
    assert "Closed cases" in everything.out
    assert "auto-closed" in everything.out
    assert [case["id"] for case in here.run("cases", "--all", "--json").json()] == [LATE, "CASE-1"]


def test_an_empty_queue_says_so(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE cases SET state = 'auto-closed'")

    assert here.run("cases").out == "No open cases. `expediter scan` looks again.\n"
    assert here.run("cases", "--json").json() == []


def test_a_plan_nobody_decided_in_time_is_worked_out_anew(here: Office) -> None:
    with here.desk(at=LONG_AGO) as desk:
        old = desk.proposed(transfer(), root="asked by hand")

    shown = here.run("case", old.case)
    ran = here.run("resolve", "--all")

    assert f"Next: `expediter resolve {old.case}` works out the ways out of it." in shown.text
    assert ran.code == 0
    states = "SELECT state FROM approvals JOIN proposals ON proposals.id = proposal_id WHERE case_id = 3 ORDER BY 1"
    assert here.rows(states) == [("expired",), ("pending",)]


def test_a_case_that_was_decided_tells_what_was_done_and_how_to_undo_it(here: Office) -> None:
    with here.desk() as desk:
        approval = desk.proposed(transfer(), root="asked by hand")
    here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)

    shown, found = here.run("case", approval.case), here.run("case", approval.case, "--json").json()
    here.run("undo", approval.id, by=MARIA)
    undone = here.run("case", approval.case)

    assert f"{approval.id}, executed: " in shown.text
    assert "done: transfer order TO-1.1A-1: 25 VALVE-3 from RENO to HOUSTON" in shown.text
    assert "predicted: " in shown.text
    assert "found: " in shown.text
    assert f"to take it back: `expediter undo {approval.id}`" in shown.text
    assert found["approvals"] == [{"id": approval.id, "state": "executed"}]
    assert f"{approval.id}, undone: " in undone.text
    assert "undone by maria at " in undone.text
    assert "to take it back" not in undone.text


def test_a_case_that_is_closed_is_not_worked_on(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE cases SET state = 'auto-closed' WHERE id = 2")

    ran = here.run("resolve", LATE)

    assert (ran.code, ran.err) == (0, "")
    assert ran.text == (
        f"{LATE} is not open but auto-closed; there is nothing to work out,"
        f" `expediter case {LATE}` shows what was done."
    )
