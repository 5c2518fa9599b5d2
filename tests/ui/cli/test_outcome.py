"""The change list of an executed plan is always written, and can be written again."""

from tests.builders import MARIA, transfer
from tests.ui.cli.offices import Office


def test_the_change_list_is_written_at_home_and_again_where_somebody_wants_it(here: Office) -> None:
    with here.desk() as desk:
        approval = desk.proposed(transfer(), root="asked by hand")
    early = here.run("changes", approval.id)
    files = [f"{approval.id}.csv", f"{approval.id}.html"]

    ran = here.run("approve", approval.id, "--hash", approval.plan_hash, by=MARIA)
    again = here.run("changes", approval.id, "--out", here.folder / "again")

    assert (early.code, early.errors) == (2, ["conflict"])
    assert (ran.code, again.code, again.err) == (0, 0, "")
    home, other = here.folder / "change-lists", here.folder / "again"
    assert str(home / files[0]) in ran.out
    assert sorted(file.name for file in home.iterdir()) == files
    assert [(home / name).read_bytes() for name in files] == [(other / name).read_bytes() for name in files]


def test_a_plan_that_is_not_executed_leaves_no_change_list(here: Office) -> None:
    with here.desk() as desk:
        approval = desk.proposed(transfer(), root="asked by hand")

    here.run("reject", approval.id, "--reason", "no", by=MARIA)

    assert not (here.folder / "change-lists").exists()
