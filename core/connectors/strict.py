"""Strict reading of what partners send: JSON without surprises, and the field types wire models are made of."""

import json
import math
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Never

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from core.domain.quantity import LARGEST_QUANTITY

LONGEST_SHOWN = 80
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat alone also reads 2026-W01-1


class UnreadableError(Exception):
    """A partner's text breaks the agreed form; connectors turn it into the error of their port."""

    def __init__(self, *, field: str, value: str, accepted: str) -> None:
        super().__init__(f"{field} = {value}; accepted is: {accepted}")
        self.field = field
        self.value = value
        self.accepted = accepted


def parse_json(content: bytes) -> object:
    """The value of a JSON text; refuses a repeated key, NaN, Infinity, what is beyond a number's reach, and whatever is
    not UTF-8."""
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_unrepeated, parse_constant=_refuse_constant, parse_float=_finite
        )
    except RecursionError:
        raise UnreadableError(field="body", value=shown(content), accepted="JSON that is not so deep") from None
    except ValueError as error:  # decoding, syntax, an integer of thousands of digits
        raise UnreadableError(field="body", value=shown(content), accepted=f"JSON ({error})") from error


def fault_of(error: ValidationError) -> UnreadableError:
    """The first fault pydantic found: which field, what value, what would do."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "body"
    missing = first["type"] == "missing"
    return UnreadableError(
        field=field,
        value="nothing" if missing else shown(first["input"]),
        accepted=first["msg"].removeprefix("Value error, "),
    )


def shown(value: object) -> str:
    """A value as a message may quote it: escaped, and no longer than a line."""
    text = ascii(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise UnreadableError(field=shown(repeated), value="given twice", accepted="every key once")
    return found


def _refuse_constant(name: str) -> Never:
    raise UnreadableError(field="body", value=name, accepted="numbers that are finite")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise UnreadableError(field="body", value=shown(text), accepted="numbers within reach")
    return number


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):  # our own value on its way out
        value = format(value, "f")
    if not isinstance(value, str) or not value.isascii() or len(value) > 40:
        raise ValueError("a decimal number in quotes, such as '12.50'")
    whole, point, places = value.partition(".")
    plain = whole.isdigit() and (places.isdigit() or not point)
    leading_zero = len(whole) > 1 and whole.startswith("0")
    if not plain or leading_zero or len(whole) > 12 or len(places.rstrip("0")) > 4:
        raise ValueError("a plain decimal number of up to 12 digits and 4 places, such as '12.50'")
    return Decimal(value)


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _day(value: object) -> date:
    if isinstance(value, date):  # our own value on its way out
        return value
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        raise ValueError("a date such as '2026-03-31'")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("a date such as '2026-03-31'") from None
    if not 1970 <= day.year <= 2999:
        raise ValueError("a date between the years 1970 and 2999")
    return day


def plain_text(text: str) -> str:
    """The text, unless it holds characters that a person cannot see."""
    if any(unicodedata.category(character)[0] == "C" and character not in "\n\t" for character in text):
        raise ValueError("text without control, formatting or unassigned characters")
    return text


def one_line(text: str) -> str:
    """Plain text, unless it is more than one line or has blanks around it."""
    if "\n" in text or "\t" in text or text != text.strip():
        raise ValueError("one line, without blanks around it")
    return plain_text(text)


Amount = Annotated[Decimal, BeforeValidator(_decimal), PlainSerializer(_plain, when_used="json")]
Price = Annotated[Amount, Field(gt=0)]
Day = Annotated[date, BeforeValidator(_day)]
Units = Annotated[int, Field(strict=True, ge=0, le=LARGEST_QUANTITY)]
SomeUnits = Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
Days = Annotated[int, Field(strict=True, ge=0, le=3650)]
LineNo = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Currency = Annotated[str, Field(strict=True, pattern=r"^[A-Z]{3}$")]
Code = Annotated[str, Field(strict=True, min_length=1, max_length=100), AfterValidator(one_line)]
Reference = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,99}$")]
Text = Annotated[str, Field(strict=True, max_length=500), AfterValidator(plain_text)]


class Inbound(BaseModel):
    """What a partner sends: fields we do not know are passed over, those we know are read strictly."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Outbound(BaseModel):
    """What we send: exactly the fields agreed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
