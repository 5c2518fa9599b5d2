"""`expediter suppliers` on the small company: a table, one in full, data, and who is not known."""

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
