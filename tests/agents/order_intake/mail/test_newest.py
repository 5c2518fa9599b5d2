"""Of a mail the newest part is read; what it answers only where the newest part says to enter it, and nothing else."""

import pytest

from agents.order_intake.mail.newest import newest_part

OUTLOOK = (
    "\n\nFrom: Dana Wells\nSent: Friday, October 30, 2026 11:17 AM\nTo: Russ Tanner\nSubject: valves\n\n"
    "7 EA GV-02, December 11, 2026.\n"
)
QUOTED = "\n\nOn Fri, Oct 30, 2026 at 11:17 AM Dana Wells wrote:\n> 7 EA GV-02, December 11, 2026.\n"


@pytest.mark.parametrize("below", [OUTLOOK, QUOTED])
@pytest.mark.parametrize(
    "above",
    [
        "Approved. Please enter the below.",
        "Please process the order below as PO 4711.",
        "Bitte die untenstehende Bestellung erfassen.",
        "Merci d'enregistrer la commande ci-dessous.",
        "Por favor tramiten el pedido de abajo.",
        "Graag onderstaande bestelling verwerken.",
    ],
)
def test_what_the_new_part_says_to_enter_below_is_read(above: str, below: str) -> None:
    newest = newest_part(above + below, "RE: valves")

    assert "7 EA GV-02" in newest.text
    assert newest.forwarded
    assert ("4711" in above) == ("4711" in newest.text)


@pytest.mark.parametrize("below", [OUTLOOK, QUOTED])
@pytest.mark.parametrize(
    "above",
    [
        "Thanks for the quick reply.",
        "Thanks, please don't order the below.",
        "Please do not enter the below.",
        "Please enter the below, but only three of them.",
        "Bitte die untenstehende Bestellung nicht erfassen.",
        "Merci de ne pas enregistrer la commande ci-dessous.",
        "Please order 3 GV-03, and order the below later.",
    ],
)
def test_what_is_below_is_not_read_where_the_new_part_says_anything_else(above: str, below: str) -> None:
    newest = newest_part(above + below, "RE: valves")

    assert "7 EA GV-02" not in newest.text
    assert not newest.forwarded


@pytest.mark.parametrize(
    "cover", ["Thanks, don't order this.", "Danke, bitte nicht bestellen.", "Merci, ne pas livrer."]
)
def test_a_refusal_that_begins_like_a_closing_hands_nothing_on(cover: str) -> None:
    newest = newest_part(cover + OUTLOOK, "Fwd: valves")

    assert "7 EA GV-02" not in newest.text
    assert newest.faults
