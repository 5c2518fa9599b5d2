"""Words above a mail sent on: those that only hand it over belong to it, with the number they give; others do not."""

import pytest

from agents.order_intake.mail.covers import handed_over
from agents.order_intake.mail.newest import newest_part

HANDING = (
    ("Please see below and enter as PO WE-4419.\n\nNed Alvarado", "Please see below and enter as PO WE-4419."),
    ("Hi, please process as our order 45-00718. Candace\n\nCandace | Purchasing | +1 555 010 0136",
     "Hi, please process as our order 45-00718. Candace"),
    ("FYI, please take care of this.", ""),
    ("Below is what our yard needs, please get it in.", ""),
    ("This just came in from the plant, please enter. PO 4711",
     "This just came in from the plant, please enter. PO 4711"),
    ("Anbei die Liste unserer Werkstatt, bitte bearbeiten.", ""),
    ("Voir ci-dessous la commande de notre chantier, merci de traiter.", ""),
    ("Ver abajo el pedido de nuestra planta, favor de procesar.", ""),
    ("Zie hieronder van onze vestiging, graag verwerken.", ""),
    ("Bitte als Bestellung RG-418 erfassen. Danke!\nAnke", "Bitte als Bestellung RG-418 erfassen. Danke!"),
    ("Unsere Bestellnummer: 4500-77.\nMit freundlichen Grüßen\nTel. 0555 88 21 40", "Unsere Bestellnummer: 4500-77."),
    ("Merci de traiter sous notre commande n° CF/2211.", "Merci de traiter sous notre commande n° CF/2211."),
    ("Por favor tramiten con el pedido NP-77.\nSaludos,\nLuis 555 010 7788", "Por favor tramiten con el pedido NP-77."),
    ("Graag leveren onder onze order ST-N-0415. Dank!", "Graag leveren onder onze order ST-N-0415. Dank!"),
)  # fmt: skip
SAYING_MORE = (
    "Please enter as PO WE-4419, but 12 instead of 10.",
    "See below. Deliver by 20 November please.",
    "Order 12 of these please",
    "See below from our branch, please hold.",
    "See below from our plant. Same again please.",
    "Our yard wants both, please enter.",
    "Our yard has entered this already.",
    "Bestellung 3.12. bitte, wie unten",
    "Hi, we do not need this any more, please ignore it.",
    "Can you quote this please?",
    "Please Cancel",
    "Bitte stornieren!",
    "Nein.",
    "Merci de ne pas traiter.",
    "El doble por favor.",
    "Same as below but deliver to the yard.",
    " ".join(["order"] * 61),
)


@pytest.mark.parametrize(("words", "kept"), HANDING)
def test_a_cover_keeps_the_sentence_that_gives_the_order_number(words: str, kept: str) -> None:
    assert handed_over(words) == kept


@pytest.mark.parametrize("words", SAYING_MORE)
def test_a_cover_that_says_more_is_not_only_handing_over(words: str) -> None:
    assert handed_over(words) is None


def test_the_mail_sent_on_is_read_with_the_number_of_its_cover() -> None:
    text = (
        "Please enter as PO W-19.\n\nNed\n\n---------- Forwarded message ---------\n"
        "From: Brit <b@w.example>\nDate: Fri, Oct 30, 2026\nSubject: valves\nTo: Ned <n@w.example>\n\n"
        "Ned, we need 22 BV-03 by November 20.\n\n> old talk about 5 of them\n"
    )

    found = newest_part(text, "FW: valves")

    assert (found.forwarded, found.faults) == (True, ())
    assert found.text.startswith("Please enter as PO W-19.\n\nFrom: Brit")
    assert found.text.endswith("Ned, we need 22 BV-03 by November 20.")


def test_what_was_sent_on_twice_is_read_whole() -> None:
    text = (
        "Begin forwarded message:\n\nFrom: Hank <h@p.example>\nSubject: Fwd: actuators\nDate: October 30, 2026\n"
        "To: Candace <c@p.example>\n\nCandace, can you buy these?\n\n> We need two AV-04 by December 18.\n> Sal\n"
    )

    assert "We need two AV-04 by December 18." in newest_part(text, "Fwd: Fwd: actuators").text


def test_a_cover_with_wishes_of_its_own_leaves_the_rest_to_a_person() -> None:
    text = "Please make it 12 and not 10.\n\n----- Forwarded message -----\nFrom: B\nSent: now\nSubject: x\n\n10 BV-03"

    found = newest_part(text, "FW: x")

    assert found.text == "Please make it 12 and not 10."
    assert found.faults == (
        "The mail sends another one on and says something of its own: only its own words were read",
    )


def test_a_cover_may_give_the_day_where_the_mail_sent_on_gives_none() -> None:
    sent_on = "---------- Forwarded message ---------\nFrom: Shop <s@h.example>\nDate: Fri, Oct 30, 2026\nTo: Dee\n\n"
    cover = "Please enter as PO HG-21, needed December 4, 2026.\n\nDee\n\n"

    undated = newest_part(f"{cover}{sent_on}Dee, we need 3 GV-06.", "Fwd: need")
    dated = newest_part(f"{cover}{sent_on}Dee, we need 3 GV-06 by November 20, 2026.", "Fwd: need")

    assert undated.text.split("\n\n") == [
        "Please enter as PO HG-21, needed December 4, 2026.",
        "From: Shop <s@h.example>\nTo: Dee",
        "Dee, we need 3 GV-06.",
    ]
    assert len(dated.faults) == 1
