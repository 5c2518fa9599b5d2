"""Tasks of people on Today: settled by one of their answers, by whom they ask."""

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_pages import page
from ui.schemas.supply import TaskList


def test_a_task_is_settled_by_one_of_its_answers_with_a_note() -> None:
    client = FakeClient()
    client.answers["answer_task"] = None
    app = page("today", client)

    app.text_input(key="task-note-0-task:1").set_value("they called")
    app.button(key="task-0-no answer").click().run()

    said = '{"subject":"task:1","answer":"no answer","note":"they called"}'
    assert client.asked("answer_task") == [("answer_task", said)]


def test_a_task_somebody_else_is_asked_offers_no_answer() -> None:
    client = FakeClient()
    (task,) = client.answers["list_tasks"].items
    client.answers["list_tasks"] = TaskList(items=(task.model_copy(update={"why_not": "it is finance's"}),), next=None)

    assert [one.key for one in page("today", client).button if "task" in (one.key or "")] == []
