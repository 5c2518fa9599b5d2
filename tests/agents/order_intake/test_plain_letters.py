"""Plain letters that one look confirms: every line, number and day is read twice alike, whatever they look like."""

import pytest

from agents.order_intake.desk import take_in
from core.domain.intake.drafts import DraftOrder, DraftState
from core.domain.intake.letters import Document, Letter
from tests.agents.order_intake.test_careless import SENDER, desk

Line = tuple[str | None, object, str]
TWO = (("GV-02", 20, "2026-11-30"), ("GV-03", 10, "2026-11-30"))
LETTERS: tuple[tuple[str, str, tuple[Line, ...]], ...] = (
    ("en", "GV-02 ........ 20\nGV-03.....10\n\nDelivery November 30, 2026.", TWO),
    ("de", "GV-02 _____ 20 Stück\nGV-03 _____ 10 Stück\n\nLiefertermin: 30.11.2026", TWO),
    ("en", "GV-02 -> 20\nGV-03 => 10\n\nDelivery November 30, 2026.", TWO),
    (
        "es",
        (
            "Partida 1\n Clave ........ GV-02\n Cantidad ..... 20 pzas\nPartida 2\n Clave ........ GV-03\n"
            " Cantidad ..... 10 pzas\n\nFecha de entrega ...... 30 de noviembre de 2026"
        ),
        TWO,
    ),
    (
        "en",
        "20 GV-02\n10 GV-03\nfor delivery 30-Nov-2026\n\n24 RK-03\nfor delivery 07-Dec-2026",
        (*TWO, ("RK-03", 24, "2026-12-07")),
    ),
    (
        "fr",
        "20 GV-02\nlivraison le 30 novembre 2026\n\n10 GV-03\n24 RK-03\nlivraison le 7 décembre 2026",
        (TWO[0], ("GV-03", 10, "2026-12-07"), ("RK-03", 24, "2026-12-07")),
    ),
    ("en", "Please send 20 GV-02 for November 30. Also 10 GV-03, same date.", TWO),
    ("de", "Bitte 20 Stück GV-02 zum 30.11.2026. Dazu 10 Stück GV-03, gleicher Termin.", TWO),
    (
        "en",
        "Part: GV-02\nQty: 20\nDate: 11/30/2026\n\nPart: GV-03\nQty: 10\nDate: 11/30/2026",
        TWO,
    ),
    (
        "en",
        "We'd like to place an order for twenty (20) GV-02 and ten GV-03, delivered by November 30, 2026.",
        TWO,
    ),
    (
        "en",
        "Please order 16 GV-02 and a dozen GV-03 for November 30, 2026.",
        (("GV-02", 16, "2026-11-30"), ("GV-03", 12, "2026-11-30")),
    ),
    (
        "en",
        "twenty GV-02, tags V-310 thru V-329\nten GV-03, tags V-401, V-402 and V-403\n\nDelivery November 30, 2026.",
        TWO,
    ),
)


def lines_of(draft: DraftOrder) -> list[Line]:
    return [(line.item.value, line.units, str(line.day)) for line in draft.lines]


@pytest.mark.parametrize(("language", "body", "lines"), LETTERS)
def test_plain_letter_is_ready_as_it_is_written(language: str, body: str, lines: tuple[Line, ...]) -> None:
    letter = Letter(documents=(Document(source="body", text=body),), languages=(language,), sender=SENDER)

    draft = take_in(desk(), letter)

    assert lines_of(draft) == list(lines)
    assert draft.state is DraftState.READY
