"""The channels and the mailbox the environment names, and what is said of half a setting."""

import pytest

from core.bootstrap.channels import configured_channels
from core.bootstrap.mailboxes import configured_mailbox
from core.config import Environment
from core.connectors.mailbox import ImapMailbox, Security
from core.domain.errors import UsageError
from core.domain.notices import Event

CHANNELS = "ops=json://hook.example/a?x=1 buyers=mailto://u:secret@mail.example"


def test_each_channel_is_told_of_what_it_wants_or_of_everything() -> None:
    found = Environment(expediter_notify_channels=CHANNELS, expediter_notify_events="buyers=digest,outcome")

    with configured_channels(found) as channels, configured_channels(Environment()) as none:
        assert none is None
        assert channels is not None
        assert channels.notices.channels == {"ops", "buyers"}
        assert channels.subscriptions == {"ops": frozenset(Event), "buyers": frozenset({Event.DIGEST, Event.OUTCOME})}


@pytest.mark.parametrize(
    ("channels", "events", "said"),
    [
        ("json://secret.example", "", "EXPEDITER_NOTIFY_CHANNELS is not understood"),
        ("ops=json://a ops=json://secret", "", "EXPEDITER_NOTIFY_CHANNELS is not understood"),
        (CHANNELS, "others=digest", "names 'others'"),
        (CHANNELS, "ops=everything", "no event 'everything'"),
    ],
)
def test_what_is_not_understood_is_named_without_its_secret(channels: str, events: str, said: str) -> None:
    environment = Environment(expediter_notify_channels=channels, expediter_notify_events=events)

    with pytest.raises(UsageError, match=said) as refused, configured_channels(environment):
        pass

    assert "secret" not in refused.value.message


def test_a_mailbox_is_there_when_it_is_named_whole() -> None:
    named = Environment(expediter_imap_host="mail.example", expediter_imap_user="orders", expediter_imap_password="pw")

    assert configured_mailbox(Environment()) is None
    assert configured_mailbox(named) == ImapMailbox(
        host="mail.example", user="orders", password="pw", port=993, security=Security.TLS
    )
    with pytest.raises(UsageError, match="EXPEDITER_IMAP_USER and EXPEDITER_IMAP_PASSWORD"):
        configured_mailbox(Environment(expediter_imap_host="mail.example"))
    with pytest.raises(UsageError, match="EXPEDITER_IMAP_SECURITY 'ssl' is none of"):
        configured_mailbox(named.model_copy(update={"expediter_imap_security": "ssl"}))
