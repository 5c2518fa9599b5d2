"""An order at the terminal: words become a draft, a person's yes makes it an order, and nobody else's does."""

import json

from core.domain.ids import CustomerCode
from tests.builders import MARIA, VIVIAN
from tests.ui.cli.offices import Office

WORDS = "Harbor Supply needs 12 pcs VALVE-3 by 2024-10-20, PO 4711"


def test_words_become_a_draft_and_a_persons_yes_an_order(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")

    ran = here.run("order", WORDS)
    listed = json.loads(here.run("drafts", "--json").out)
    nobody = here.run("draft", "DRAFT-1", "--confirm", "--version", 1)
    viewer = here.run("draft", "DRAFT-1", "--confirm", "--version", 1, by=VIVIAN)
    done = here.run("draft", "DRAFT-1", "--confirm", "--version", 1, by=MARIA)

    assert (ran.code, ran.err) == (0, "")
    assert "DRAFT-1, version 1: order, ready, high" in ran.text
    assert "line1.quantity 12 high 12 (body) read twice alike" in ran.text
    assert "Next: `expediter draft DRAFT-1 --confirm` makes it an order" in ran.text
    assert [(one["id"], one["customer"]["value"], one["lines"][0]["units"]) for one in listed] == [
        ("DRAFT-1", "HARBOR", 12)
    ]
    assert (nobody.code, viewer.code) == (2, 2)
    assert "may not settle drafts" in viewer.err
    assert "Entered as SO-" in done.text
    assert here.rows("SELECT state, version FROM order_drafts") == [("confirmed", 2)]


def test_a_value_is_given_a_question_sent_and_a_draft_dropped(here: Office) -> None:
    asked = here.run("order", "Harbor Supply needs 12 pcs VALVE-33 by 2024-10-20, PO 1")
    wrong = here.run("draft", "DRAFT-1", "--set", "line1.item", by=MARIA)
    given = here.run("draft", "DRAFT-1", "--set", "line1.item=VALVE-3", "--set", "line2.item=PUMP-1", by=MARIA)
    dropped = here.run("draft", "DRAFT-1", "--reject", "ordered by mistake", by=MARIA)

    assert "1 question before this can be an order" in asked.text
    assert "possible: VALVE-3 (3-inch valve)" in asked.text
    assert "The mail that asks, sent only when a person says so" in asked.text
    assert (wrong.code, "has no '='" in wrong.err) == (2, True)
    assert "line1.item VALVE-3 high - set by maria" in given.text
    assert "line2.quantity ? low - not given yet" in given.text
    assert "It is rejected; nothing is left to do." in dropped.text
    assert here.run("drafts").text == "No drafts. `expediter order TEXT` makes one."
    with here.desk() as desk, desk.open() as uow:
        assert uow.catalogue.recent(CustomerCode("HARBOR"), since=uow.company.settings().as_of) == ()
