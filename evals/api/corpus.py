"""Bad input as requests on the wire: each has an answer below 500, in less than a second, and changes nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

LONG = "x" * 5_000
NUMBERS = (
    "true", "false", "null", "0", "-1", "-0", "1.5", "1e3", "1E+1000000", "1E-1000000", "NaN", "Infinity", "-Infinity",
    "9223372036854775808", "9" * 5_000, '"1_000"', '"1e3"', '"٣"', '""', '" 1"', "[]", "{}", '"40; DROP TABLE items"',
)  # fmt: skip
TEXTS = (
    r'"\u0000"', r'"A\u0000B"', r'"\ud800"', r'"\udfff\ud800"', r'"\u202eevil"', r'"\u200b"', r'"\u2011"',
    '"\\u0410\\u0412\\u0421"', r'"\u001b[31m"', f'"{LONG}"', '""', '"   "', '"../../etc/passwd"', "\"' OR 1=1 --\"",
    '"<script>alert(1)</script>"', '"=cmd|\'/c calc\'!A1"', '"%00"', '"%2e%2e%2f"', "1", "true", "null", "[]", "{}",
    r'"\udb40\udc41"', '"${jndi:ldap://x}"', r'"a\r\nSet-Cookie: x=1"',
)  # fmt: skip
DAYS = (
    '"2026-02-30"', '"0000-01-01"', '"9999-12-31"', '"10000-01-01"', '"2026-W01-1"', '"26-1-1"', '"2026-01-01T00:00"',
    "20260101", "1767225600", '"yesterday"', '"-2026-01-01"', "null",
)  # fmt: skip
PATHS = ("%00", "%2e%2e", "..%2f..%2fetc", "' OR 1=1", "%ff%fe", "A" * 3_000, "%F0%9F%98%80", "CASE-1%0aX", "-1", "*")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRequest:
    """One of them. `headers` go beside those of a good request; a value of None leaves that one out."""

    name: str
    method: str = "POST"
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str | None], ...] = ()


def corpus() -> tuple[BadRequest, ...]:
    """All of them, by name."""
    return (*_fields(), *_structures(), *_paths(), *_headers())


def _fields() -> Iterator[BadRequest]:
    reservation = '{"document": "D-1", "wanted": [{"item": "GV-04", "location": "HOU-SHIP", "quantity": %s}]}'
    document = '{"document": %s, "wanted": [{"item": "GV-04", "location": "HOU-SHIP", "quantity": 1}]}'
    quote = '{"asks": [{"item": "GV-04", "location": "HOU-SHIP", "quantity": 1, "day": %s}]}'
    for number, value in enumerate(NUMBERS):
        yield BadRequest(name=f"quantity {number}", path="/v1/reservations", body=(reservation % value).encode())
    for number, value in enumerate(TEXTS):
        content = (document % value).encode("utf-8", "surrogatepass")
        yield BadRequest(name=f"text {number}", path="/v1/reservations", body=content)
        said = (f'{{"text": {value}}}').encode("utf-8", "surrogatepass")
        yield BadRequest(name=f"letter {number}", path="/v1/intake/letters", body=said)
    for number, value in enumerate(DAYS):
        yield BadRequest(name=f"day {number}", path="/v1/held-quotes", body=(quote % value).encode())


def _structures() -> Iterator[BadRequest]:
    good = {"document": "D-1", "wanted": [{"item": "GV-04", "location": "HOU-SHIP", "quantity": 1}]}
    bodies = {
        "nothing": b"",
        "no json": b"{",
        "not utf-8": b"\xff\xfe{",
        "deep list": b"[" * 100_000 + b"]" * 100_000,
        "deep object": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        "same key twice": b'{"document": "A", "document": "B", "wanted": []}',
        "same key twice inside": b'{"document": "A", "wanted": [{"item": "X", "item": "Y"}]}',
        "unknown field": json.dumps({**good, "approved": True}).encode(),
        "a list": json.dumps([good]).encode(),
        "a text": b'"document"',
        "many wanted": json.dumps({**good, "wanted": good["wanted"] * 5_000}).encode(),
        "two megabytes": b'{"document": "' + b"x" * 2_000_000 + b'"}',
        "a comment": b'{"document": "A", /* x */ "wanted": []}',
        "single quotes": b"{'document': 'A'}",
        "bom": b"\xef\xbb\xbf" + json.dumps(good).encode(),
        "nul bytes": b"\x00" * 100,
    }
    for name, body in bodies.items():
        yield BadRequest(name=name, path="/v1/reservations", body=body)
    for path in ("/v1/intake/files?name=a.eml", "/v1/intake/files?name=a.pdf", "/v1/intake/files?name=a.xlsx"):
        yield BadRequest(name=f"no such file {path[-4:]}", path=path, body=b"\x00\xff" * 500)
    yield BadRequest(name="no pack", path="/v1/imports", body=b"PK\x03\x04 not a zip")
    yield BadRequest(name="an empty pack", path="/v1/imports", body=b"PK\x05\x06" + b"\x00" * 18)


def _paths() -> Iterator[BadRequest]:
    for number, value in enumerate(PATHS):
        for shape in ("/v1/cases/{}", "/v1/approvals/{}", "/v1/status/{}", "/v1/keys/{}"):
            yield BadRequest(name=f"{shape} {number}", method="GET", path=shape.format(value).replace(" ", "%20"))
    for query in (
        "limit=0",
        "limit=-1",
        "limit=1e9",
        "limit=x",
        "cursor=%00",
        "cursor=AAAA",
        f"cursor={LONG}",
        "state=?",
    ):
        yield BadRequest(name=f"drafts {query[:20]}", method="GET", path=f"/v1/intake/drafts?{query}")
    yield BadRequest(name="no such method", method="PATCH", path="/v1/cases")
    yield BadRequest(name="trace", method="TRACE", path="/v1/cases")


def _headers() -> Iterator[BadRequest]:
    path, good = "/v1/scans", b""
    yield BadRequest(name="no key", path=path, body=good, headers=(("Idempotency-Key", None),))
    yield BadRequest(name="an empty key", path=path, body=good, headers=(("Idempotency-Key", ""),))
    yield BadRequest(name="a long key", path=path, body=good, headers=(("Idempotency-Key", "k" * 201),))
    yield BadRequest(name="a key of spaces", path=path, body=good, headers=(("Idempotency-Key", "a b"),))
    yield BadRequest(name="nobody", path=path, body=good, headers=(("Authorization", None),))
    yield BadRequest(name="basic", path=path, body=good, headers=(("Authorization", "Basic YTpi"),))
    yield BadRequest(name="a forged login", path=path, headers=(("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."),))
    yield BadRequest(name="a long token", path=path, headers=(("Authorization", f"Bearer {LONG}"),))
    yield BadRequest(name="another host", method="GET", path="/v1/cases", headers=(("Host", "evil.example"),))
    yield BadRequest(name="another type", path="/v1/reservations", body=b"a=b", headers=(("Content-Type", "text/csv"),))
    yield BadRequest(name="no match", path="/v1/intake/drafts/DRAFT-1/question", headers=(("If-Match", None),))
    yield BadRequest(name="a wrong match", path="/v1/intake/drafts/DRAFT-1/question", headers=(("If-Match", '"x"'),))
    yield BadRequest(
        name="a wrong event id", method="GET", path="/v1/conversations/CHAT-1/events", headers=(("Last-Event-ID", "x"),)
    )
