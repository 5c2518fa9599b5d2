"""What people say about a case, and the views of lists they keep, on the console."""

from datetime import UTC, datetime

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page
from tests.ui.world import HOSTILE
from ui.console.kept_view import mark
from ui.schemas import CaseComment
from ui.schemas.saved_views import SavedViews

VIEW, FORGET = f"view-{mark(HOSTILE)}", f"forget-{mark(HOSTILE)}"


def test_a_comment_is_said_in_the_words_that_were_typed() -> None:
    client = FakeClient()
    client.answers["comment_on_case"] = CaseComment(author="mary", text="x", said_at=datetime(2026, 3, 2, tzinfo=UTC))
    app = page("inbox", client, case="CASE-1")
    assert HOSTILE in texts(app)

    app.text_area(key="say-CASE-1").set_value(" Delta promised Friday ")
    app.button(key="say").click().run()

    assert client.asked("comment_on_case") == [("comment_on_case", "CASE-1", '{"text":"Delta promised Friday"}')]
    assert app.text_area(key="say-CASE-1").value == ""


def test_nothing_is_said_without_words() -> None:
    client = FakeClient()
    app = page("inbox", client, case="CASE-1")
    app.button(key="say").click().run()

    assert client.asked("comment_on_case") == []
    assert [one.value for one in app.error] == ["There is nothing said yet; nothing was kept."]


def test_opening_a_view_sets_its_filters() -> None:
    client = FakeClient()
    app = page("inbox", client)
    app.button(key=VIEW).click().run()

    assert (app.text_input(key="said").value, app.checkbox(key="mine").value) == ("V-300", True)
    assert app.selectbox(key="filter-state").value == "open"


def test_the_view_that_is_shown_is_kept_under_its_name() -> None:
    client = FakeClient()
    client.answers["keep_view"] = SavedViews.model_validate({"page": "inbox", "items": []})
    app = page("inbox", client)
    app.text_input(key="said").set_value("gate valve")
    app.checkbox(key="mine").set_value(True)
    app.text_input(key="view-name").set_value("My valves")
    app.button(key="keep-view").click().run()

    said = '{"page":"inbox","name":"My valves","query":"said=gate+valve&mine=true"}'
    assert client.asked("keep_view") == [("keep_view", said)]


def test_a_view_without_a_name_is_not_kept_and_one_is_forgotten_by_its_name() -> None:
    client = FakeClient()
    client.answers["forget_view"] = SavedViews.model_validate({"page": "stock", "items": []})
    app = page("stock", client)
    app.button(key="keep-view").click().run()
    assert [one.value for one in app.error] == ["Give the view a name; nothing was kept."]

    app.button(key=FORGET).click().run()

    ((_, said),) = client.asked("forget_view")
    assert '"page":"stock"' in said


def test_the_form_to_edit_a_plan_opens_and_closes_by_its_key() -> None:
    app = page("inbox", FakeClient(), case="CASE-1")

    def opened() -> bool:
        return next(one for one in app.expander if one.label == "Edit the plan").proto.expanded

    assert not opened()
    app.button(key="open-edit-CASE-1-1A").click().run()
    assert opened()
    app.button(key="open-edit-CASE-1-1A").click().run()
    assert not opened()
