"""A transcript as a few lines of text, to be compared with what a clerk would have written down."""

from core.domain.intake.transcripts import Said, Transcript


def shown(transcript: Transcript) -> str:
    """Facts that were read, a line a position, then what is unclear and what tries to command."""
    facts = {
        "po": transcript.customer_po,
        "dated": transcript.order_date,
        "for": transcript.requested,
        "to": transcript.ship_to,
        "by": transcript.customer,
        "terms": transcript.payment_terms,
        "currency": transcript.currency,
    }
    head = [f"{transcript.kind.value} {transcript.language}".strip()]
    head += [f"{name}: {said.text}" for name, said in facts.items() if said]
    lines = [
        "- "
        + " | ".join(
            _text(one)
            for one in (line.item, line.description, line.quantity, line.unit, line.requested, line.unit_price)
        )
        for line in transcript.lines
    ]
    unclear = [f"? {one.field}{f' {one.line}' if one.line else ''}: {one.why}" for one in transcript.unclear]
    return "\n".join([*head, *lines, *unclear, *(f"! {one.text}" for one in transcript.instructions)])


def _text(said: Said | None) -> str:
    return " ".join(said.text.split()) if said else ""
