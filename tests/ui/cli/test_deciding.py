"""A person's word at the terminal: proven, about exactly the plan shown, and carried out once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.connectors.sandbox.catalogue import SandboxOffer
from core.domain.approval import Approval
from core.domain.ids import UserName
from core.domain.plans import Action, Buy
from core.domain.users import Role, User
from tests.builders import MARIA, OMAR, PAUL, VIVIAN, buy, re_promise, transfer
from tests.ui.cli.offices import Office
from tests.ui.cli.processes import Processes

LONG_AGO = datetime(2024, 10, 4, 9, tzinfo=UTC)
DEAR = buy(price="500.00")  # 25 of them commit more than one person may


def proposed(here: Office, *actions: Action, at: datetime | None = None) -> Approval:
    """A plan of these actions before people, in a case of its own; suppliers sell at the plan's prices."""
    for action in actions:
        if isinstance(action, Buy):
            offer = SandboxOffer(unit_price=action.unit_price, lead_time_days=6, available=500)
            supplier = here.trade.supplier(action.supplier)
            here.trade.change(replace(supplier, items={**supplier.items, action.item: offer}))
    with here.desk(at=at) as desk:
        return desk.proposed(*actions, root="asked by hand")


def state_of(here: Office, approval: Approval) -> tuple[object, ...]:
    """The approval's state, its case's, and how many decisions, effects and messages there are."""
    with here.desk() as desk, desk.open() as uow:
        case = uow.cases.get(approval.case).state.value
        state = uow.approvals.get(approval.id).state.value
    counted = here.rows(
        "SELECT (SELECT count(*) FROM approval_decisions), (SELECT count(*) FROM effect_ledger),"
        " (SELECT count(*) FROM outbox)"
    )
    return (state, case, *counted[0])


UNDECIDED = ("pending", "proposed", 0, 0, 0)


def test_the_right_hash_of_a_person_known_is_executed_and_verified(here: Office) -> None:
    approval = proposed(here, transfer(), re_promise())

    ran = here.run("approve", approval.id, "--hash", approval.plan_hash, "--comment", "go", by=MARIA)

    assert (ran.code, ran.err) == (0, "")
    assert ran.last == f"case {approval.case}: approved, executed, verified"
    assert "AP-3-1A: approve by maria recorded" in ran.out
    assert state_of(here, approval)[0] == "executed"
    assert here.rows("SELECT comment, channel FROM approval_decisions") == [("go", "cli")]


def test_without_a_token_nobody_decides(here: Office) -> None:
    approval = proposed(here, transfer())

    for words in (["approve"], ["reject", "--reason", "no"], ["undo"]):
        ran = here.run(words[0], approval.id, *words[1:])

        assert (ran.code, ran.out, ran.errors) == (2, "", ["authentication_failed"])
        assert f"there is no token file '{here.folder / 'token'}'" in ran.err
    assert state_of(here, approval) == UNDECIDED


def test_a_plan_of_another_hash_is_not_decided(here: Office) -> None:
    approval = proposed(here, transfer())

    ran = here.run("approve", approval.id, "--hash", "0" * 64, by=MARIA)

    assert (ran.code, ran.errors) == (2, ["plan_hash_mismatch"])
    assert state_of(here, approval) == UNDECIDED


def test_at_a_terminal_the_plan_is_shown_and_asked_about(here: Office) -> None:
    approval = proposed(here, transfer())

    no = here.run("approve", approval.case, by=MARIA, typed="n\n")
    before = state_of(here, approval)
    yes = here.run("approve", approval.case, by=MARIA, typed="y\n")

    assert (no.code, no.last) == (0, "Do exactly this? [y/N]: Nothing was decided.")
    assert "will do: transfer order TO-1.1A-1: 25 VALVE-3 from RENO to HOUSTON" in no.text
    assert f"plan hash {approval.plan_hash}" in no.out
    assert before == UNDECIDED
    assert yes.last == f"case {approval.case}: approved, executed, verified"


def test_without_a_terminal_the_hash_must_be_given(here: Office) -> None:
    approval = proposed(here, transfer())

    ran = here.run("approve", approval.id, by=MARIA)

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])
    assert "--hash" in ran.err
    assert f"plan hash {approval.plan_hash}" in ran.out
    assert state_of(here, approval) == UNDECIDED


def test_a_plan_of_much_money_needs_two_people(here: Office) -> None:
    approval = proposed(here, DEAR)
    words = ("approve", approval.id, "--hash", approval.plan_hash)

    one = here.run(*words, by=MARIA)
    after_one = state_of(here, approval)
    again = here.run(*words, by=MARIA)
    after_again = state_of(here, approval)
    other = here.run(*words, by=OMAR)

    assert (one.code, one.last) == (0, "1 more approval needed, by somebody else")
    assert after_one == ("pending", "proposed", 1, 0, 0)
    assert (again.code, again.errors) == (2, ["already_decided"])
    assert after_again == after_one
    assert (other.code, other.last) == (0, f"case {approval.case}: approved, executed, verified")
    assert state_of(here, approval)[2:4] == (2, 1)


def test_who_may_not_decide_is_told_who_may(here: Office) -> None:
    approval = proposed(here, DEAR)
    words = ("approve", approval.id, "--hash", approval.plan_hash)

    viewer, planner = here.run(*words, by=VIVIAN), here.run(*words, by=PAUL)

    assert (viewer.code, viewer.errors) == (2, ["not_authorised"])
    assert "role 'viewer' may not decide" in viewer.err
    assert (planner.code, planner.errors) == (2, ["not_authorised"])
    assert "the limit of 'paul' is 500.00" in planner.err
    assert state_of(here, approval) == UNDECIDED


def test_a_rejection_needs_a_reason_and_opens_the_case_again(here: Office) -> None:
    approval = proposed(here, transfer())

    silent = here.run("reject", approval.id, by=MARIA)
    blank = here.run("reject", approval.id, "--reason", " ", by=MARIA)
    before = state_of(here, approval)
    said = here.run("reject", approval.case, "--reason", "too dear", by=MARIA)

    assert silent.code == 2
    assert "--reason" in silent.err
    assert (blank.code, blank.errors) == (2, ["invalid_value"])
    assert before == UNDECIDED
    assert (said.code, said.last) == (0, f"case {approval.case}: rejected; the case is open again")
    assert state_of(here, approval) == ("rejected", "open", 1, 0, 0)
    assert here.rows("SELECT comment FROM approval_decisions") == [("too dear",)]


def test_a_second_approver_learns_who_was_first(here: Office) -> None:
    approval = proposed(here, transfer())
    words = ("approve", approval.id, "--hash", approval.plan_hash)

    first, second = here.run(*words, by=MARIA), here.run(*words, by=OMAR)

    assert first.code == 0
    assert (second.code, second.errors) == (2, ["already_decided"])
    assert "AP-3-1A is executed (maria said approve); your approve changes nothing" in second.err
    assert state_of(here, approval)[2:4] == (1, 1)


def test_an_expired_plan_is_not_decided(here: Office) -> None:
    approval = proposed(here, transfer(), at=LONG_AGO)

    ran = here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)

    assert (ran.code, ran.errors) == (2, ["proposal_expired"])
    assert "AP-3-1A expired at 2024-10-05 09:00 UTC" in ran.err
    assert state_of(here, approval) == UNDECIDED


def test_a_stale_plan_is_refused_with_what_changed(here: Office) -> None:
    approval = proposed(here, transfer(50))
    with here.desk() as desk, desk.open() as uow:
        uow.stock.reserve(transfer().item, transfer().origin, quantity=30, reference="somebody else")

    ran = here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)

    assert (ran.code, ran.errors) == (2, ["proposal_stale"])
    assert "stock available of VALVE-3@RENO is 20, the plan needs at least 50; nothing was done" in ran.err
    assert state_of(here, approval)[0] == "stale"
    assert here.rows("SELECT count(*) FROM effect_ledger") == [(0,)]


def test_an_executed_plan_is_taken_back(here: Office) -> None:
    approval = proposed(here, transfer(), re_promise())
    here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)

    undone = here.run("undo", approval.id, by=MARIA)
    again = here.run("undo", approval.id, by=MARIA)

    assert (undone.code, undone.last) == (0, f"{approval.id}: undone")
    assert "transfer order TO-1.1A-1 cancelled, 25 VALVE-3 released" in undone.text
    assert state_of(here, approval)[:2] == ("undone", "open")
    assert (again.code, again.errors) == (2, ["conflict"])


def test_what_was_decided_done_and_taken_back_is_given_as_data(here: Office, tmp_path: Path) -> None:
    approval = proposed(here, transfer(), re_promise())
    words = ("approve", approval.id, "--hash", approval.plan_hash, "--out", tmp_path, "--json")

    (done,) = here.run(*words, by=MARIA).json()["decided"]
    undone = here.run("undo", approval.id, "--json", by=MARIA).json()

    assert (done["approval"], done["case"], done["state"]) == (approval.id, approval.case, "executed")
    assert (done["approvals_given"], done["approvals_needed"], done["failed"]) == (1, 1, None)
    assert [one["state"] for one in done["messages"]] == ["sent"]
    assert done["verification"]["verified"] is True
    assert done["verification"]["predicted"] == done["verification"]["found"]
    assert len(done["done"]) == 2
    assert Path(done["change_list"]).read_text(encoding="utf-8").count("\n") == 3
    assert (undone["approval"], undone["state"], undone["case_state"]) == (approval.id, "undone", "open")
    assert "transfer order TO-1.1A-1 cancelled, 25 VALVE-3 released" in undone["undone"]


def test_a_rejection_and_a_first_yes_of_two_are_given_as_data(here: Office) -> None:
    dear = proposed(here, DEAR)

    first = here.run("approve", dear.id, "--hash", dear.plan_hash, "--json", by=MARIA).json()
    no = here.run("reject", dear.id, "--reason", "too dear", "--json", by=OMAR).json()

    (waits,), (rejected,) = first["decided"], no["decided"]
    assert (waits["state"], waits["approvals_given"], waits["approvals_needed"]) == ("pending", 1, 2)
    assert (waits["done"], waits["verification"], waits["change_list"]) == ([], None, None)
    assert (rejected["state"], rejected["case_state"], no["stale"]) == ("rejected", "open", [])


def test_as_data_nobody_is_asked_so_the_hash_must_be_given(here: Office) -> None:
    approval = proposed(here, transfer())

    ran = here.run("approve", approval.id, "--json", by=MARIA, typed="y\n")

    assert (ran.code, ran.out, ran.errors) == (2, "", ["wrong_usage"])
    assert state_of(here, approval) == UNDECIDED


def test_a_supplier_that_refuses_is_told_with_its_reason_and_what_to_do(here: Office) -> None:
    with here.desk() as desk:
        approval = desk.proposed(buy(), root="asked by hand")  # at another price than the supplier's

    ran = here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)

    assert (ran.code, ran.err) == (0, "")
    assert "place order to DELTA: refused (price changed)" in ran.text
    assert f"Next: `expediter resolve {approval.case}` works out what to do instead." in ran.text
    assert ran.last == f"case {approval.case}: approved, executed, not as predicted"


def test_the_change_list_is_written_where_wanted(here: Office, tmp_path: Path) -> None:
    approval = proposed(here, transfer(), DEAR)
    words = ("approve", approval.id, "--hash", approval.plan_hash, "--out", tmp_path / "lists")

    here.run(*words, by=MARIA)
    assert not (tmp_path / "lists").exists()
    ran = here.run(*words, by=OMAR)

    rows = (tmp_path / "lists" / "AP-3-1A.csv").read_text(encoding="utf-8")
    assert "TO-1.1A-1" in rows
    assert "PO-1.1A-2" in rows
    assert (tmp_path / "lists" / "AP-3-1A.html").exists()
    assert "change list for any ERP" in ran.text
    assert ran.last == f"case {approval.case}: approved, executed, verified"


def test_what_does_not_wait_cannot_be_decided(here: Office) -> None:
    nothing, nowhere, never = (
        here.run(*words, by=MARIA)
        for words in (("approve", "CASE-1"), ("approve", "CASE-99"), ("reject", "AP-9-9Z", "--reason", "no"))
    )

    assert (nothing.code, nothing.errors) == (2, ["not_found"])
    assert "nothing of CASE-1 waits for a decision; `expediter resolve CASE-1` works on it" in nothing.err
    assert (nowhere.code, nowhere.errors) == (2, ["not_found"])
    assert (never.code, never.errors) == (2, ["not_found"])


def test_of_thirty_two_approvers_in_processes_of_their_own_one_executes(here: Office, processes: Processes) -> None:
    approval = proposed(here, transfer(), buy())
    managers = [User(name=UserName(f"manager{n:02}"), role=Role.OPERATIONS_MANAGER, limit=None) for n in range(32)]
    with here.desk() as desk:
        desk.let_in(*managers)
    words = ("approve", approval.id, "--hash", approval.plan_hash, "--token-file")

    ran = processes.at_once(here.environment, *([*words, here.token_of(manager)] for manager in managers))

    (first,) = [one for one in ran if one.code == 0]
    assert first.last == f"case {approval.case}: approved, executed, verified"
    assert [(one.code, one.errors) for one in ran if one is not first] == [(2, ["already_decided"])] * 31
    assert state_of(here, approval) == ("executed", "resolved", 1, 1, 1)
    assert here.rows("SELECT count(*) FROM reservations WHERE reference = 'TO-1.1A-1'") == [(1,)]
    assert [(entry.verb, entry.reference) for entry in here.trade.journal] == [("place_order", "PO-1.1A-2")]
    assert here.run("check").code == 0
