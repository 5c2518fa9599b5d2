"""Webhooks at the edge: the way out as the environment allows it, the reader of what comes in, and fresh secrets."""

import secrets

from core.config import Environment
from core.connectors.hook_messages import read_message
from core.connectors.webhooks import HttpWebhookSender
from core.domain.webhooks import WebhookId
from core.ports.webhooks import HookReader, WebhookSender
from core.services.webhooks.subscribing import NewSecret

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with


def webhook_sender(environment: Environment) -> WebhookSender:
    """To public addresses, over TLS; to this machine too where the environment says so."""
    return HttpWebhookSender(loopback=environment.expediter_webhooks_to_loopback)


def hook_reader() -> HookReader:
    """What makes messages of bytes."""
    return read_message


def fresh_webhook() -> NewSecret:
    """The id of a new webhook, and its secret."""
    return NewSecret(id=WebhookId(f"w{secrets.token_hex(5)}"), secret=fresh_hook_secret())


def fresh_hook_secret() -> str:
    """What a webhook or a source signs with."""
    return f"{SECRET_PREFIX}{secrets.token_urlsafe(32)}"


def fresh_ping() -> str:
    """What tells one ping from another."""
    return secrets.token_hex(8)
