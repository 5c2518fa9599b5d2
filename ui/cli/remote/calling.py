"""Any operation of the API by its name."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ValidationError

from core.domain.errors import InvalidValueError, NotFoundError
from ui.cli.printing import print_json
from ui.cli.remote.session import asks
from ui.client import Client
from ui.client.calls import first_fault
from ui.client.doors import Doors
from ui.client.kinds import PLACES, Do, Door, Follow, Send, Upload

Given = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID|NAME=VALUE]...", help="The ids of its path in order, then filters by name."),
]


@asks
def call_command(
    client: Client,
    operation: Annotated[str, typer.Argument(metavar="OPERATION", help="As docs/api.md and /v1/openapi.json name it.")],
    given: Given = None,
    body: Annotated[Path | None, typer.Option(metavar="FILE", help="What is sent; - is standard input.")] = None,
    key: Annotated[str | None, typer.Option(help="Do it once under this key, however often it is said.")] = None,
    match: Annotated[str | None, typer.Option("--if-match", metavar="ETAG", help="Only if it is still this.")] = None,
) -> None:
    """Call any operation of the API by its name, and print what it answers as JSON."""
    door = vars(Doors).get(operation)
    if not isinstance(door, Door):
        known = ", ".join(sorted(name for name, value in vars(Doors).items() if isinstance(value, Door)))
        raise NotFoundError(f"there is no operation {operation!r}; there are {known}")
    ids, named = _given(door, given or [])
    bound = getattr(client, operation)
    content = b"" if body is None else sys.stdin.buffer.read() if str(body) == "-" else body.read_bytes()
    said = _Said(ids=ids, named=named, content=content, key=key, match=match)
    for answer in said.to(bound):
        print_json(answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What an operation is called with."""

    ids: list[str]
    named: dict[str, str]
    content: bytes
    key: str | None
    match: str | None

    def to(self, door: Any) -> list[Any]:
        """What it answers."""
        if isinstance(door, Follow):
            return [{"number": one.number, "kind": one.kind, "data": one.data} for one in door(*self.ids, wait=0)]
        if isinstance(door, Upload):
            return [door(self.content, key=self.key, **self.named)]
        if isinstance(door, Send):
            return [door(*self.ids, _read(door.body, self.content), key=self.key, match=self.match)]
        if isinstance(door, Do):
            return [door(*self.ids, key=self.key, match=self.match)]
        return [door(*self.ids, **self.named)]


def _given(door: Door, given: list[str]) -> tuple[list[str], dict[str, str]]:
    places = PLACES.findall(door.path)
    ids, rest = given[: len(places)], given[len(places) :]
    if len(ids) < len(places) or any("=" not in one for one in rest):
        needed = " ".join(place.upper() for place in places)
        found = " ".join(given) or "nothing"
        raise InvalidValueError(f"it takes {needed or 'no id'} and then NAME=VALUE, not {found!r}")
    return ids, dict(one.split("=", 1) for one in rest)


def _read(kind: type[BaseModel], content: bytes) -> BaseModel:
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        raise InvalidValueError(f"the body is no {kind.__name__}: {first_fault(error)}", field="body") from error
