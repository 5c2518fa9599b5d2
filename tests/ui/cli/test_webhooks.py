"""Webhooks and their sources at the terminal: made by who may, secrets shown once, put-aside messages tried again."""

import json
import re
from datetime import UTC, datetime

from core.domain.ids import UserName
from core.domain.inbound import SourceName
from core.services.inbound.taking import take_in
from tests.builders import MARIA, OMAR, PAUL
from tests.core.connectors.canned import answering, http
from tests.core.services.inbound.partners import envelope, signed
from tests.ui.cli.offices import Office
from tests.ui.cli.terminal import Ran, expediter

POISON = b'{"id":"e-1","type":"supply.exploded","data":{}}'
ADD = ("webhooks", "add", "https://shop.example/hooks", "--event", "order.placed")
SOURCE = ("hooks", "add", "gulf", "--kind", "supplier", "--party", "GULF", "--acts-as", "edi-in")


AT = datetime(2024, 10, 4, 9, tzinfo=UTC)


def run_with(here: Office, settings: dict[str, str], *words: object) -> Ran:
    """A command of Maria, in an environment with more in it."""
    token = {"EXPEDITER_TOKEN_FILE": str(here.token_of(MARIA))}
    return expediter(*words, environment=here.environment | token | settings)


def secret_in(text: str) -> str:
    return re.findall(r"whsec_[\w-]{20,}", text)[0]


def test_a_webhook_is_added_listed_and_disabled_and_its_secret_shown_once(here: Office) -> None:
    added = here.run(*ADD, by=MARIA)
    name = added.text.split()[1]

    secret = secret_in(added.text)
    listed = here.run("webhooks", "list", "--json")
    rotated = here.run("webhooks", "rotate", name, by=MARIA)
    disabled = here.run("webhooks", "disable", name, by=MARIA)

    assert secret_in(rotated.text) != secret
    assert secret not in listed.out + disabled.out
    (one,) = json.loads(listed.out)
    assert (one["id"], one["events"], one["owner"], one["active"]) == (name, ["order.placed"], "maria", True)
    assert disabled.text == f"Webhook {name} is told nothing any more."
    assert here.run("webhooks", "ping", name, by=MARIA).errors == ["conflict"]


def test_who_does_not_manage_webhooks_makes_none(here: Office) -> None:
    assert here.run(*ADD, by=PAUL).errors == ["not_authorised"]
    assert here.run(*SOURCE, by=PAUL).errors == ["not_authorised"]
    assert here.run("webhooks", "list").text == (
        "No webhook yet. `expediter webhooks add URL --event EVENT` makes one."
    )


def test_an_event_or_an_address_that_is_none_is_refused(here: Office) -> None:
    assert here.run("webhooks", "add", "https://a.example", "--event", "order.exploded", by=MARIA).errors == [
        "invalid_value"
    ]
    assert here.run("webhooks", "add", "http://a.example", "--event", "order.placed", by=MARIA).errors == [
        "invalid_value"
    ]
    assert "halt.changed" in here.run("webhooks", "events").out


def test_a_ping_reaches_this_machine_where_that_is_allowed_and_nowhere_else(here: Office) -> None:
    with answering(http(200, b"thanks")) as receiver:
        allowed = {"EXPEDITER_WEBHOOKS_TO_LOOPBACK": "true"}
        added = run_with(here, allowed, "webhooks", "add", f"{receiver.url}/in", "--event", "order.placed")
        name = added.text.split()[1]
        for environment in (dict[str, str](), allowed):
            here.run("webhooks", "ping", name, by=MARIA)
            run_with(here, environment, "worker", "--once")
        told = json.loads(here.run("webhooks", "deliveries", "--json").out)

    assert len(receiver.requests) == 1
    assert [(one["event"], one["state"]) for one in told] == [("ping", "delivered"), ("ping", "waiting")]


def test_a_message_that_was_put_aside_is_shown_and_tried_again(here: Office) -> None:
    here.run("users", "add-program", "edi-in", by=OMAR)
    made = here.run(*SOURCE, by=MARIA)
    with here.desk(at=AT) as desk, desk.open(UserName("api")) as uow:
        take_in(uow, SourceName("gulf"), POISON, signed(desk, POISON, secret=secret_in(made.text)))

    here.run("worker", "--once")
    (one,) = json.loads(here.run("hooks", "list", "--state", "quarantined", "--json").out)
    shown = here.run("hooks", "show", one["id"])
    again = here.run("hooks", "retry", one["id"], by=MARIA)
    twice = here.run("hooks", "retry", one["id"], by=MARIA)

    assert (one["source"], one["code"]) == ("gulf", "invalid_value")
    assert "supply.exploded" in shown.text
    assert again.text == f"Message {one['id']} of gulf is worked on with the next round of a worker."
    assert twice.errors == ["conflict"]


def test_a_partners_own_secret_comes_from_the_environment_and_is_not_said(here: Office) -> None:
    own = {"GULF_SECRET": "a secret of the partner's own"}
    here.run("users", "add-program", "edi-in", by=OMAR)

    missing = here.run(*SOURCE, "--secret-from", "GULF_SECRET", by=MARIA)
    made = run_with(here, own, *SOURCE, "--secret-from", "GULF_SECRET")

    assert missing.errors == ["wrong_usage"]
    assert own["GULF_SECRET"] not in made.out
    raw = envelope("supply.delayed", {"text": "a storm"})
    with here.desk(at=AT) as desk, desk.open(UserName("api")) as uow:
        assert take_in(uow, SourceName("gulf"), raw, signed(desk, raw)).new
    assert here.run("hooks", "sources").out.count("gulf") == 1
    assert here.run("hooks", "disable", "gulf", by=MARIA).text == "Nothing is taken from gulf any more."
