"""The canonical text of a plan, its hash, and the way back: what was shown, stored and executed is one text."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, OptionId
from core.domain.plans import Action, Plan, plan_of

_ACTION_KINDS: Mapping[str, type[Action]] = {shape.kind: shape for shape in get_args(Action)}

_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def canonical(plan: Plan) -> str:
    """The plan as JSON with sorted keys, dates in ISO form and decimals as plain strings: equal plans, equal text."""
    return json.dumps(encode_plan(plan), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plan_hash(plan: Plan) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(plan).encode()).hexdigest()


def encode_plan(plan: Plan) -> dict[str, object]:
    """The plan as JSON values."""
    return {
        "case": plan.case,
        "option": plan.option,
        "currency": plan.currency,
        "cost": plain(plan.cost),
        "actions": [encode_action(action) for action in plan.actions],
        "preconditions": [
            {"fact": p.fact, "subject": p.subject, "operator": p.operator.value, "value": p.value}
            for p in plan.preconditions
        ],
    }


def encode_action(action: Action) -> dict[str, object]:
    """The action as JSON values, with its kind. What a field says by default is left out, so that a plan written before
    there was such a field reads the same."""
    values: dict[str, object] = {"kind": action.kind}
    for field in fields(action):
        value = getattr(action, field.name)
        if value == field.default:
            continue
        if isinstance(value, Decimal):
            value = plain(value)
        elif isinstance(value, date):
            value = value.isoformat()
        values[field.name] = value
    return values


def plain(amount: Decimal) -> str:
    """A decimal without exponent or trailing zeros, so that 10 and 10.00 read the same."""
    whole, _, part = format(amount, "f").partition(".")
    part = part.rstrip("0")
    text = f"{whole}.{part}" if part else whole
    return "0" if text == "-0" else text


def decode_action(values: Mapping[str, object]) -> Action:
    """The action written by encode_action; anything else is an InvalidValueError."""
    kind = str(values.get("kind"))
    shape = _ACTION_KINDS.get(kind)
    if shape is None:
        raise InvalidValueError(f"action kind {kind!r} is not one of {sorted(_ACTION_KINDS)}")
    expected = {field.name: field.type for field in fields(shape) if field.default is MISSING or field.name in values}
    if set(values) - {"kind"} != set(expected):
        raise InvalidValueError(f"action {kind!r} takes exactly {sorted(expected)}, got {sorted(values)}")
    build = cast(Callable[..., Action], shape)
    return build(**{name: _decoded(name, kind_of, values[name]) for name, kind_of in expected.items()})


def _decoded(name: str, kind: object, value: object) -> object:
    """The value as the field's type; every field is a date, an amount, a whole number or a text."""
    if kind is int:
        if type(value) is int:
            return value
        raise InvalidValueError(f"{name} {value!r} is not a whole number", field=name)
    if not isinstance(value, str):
        raise InvalidValueError(f"{name} {value!r} is not text", field=name)
    if kind is date:
        return _date(name, value)
    if kind is Decimal:
        if not _AMOUNT.fullmatch(value):
            raise InvalidValueError(f"{name} {value!r} is not an amount such as '12.50'", field=name)
        return Decimal(value)
    return value


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(f"{name} {text!r} is not a date such as '2026-03-31'", field=name) from error


def decode_plan(values: Mapping[str, object]) -> Plan:
    """The plan written by encode_plan, its preconditions worked out again from its actions."""
    for name in ("case", "option", "currency", "actions"):
        if name not in values:
            raise InvalidValueError(f"a plan has a field {name!r}; this one has {sorted(values)}", field=name)
    listed = cast(list[Mapping[str, object]], values["actions"])
    return plan_of(
        case=CaseId(str(values["case"])),
        option=OptionId(str(values["option"])),
        actions=tuple(decode_action(action) for action in listed),
        currency=str(values["currency"]),
    )
