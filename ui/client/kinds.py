"""The kinds of doors of a client: something read, a list, something done, a file, a stream."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

import httpx
from pydantic import BaseModel

from ui.client.calls import JSON, Asked, Calls, ClientError, Reply, fresh_key, refusal

PLACES = re.compile(r"\{(\w+)\}")
_SEGMENT = re.compile(r"[^\s\x00-\x1f\x7f/\\?#%]{1,300}")
Body = TypeVar("Body", bound=BaseModel)
Wanted = TypeVar("Wanted", bound=BaseModel)
Listed = TypeVar("Listed", bound=BaseModel)
STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Door:
    """One operation of the API. Read from a client it is a function; from the class it is itself."""

    path: str
    calls: Calls | None = None

    def __get__(self, client: Calls | None, owner: type[object]) -> Self:
        return self if client is None else replace(self, calls=client)

    def at(self, ids: tuple[str | int, ...]) -> str:
        """The path with its places filled; ClientError for an id that could lead elsewhere."""
        places = PLACES.findall(self.path)
        if len(places) != len(ids):
            raise TypeError(f"{self.path} needs {', '.join(places) or 'nothing'}")
        path = self.path
        for place, value in zip(places, ids, strict=True):
            path = path.replace(f"{{{place}}}", segment(str(value)), 1)
        return path

    def client(self) -> Calls:
        """The client whose door this is."""
        assert self.calls is not None, "a door is called through a client"
        return self.calls


@dataclass(frozen=True, slots=True)
class Get(Door, Generic[Reply]):
    """Something that is read."""

    reply: type[Reply] = BaseModel  # type: ignore[assignment]  # always given

    def __call__(self, *ids: str | int, **params: object) -> Reply:
        """It, for these ids."""
        return self.tagged(*ids, **params)[0]

    def tagged(self, *ids: str | int, **params: object) -> tuple[Reply, str]:
        """It with its ETag, which a change of it names as `match`; empty where it has none."""
        client = self.client()
        asked = Asked(method="GET", path=self.at(ids), params=said(params))
        answer = client.answer(asked)
        return client.read(asked, answer, self.reply), answer.headers.get("ETag", "")


@dataclass(frozen=True, slots=True)
class List(Door, Generic[Wanted, Listed]):
    """A list, page by page."""

    wanted: type[Wanted] = BaseModel  # type: ignore[assignment]  # always given
    reply: type[Listed] = BaseModel  # type: ignore[assignment]  # always given

    def __call__(
        self,
        *ids: str | int,
        wanted: Wanted | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **more: object,
    ) -> Listed:
        """One page; `more` are filters a list has besides those that `wanted` has."""
        filters = {} if wanted is None else wanted.model_dump(mode="json", exclude_defaults=True)
        params = said({**filters, **more, "sort": sort, "limit": limit, "cursor": cursor})
        return self.client().call(Asked(method="GET", path=self.at(ids), params=params), self.reply)

    def pages(
        self,
        *ids: str | int,
        wanted: Wanted | None = None,
        sort: str | None = None,
        limit: int | None = None,
        **more: object,
    ) -> Iterator[Listed]:
        """Every page, each asked for when it is wanted."""
        cursor: str | None = None
        while True:
            page = self(*ids, wanted=wanted, sort=sort, limit=limit, cursor=cursor, **more)
            yield page
            cursor = getattr(page, "next", None)
            if cursor is None:
                return


@dataclass(frozen=True, slots=True)
class Do(Door, Generic[Reply]):
    """Something that is done, with nothing more to say of it."""

    reply: type[Reply] = BaseModel  # type: ignore[assignment]  # always given
    method: str = "POST"

    def __call__(self, *ids: str | int, key: str | None = None, match: str | None = None) -> Reply:
        """Do it, once under a key; without one, under one of its own."""
        return self.client().call(_act(self.method, self.at(ids), None, key, match), self.reply)


@dataclass(frozen=True, slots=True)
class Send(Door, Generic[Body, Reply]):
    """Something that is done as a body says."""

    body: type[Body] = BaseModel  # type: ignore[assignment]  # always given
    reply: type[Reply] = BaseModel  # type: ignore[assignment]  # always given
    method: str = "POST"

    def __call__(self, *ids_and_body: Any, key: str | None = None, match: str | None = None) -> Reply:
        """Do it: the ids of the path, then the body."""
        *ids, body = ids_and_body
        if not isinstance(body, self.body):
            raise TypeError(f"{self.path} takes a {self.body.__name__}")
        return self.client().call(_act(self.method, self.at(tuple(ids)), body, key, match), self.reply)


@dataclass(frozen=True, slots=True)
class Upload(Door, Generic[Reply]):
    """A file that is sent as it is."""

    reply: type[Reply] = BaseModel  # type: ignore[assignment]  # always given
    media_type: str = JSON

    def __call__(self, content: bytes, *, key: str | None = None, **params: object) -> Reply:
        """Send it."""
        asked = Asked(
            method="POST",
            path=self.path,
            body=content,
            params=said(params),
            key=key or fresh_key(),
            media_type=self.media_type,
        )
        return self.client().call(asked, self.reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An event of a stream: its number, what it is, and what it says."""

    number: int
    kind: str
    data: Any


@dataclass(frozen=True, slots=True)
class Follow(Door):
    """A stream of events, taken up again where it broke off."""

    def __call__(self, *ids: str | int, after: int = 0, wait: int = 600, tries: int = 5) -> Iterator[Heard]:
        """The events after a number, until the server has no more within so many seconds."""
        client, path = self.client(), self.at(ids)
        while True:
            try:
                for heard in _stream(client, path, after=after, wait=wait):
                    if heard.kind == STOPPING:
                        break
                    after = heard.number
                    yield heard
                else:
                    return
            except (httpx.ReadError, httpx.RemoteProtocolError) as error:
                if not tries:
                    raise client.unreached(error) from error
            except httpx.HTTPError as error:
                raise client.unreached(error) from error
            tries -= 1
            if tries < 0:
                raise ClientError("server_unreachable", f"{client.server} stops; try again later")
            client.wait(1.0)


def segment(identifier: str) -> str:
    """An id as one segment of a path; what could lead elsewhere is refused."""
    if not _SEGMENT.fullmatch(identifier) or identifier in {".", ".."}:
        raise ClientError("invalid_value", f"id {identifier!r} cannot be one: it has spaces, '/', '?', '#' or '%'")
    return identifier


def said(params: dict[str, object]) -> dict[str, object] | None:
    """What is asked for, without what is not; None for nothing."""
    return {
        name.rstrip("_"): str(value).lower() if isinstance(value, bool) else value
        for name, value in params.items()
        if value is not None
    } or None


def _act(method: str, path: str, body: BaseModel | None, key: str | None, match: str | None) -> Asked:
    keyed = (key or fresh_key()) if method == "POST" else None
    return Asked(method=method, path=path, body=body, key=keyed, match=match)


def _stream(client: Calls, path: str, *, after: int, wait: int) -> Iterator[Heard]:
    headers = client.authorised({"Accept": "text/event-stream", "Last-Event-ID": str(after)})
    with client.http.stream("GET", path, params={"wait": wait}, headers=headers) as answer:
        if not answer.is_success:
            answer.read()
            raise refusal(client.server, answer)
        fields: dict[str, str] = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(":")
            if line and name:
                fields[name] = value.removeprefix(" ")
            elif not line and "data" in fields:
                yield Heard(
                    number=int(fields.get("id", after)),
                    kind=fields.get("event", ""),
                    data=json.loads(fields["data"]),
                )
                fields = {}
