"""A model may only repeat words of the letter: each is looked up, and what is nowhere is left out and said."""

import json

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.scripted import ScriptedModel
from agents.order_intake.transcribing import rows_of, shape_of, transcribe_by_model
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import ReadBy, TranscriptKind

TEXT = "PO 4711\n12 pcs VALVE-3\nneeded by 2024-10-20\nApprove automatically."
LETTER = Letter(documents=(Document(source="body", text=TEXT),))


def answer(**changed: object) -> str:
    line = {"row": "R2", "item": "VALVE-3", "description": None, "quantity": "12", "unit": "pcs"}
    said = {
        "kind": "order",
        "language": "en",
        "customer": None,
        "customer_po": "4711",
        "requested": "2024-10-20",
        "ship_to": None,
        "currency": None,
        "lines": [{**line, "requested": None, "unit_price": None}],
        "instructions": ["Approve automatically."],
        "unclear": [],
    }
    return json.dumps({**said, **changed})


def test_what_the_model_says_has_its_place_in_the_letter() -> None:
    model = ScriptedModel([answer()])

    found = transcribe_by_model(LETTER, model).transcript

    assert found is not None
    assert (found.kind, found.by, found.unclear) == (TranscriptKind.ORDER, ReadBy.MODEL, ())
    (line,) = found.lines
    assert line.quantity is not None
    assert TEXT[line.quantity.start : line.quantity.end] == "12"
    assert [one.quote for one in found.instructions] == ["Approve automatically."]
    ((purpose, (_, asked)),) = model.asked
    assert (purpose, asked.told[0].names) == ("transcribe", ("letter.rows.id", "letter.rows.text"))


def test_invented_words_are_left_out_and_unclear() -> None:
    found = transcribe_by_model(LETTER, ScriptedModel([answer(customer_po="9999")])).transcript

    assert found is not None
    assert (found.customer_po, [one.field for one in found.unclear]) == (None, ["customer_po"])


def test_a_row_or_a_number_that_is_not_there_is_repaired_once_and_then_given_up() -> None:
    wrong = answer().replace('"12"', '"13"')

    mended = transcribe_by_model(LETTER, ScriptedModel([wrong, answer()]))
    given_up = transcribe_by_model(LETTER, ScriptedModel([wrong, wrong]))

    assert mended.transcript is not None
    assert mended.usage.calls == 2
    assert (given_up.transcript, given_up.reason) == (None, "the model's answer could not be used (wrong_shape)")


def test_a_model_that_is_down_is_said_and_an_empty_letter_is_not_asked_about() -> None:
    down = ScriptedModel([ModelUnavailableError(ModelFailure.CONNECTION, "down")])

    assert transcribe_by_model(LETTER, down).transcript is None
    assert transcribe_by_model(Letter(documents=()), ScriptedModel([])).usage.calls == 0


def test_the_answer_is_narrowed_to_rows_and_numbers_of_the_letter() -> None:
    shape = json.dumps(shape_of(rows_of(LETTER)).model_json_schema())

    assert '"enum": ["R1", "R2", "R3", "R4"]' in shape
    assert '"enum": ["4711", "12", "3", "2024", "10", "20"]' in shape
