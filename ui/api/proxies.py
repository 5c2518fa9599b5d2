"""Proxies before this server: which are trusted, and that nobody from elsewhere comes past them."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from core.domain.errors import UsageError
from ui.api.errors import problem

FOR_WATCHERS = frozenset({"/healthz", "/readyz"})
"""What watches the processes of an installation asks each of them, without a proxy; there is nothing to be learned."""
Network = IPv4Network | IPv6Network


class ByProxy:
    """Believes what trusted proxies forward (who asked, and whether over TLS). Whoever comes from another machine
    without one is refused: all that is said would cross the network in the open."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network]) -> None:
        self._app = app
        self._trusted = tuple(trusted)
        named = [str(one) for one in trusted]
        self._told: ASGIApp = ProxyHeadersMiddleware(app, named)  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue] - uvicorn's own types of the same thing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not self._trusted:
            await self._app(scope, receive, send)
            return
        host, port = scope.get("client") or ("", 0)
        caller = _address(host)
        if caller is not None and any(caller in one for one in self._trusted):
            await self._told({**scope, "client": (str(caller), port)}, receive, send)
        elif (caller is not None and caller.is_loopback) or scope["path"] in FOR_WATCHERS:
            await self._app(scope, receive, send)
        else:
            await _refused(scope, receive, send)


def networks(said: str) -> tuple[Network, ...]:
    """The addresses and networks of a setting, by comma; UsageError for what is none."""
    return tuple(_network(one.strip()) for one in said.split(",") if one.strip())


def _network(said: str) -> Network:
    try:
        found = ip_network(said)
    except ValueError as error:
        raise UsageError(
            f"EXPEDITER_TRUSTED_PROXIES names {said!r}; accepted are addresses such as '10.0.0.5' and networks such as"
            " '10.0.0.0/28'"
        ) from error
    if found.prefixlen == 0:
        raise UsageError(f"EXPEDITER_TRUSTED_PROXIES names {said!r}, which is everybody; name the proxies themselves")
    return found


def _address(said: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(said)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


async def _refused(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    why = "this server is asked through its proxy only; use the public address"
    await problem(403, "proxy_bypassed", why)(scope, receive, send)
