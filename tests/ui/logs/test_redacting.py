"""Secrets do not get into a log line, whatever field or text they stand in, and nothing else is taken out."""

from datetime import date
from typing import Any

import pytest

from ui.logs.redacting import LONGEST_TEXT, REDACTED, Redaction

CANARY = "c4n4ry-Zq8"
TOKEN = f"exs_{CANARY}_{'x' * 30}"


def redacted(**fields: Any) -> dict[str, Any]:
    return dict(Redaction(["tr0ub4dor&3/ä\"'"])(None, "info", fields))


@pytest.mark.parametrize(
    "name",
    [
        *("password", "db_password", "passwd", "token", "access_token", "api_key", "x-api-key", "private_key"),
        *("Authorization", "Set-Cookie", "cookie", "client_secret", "secret", "credentials"),
    ],
)
def test_fields_that_are_secrets_by_name_are_not_told(name: str) -> None:
    told = redacted(**{name: CANARY, "deep": [{name: [CANARY]}]})

    assert told == {name: REDACTED, "deep": [{name: REDACTED}]}


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"authorization: Basic {CANARY}",
        f"sent bearer {CANARY}, refused",
        f"Cookie: a={CANARY}; b={CANARY}",
        f"[(b'host', b'x'), (b'cookie', b'expediter={CANARY}; y={CANARY}'), (b'x-api-key', b'{CANARY}')]",
        f"{{'password': '{CANARY}', \"token\": \"{CANARY} and more {CANARY}\"}}",
        f"login(name='mary', password='{CANARY}')",
        f"host=db user=app password={CANARY} dbname=x",
        f"could not reach postgresql+psycopg://app:{CANARY}@db:5432/expediter",
        f"smtp://me:{CANARY}@mail",
        f"https://api.example/x?api_key={CANARY}&page=2",
        f"the key exk_k0123456789_{CANARY} is not known",
        f"the link exl_{CANARY} was revoked",
        f"Incorrect API key provided: sk-proj-{CANARY}",
        f"signed with whsec_{CANARY}",
        f"eyJhbGciOiJub25l.{CANARY}.c2ln",
        f"1 validation error for Login\n  [type=string_type, input_value=['{CANARY}', 'x'], input_type=list]",
    ],
)
def test_what_looks_like_a_secret_is_not_told(text: str) -> None:
    told = redacted(event=text, exception=f"Traceback\n{text}\n")

    assert CANARY not in str(told)
    assert REDACTED in told["event"]


@pytest.mark.parametrize(
    "text",
    [
        "supplier GULF, place_order PO-901: status 201",
        "the session is not known, or has ended; sign in again",
        "sign in first: send a session's token or an API key",
        "key 'k0123456789' may be used 60 times a minute",
        "tokens_per_run=60000, tokens: 1200",
        "http://127.0.0.1:8710/v1/cases",
        "postgresql://app@db:5432/expediter",
        "Order SO-9401 waits: exposure 88,550.00 USD",
    ],
)
def test_what_is_no_secret_is_told_as_it_is(text: str) -> None:
    assert redacted(event=text) == {"event": text}


@pytest.mark.parametrize("shown", ["{0}", "%22{0}", "x{0}y"])
def test_the_secrets_of_this_process_are_known_in_every_form(shown: str) -> None:
    forms = ("tr0ub4dor&3/ä\"'", "tr0ub4dor%263%2F%C3%A4%22%27", "tr0ub4dor&3/\\u00e4\\\"'")

    told = [redacted(event=shown.format(form))["event"] for form in forms]

    assert told == [shown.format(REDACTED)] * 3


def test_values_keep_what_they_are() -> None:
    fields = {"count": 3, "ms": 1.5, "done": True, "none": None, "token": None, "day": date(2026, 3, 2), "of": ("a", 1)}

    assert redacted(**fields) == {**fields, "day": "2026-03-02", "of": ["a", 1]}


def test_a_line_has_an_end() -> None:
    deep: dict[str, Any] = {}
    for _ in range(500):
        deep = {"in": deep}

    told = redacted(event="x" * 1_000_000, deep=deep)

    assert told["event"] == "x" * LONGEST_TEXT + " [cut]"
    assert len(str(told["deep"])) < 2 * LONGEST_TEXT


def test_what_cannot_be_shown_says_so() -> None:
    class Mute:
        def __str__(self) -> str:
            raise RuntimeError(CANARY)

    assert redacted(what=Mute()) == {"what": "<Mute that cannot be shown: RuntimeError>"}
