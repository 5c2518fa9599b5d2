"""Drafts as clients see them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from core.domain.intake.drafts import DraftLine, DraftOrder, Field, least
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import Said
from ui.schemas.desk import (
    DraftField,
    DraftHead,
    DraftLineReply,
    DraftPart,
    DraftPiece,
    DraftQuestion,
    DraftReply,
    DraftSource,
)


def draft_head(draft: DraftOrder) -> DraftHead:
    """A draft in a list."""
    return DraftHead(
        id=draft.id,
        version=draft.version,
        state=draft.state.value,
        open=draft.open,
        confirmable=draft.confirmable,
        kind=draft.kind.value,
        level=draft.level.value,
        customer=draft.customer.value,
        customer_po=draft.customer_po.value,
        lines=len(draft.lines),
        order=draft.order,
        repeats=draft.repeats,
    )


def draft_reply(draft: DraftOrder) -> DraftReply:
    """The whole of it."""
    return DraftReply(
        head=draft_head(draft),
        sender=draft.sender,
        read_by=draft.by.value,
        language=draft.language,
        fields=_fields(draft.fields),
        lines=tuple(_line(line) for line in draft.lines),
        questions=tuple(DraftQuestion.model_validate(one, from_attributes=True) for one in draft.questions),
        settable=draft.settable,
        notes=draft.notes,
    )


def draft_source(draft: DraftOrder, letters: Iterable[Letter]) -> DraftSource:
    """The letters in pieces: what was read from each, and how sure that is."""
    fields = [(name, field) for name, field in draft.fields]
    fields += [(f"line{line.number}.{name}", field) for line in draft.lines for name, field in line.fields]
    parts = (one for letter in letters for one in letter.documents)
    return DraftSource(items=tuple(DraftPart(source=one.source, pieces=tuple(_pieces(one, fields))) for one in parts))


def _pieces(part: Document, fields: Iterable[tuple[str, Field]]) -> Iterator[DraftPiece]:
    read = [
        (name, field.level, *_place(field.said)) for name, field in fields if field.said and _is_in(field.said, part)
    ]
    bounds = sorted({0, len(part.text), *(at for _, _, *place in read for at in place)})
    for start, end in pairwise(bounds):
        here = [(name, level) for name, level, first, last in read if first <= start and end <= last]
        level = least(level for _, level in here).value if here else None
        yield DraftPiece(text=part.text[start:end], fields=tuple(name for name, _ in here), level=level)


def _place(said: Said) -> tuple[int, int]:
    start = said.start + said.quote.index(said.text)
    return start, start + len(said.text)


def _is_in(said: Said, part: Document) -> bool:
    return said.source == part.source and said.text in said.quote == part.text[said.start : said.end]


def _line(line: DraftLine) -> DraftLineReply:
    return DraftLineReply(
        number=line.number,
        fields=_fields(line.fields),
        units=line.units,
        price=line.price,
        day=None if line.promise is None else line.promise.day,
        why_no_day="" if line.promise is None else line.promise.why,
    )


def _fields(fields: Iterable[tuple[str, Field]]) -> tuple[DraftField, ...]:
    return tuple(
        DraftField(
            name=name,
            value=field.value,
            level=field.level.value,
            quote="" if field.said is None else field.said.quote,
            why=field.why,
            candidates=field.candidates,
        )
        for name, field in fields
    )
