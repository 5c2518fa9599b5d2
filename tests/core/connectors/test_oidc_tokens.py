"""Which tokens count: signed by a key of the login, by whom, for whom, until when, in answer to what."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest

from core.connectors.oidc_tokens import Expected, Jwk, subject_of, verified
from core.ports.identity_provider import LoginRefusedError
from tests.core.connectors.oidc_provider import AUDIENCE, CLIENT, NOON, Provider, ec_key, public, rsa_key, signed

ISSUER = "https://login.example"
GOOD = Provider(url=ISSUER)
TO_US = Expected(issuer=ISSUER, audience=CLIENT, nonce="nonce-1")
TO_API = Expected(issuer=ISSUER, audience=AUDIENCE)
KEYS = (public(rsa_key(), "k1"), public(ec_key(), "e1"))
STAMP = int(NOON.timestamp())


def check(token: str, expected: Expected = TO_US, *, keys: tuple[Jwk, ...] = KEYS, after: timedelta = timedelta(0)):
    return verified(token, lambda newer: keys, expected, now=NOON + after)


def unsigned(header: object, claims: object, signature: str = "") -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in (header, claims))
    return ".".join((*parts, signature))


@pytest.mark.parametrize(
    ("alg", "kid"),
    [("RS256", "k1"), ("RS512", "k1"), ("PS256", "k1"), ("PS384", "k1"), ("ES256", "e1"), ("RS256", None)],
)
def test_a_token_signed_by_a_key_of_the_login_counts(alg: str, kid: str | None) -> None:
    token = signed(GOOD.claims(), key=ec_key() if alg == "ES256" else rsa_key(), alg=alg, kid=kid)

    assert subject_of(check(token)) == "u-17"


def test_a_token_that_nobody_signed_does_not_count() -> None:
    for algorithm in ("none", "None", "NONE", None, 7):
        with pytest.raises(LoginRefusedError, match="is signed by"):
            check(unsigned({"alg": algorithm, "kid": "k1"}, GOOD.claims()))


def test_the_text_of_a_public_key_is_no_secret_to_sign_with() -> None:
    """The classic: HS256 with the provider's public key as its secret."""
    token = jwt.api_jws.PyJWS().encode(json.dumps(GOOD.claims()).encode(), KEYS[0]["n"], algorithm="HS256")

    with pytest.raises(LoginRefusedError, match="signed by 'HS256'"):
        check(token)


@pytest.mark.parametrize(
    ("token", "keys"),
    [
        (signed(GOOD.claims(), key=rsa_key("theirs")), KEYS),
        (signed(GOOD.claims(), kid="e1"), KEYS),
        (signed(GOOD.claims(), alg="PS256"), (public(rsa_key(), "k1", alg="RS256"),)),
        (signed(GOOD.claims()), (public(rsa_key(), "k1") | {"use": "enc"},)),
        (signed(GOOD.claims()), (public(rsa_key(), "k1") | {"n": "!"},)),
        (signed(GOOD.claims()), ({"kty": "oct", "k": "c2VjcmV0", "kid": "k1"},)),
        (signed(GOOD.claims()), ()),
    ],
    ids=["another's", "key of another kind", "another algorithm", "for encrypting", "broken", "secret", "no key"],
)
def test_a_token_signed_by_no_key_of_the_login_does_not_count(token: str, keys: tuple[Jwk, ...]) -> None:
    with pytest.raises(LoginRefusedError, match="signed by none of the login's keys"):
        check(token, keys=keys)


@pytest.mark.filterwarnings("ignore:The RSA key:jwt.warnings.InsecureKeyLengthWarning")
def test_a_key_that_is_too_short_to_trust_signs_nothing() -> None:
    weak = rsa_key("weak", bits=1024)
    with pytest.raises(LoginRefusedError, match="none of the login's keys"):
        check(signed(GOOD.claims(), key=weak, kid="w"), keys=(public(weak, "w"),))


def test_a_token_cannot_bring_its_own_key() -> None:
    theirs = rsa_key("theirs")
    token = signed(GOOD.claims(), key=theirs, kid=None, jwk=public(theirs, "k1"), jku="https://evil.example/keys")

    with pytest.raises(LoginRefusedError, match="none of the login's keys"):
        check(token)


def test_claims_changed_after_signing_do_not_count() -> None:
    head, _, signature = signed(GOOD.claims()).split(".")
    changed = unsigned({}, GOOD.claims(sub="admin")).split(".")[1]

    with pytest.raises(LoginRefusedError, match="none of the login's keys"):
        check(f"{head}.{changed}.{signature}")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://other.example"}, "the token is by 'https://other.example'"),
        ({"iss": ISSUER + "/"}, "the token is by"),
        ({"aud": "another"}, "the token is for 'another'"),
        ({"aud": ["another"]}, "the token is for"),
        ({"aud": None}, "the token is for None"),
        ({"aud": [CLIENT, "another"]}, "the token was given to None"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "the token was given to 'another'"),
        ({"azp": "another"}, "the token was given to 'another'"),
        ({"nonce": "nonce-2"}, "another journey"),
        ({"nonce": None}, "another journey"),
        ({"nonce": 1}, "another journey"),
        ({"exp": None}, "until when"),
        ({"iat": None}, "since when"),
        ({"exp": STAMP - 60}, "has expired"),
        ({"exp": "soon"}, "the token's exp 'soon' is no time"),
        ({"exp": True}, "is no time"),
        ({"exp": 10**300}, "is no time"),
        ({"exp": float("inf")}, "is no time"),
        ({"iat": STAMP + 61}, "does not count yet"),
        ({"nbf": STAMP + 61}, "does not count yet"),
    ],
)
def test_a_token_that_is_not_for_this_place_and_time_does_not_count(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(LoginRefusedError, match=why):
        check(signed(GOOD.claims(**changed)))


@pytest.mark.parametrize("changed", [{"exp": STAMP - 59}, {"iat": STAMP + 60}, {"nbf": STAMP + 60}])
def test_clocks_may_differ_by_a_minute(changed: dict[str, Any]) -> None:
    assert subject_of(check(signed(GOOD.claims(**changed)))) == "u-17"


def test_a_token_expires_by_the_time_given() -> None:
    token = signed(GOOD.claims())

    assert check(token, after=timedelta(seconds=359))["sub"] == "u-17"
    with pytest.raises(LoginRefusedError, match="has expired"):
        check(token, after=timedelta(seconds=360))


@pytest.mark.parametrize("subject", [None, "", 7, "a" * 256, "two\nlines", "nul\x00"])
def test_a_token_about_nobody_names_nobody(subject: object) -> None:
    with pytest.raises(LoginRefusedError, match="subject"):
        subject_of(check(signed(GOOD.claims(sub=subject))) if not isinstance(subject, int) else {"sub": subject})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "a.b.c",
        "nonsense",
        "é.é.é",
        "\ud800.\ud800.x",
        "a" * 16_385,
        unsigned([], {}),
        base64.urlsafe_b64encode(b"[" * 9000).decode() + ".e30.x",
        unsigned({"alg": "RS256", "kid": 7}, {}),
        unsigned({"alg": "RS256", "crit": ["exp"]}, {}),
    ],
)
def test_what_is_no_token_is_refused_in_words(text: str) -> None:
    with pytest.raises(LoginRefusedError):
        check(text)


def test_a_token_for_the_api_is_made_out_to_its_audience() -> None:
    ours = GOOD.claims(aud=["other-api", AUDIENCE], azp="some-app", nonce=None, iat=None)

    assert subject_of(check(signed(ours, typ="at+jwt"), TO_API)) == "u-17"
    assert subject_of(check(signed(ours), TO_API)) == "u-17"
    with pytest.raises(LoginRefusedError, match="the token is for 'expediter'"):
        check(signed(GOOD.claims(nonce=None)), TO_API)


def test_tokens_of_one_purpose_do_not_serve_another() -> None:
    with pytest.raises(LoginRefusedError, match="ID token is for signing in"):
        check(signed(GOOD.claims(aud=AUDIENCE)), TO_API)
    with pytest.raises(LoginRefusedError, match=r"of type 'at\+jwt'"):
        check(signed(GOOD.claims(), typ="at+jwt"))
    with pytest.raises(LoginRefusedError, match="of type 'logout"):
        check(signed(GOOD.claims(nonce=None, aud=AUDIENCE), typ="logout+jwt"), TO_API)


def test_newer_keys_are_looked_for_once_when_none_fits() -> None:
    asked: list[bool] = []

    def keys(newer: bool) -> tuple[Jwk, ...]:
        asked.append(newer)
        return (public(rsa_key("next"), "k2"),) if newer else KEYS

    token = signed(GOOD.claims(), key=rsa_key("next"), kid="k2")

    assert verified(token, keys, TO_US, now=NOON)["sub"] == "u-17"
    assert asked == [False, True]
