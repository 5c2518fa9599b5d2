"""A draft order on the terminal and as JSON: each value beside the words it came from, and how sure it is."""

from rich.markup import escape
from rich.table import Table

from core.domain.intake.drafts import DraftLine, DraftOrder, DraftState, Field, Level
from core.domain.intake.transcripts import TranscriptKind
from core.domain.intake.wording import Written
from ui.cli.printing import console, count, day, heading, money, say, table

STYLES = {Level.HIGH: "green", Level.REVIEW: "yellow", Level.LOW: "red"}
_COLUMNS = (("field", "code"), ("value", "left"), ("sure", "code"), ("written", "left"), ("why", "left"))
_LONGEST = 60
_LINES_SHOWN = 40


def show_draft(draft: DraftOrder, *, currency: str, mail: Written | None) -> None:
    """The whole draft, what is asked, and the mail that would ask it."""
    heading(f"{draft.id}, version {draft.version}: {_headline(draft)}")
    rows = [(name, field) for name, field in draft.fields if _says(field)]
    shown = draft.lines[:_LINES_SHOWN]
    for line in shown:
        rows += [(f"line{line.number}.{name}", field) for name, field in line.fields if _says(field)]
    console.print(_fields(rows))
    for line in shown:
        say(f"  {_line(line, currency)}")
    if len(draft.lines) > len(shown):
        say(f"  and {count(len(draft.lines) - len(shown), 'line')} more; --json has all of them", style="dim")
    for note in draft.notes:
        say(f"  note: {note}", style="yellow")
    if draft.questions:
        heading(f"{count(len(draft.questions), 'question')} before this can be an order")
        for one in draft.questions[:_LINES_SHOWN]:
            where = f"line{one.line}." if one.line else ""
            say(f"  {where}{one.about}: {one.why}" + (f"; possible: {', '.join(one.choices)}" if one.choices else ""))
    if mail is not None:
        heading("The mail that asks, sent only when a person says so")
        say(f"  Subject: {mail.subject}")
        for text in mail.body.splitlines():
            say(f"  {text}", style="dim")


def say_next(draft: DraftOrder, words: str) -> None:
    """What somebody may type now."""
    if draft.state is DraftState.CONFIRMED:
        say(f"It is order {draft.order}.")
    elif not draft.open:
        say(f"It is {draft.state.value}; nothing is left to do.")
    elif draft.questions:
        name = draft.questions[0].name
        say(
            f"Next: `expediter draft {draft.id} --ask{words}` asks the customer,"
            f" `expediter draft {draft.id} --set {name}=VALUE{words}` answers for them."
            if draft.customer_code
            else f"Next: `expediter draft {draft.id} --set customer=CODE{words}` says who it is from."
        )
    elif draft.confirmable:
        second = " --second" if draft.repeats else ""
        say(
            f"Next: `expediter draft {draft.id} --confirm{second}{words}` makes it"
            f" {'a case' if draft.changes else 'an order'}, `expediter draft {draft.id} --reject TEXT{words}` drops it."
        )
    else:
        say(f"Next: `expediter draft {draft.id} --reject TEXT{words}` drops it.")


def draft_table(drafts: tuple[DraftOrder, ...]) -> Table:
    """Many drafts, one a row."""
    columns = (
        ("draft", "code"),
        ("state", "code"),
        ("sure", "code"),
        ("customer", "left"),
        ("PO", "left"),
        ("lines", "right"),
        ("order", "code"),
    )
    made = table("Drafts", columns, ())
    for one in drafts:
        cells = (
            one.id,
            one.state.value,
            one.level.value,
            one.customer.value or "?",
            one.customer_po.value or "-",
            len(one.lines),
            one.order or one.repeats or "-",
        )
        made.add_row(*(escape(str(cell)) for cell in cells), style=STYLES[one.level])
    return made


def draft_json(draft: DraftOrder, mail: Written | None = None) -> dict[str, object]:
    """A draft as JSON values."""
    return {
        "id": draft.id,
        "version": draft.version,
        "state": draft.state.value,
        "kind": draft.kind.value,
        "level": draft.level.value,
        "language": draft.language,
        "read_by": draft.by.value,
        **{name: _value(field) for name, field in draft.fields},
        "lines": [
            {
                "number": line.number,
                "level": line.level.value,
                **{name: _value(field) for name, field in line.fields},
                "units": line.units,
                "our_price": line.price,
                "promise": line.promise.day if line.promise else None,
                "promise_why": line.promise.why if line.promise else "",
            }
            for line in draft.lines
        ],
        "questions": [
            {"about": one.about, "line": one.line, "quote": one.quote, "choices": list(one.choices), "why": one.why}
            for one in draft.questions
        ],
        "notes": list(draft.notes),
        "instructions": list(draft.instructions),
        "order": draft.order,
        "repeats": draft.repeats or None,
        "mail": None if mail is None else {"subject": mail.subject, "body": mail.body},
    }


def _headline(draft: DraftOrder) -> str:
    kind = draft.kind.value if draft.kind is not TranscriptKind.OTHER else "letter"
    about = f" of {draft.order}" if draft.order and draft.changes else ""
    return f"{kind}{about}, {draft.state.value}, {draft.level.value}"


def _says(field: Field) -> bool:
    return field.value is not None or field.said is not None or field.level is not Level.HIGH


def _fields(rows: list[tuple[str, Field]]) -> Table:
    made = table("", _COLUMNS, ())
    for name, field in rows:
        cells = (name, field.value or "?", field.level.value, _written(field), "; ".join(field.why))
        made.add_row(*map(escape, cells), style=STYLES[field.level])
    return made


def _written(field: Field) -> str:
    if field.said is None:
        return "-"
    plain = " ".join(field.said.quote.split())
    short = plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
    return f"{short} ({field.said.source})"


def _line(line: DraftLine, currency: str) -> str:
    units = (
        f"{line.units:,} base units of {line.item_code}" if line.units else f"{line.item.value or 'an unknown item'}"
    )
    price = f", {money(line.price, currency)} each" if line.price is not None else ""
    promise = line.promise
    if promise is None:
        return f"line {line.number}: {units}{price}"
    when = f"could be there on {day(promise.day)}" if promise.day else "has no day"
    late = " (later than wanted)" if promise.day and line.day and promise.day > line.day else ""
    why = f": {promise.why}" if promise.why and (late or not promise.day) else ""
    return f"line {line.number}: {units}{price}, {when}{late}{why}"


def _value(field: Field) -> dict[str, object]:
    said = field.said
    return {
        "value": field.value,
        "level": field.level.value,
        "quote": said.quote if said else None,
        "source": said.source if said else None,
        "why": list(field.why),
        "candidates": list(field.candidates),
    }
