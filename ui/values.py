"""Values of requests that mean one thing only: days, moments, units and prices as they are written."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field, WithJsonSchema

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_PERCENT = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,3})?")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")


def _iso_day(value: object) -> object:
    """Never a number of seconds, a week or a moment."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written such as 2026-12-14")
    if not isinstance(value, str | date):
        raise ValueError("a day is written as text, such as 2026-12-14")
    return value


def _iso_moment(value: object) -> object:
    """Never a number of seconds, and never without its zone."""
    if not isinstance(value, datetime) and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise ValueError("a moment is written with its zone, such as 2026-12-14T09:30:00Z")
    return value


def _plain_number(value: object) -> object:
    """Never true, 1_000 or 1e3."""
    if isinstance(value, bool) or (isinstance(value, str) and not _NUMBER.fullmatch(value)):
        raise ValueError("a price is written such as 125.50")
    return value


def _plain_percent(value: object) -> object:
    """Never true, 1_000 or 1e3; below nothing it is less."""
    if isinstance(value, bool) or (isinstance(value, str) and not _PERCENT.fullmatch(value)):
        raise ValueError("a percentage is written such as 12.5 or -3")
    return value


Day = Annotated[date, BeforeValidator(_iso_day, json_schema_input_type=date)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_moment, json_schema_input_type=datetime)]
Units = Annotated[int, Field(ge=1, le=10**12, strict=True)]
Whole = Annotated[int, Field(strict=True)]
Yes = Annotated[bool, Field(strict=True)]
UnitPrice = Annotated[
    Decimal,
    BeforeValidator(_plain_number),
    Field(ge=0, max_digits=19, decimal_places=4),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 999_999_999_999_999},
                {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,4})?$"},
            ]
        },
        mode="validation",
    ),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_plain_percent),
    Field(gt=-100, le=1000, max_digits=7, decimal_places=3),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": -100, "maximum": 1000},
                {"type": "string", "pattern": r"^-?[0-9]{1,4}(\.[0-9]{1,3})?$"},
            ]
        },
        mode="validation",
    ),
]
