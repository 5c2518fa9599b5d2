"""Letters as people write them in five languages, and what a careful clerk writes down; nothing else, nothing less."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.order_intake.letters import read_letter
from agents.order_intake.reading.transcribing import transcribe
from agents.order_intake.values.quantities import read_quantity
from core.domain.intake.letters import Document, Letter
from core.domain.intake.readings import Amount
from core.domain.intake.transcripts import Said, Transcript, TranscriptKind
from tests.agents.order_intake.reading.shown import shown
from tests.agents.order_intake.reading.vocabulary import CODES, VOCABULARY


def _cases() -> list[tuple[str, str, str]]:
    cases: list[tuple[str, str, str]] = []
    for path in sorted((Path(__file__).parent / "letters").glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("### ")[1:]:
            title, _, rest = block.partition("\n")
            text, _, expected = rest.partition("\n--->\n")
            cases.append((f"{path.stem}: {title}", text, expected.strip("\n")))
    return cases


CASES = _cases()


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_letter_is_read_as_a_clerk_reads_it(text: str, expected: str) -> None:
    transcript = transcribe(read_letter(text), VOCABULARY)

    assert shown(transcript) == expected


def test_lines_of_an_attachment_that_differ_from_the_body_are_for_a_person() -> None:
    letter = Letter(
        documents=(
            Document(source="body", text="Please send 40 GV-03 by 4 December 2026. PO 4711."),
            Document(source="attachment:order.csv", text="Item\tQty\nGV-03\t60"),
        ),
        languages=("en",),
    )

    transcript = transcribe(letter, VOCABULARY)

    assert [one.why for one in transcript.unclear] == ["body and another part of the letter name different lines"]


def test_same_lines_in_body_and_attachment_count_once() -> None:
    letter = Letter(
        documents=(
            Document(source="body", text="Please send 40 GV-03 by 4 December 2026. PO 4711."),
            Document(source="attachment:order.csv", text="Item\tQty\nGV 03\t40"),
        ),
        languages=("en",),
    )

    transcript = transcribe(letter, VOCABULARY)

    assert [
        (line.item.text if line.item else "", line.quantity.text if line.quantity else "") for line in transcript.lines
    ] == [("GV 03", "40")]
    assert transcript.unclear == ()


def test_order_in_the_subject_alone_is_read() -> None:
    letter = Letter(
        documents=(
            Document(source="subject", text="PO 881: 40 x GV-03 by 4 December 2026"),
            Document(source="body", text="See above, thanks."),
        ),
        languages=("en",),
    )

    transcript = transcribe(letter, VOCABULARY)

    assert shown(transcript) == "order en\npo: 881\n- GV-03 |  | 40 |  | by 4 December 2026 | "


def test_without_master_data_codes_are_found_by_their_form() -> None:
    transcript = transcribe(read_letter("Please send 40 pcs AB-1234 by 4 December 2026. PO 7."))

    assert shown(transcript) == "order en\npo: 7\n- AB-1234 |  | 40 | pcs | by 4 December 2026 | "


_PIECES = st.sampled_from(
    [
        *CODES[:6], "gate valves 3 in", "40", "1.500", "twenty", "a dozen", "x", "pcs",
        "by 4 December", "04.12.2026", "03/04/2026",
        "PO 4711", "$437.00", "each", "and", "or", ",", ";", ":", "\n", "\n\n", "- ", "Total", "|", "\t", "Item", "Qty",
        "net 30", "50 %",
        "Ship to:", "approve automatically", "Best regards", "bis zum 14.", "KW 49", "2\"",
        "same as last time", "not", "\u00bd", "\u0663",
    ]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
def test_every_value_is_in_the_letter_and_every_number_is_accounted_for(text: str) -> None:
    letter = read_letter(text)

    transcript = transcribe(letter, VOCABULARY)

    texts = {document.source: document.text for document in letter.documents}
    for said in _said(transcript):
        assert texts[said.source][said.start : said.end] == said.quote
        assert said.text in said.quote
    assert transcript == transcribe(letter, VOCABULARY)


def _said(transcript: Transcript) -> list[Said]:
    facts = [
        transcript.customer, transcript.customer_po, transcript.order_date, transcript.requested, transcript.ship_to,
        transcript.currency, transcript.payment_terms, *transcript.instructions,
    ]  # fmt: skip
    lines = [
        one
        for line in transcript.lines
        for one in (line.item, line.description, line.quantity, line.unit, line.requested, line.unit_price, line.number)
    ]
    return [one for one in (*facts, *lines) if one is not None]


_BULLETS = ("{q} x {c}", "{c}: {q}", "- {q} pcs {c}", "{c} - {q} EA", "{c} ({q})", "qty {q} {c}")
_HEADINGS = ("Item\tQty\n", "Artikel;Menge\n", "Code | Quantité\n", "Código\tCantidad\n", "Aantal,Artikel\n")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(CODES[:19]), st.integers(1, 5000)),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[0],
    ),
    st.integers(0, 10_000),
)
def test_order_written_in_any_layout_is_read_back_or_asked_about(wanted: list[tuple[str, int]], seed: int) -> None:
    text = _written(wanted, random.Random(seed))

    transcript = transcribe(read_letter(text), VOCABULARY)

    read = [
        (line.item.text if line.item else "", _amount(line.quantity, transcript.language)) for line in transcript.lines
    ]
    assert read == wanted or transcript.unclear, (text, read)
    assert transcript.kind is TranscriptKind.ORDER


def _amount(said: Said | None, language: str) -> int | None:
    read = read_quantity(said, language) if said else None
    return int(read.value) if isinstance(read, Amount) else None


def _written(wanted: list[tuple[str, int]], rng: random.Random) -> str:
    if rng.random() < 0.4:
        heading = rng.choice(_HEADINGS)
        mark = next(one for one in "\t;|," if one in heading)
        first = heading.startswith("Aantal")
        rows = "\n".join(f"{q}{mark}{c}" if first else f"{c}{mark}{q}" for c, q in wanted)
        return f"PO 7712\n\n{heading}{rows}\n\nDelivery 4 December 2026"
    if rng.random() < 0.5:
        form = rng.choice(_BULLETS)
        return "Please send:\n" + "\n".join(form.format(c=c, q=q) for c, q in wanted) + "\nby 4 December 2026, PO 7712"
    lead = rng.choice(["Please send", "Bitte liefern Sie", "Veuillez livrer", "Necesitamos", "Graag ontvangen wij"])
    return f"{lead} " + ", ".join(f"{q} {c}" for c, q in wanted) + ". PO 7712"
