"""A letter transcribed by a model that has no tools: it may only repeat words of the letter, and each is looked up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import Message, ModelPort, Usage
from agents.llm.prompt_fields import PromptField
from agents.prompts import prompt
from core.domain.intake.letters import Letter
from core.domain.intake.transcripts import ReadBy, Said, TranscribedLine, Transcript, TranscriptKind, Unclear

PURPOSE = "transcribe"
TRIES = 2
MOST_ROWS, MOST_LINES, MOST_CHOICES = 400, 200, 200
_BEYOND_REPAIR = frozenset({ModelFailure.REFUSED, ModelFailure.CONTENT_FILTERED})
_DOZENS = re.compile(r"dozen|dutzend|dtzd|docena|douzaine|dozijn|gross", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,' ]*\d|\d")


class WireLine(BaseModel):
    """One position; `row` and `quantity` are narrowed to what the letter has when a model is asked."""

    model_config = ConfigDict(extra="forbid")

    row: str
    item: str | None = Field(max_length=120)
    description: str | None = Field(max_length=300)
    quantity: str | None = Field(max_length=60)
    unit: str | None = Field(max_length=40)
    requested: str | None = Field(max_length=80)
    unit_price: str | None = Field(max_length=60)


class WireUnclear(BaseModel):
    """What could be read in more than one way."""

    model_config = ConfigDict(extra="forbid")

    field: Literal["customer", "customer_po", "requested", "ship_to", "item", "quantity", "unit", "lines"]
    line: int | None
    why: str = Field(max_length=200)


class WireLetter(BaseModel):
    """What a model answers: words of the letter only."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["order", "change", "cancellation", "question", "other"]
    language: Literal["en", "de", "es", "fr", "nl", "other"]
    customer: str | None = Field(max_length=200)
    customer_po: str | None = Field(max_length=60)
    requested: str | None = Field(max_length=80)
    ship_to: str | None = Field(max_length=300)
    currency: str | None = Field(max_length=10)
    lines: list[WireLine] = Field(max_length=MOST_LINES)
    instructions: list[str] = Field(max_length=10)
    unclear: list[WireUnclear] = Field(max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the letter as the model sees it: its id, where it stands, and its words."""

    id: str
    source: str
    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTranscript:
    """The transcript, or None with the reason why the model's answer is not used; `usage` counts either way."""

    transcript: Transcript | None
    reason: str
    usage: Usage


def transcribe_by_model(letter: Letter, model: ModelPort) -> ModelTranscript:
    """Ask once, and once more when the answer can be repaired."""
    rows = rows_of(letter)
    if not rows:
        return ModelTranscript(transcript=None, reason="the letter has no words a model could read", usage=Usage())
    told = PromptField(name="letter", value={"rows": [{"id": row.id, "text": row.text} for row in rows]})
    messages = [
        Message(role="system", content=prompt("transcribe")),
        Message(role="user", told=(told,)),
    ]
    shape, usage, reason = shape_of(rows), Usage(), ""
    for _ in range(TRIES):
        try:
            answer = model.complete(messages, shape, PURPOSE)
            usage += answer.usage
            return ModelTranscript(transcript=_transcript(answer.value, rows), reason="", usage=usage)
        except ModelUnavailableError as error:
            reason = f"the model did not answer ({error.failure})"
            return ModelTranscript(transcript=None, reason=reason, usage=usage + error.usage)
        except ModelInvalidError as error:
            usage += error.usage
            reason = f"the model's answer could not be used ({error.failure})"
            if error.failure in _BEYOND_REPAIR:
                break
            messages = [*messages, *_correction(error.said, error.message)]
    return ModelTranscript(transcript=None, reason=reason, usage=usage)


def rows_of(letter: Letter) -> tuple[Row, ...]:
    """The rows of a letter that have words, numbered through all its documents."""
    found: list[Row] = []
    for document in letter.documents:
        start = 0
        for text in document.text.split("\n"):
            if text.strip() and len(found) < MOST_ROWS:
                found.append(Row(id=f"R{len(found) + 1}", source=document.source, start=start, text=text))
            start += len(text) + 1
    return tuple(found)


def shape_of(rows: Sequence[Row]) -> type[WireLetter]:
    """The answer narrowed to this letter: only its rows, and only numbers that stand in it, unless words count too."""
    ids: Any = Literal[tuple(row.id for row in rows)]
    narrowed: dict[str, Any] = {"row": (ids, ...)}
    numbers = tuple(dict.fromkeys(found[0].strip() for row in rows for found in _NUMBER.finditer(row.text)))
    if 0 < len(numbers) <= MOST_CHOICES and not any(_DOZENS.search(row.text) for row in rows):
        number: Any = Literal[numbers]
        narrowed["quantity"] = (number | None, ...)
    line: Any = create_model("WireLine", __base__=WireLine, **narrowed)
    lines: Any = list[line]
    return create_model("WireLetter", __base__=WireLetter, lines=(lines, Field(max_length=MOST_LINES)))


def _transcript(wire: WireLetter, rows: Sequence[Row]) -> Transcript:
    """The answer as words with their places; a value whose words are nowhere is left out and said to be unclear."""
    unclear = [Unclear(field=one.field, line=one.line, why=_plain(one.why)) for one in wire.unclear]

    def anywhere(name: str, text: str | None) -> Said | None:
        found = _find(text, rows)
        if text and found is None:
            unclear.append(Unclear(field=name, why="the model named words that are not in the letter"))
        return found

    lines = tuple(_line(number, one, rows, unclear) for number, one in enumerate(wire.lines, start=1))
    return Transcript(
        kind=TranscriptKind(wire.kind),
        language="" if wire.language == "other" else wire.language,
        customer=anywhere("customer", wire.customer),
        customer_po=anywhere("customer_po", wire.customer_po),
        requested=anywhere("requested", wire.requested),
        ship_to=anywhere("ship_to", wire.ship_to),
        currency=anywhere("currency", wire.currency),
        lines=lines,
        unclear=tuple(unclear),
        instructions=tuple(found for text in wire.instructions if (found := _find(text, rows)) is not None),
        by=ReadBy.MODEL,
    )


def _line(number: int, wire: WireLine, rows: Sequence[Row], unclear: list[Unclear]) -> TranscribedLine:
    own = [row for row in rows if row.id == wire.row]
    values: dict[str, Said | None] = {}
    for name in ("item", "description", "quantity", "unit", "requested", "unit_price"):
        text: str | None = getattr(wire, name)
        near = own if name in {"item", "quantity", "unit", "unit_price"} else (*own, *rows)
        values[name] = _find(text, near)
        if text and values[name] is None:
            why = "the model named words that are not in the line's row"
            unclear.append(Unclear(field=name, line=number, why=why))
    return TranscribedLine(**values)


def _find(text: str | None, rows: Iterable[Row]) -> Said | None:
    """Where words stand, as whole words, in the first row that has them."""
    if not text or not text.strip():
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(text.strip())}(?!\w)")
    for row in rows:
        found = pattern.search(row.text)
        if found:
            start = row.start + found.start()
            return Said(text=found[0], quote=found[0], source=row.source, start=start, end=start + len(found[0]))
    return None


def _plain(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _correction(said: str, fault: str) -> Iterable[Message]:
    if said:
        yield Message(role="assistant", content=said)
    yield Message(role="user", content=f"Your answer cannot be used: {fault}. Answer again with the whole JSON object.")
