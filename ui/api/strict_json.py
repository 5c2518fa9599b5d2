"""Requests whose JSON means one thing only: no repeated key, no NaN, no number beyond reason, no bottomless nesting."""

import json
from decimal import Decimal
from typing import Any, Never

from fastapi import HTTPException, Request

LONGEST_NUMBER = 40
DEEPEST = 32


class StrictRequest(Request):
    """A request whose body is read strictly; what does not fit is an invalid request that says why."""

    async def json(self) -> Any:
        """The value of the body; numbers with a point or an exponent are decimals."""
        if not hasattr(self, "_json"):
            self._json = read_strictly(await self.body())
        return self._json


def read_strictly(body: bytes) -> Any:
    """The value of a JSON text; HTTPException (422) for what means nothing, or two things."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_unrepeated,
            parse_constant=_refused_constant,
            parse_float=_decimal,
            parse_int=_integer,
        )
    except RecursionError:
        raise _invalid(f"nested deeper than {DEEPEST}") from None
    except ValueError as error:
        raise _invalid(str(error)[:200]) from error
    if _depth(value) > DEEPEST:
        raise _invalid(f"nested deeper than {DEEPEST}")
    return value


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise ValueError(f"the key {repeated[:80]!r} is there twice")
    return found


def _refused_constant(name: str) -> Never:
    raise ValueError(f"{name} is no number")


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(text)} digits is out of reach")
    return int(text)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > LONGEST_NUMBER or (number and not -LONGEST_NUMBER < number.adjusted() < LONGEST_NUMBER):
        raise ValueError(f"the number {text[:40]} is out of reach")
    return number


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level:
        level = [one for each in level for one in _inside(each)]
        deepest += 1
        if deepest > DEEPEST:
            break
    return deepest


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, list) else []


def _invalid(why: str) -> HTTPException:
    return HTTPException(422, f"body: {why}")
