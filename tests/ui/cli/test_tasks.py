"""What only a person can settle is listed, and settled by a person who is known."""

from datetime import date

from core.domain.tasks import Task, TaskKind
from core.domain.users import Role
from core.services.tasks import ask_person
from tests.builders import MARIA, VIVIAN
from tests.ui.cli.offices import Office


def asked(here: Office) -> None:
    with here.desk() as desk, desk.open() as uow:
        ask_person(uow, "message PO-1", "GULF did not say whether PO-1 arrived")


def test_open_tasks_are_listed_until_a_person_settles_them(here: Office) -> None:
    none = here.run("tasks")
    asked(here)

    listed, found = here.run("tasks"), here.run("tasks", "--json").json()
    done = here.run("tasks", "done", "message PO-1", by=MARIA)

    assert none.text == "No open tasks."
    assert "message PO-1 GULF did not say whether PO-1 arrived" in listed.text
    assert [(task["subject"], task["text"]) for task in found] == [
        ("message PO-1", "GULF did not say whether PO-1 arrived")
    ]
    assert (done.code, done.text) == (0, "message PO-1: settled by maria")
    assert here.run("tasks").text == "No open tasks."
    assert here.rows("SELECT event, actor FROM audit_log WHERE scope = 'task:message PO-1' ORDER BY sequence") == [
        ("person_asked", "maria"),
        ("task_done", "maria"),
    ]


def test_nobody_unknown_and_nobody_who_only_looks_settles_a_task(here: Office) -> None:
    asked(here)

    nobody, viewer = here.run("tasks", "done", "message PO-1"), here.run("tasks", "done", "message PO-1", by=VIVIAN)
    other = here.run("tasks", "done", "message PO-2", by=MARIA)
    misplaced = here.run("tasks", "--json", "done", "message PO-1", by=MARIA)

    assert [ran.errors for ran in (nobody, viewer, other, misplaced)] == [
        ["authentication_failed"],
        ["not_authorised"],
        ["not_found"],
        ["wrong_usage"],
    ]
    assert here.rows("SELECT state FROM human_tasks") == [("open",)]


def test_a_question_of_a_plan_is_shown_with_its_role_and_day_and_answered_in_its_words(here: Office) -> None:
    credit = Task(subject="credit 1.1A", text="more?", kind=TaskKind.CREDIT, role=Role.FINANCE, due=date(2024, 10, 7))
    with here.desk() as desk, desk.open() as uow:
        uow.tasks.open(credit)

    listed, found = here.run("tasks"), here.run("tasks", "--json").json()
    unsaid = here.run("tasks", "done", "credit 1.1A", by=MARIA)
    done = here.run("tasks", "done", "credit 1.1A", "--answer", "granted", "--note", "they paid", by=MARIA)

    assert "credit 1.1A more? (finance, by 2024-10-07)" in listed.text
    assert [(task["role"], task["due"], task["answers"]) for task in found] == [
        ("finance", "2024-10-07", ["granted", "refused", "prepaid"])
    ]
    assert (unsaid.errors, done.code) == (["invalid_value"], 0)
    assert here.rows("SELECT answer, note, answered_by FROM human_tasks") == [("granted", "they paid", "maria")]
