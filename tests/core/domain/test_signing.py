"""A signature counts over exactly these bytes, by exactly this secret, and with our style within five minutes."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.signing import SignatureStyle, is_signed, signed_header

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BODY, SECRET = b'{"id":"1"}', "a secret of some length"
MAC = hmac.new(SECRET.encode(), BODY, hashlib.sha256).digest()
SIGNED = {
    SignatureStyle.BASE64: base64.b64encode(MAC).decode(),
    SignatureStyle.HEX: f"sha256={MAC.hex()}",
}


def counts(style: SignatureStyle, signature: str, *, time: str = "", body: bytes = BODY, now: datetime = NOW) -> bool:
    return is_signed(style, ["another", SECRET], body=body, signature=signature, time=time, now=now)


@pytest.mark.parametrize("style", SIGNED)
def test_the_forms_of_partners_are_the_hmac_of_the_body(style: SignatureStyle) -> None:
    assert counts(style, SIGNED[style])
    assert not counts(style, SIGNED[style], body=BODY + b" ")
    assert not is_signed(style, ["another"], body=BODY, signature=SIGNED[style], time="", now=NOW)


def test_ours_is_the_hmac_of_time_and_body() -> None:
    time, signature = signed_header([SECRET], at=NOW, body=BODY)

    assert time == "1772452800"
    wanted = hmac.new(SECRET.encode(), b'1772452800.{"id":"1"}', hashlib.sha256).hexdigest()
    assert signature == f"v1={wanted}"
    assert counts(SignatureStyle.OURS, signature, time=time)
    assert not counts(SignatureStyle.OURS, signature, time=str(int(time) + 1))


@pytest.mark.parametrize(("late", "counted"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_ours_counts_for_five_minutes(late: int, counted: bool) -> None:
    time, signature = signed_header([SECRET], at=NOW, body=BODY)

    assert counts(SignatureStyle.OURS, signature, time=time, now=NOW + timedelta(seconds=late)) is counted


def test_one_of_several_signatures_is_enough() -> None:
    time, signature = signed_header(["old secret of yesterday", SECRET], at=NOW, body=BODY)

    assert counts(SignatureStyle.OURS, f"v0=ff, {signature}", time=time)


@pytest.mark.parametrize(
    "signature",
    ["", "v1=", "v1=zz", "sha256=", "sha1=" + "0" * 64, "=", ",,,", "v1=" + "0" * 64, "\x00", "é" * 20, "v1=" * 5000],
)
@pytest.mark.parametrize("style", SignatureStyle)
def test_what_is_no_signature_counts_for_nothing(style: SignatureStyle, signature: str) -> None:
    assert not counts(style, signature, time=str(int(NOW.timestamp())))


@pytest.mark.parametrize("time", ["", "now", "-1", "1e9", "٣", "9" * 5000, "1772452800.0", " 1772452800"])
def test_what_is_no_time_counts_for_nothing(time: str) -> None:
    signature = hmac.new(SECRET.encode(), time.encode() + b"." + BODY, hashlib.sha256).hexdigest()

    assert not counts(SignatureStyle.OURS, f"v1={signature}", time=time)
