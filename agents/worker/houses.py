"""Who a call over the Model Context Protocol is for: the key that came with its request, or the one of this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from agents.worker.machines import Machines
from core.domain.errors import AuthenticationError
from core.domain.permissions import Permission
from tools.admission import AdmittedToolset
from tools.spec import Cost

CHANNEL = "mcp"


@runtime_checkable
class Headed(Protocol):
    """A request as far as it is looked at."""

    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class McpHouse:
    """Lets callers in, each call anew: a key that was revoked a second ago opens nothing. `token` is the key of the
    process where there are no requests, on standard input."""

    machines: Machines
    token: str = ""

    def admit(self, request: object | None, cost: Cost) -> AdmittedToolset:
        """The tools of whoever holds the key, with the call counted."""
        token = self.token if request is None else bearer(request)
        principal = self.machines.admit(token, Permission.MCP_USE, cost)
        return self.machines.tools(principal, channel=CHANNEL)


def bearer(request: object) -> str:
    """The token of a request; AuthenticationError where there is none."""
    said = request.headers.get("authorization", "") if isinstance(request, Headed) else ""
    kind, _, token = said.partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise AuthenticationError("send an API key as 'Authorization: Bearer KEY'")
    return token.strip()
