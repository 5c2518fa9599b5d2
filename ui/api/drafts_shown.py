"""Drafts as clients see them."""

from collections.abc import Iterable

from core.domain.intake.drafts import DraftLine, DraftOrder, Field
from ui.schemas.desk import DraftField, DraftHead, DraftLineReply, DraftQuestion, DraftReply


def draft_head(draft: DraftOrder) -> DraftHead:
    """A draft in a list."""
    return DraftHead(
        id=draft.id,
        version=draft.version,
        state=draft.state.value,
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
        notes=draft.notes,
    )


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
