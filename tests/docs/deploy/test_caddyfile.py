"""The proxy's file: every path of the API goes to the API, streams are not held up, and it waits longer than we do."""

import re

import pytest

from tests.docs.deploy.commands import text_of
from tests.docs.deploy.test_units import command_of, settings
from ui.api.app import LARGEST_BODY
from ui.api.front import PREFIXES
from ui.api.limits import Limits

_WORDS = """
    header request_body max_size handle respond @api reverse_proxy lb_policy lb_try_duration health_uri health_interval
    health_timeout health_headers Host fail_duration flush_interval transport dial_timeout response_header_timeout
    stream_close_delay
"""
KNOWN = frozenset(_WORDS.split())
CADDY = text_of("Caddyfile")


def block(opening: str) -> str:
    """What stands in the braces after an opening, at any depth."""
    begun = CADDY.index(f"{opening} {{") + len(opening) + 2
    depth, end = 1, begun
    while depth:
        depth += {"{": 1, "}": -1}.get(CADDY[end], 0)
        end += 1
    return CADDY[begun : end - 1]


def value(directive: str, within: str) -> str:
    (found,) = re.findall(rf"^\s*{directive} (.+)$", within, re.MULTILINE)
    return found


def seconds(said: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([sm])", said).groups()  # pyright: ignore[reportOptionalMemberAccess] - a test
    return int(number) * {"s": 1, "m": 60}[unit]


def test_it_is_a_caddyfile() -> None:
    lines = [line.strip() for line in CADDY.splitlines()]
    site, *directives = [line.split(" ")[0] for line in lines if line and line[0] not in "#}"]

    assert settings()["EXPEDITER_PUBLIC_URL"] == f"https://{site}"
    assert {*directives} - KNOWN == set()
    assert CADDY.count("{") == CADDY.count("}")
    assert all(line.startswith("\t") for line in CADDY.splitlines() if line and line[0] not in "#e}")


def test_every_path_of_the_api_goes_to_the_api_but_figures() -> None:
    named = value("@api path", CADDY).split()

    assert {path.removesuffix("*") for path in named} == {*PREFIXES} - {"/metrics"}
    assert "respond 404" in block("handle /metrics")


def test_api_and_console_are_where_the_units_put_them() -> None:
    api = value("reverse_proxy", block("handle @api")).split()[:-1]
    console = value("reverse_proxy", block("\thandle")).split()[:-1]

    assert f"127.0.0.1:{command_of('expediter-api@.service')[-1]}" in api
    assert console == [f"127.0.0.1:{command_of('expediter-console.service')[-1]}"]
    assert settings()["EXPEDITER_TRUSTED_PROXIES"] == "127.0.0.1"


def test_it_asks_who_is_ready_by_the_public_name() -> None:
    api = block("handle @api")

    assert value("health_uri", api) == "/readyz"
    assert value("Host", api) == settings()["EXPEDITER_PUBLIC_URL"].removeprefix("https://")


def test_streams_are_not_held_up_and_answers_are_waited_for() -> None:
    api = block("handle @api")

    assert value("flush_interval", api) == "-1"
    assert seconds(value("response_header_timeout", api)) > Limits().answer_seconds + Limits().body_seconds


def test_bodies_are_taken_as_far_as_we_take_them() -> None:
    assert value("max_size", CADDY) == "2MB"
    assert LARGEST_BODY < 2_000_000


@pytest.mark.parametrize("word", ["tls_insecure_skip_verify", "http://", "header_up X-Forwarded", "header_up Host"])
def test_nothing_weakens_what_it_does_by_itself(word: str) -> None:
    assert word not in CADDY
