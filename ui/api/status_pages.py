"""What a customer sees who opens a link to an order: how it stands, and a form to send something back. No script."""

from collections.abc import Iterator
from datetime import date
from html import escape
from uuid import uuid4

from fastapi.responses import HTMLResponse

from core.domain.returns import ReturnReason, Wish
from ui.api import pages
from ui.schemas.identity import OrderStatus, StatusLine, StatusParcel

HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
_REASONS = {
    ReturnReason.DAMAGED: "It arrived damaged",
    ReturnReason.DEFECTIVE: "It does not work",
    ReturnReason.WRONG_ITEM: "It is the wrong item",
    ReturnReason.LATE: "It came too late",
    ReturnReason.NOT_NEEDED: "It is not needed any more",
    ReturnReason.END_OF_LIFE: "It has come to its end",
    ReturnReason.OTHER: "Something else",
}
_WISHES = {Wish.REFUND: "The money back", Wish.EXCHANGE: "The same again"}


def status_page(status: OrderStatus, token: str, *, said: str = "", bad: str = "", code: int = 200) -> HTMLResponse:
    """The order as it stands now; `said` and `bad` are what became of a request just made."""
    body = "".join(
        (
            f'<p role="status">{escape(said)}</p>' if said else "",
            f'<p class="bad" role="alert">{escape(bad)}</p>' if bad else "",
            *_order(status),
            *_form(status, token),
        )
    )
    return pages.page(f"Order {status.order}", body, status=code, headers=HEADERS)


def _order(status: OrderStatus) -> Iterator[str]:
    yield f"<p>{escape(status.state.capitalize())}, as of {_day(status.as_of)}."
    yield f" Your number: {escape(status.customer_po)}.</p>" if status.customer_po else "</p>"
    yield "<dl>"
    for line in status.lines:
        yield f"<dt>{escape(line.name)} ({escape(line.item)})</dt><dd>{escape(_told(line))}</dd>"
    yield "</dl>"
    if status.parcels:
        yield "<dl>"
        for parcel in status.parcels:
            yield f"<dt>Shipment {escape(parcel.number)}</dt><dd>{escape(_way(parcel))}</dd>"
        yield "</dl>"
    for one in status.returns:
        state = escape(one.state.replace("_", " "))
        yield f"<p>Return {escape(one.number)}: {one.units:,} units, {state}.</p>"


def _told(line: StatusLine) -> str:
    promised = f"promised for {_day(line.promised)}" if line.promised else "not promised yet"
    return f"{line.ordered:,} ordered, {line.shipped:,} shipped, {promised}"


def _way(parcel: StatusParcel) -> str:
    tracking = f" {parcel.carrier} {parcel.tracking}".rstrip()
    if parcel.delivered is not None:
        return f"there since {_day(parcel.delivered)}{tracking}"
    expected = f", expected {_day(parcel.expected)}" if parcel.expected else ""
    return f"{parcel.state.replace('_', ' ')}{expected}{tracking}"


def _form(status: OrderStatus, token: str) -> Iterator[str]:
    lines = [line for line in status.lines if line.returnable]
    if not lines:
        return
    yield f'<h2>Send something back</h2><form method="post" action="/status/{escape(token)}/returns">'
    yield f'<input type="hidden" name="key" value="{uuid4().hex}">'
    yield "<label>What" + _select("line", {str(line.line): f"{line.name}, up to {line.returnable:,}" for line in lines})
    yield '</label><label>How many<input name="quantity" type="number" min="1" value="1" required></label>'
    yield f"<label>Why{_select('reason', {one.value: said for one, said in _REASONS.items()})}</label>"
    yield f"<label>You would like{_select('wish', {one.value: said for one, said in _WISHES.items()})}</label>"
    yield '<label>Serial number, if it has one<input name="serial" maxlength="100"></label>'
    yield '<label>Anything we should know<input name="note" maxlength="500"></label>'
    yield '<button class="act" type="submit">Ask to send it back</button>'
    yield "<p>Please wait for our answer before you send anything.</p></form>"


def _select(name: str, choices: dict[str, str]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(said)}</option>' for value, said in choices.items())
    return f'<select name="{escape(name)}">{options}</select>'


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"
