"""A supplier's reply read by a model that has no tools: it may only copy words of the mail, and each is looked up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.port import Message, ModelPort
from agents.llm.prompt_fields import PromptField
from agents.order_intake.transcribing import Row, rows_of
from agents.order_intake.values.numbers import habits_of
from agents.prompts import prompt
from agents.supplier_letters.values import Asked, words_read
from core.domain.inquiries import LetterFacts
from core.domain.inquiry_replies import FieldRead, Finding, FindingKind, QuoteField, QuoteRead
from core.domain.intake.letters import Letter
from core.domain.intake.transcripts import ReadBy, Said

PURPOSE = "read_quote"
TRIES = 2
MOST_PLACES, MOST_BESIDE = 4, 12
_BEYOND_REPAIR = frozenset({ModelFailure.REFUSED, ModelFailure.CONTENT_FILTERED})


class WireSaid(BaseModel):
    """Words of one row; `row` is narrowed to the rows of the mail when a model is asked."""

    model_config = ConfigDict(extra="forbid")

    row: str
    words: str = Field(min_length=1, max_length=200)


class WireBeside(WireSaid):
    """Words that are no part of the quote."""

    kind: FindingKind


class WireQuote(BaseModel):
    """What a model answers: words of the mail only."""

    model_config = ConfigDict(extra="forbid")

    unit_price: list[WireSaid] = Field(max_length=MOST_PLACES)
    currency: list[WireSaid] = Field(max_length=MOST_PLACES)
    available: list[WireSaid] = Field(max_length=MOST_PLACES)
    minimum: list[WireSaid] = Field(max_length=MOST_PLACES)
    lead_time_days: list[WireSaid] = Field(max_length=MOST_PLACES)
    valid_until: list[WireSaid] = Field(max_length=MOST_PLACES)
    declines: list[WireSaid] = Field(max_length=MOST_PLACES)
    beside: list[WireBeside] = Field(max_length=MOST_BESIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuote:
    """What the model read, or None with the reason why its answer is not used."""

    read: QuoteRead | None
    reason: str = ""


def read_reply_by_model(letter: Letter, asked: Asked, facts: LetterFacts, model: ModelPort) -> ModelQuote:
    """Ask once, and once more when the answer can be repaired. The model is told the rows of the mail and what was
    asked for, never a price of ours."""
    rows = [row for row in rows_of(letter) if row.source not in {"subject", "from"}]
    if not rows:
        return ModelQuote(read=None, reason="the mail has no words a model could read")
    messages, shape, reason = _opening(rows, facts), shape_of(rows), ""
    for _ in range(TRIES):
        try:
            return ModelQuote(read=_read(model.complete(messages, shape, PURPOSE).value, rows, letter, asked))
        except ModelUnavailableError as error:
            return ModelQuote(read=None, reason=f"the model did not answer ({error.failure})")
        except ModelInvalidError as error:
            reason = f"the model's answer could not be used ({error.failure})"
            if error.failure in _BEYOND_REPAIR:
                break
            messages = [*messages, *_correction(error.said, error.message)]
    return ModelQuote(read=None, reason=reason)


def shape_of(rows: Sequence[Row]) -> type[WireQuote]:
    """The answer narrowed to this mail: only its rows."""
    ids: Any = Literal[tuple(row.id for row in rows)]
    said: Any = create_model("WireSaid", __base__=WireSaid, row=(ids, ...))
    beside: Any = create_model("WireBeside", __base__=WireBeside, row=(ids, ...))
    listed: Any = list[said]
    besides: Any = list[beside]
    places: Any = (listed, Field(max_length=MOST_PLACES))
    fields: dict[str, Any] = dict.fromkeys((*(field.value for field in QuoteField), "declines"), places)
    return create_model("WireQuote", __base__=WireQuote, **fields, beside=(besides, Field(max_length=MOST_BESIDE)))


def _opening(rows: Sequence[Row], facts: LetterFacts) -> list[Message]:
    asked = {
        "item": facts.item,
        "quantity": str(facts.quantity),
        "unit": facts.unit,
        "needed_by": facts.needed_by.isoformat(),
    }
    told = (
        PromptField(name="asked", value=asked),
        PromptField(name="letter", value={"rows": [{"id": row.id, "text": row.text} for row in rows]}),
    )
    return [Message(role="system", content=prompt(PURPOSE)), Message(role="user", told=told)]


def _read(wire: WireQuote, rows: Sequence[Row], letter: Letter, asked: Asked) -> QuoteRead:
    """The answer as words with their places, each understood as the rules understand it; a value whose words are not
    in its row is unclear."""
    habits = habits_of(row.text for row in rows)
    language = letter.languages[0] if letter.languages else ""
    fields: list[FieldRead] = []
    for field in QuoteField:
        said: list[WireSaid] = getattr(wire, field.value)
        for one in said:
            found = _find(one, rows)
            if found is None:
                fields.append(FieldRead(field=field, readings=(), said=_nowhere(one), why="the model's own words"))
            else:
                fields.append(words_read(field, found, language, habits, asked))
    return QuoteRead(
        by=ReadBy.MODEL,
        fields=tuple(dict.fromkeys(fields)),
        declines=next(_found(wire.declines, rows), None),
        findings=tuple(
            Finding(kind=one.kind, said=_plain(found.quote))
            for one in wire.beside
            if (found := _find(one, rows)) is not None
        ),
    )


def _found(said: Iterable[WireSaid], rows: Sequence[Row]) -> Iterator[Said]:
    return (found for one in said if (found := _find(one, rows)) is not None)


def _find(one: WireSaid, rows: Sequence[Row]) -> Said | None:
    """Where the words stand in their row, as whole words."""
    words = one.words.strip()
    row = next((row for row in rows if row.id == one.row), None)
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", row.text) if row and words else None
    if row is None or found is None:
        return None
    start = row.start + found.start()
    return Said(text=words, quote=words, source=row.source, start=start, end=start + len(words))


def _nowhere(one: WireSaid) -> Said:
    return Said(text=_plain(one.words), quote="", source="", start=0, end=0)


def _plain(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:200]


def _correction(said: str, fault: str) -> Iterator[Message]:
    if said:
        yield Message(role="assistant", content=said)
    yield Message(role="user", content=f"Your answer cannot be used: {fault}. Answer again with the whole JSON object.")
