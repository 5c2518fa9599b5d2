"""The API as Python calls: every door by the name of its operation, answers as models, every failure a ClientError."""

import time
import uuid
from collections.abc import Callable

import httpx
from pydantic import ValidationError

from ui.client.calls import Asked, ClientError, first_fault
from ui.client.doors import Doors
from ui.schemas import CaseDetail, DecisionReply, DecisionRequest, Inbox, LoginReply, LoginRequest, UndoReply, WorkReply

__all__ = ["Client", "ClientError"]

_KEYS = uuid.UUID("6f4a3c1e-93b5-5f0e-8f0c-2f1f4c1f7a10")


class Client(Doors):
    """A session with one server. Without a token only `health` and `login` work; `login` keeps the token it got."""

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        channel: str = "api",
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(server, token=token, transport=transport, wait=wait)
        self._channel = channel

    def login(self, name: str, password: str) -> LoginReply:
        """Begin a session."""
        body = LoginRequest(name=name, password=password)
        reply = self.call(Asked(method="POST", path="/v1/login", body=body), LoginReply)
        self.token = reply.token
        return reply

    def logout(self) -> None:
        """End the session; the token is worth nothing afterwards."""
        self.answer(Asked(method="POST", path="/v1/logout"))
        self.token = None

    def inbox(
        self, *, state: str | None = None, type: str | None = None, owner: str | None = None, said: str | None = None
    ) -> Inbox:
        """The active cases, most urgent first."""
        return self.list_cases(state=state, type=type, owner=owner, said=said)

    def case(self, case: str) -> CaseDetail:
        """Everything about one case."""
        return self.get_case(case)

    def resolve(self, case: str) -> WorkReply:
        """Have options prepared and one proposed; nobody's decision is taken."""
        return self.resolve_case(case)

    def decide(self, approval: str, *, decision: str, plan_hash: str, comment: str = "") -> DecisionReply:
        """Approve or reject the plan that was displayed. The same call twice counts once."""
        try:
            body = DecisionRequest.model_validate(
                {"decision": decision, "plan_hash": plan_hash, "comment": comment, "channel": self._channel}
            )
        except ValidationError as error:
            raise ClientError("invalid_request", first_fault(error)) from error
        key = _key(self.token or "", approval, decision, plan_hash, body.comment)
        return self.decide_approval(approval, body, key=key)

    def undo(self, approval: str) -> UndoReply:
        """Take back an executed plan. The same call twice counts once."""
        return self.undo_approval(approval, key=_key(self.token or "", approval, "undo"))

    def metrics(self) -> str:
        """Figures for monitoring, as text."""
        return self.answer(Asked(method="GET", path="/metrics")).text


def _key(*parts: str) -> str:
    """The same for the same act in one session, so that a repeated click or a retry is recognised."""
    return str(uuid.uuid5(_KEYS, "\x1f".join(parts)))
