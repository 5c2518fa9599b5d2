"""What hangs on a supply and what a line rests on, on the terminal."""

from tests.ui.cli.offices import Office


def test_impact_names_who_is_pegged_and_who_is_worse_off(here: Office) -> None:
    gone = here.run("impact", "PO-1/1", "--json").json()
    later = here.run("impact", "PO-1", "--later", 10)

    assert gone["supplies"] == ["purchase order PO-1/1"]
    assert [(row["order"], row["line"], row["units"]) for row in gone["pegged"]] == [("SO-1", 1, 25)]
    assert [(row["order"], row["line"]) for row in gone["worsened"]] == [("SO-1", 1)]
    assert (later.code, later.err) == (0, "")
    assert "Worse off if it came 10 days later" in later.text


def test_impact_of_an_order_line_is_what_it_rests_on(here: Office) -> None:
    ran = here.run("impact", "SO-1/1", "--json").json()

    assert ran["lines"] == ["SO-1/1"]
    assert [(row["level"], row["supply"], row["units"]) for row in ran["upstream"]] == [
        (0, "stock", 5),
        (0, "purchase order PO-1/1", 25),
        (0, "transfer order TO-1", 10),
    ]


def test_what_is_not_open_is_refused(here: Office) -> None:
    ran = here.run("impact", "PO-404")

    assert ran.code == 2
    assert "nothing open is called 'PO-404'" in ran.err
