"""The log as the environment describes it, and the secrets of the environment that never get into it."""

from typing import Any

import pytest

from core.config import Environment
from core.domain.errors import UsageError
from ui.cli.logs import log_terms, secrets_in
from ui.logs.lines import Form, Level

SECRET = "n0t-to-be-read"
HOLDING = {
    "database_url": f"postgresql://owner:{SECRET}-1@db/expediter",
    "database_url_app": f"postgresql://app:{SECRET}-2@db/expediter",
    "database_url_agent": f"postgresql://agent:{SECRET}-3@db/expediter",
    "database_url_checkpoint": f"postgresql://checkpoint:{SECRET}-4@db/expediter",
    "database_url_visitor": f"postgresql://visitor:{SECRET}%2F5@db/expediter",
    "expediter_suppliers_key": f"{SECRET}-6",
    "expediter_mail_key": f"{SECRET}-7",
    "expediter_imap_password": f"{SECRET}-8",
    "expediter_api_key": f"{SECRET}-9",
    "expediter_oidc_client_secret": f"{SECRET}-10",
    "openai_api_key": f"{SECRET}-11",
    "expediter_notify_channels": f"desk=https://hooks.example/{SECRET} mail=smtp://me:{SECRET}-12@mail",
}
"""Every setting that holds a secret; a new one of another ending has to be looked for by its own name."""


def environment(**settings: Any) -> Environment:
    return Environment.model_construct(**{name.lower(): value for name, value in settings.items()})


@pytest.mark.parametrize("name", HOLDING)
def test_every_secret_of_the_environment_is_known(name: str) -> None:
    found = [*secrets_in(environment(**{name: HOLDING[name]}))]

    assert any(SECRET in one for one in found)
    assert {"db", "mail", "desk"} & {*found} == set()


def test_a_password_is_known_as_it_is_written_and_as_it_is_meant() -> None:
    assert {f"{SECRET}%2F5", f"{SECRET}/5"} <= {*secrets_in(environment(**HOLDING))}


def test_no_setting_that_looks_like_a_secret_is_forgotten() -> None:
    words = ("key", "secret", "password", "token", "url", "channels")
    named = {name for name in Environment.model_fields if any(word in name.split("_") for word in words)}

    no_secrets = {
        "expediter_token_file", "expediter_public_url", "expediter_suppliers_url", "expediter_mail_url",
        "openai_base_url",
    }  # fmt: skip
    assert named - no_secrets == {*HOLDING}


def test_nothing_is_a_secret_where_nothing_is_set() -> None:
    assert [*secrets_in(Environment.model_construct())] == []


def test_the_environment_says_what_is_logged_and_how() -> None:
    terms = log_terms(environment(expediter_log_level="debug", expediter_log_format="text"), otherwise=Level.INFO)

    assert (terms.level, terms.form) == (Level.DEBUG, Form.TEXT)
    assert log_terms(environment(), otherwise=Level.INFO).level is Level.INFO


@pytest.mark.parametrize(
    ("name", "accepted"), [("EXPEDITER_LOG_LEVEL", "'debug', 'info'"), ("EXPEDITER_LOG_FORMAT", "'auto', 'json'")]
)
def test_what_is_no_level_or_format_is_refused(name: str, accepted: str) -> None:
    with pytest.raises(UsageError, match=f"{name} 'loud' is no .*{accepted}"):
        log_terms(environment(**{name: "loud"}), otherwise=Level.INFO)
