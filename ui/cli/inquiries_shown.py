"""Letters to suppliers and their replies on the terminal and as JSON: values beside the words they stand in."""

from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import InquiryId
from core.domain.inquiries import Inquiry, InquiryState
from core.domain.inquiry_replies import FOR_PEOPLE, FieldValue, Reply
from ui.cli.printing import console, count, heading, say, table

_COLUMNS = (("inquiry", "code"), ("state", "code"), ("to", "left"), ("what", "left"), ("case", "code"))
_VALUES = (("value", "code"), ("read as", "left"), ("written", "left"), ("why", "left"))


def inquiry_table(found: Sequence[Inquiry], replies: Mapping[InquiryId, Sequence[Reply]]) -> Table:
    """Many letters, one a row."""
    made = table("Letters to suppliers", (*_COLUMNS, ("answer by", "code"), ("reply", "left")), ())
    for one in found:
        facts, last = one.facts, [f"{reply.id} {reply.state.value}" for reply in replies[one.id]][-1:]
        what = f"{one.kind.value}: {facts.quantity} {facts.unit} {facts.item}"
        cells = (one.id, one.state.value, one.supplier, what, one.case, facts.reply_by, *(last or ["-"]))
        made.add_row(*(escape(str(cell)) for cell in cells))
    return made


def show_inquiry(inquiry: Inquiry, replies: Sequence[Reply], approvals: Sequence[Approval]) -> None:
    """The letter as it goes out, what it waits for, and each reply with its values."""
    heading(
        f"{inquiry.id}, version {inquiry.version}: {inquiry.kind.value} to {inquiry.supplier}, {inquiry.state.value}"
    )
    if inquiry.note:
        say(f"  note: {inquiry.note}", style="yellow")
    show_letter(inquiry)
    for one in approvals:
        if one.state is ApprovalState.PENDING:
            missing = one.approvals_needed - len(one.approvers)
            say(f"  {one.id} waits: {count(missing, 'more approval')} needed, hash {one.plan_hash}", style="dim")
    for reply in replies:
        _show_reply(reply)


def show_letter(inquiry: Inquiry) -> None:
    """Exactly what is sent."""
    letter = inquiry.letter
    say(f"  To: {letter.recipient}")
    say(f"  Subject: {letter.subject}")
    for line in letter.body.splitlines():
        say(f"  | {line}", style="dim")


def show_letter_approval(inquiry: Inquiry, approval: Approval) -> None:
    """What a person agrees to, with its hash: this text, to this address, once."""
    heading(f"To be sent: {inquiry.id} to {inquiry.supplier}  ({approval.id})")
    show_letter(inquiry)
    until = f"{approval.expires_at:%Y-%m-%d %H:%M} UTC"
    missing = approval.approvals_needed - len(approval.approvers)
    say(f"{approval.state}; {count(missing, 'more approval')} needed ({approval.rule}); until {until}")
    say("a letter that was sent cannot be taken back", style="dim")
    say(f"letter hash {approval.plan_hash}", style="dim")


def _show_reply(reply: Reply) -> None:
    heading(f"{reply.id} from {reply.sender or 'nobody certain'}, {reply.state.value}")
    for line in reply.text.splitlines():
        say(f"  | {line}", style="dim")
    made = table("", _VALUES, ())
    for one in reply.fields:
        made.add_row(*(escape(cell) for cell in _cells(one)), style="" if one.value else "yellow")
    if reply.fields:
        console.print(made)
    for why in reply.why:
        say(f"  {why}", style="yellow" if reply.state in FOR_PEOPLE else "dim")


def _cells(one: FieldValue) -> tuple[str, str, str, str]:
    settled = f"said by {one.settled_by}" if one.settled_by else ("the usual; nothing is said" if one.usual else "")
    why = one.why or settled
    return one.field.value, one.value or " or ".join(one.readings) or "?", one.said, why


def say_next(inquiry: Inquiry, replies: Sequence[Reply], approvals: Sequence[Approval], words: str) -> None:
    """What somebody may type now."""
    waiting = [one.id for one in approvals if one.state is ApprovalState.PENDING]
    open_replies = [one for one in replies if one.state in FOR_PEOPLE]
    if waiting:
        say(f"Next: `expediter approve {waiting[0]}{words}` sends it; until somebody says yes nothing is sent.")
        say(f"      `expediter reject {waiting[0]} --reason TEXT{words}` drops it.")
    elif inquiry.state is InquiryState.DRAFT:
        say(f"Next: `expediter inquiry {inquiry.id} --propose{words}` puts it before people.")
    elif open_replies:
        reply = open_replies[-1]
        say(f"Next: `expediter inquiry {reply.id} --settle NAME=VALUE --use{words}` says what is open and uses it,")
        say(f"      `expediter inquiry {reply.id} --dismiss TEXT{words}` drops it.")
    elif inquiry.state is InquiryState.ANSWERED:
        say(f"Next: `expediter resolve {inquiry.case}{words}` plans with what they offer.")
    elif inquiry.state is InquiryState.SENT:
        say(f"Sent; an answer is looked for until {inquiry.facts.reply_by}.")


def inquiry_json(inquiry: Inquiry, replies: Sequence[Reply], approvals: Sequence[Approval]) -> dict[str, object]:
    """A letter with its replies as JSON values."""
    facts, letter = inquiry.facts, inquiry.letter
    return {
        "id": inquiry.id,
        "version": inquiry.version,
        "state": inquiry.state.value,
        "kind": inquiry.kind.value,
        "case": inquiry.case,
        "supplier": inquiry.supplier,
        "item": facts.item,
        "quantity": facts.quantity,
        "unit": facts.unit,
        "needed_by": facts.needed_by,
        "reply_by": facts.reply_by,
        "language": letter.language,
        "written_by": inquiry.written_by.value,
        "letter": {"to": letter.recipient, "subject": letter.subject, "body": letter.body},
        "note": inquiry.note,
        "approvals": [{"id": one.id, "state": one.state.value, "plan_hash": one.plan_hash} for one in approvals],
        "replies": [reply_json(one) for one in replies],
    }


def reply_json(reply: Reply) -> dict[str, object]:
    """A reply as JSON values: each value beside its words."""
    return {
        "id": reply.id,
        "state": reply.state.value,
        "from": reply.sender,
        "subject": reply.subject,
        "text": reply.text,
        "values": {
            one.field.value: {
                "value": one.value,
                "quote": one.said or None,
                "readings": list(one.readings),
                "why": one.why,
                "settled_by": one.settled_by,
                "usual": one.usual,
            }
            for one in reply.fields
        },
        "why": list(reply.why),
        "evidence": f"quote:{reply.quote.quote_id}" if reply.quote else None,
    }
