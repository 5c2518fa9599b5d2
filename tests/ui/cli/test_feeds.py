"""The feed of the ERP is shown, and how old it may be is said by a person who may."""

from tests.builders import MARIA, PAUL
from tests.ui.cli.offices import COMPANY, Office


def test_the_feed_is_shown_and_limited_by_a_person(here: Office) -> None:
    before = here.run("feeds")

    limited = here.run("feeds", "limit", 24, by=MARIA)

    name = COMPANY.settings.name
    assert before.text.startswith(f"{name}: the last pack is of {COMPANY.settings.as_of}. It is never too old")
    assert (limited.code, limited.text) == (0, f"{name}: may be 24 hours old, says maria")
    assert "It may be 24 hours old; it came 0 hours ago." in here.run("feeds").text
    shown = here.run("feeds", "--json").json()
    assert (shown["feed"], shown["limit_hours"], shown["conflicts"], shown["awaiting"]) == (name, 24, [], [])


def test_who_may_not_limit_a_feed_changes_nothing(here: Office) -> None:
    nobody, planner, wrong = (
        here.run("feeds", "limit", 24),
        here.run("feeds", "limit", 24, by=PAUL),
        here.run("feeds", "limit", 0, by=MARIA),
    )

    assert [ran.code for ran in (nobody, planner, wrong)] == [2, 2, 2]
    assert "may not limit feeds; administrator or operations_manager may" in planner.err
    assert "hours 0 are no limit; accepted is 1 or more" in wrong.err
    assert here.run("feeds", "--json").json()["limit_hours"] is None
