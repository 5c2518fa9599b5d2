"""`expediter suppliers` on the small company: a table, one in full, data, and who is not known."""

from tests.builders import MARIA
from tests.ui.cli.offices import Office


def test_suppliers_are_listed_and_one_is_shown_in_full(here: Office) -> None:
    told = here.run("suppliers")
    one = here.run("suppliers", "GULF")
    data = here.run("suppliers", "GULF", "--share", "90", "--json").json()
    unknown = here.run("suppliers", "NOBODY")

    assert (told.code, told.err, one.code, one.err) == (0, "", 0, "")
    assert max(map(len, (told.out + one.out).splitlines())) <= 80
    assert "GULF needs" in one.text
    assert "units that came" in one.text
    (card,) = data["suppliers"]
    assert (card["supplier"], card["buffer_share"], data["left_out"]) == ("GULF", 90, 0)
    assert set(card["on_time"]) == {"percent", "part", "of", "thin"}
    assert unknown.code == 2
    assert "NOBODY" in unknown.err


def test_buffers_are_applied_shown_and_taken_back(here: Office) -> None:
    applied = here.run("suppliers", "GULF", "--apply", "--share", "95", "--json", by=MARIA).json()
    shown = here.run("suppliers", "GULF")
    removed = here.run("suppliers", "--remove", by=MARIA)
    again = here.run("suppliers", "GULF", "--remove", by=MARIA)
    both = here.run("suppliers", "--apply", "--remove")

    (one,) = applied
    assert (one["supplier"], one["before"], one["share"], one["version"]) == ("GULF", 0, 95, 1)
    assert f"GULF is counted on {one['days']} day" in shown.text
    assert "GULF: counted on by its word" in removed.text
    assert (again.code, both.code) == (2, 2)
