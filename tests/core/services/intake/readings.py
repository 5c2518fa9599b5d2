"""Letters of the small company as somebody would read them: a body, and the words of each value found in it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.domain.intake.letters import Document, Letter
from core.domain.intake.readings import Amount, Day, Price, ReadLetter, ReadLine, SecondLine, SecondReading
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript, TranscriptKind
from core.services.intake.taking import TakeIn
from tests.builders import day

BUYER = "Ann Buyer <buyer@harbor.example>"
WANTED = day(10)


def letter(text: str, *, sender: str = BUYER, **said: Any) -> Letter:
    """A mail with only a body."""
    return Letter(documents=(Document(source="body", text=text),), sender=sender, **said)


def said(text: str, words: str) -> Said:
    """Words of a body, the first time they stand there."""
    start = text.index(words)
    return Said(text=words, quote=words, source="body", start=start, end=start + len(words))


def ordered(
    *lines: tuple[str, str],
    po: str = "4711",
    on: date = WANTED,
    kind: TranscriptKind = TranscriptKind.ORDER,
    **more: Any,
) -> TakeIn:
    """An order of lines of item and quantity, each also read by the second reader; `more` are parts of the letter."""
    rows = "".join(f"{quantity} x {item}\n" for item, quantity in lines)
    text = more.pop("text", f"Please send under PO {po}:\n{rows}needed by {on}\n")
    read = tuple(
        ReadLine(
            written=TranscribedLine(item=said(text, item), quantity=said(text, quantity)),
            quantity=Amount(value=Decimal(quantity)),
        )
        for item, quantity in lines
    )
    transcript = Transcript(
        kind=kind,
        language="en",
        customer_po=said(text, po) if po else None,
        requested=said(text, str(on)),
        lines=tuple(line.written for line in read),
    )
    orders = ("".join(char for char in po.casefold() if char.isalnum()),) if po else ()
    second = SecondReading(
        lines=tuple(SecondLine(quantity=Decimal(quantity)) for _, quantity in lines), requested=on, orders=orders
    )
    reading = ReadLetter(transcript=transcript, lines=read, requested=Day(day=on), second=second)
    return TakeIn(letter=letter(text, **more), reading=reading)


def priced(command: TakeIn, price: str) -> TakeIn:
    """The same with a price on its first line."""
    text = command.letter.documents[0].text + f"price {price}"
    first, *others = command.reading.lines
    line = replace(
        first, written=replace(first.written, unit_price=said(text, price)), price=Price(value=Decimal(price))
    )
    body = replace(command.letter, documents=(Document(source="body", text=text),))
    return TakeIn(letter=body, reading=replace(command.reading, lines=(line, *others)))
