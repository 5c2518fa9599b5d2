"""The second reader says one quantity and one day of a row, or none, and sees what was left out."""

from datetime import date

import pytest

from agents.order_intake.second.days import days_seen
from agents.order_intake.second.idle import idle
from agents.order_intake.second.reader import read_again
from agents.order_intake.second.tables import quantity_of_table_row
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript, TranscriptKind
from core.domain.intake.vocabulary import Vocabulary

TODAY = date(2026, 11, 2)
CODES = ("GV-04", "CP-10")
VOCABULARY = Vocabulary(item_codes=frozenset(CODES))


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("deliver by 2026-12-04", "en", date(2026, 12, 4)),
        ("Liefern bis 4.12.2026.", "de", date(2026, 12, 4)),
        ("needed 12/04/2026", "en", None),
        ("needed 13/12/2026", "en", date(2026, 12, 13)),
        ("entrega 04/12/2026", "es", date(2026, 12, 4)),
        ("by December 4", "en", date(2026, 12, 4)),
        ("pour le 4 décembre", "fr", date(2026, 12, 4)),
        ("by March 1", "en", date(2027, 3, 1)),
        ("31.02.2027", "de", None),
        ("Actuator L 3 Jan 22, 2027", "en", date(2027, 1, 22)),
        ("entrega 11/30/2026", "es", date(2026, 11, 30)),
        ("When needed: December 11, 2026 (Friday)", "en", date(2026, 12, 11)),
        ("con una bomba de 20 hp, entrega el 20 de enero", "es", date(2027, 1, 20)),
    ],
)
def test_a_day_is_seen_where_it_has_one_reading(text: str, language: str, day: date | None) -> None:
    assert [one.day for one in days_seen(text, language=language, as_of=TODAY)] == ([] if day is None else [day])


@pytest.mark.parametrize(
    ("heading", "row", "quantity"),
    [
        ("Part   Each   Needed  Due", "GV-04  311    10      2026-12-04", 10),
        ("Part | Stock | Ordered", "GV-04 | 12 | 10", 10),
        ("Part   Needed      Size", "GV-04  2026-12-04  10", None),
    ],
)
def test_a_number_below_what_is_wanted_is_the_quantity(heading: str, row: str, quantity: int | None) -> None:
    text = f"{heading}\n{row}"
    document = Document(source="body", text=text)

    found = quantity_of_table_row(document, len(heading) + 1, len(text))

    assert found == (quantity is not None, quantity)


def said(text: str, words: str) -> Said:
    start = text.index(words)
    return Said(text=words, quote=words, source="body", start=start, end=start + len(words))


def transcript(text: str, *lines: tuple[str, str]) -> Transcript:
    return Transcript(
        kind=TranscriptKind.ORDER,
        language="en",
        lines=tuple(TranscribedLine(item=said(text, item), quantity=said(text, number)) for item, number in lines),
        requested=said(text, "2026-12-04"),
    )


def test_lines_of_one_row_are_read_apart_and_rows_nobody_read_are_named() -> None:
    text = "10 pcs GV-04 and 2 CP-10\nDate: 2026-11-02\nneeded by 2026-12-04\n3 pcs CP-10"
    letter = Letter(documents=(Document(source="body", text=text), Document(source="attachment:a", text="12 x GV-04")))

    found = read_again(letter, transcript(text, ("GV-04", "10"), ("CP-10", "2")), VOCABULARY, as_of=TODAY)

    assert [line.quantity for line in found.lines] == [10, 2]
    assert found.requested == date(2026, 12, 4)
    assert found.missed == ()
    assert found.conflicts == (
        "CP-10 is also in body with another quantity: '3 pcs CP-10'",
        "GV-04 is also in attachment:a with another quantity: '12 x GV-04'",
    )


def test_a_row_of_goods_without_a_line_is_missed_and_a_header_names_the_column() -> None:
    text = "Item,Qty,Price\nGV-04,3,625.00\n\n4 boxes of seals\n2026-12-04"
    letter = Letter(documents=(Document(source="body", text=text),))

    found = read_again(letter, transcript(text, ("GV-04", "3")), VOCABULARY, as_of=TODAY)

    assert [line.quantity for line in found.lines] == [3]
    assert found.missed == ("4 boxes of seals",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Our quote is valid until December 31, 2026.", "en"),
        ("printed 11/20/2026", "en"),
        ("wie am Freitag am Telefon besprochen", "de"),
        ("seg\u00fan lo hablado el jueves", "es"),
        ("The plant shuts down on the 5th.", "en"),
        ("We are closed November 26 and 27 for Thanksgiving.", "en"),
        ("Am 24.12. haben wir Betriebsferien.", "de"),
        ("Facturen niet voor 4 januari.", "nl"),
    ],
)
def test_day_of_something_else_is_no_day_of_delivery(text: str, language: str) -> None:
    assert [one.written for one in days_seen(text, language=language, as_of=TODAY)] == [True]


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("gl: 6100-20, the standard form ssp-gt-14", ""),
        ("the driver may come from 7.", ""),
        ("4711/10 and 12 for us", "12"),
        ("please send xk-4471", "4471"),
        ("40 pcs xk-4471", "404471"),
    ],
)
def test_number_of_a_quiet_row_orders_nothing_unless_it_is_wanted(row: str, left: str) -> None:
    assert "".join(char for char in idle(row, row, orders=("4711",)) if char.isdigit()) == left
