"""A login as people's browsers meet it: discovered, asked, its answer taken once; and what happens when it fails."""

import base64
import socket
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.connectors.exchange import Patience
from core.connectors.oidc import OidcProvider, Registration
from core.domain.errors import InvalidValueError
from core.ports.identity_provider import Journey, LoginRefusedError, LoginUnavailableError, Vouched
from tests.core.connectors.canned import answering, http_json
from tests.core.connectors.oidc_provider import (
    AUDIENCE,
    CLIENT,
    NOON,
    Provider,
    Said,
    challenge,
    providing,
    public,
    rsa_key,
    signed,
)

BACK = "https://expediter.example/auth/oidc/callback"
JOURNEY = Journey(state="state-1", nonce="nonce-1", verifier="verifier-1" * 5, return_to=BACK)
ONCE = Patience(tries=1)


def login(provider: Provider, *, secret: str | None = "s3cret&", claim: str | None = None) -> OidcProvider:
    registration = Registration(
        issuer=provider.url, client_id=CLIENT, client_secret=secret, audience=AUDIENCE, user_claim=claim
    )
    return OidcProvider(registration, patience=ONCE)


def test_a_browser_is_sent_away_with_all_that_binds_the_answer_to_it() -> None:
    with providing() as provider:
        address = urlsplit(login(provider).way_in(JOURNEY, now=NOON))

    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.url}/authorize"
    assert dict(parse_qsl(address.query)) == {
        "response_type": "code",
        "client_id": "expediter",
        "redirect_uri": BACK,
        "scope": "openid profile email",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": challenge(JOURNEY.verifier),
        "code_challenge_method": "S256",
    }


def test_an_address_that_has_a_query_keeps_it() -> None:
    with providing() as provider:
        provider.discovery = {"authorization_endpoint": f"{provider.url}/authorize?tenant=7"}
        address = login(provider).way_in(JOURNEY, now=NOON)

    assert address.startswith(f"{provider.url}/authorize?tenant=7&response_type=code&")


def test_who_comes_back_with_a_code_is_whom_the_login_vouches_for() -> None:
    with providing() as provider:
        provider.id_token = signed(provider.claims(preferred_username="mary"))
        who = login(provider).arrived("code-1", JOURNEY, now=NOON)

    assert who == Vouched(issuer=provider.url, subject="u-17")
    paths = [path for path, _ in provider.asked]
    assert paths == ["/.well-known/openid-configuration", "/token", "/keys"]
    provider.asked.pop()
    assert provider.form() == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": BACK,
        "code_verifier": JOURNEY.verifier,
    }
    basic = provider.headers[1]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(basic) == b"expediter:s3cret%26"


@pytest.mark.parametrize(
    ("methods", "secret", "sent"),
    [
        (["client_secret_post"], "s3cret&", {"client_id": CLIENT, "client_secret": "s3cret&"}),
        (["client_secret_post", "client_secret_basic"], "s3cret&", {}),
        (["none"], None, {"client_id": CLIENT}),
    ],
)
def test_the_client_proves_itself_as_the_login_wants(methods: list[str], secret: str | None, sent: dict) -> None:
    with providing() as provider:
        provider.discovery = {"token_endpoint_auth_methods_supported": methods}
        provider.id_token = signed(provider.claims())
        login(provider, secret=secret).arrived("code-1", JOURNEY, now=NOON)

    provider.asked.pop()
    form = provider.form()
    assert {name: form[name] for name in ("client_id", "client_secret") if name in form} == sent
    assert ("Authorization" in provider.headers[1]) == (not sent)


def test_a_name_is_taken_from_the_claim_that_is_trusted_with_it() -> None:
    with providing() as provider:
        provider.id_token = signed(provider.claims(preferred_username="mary", email="m@x.example"))
        named = login(provider, claim="preferred_username").arrived("c", JOURNEY, now=NOON)
        unproven = login(provider, claim="email").arrived("c", JOURNEY, now=NOON)
        provider.id_token = signed(provider.claims(email="m@x.example", email_verified=True))
        proven = login(provider, claim="email").arrived("c", JOURNEY, now=NOON)
        provider.id_token = signed(provider.claims(preferred_username=["mary"]))
        odd = login(provider, claim="preferred_username").arrived("c", JOURNEY, now=NOON)

    assert [one.called for one in (named, unproven, proven, odd)] == ["mary", None, "m@x.example", None]


def test_a_token_of_another_journey_lets_nobody_in() -> None:
    with providing() as provider:
        provider.id_token = signed(provider.claims(nonce="nonce-2"))
        with pytest.raises(LoginRefusedError, match="another journey"):
            login(provider).arrived("code-1", JOURNEY, now=NOON)


def test_an_answer_by_another_login_lets_nobody_in_and_is_not_passed_on() -> None:
    with providing() as provider:
        provider.id_token = signed(provider.claims())
        company = login(provider)
        with pytest.raises(LoginRefusedError, match=r"by 'https://evil\.example'"):
            company.arrived("code-1", JOURNEY, issuer="https://evil.example", now=NOON)
        assert company.arrived("code-1", JOURNEY, issuer=provider.url, now=NOON).subject == "u-17"
        provider.discovery = {"authorization_response_iss_parameter_supported": True}
        with pytest.raises(LoginRefusedError, match="by None"):
            login(provider).arrived("code-1", JOURNEY, now=NOON)

    assert provider.count("/token") == 1


@pytest.mark.parametrize("code", ["", "a" * 4097, "é", "two\nlines"])
def test_what_is_no_code_is_not_passed_on(code: str) -> None:
    with providing() as provider, pytest.raises(LoginRefusedError, match="sent no code"):
        login(provider).arrived(code, JOURNEY, now=NOON)

    assert provider.count("/token") == 0


def test_a_code_that_was_used_lets_nobody_in() -> None:
    with providing() as provider:
        provider.answers["/token"] = Said(400, b'{"error": "invalid_grant", "error_description": "used"}')
        with pytest.raises(LoginRefusedError, match="does not take the code"):
            login(provider).arrived("code-1", JOURNEY, now=NOON)


@pytest.mark.parametrize("body", [b'{"error": "invalid_client"}', b"<html>", b"{}"])
def test_a_client_the_login_does_not_know_is_for_an_administrator_to_mend(body: bytes) -> None:
    with providing() as provider:
        provider.answers["/token"] = Said(401, body)
        with pytest.raises(LoginUnavailableError, match="does not let this program ask"):
            login(provider).arrived("code-1", JOURNEY, now=NOON)


def test_a_code_is_sent_once_even_where_the_answer_is_lost() -> None:
    with providing() as provider:
        provider.answers["/token"] = Said(503, b"{}")
        company = OidcProvider(Registration(issuer=provider.url, client_id=CLIENT), patience=Patience(tries=4))
        with pytest.raises(LoginUnavailableError, match="not sent again"):
            company.arrived("code-1", JOURNEY, now=NOON)

    assert provider.count("/token") == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(200, b"not json"),
        Said(200, b"[]"),
        Said(200, b'{"issuer": "x"}'),
        Said(200, b"<html>", (("Content-Type", "text/html"),)),
        Said(302, b"", (("Location", "http://127.0.0.1:1/"),)),
        Said(404, b"{}"),
        Said(200, b" " * 300_000 + b"{}"),
    ],
    ids=["no JSON", "a list", "half", "a page", "elsewhere", "not there", "too long"],
)
def test_a_discovery_document_that_cannot_be_read_leaves_the_login_unavailable(said: Said) -> None:
    with providing() as provider:
        provider.answers["/.well-known/openid-configuration"] = said
        with pytest.raises(LoginUnavailableError, match="discovery document cannot be read"):
            login(provider).way_in(JOURNEY, now=NOON)

    assert len(provider.asked) == 1


def test_a_login_that_calls_itself_otherwise_is_another() -> None:
    with providing() as provider:
        provider.discovery = {"issuer": f"{provider.url}/"}
        with pytest.raises(LoginUnavailableError, match="configure exactly that"):
            login(provider).way_in(JOURNEY, now=NOON)


@pytest.mark.parametrize("place", ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/x", "javascript:alert(1)", "https://u:p@x.example/", ""])
def test_nobody_is_sent_where_others_listen_in(place: str, address: str) -> None:
    with providing() as provider:
        provider.discovery = {place: address}
        with pytest.raises(LoginUnavailableError, match=place):
            login(provider).way_in(JOURNEY, now=NOON)


@pytest.mark.parametrize("issuer", ["http://login.example", "login.example", "https://x.example/?a=b", "https://", ""])
def test_an_issuer_is_reached_by_tls(issuer: str) -> None:
    with pytest.raises(InvalidValueError, match="issuer"):
        Registration(issuer=issuer, client_id=CLIENT)


def test_a_login_that_is_down_is_not_asked_by_everybody_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    company = login(Provider(url=url))
    with pytest.raises(LoginUnavailableError, match="no connection"):
        company.way_in(JOURNEY, now=NOON)
    with providing() as provider:
        provider.answers["/.well-known/openid-configuration"] = Said(500, b"")
        company = login(provider)
        for seconds in (0, 1, 9):
            with pytest.raises(LoginUnavailableError, match="status 500"):
                company.way_in(JOURNEY, now=NOON + timedelta(seconds=seconds))
        assert provider.count("/.well-known/openid-configuration") == 1
        provider.answers.clear()

        assert company.way_in(JOURNEY, now=NOON + timedelta(seconds=10)).startswith(provider.url)


def test_a_login_that_drips_is_given_up() -> None:
    with answering([b"H"] * 10_000, pause=0.02) as slow:
        registration = Registration(issuer=slow.url, client_id=CLIENT)
        company = OidcProvider(registration, patience=ONCE, deadline_seconds=0.2)
        with pytest.raises(LoginUnavailableError, match="not complete in time"):
            company.way_in(JOURNEY, now=NOON)


def test_a_token_of_an_unreadable_kind_lets_nobody_in() -> None:
    with answering(http_json(200, {})) as odd, pytest.raises(LoginUnavailableError, match="issuer"):
        OidcProvider(Registration(issuer=odd.url, client_id=CLIENT), patience=ONCE).way_in(JOURNEY, now=NOON)
    with providing() as provider:
        provider.answers["/token"] = Said(200, b'{"access_token": "x"}')
        with pytest.raises(LoginUnavailableError, match="answer to a code cannot be read: id_token"):
            login(provider).arrived("code-1", JOURNEY, now=NOON)


def test_keys_are_fetched_once_an_hour() -> None:
    with providing() as provider:
        company, token = login(provider), signed(provider.claims(aud=AUDIENCE, nonce=None, exp=4_000_000_000))
        for minutes in (0, 1, 59):
            company.bearer(token, now=NOON + timedelta(minutes=minutes))
        assert provider.count("/keys") == 1
        company.bearer(token, now=NOON + timedelta(minutes=60))

        assert provider.count("/keys") == 2


def test_keys_in_the_form_of_their_own_media_type_are_read() -> None:
    with providing() as provider:
        body = provider.answer("/keys").body
        provider.answers["/keys"] = Said(200, body, (("Content-Type", "application/jwk-set+json; charset=utf-8"),))

        assert login(provider).bearer(signed(provider.claims(aud=AUDIENCE, nonce=None)), now=NOON).subject == "u-17"


def test_new_keys_of_the_login_are_found_when_a_token_names_one() -> None:
    with providing() as provider:
        company, claims = login(provider), provider.claims(aud=AUDIENCE, nonce=None)
        company.bearer(signed(claims), now=NOON)
        provider.keys = [public(rsa_key("next"), "k2")]
        later = NOON + timedelta(minutes=1)

        assert company.bearer(signed(claims, key=rsa_key("next"), kid="k2"), now=later).subject == "u-17"
        with pytest.raises(LoginRefusedError, match="none of the login's keys"):
            company.bearer(signed(claims), now=later)


def test_unknown_keys_make_nobody_call_the_login_again_and_again() -> None:
    with providing() as provider:
        company, claims = login(provider), provider.claims(aud=AUDIENCE, nonce=None)
        for number in range(20):
            with pytest.raises(LoginRefusedError, match="none of the login's keys"):
                company.bearer(signed(claims, kid=f"unknown-{number}"), now=NOON + timedelta(seconds=number))

        assert provider.count("/keys") == 2


def test_the_keys_known_go_on_counting_for_a_day_when_the_login_is_down() -> None:
    with providing() as provider:
        company, token = login(provider), signed(provider.claims(aud=AUDIENCE, nonce=None, exp=4_000_000_000))
        company.bearer(token, now=NOON)
        provider.answers["/keys"] = Said(500, b"")

        assert company.bearer(token, now=NOON + timedelta(hours=23)).subject == "u-17"
        with pytest.raises(LoginUnavailableError, match="status 500"):
            company.bearer(token, now=NOON + timedelta(hours=24))


def test_without_an_audience_no_token_is_taken() -> None:
    with providing() as provider:
        company = OidcProvider(Registration(issuer=provider.url, client_id=CLIENT), patience=ONCE)
        with pytest.raises(LoginRefusedError, match="no audience is configured"):
            company.bearer(signed(provider.claims(nonce=None)), now=NOON)

    assert provider.asked == []


def test_signing_out_goes_on_at_the_login_where_it_knows_how() -> None:
    with providing() as provider:
        address = login(provider).way_out(return_to="https://expediter.example/", now=NOON)
        provider.discovery = {"end_session_endpoint": None}
        nowhere = login(provider).way_out(return_to="https://expediter.example/", now=NOON)

    back = "client_id=expediter&post_logout_redirect_uri=https%3A%2F%2Fexpediter.example%2F"
    assert (address, nowhere) == (f"{provider.url}/out?{back}", None)


def test_the_secret_is_never_shown() -> None:
    registration = Registration(issuer="https://login.example", client_id=CLIENT, client_secret="s3cret")

    assert "s3cret" not in repr(registration)
    assert JOURNEY.verifier not in repr(JOURNEY)
