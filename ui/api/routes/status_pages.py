"""The page behind a link to an order: its status for whoever has the link, and a form to ask for a return."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse

from core.domain.errors import InvalidValueError
from core.domain.ids import SerialNo
from core.domain.returns import ReturnReason, Wish
from core.services.identity import shown_by_link
from core.services.returning.requesting import AskedBack
from core.services.returning.self_service import AskForReturn, ask_for_return
from ui.api.door import NOBODY, AtDoor
from ui.api.errors import STATUS_OF
from ui.api.routes.signing_in import PageRoute
from ui.api.status_pages import status_page
from ui.api.status_views import order_status

router = APIRouter(prefix="/status", route_class=PageRoute, include_in_schema=False)
TokenPath = Annotated[str, Path(alias="token", max_length=100, pattern=r"^exl_[A-Za-z0-9_-]+$")]
Field = Annotated[str, Form(max_length=500)]


@router.get("/{token}")
def look(token: TokenPath, door: AtDoor) -> HTMLResponse:
    """How the order stands now."""
    with door.open_uow(NOBODY) as uow:
        return status_page(order_status(uow, shown_by_link(uow, token)), token)


@router.post("/{token}/returns")
def ask(
    token: TokenPath,
    door: AtDoor,
    key: Annotated[str, Form(max_length=64, pattern=r"^[0-9a-f]{32}$")],
    line: Annotated[int, Form(ge=1)],
    quantity: Annotated[int, Form(ge=1, le=1_000_000_000)],
    reason: Annotated[ReturnReason, Form()],
    wish: Annotated[Wish, Form()] = Wish.REFUND,
    serial: Field = "",
    note: Field = "",
) -> HTMLResponse:
    """Ask to send something back; the page says what became of it."""
    asked = AskedBack(line=line, quantity=quantity, reason=reason, serial=SerialNo(serial.strip()))
    try:
        with door.open_uow(NOBODY) as uow:
            order = shown_by_link(uow, token)
            command = AskForReturn(key=f"{order}:{key}", order=order, lines=(asked,), wish=wish, note=note.strip())
            done = ask_for_return(uow, command)
            said = f"We have your request under the number {done.number}. Please wait for our answer."
            return status_page(order_status(uow, order), token, said=said)
    except InvalidValueError as error:
        with door.open_uow(NOBODY) as uow:
            shown = order_status(uow, shown_by_link(uow, token))
        return status_page(shown, token, bad=f"That cannot be sent back: {error.message}", code=STATUS_OF[error.code])
