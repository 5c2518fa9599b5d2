"""Settings from the environment, read once at a process's edge."""

import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME_MODE = 0o700
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Said:
    """What docs/configuration.md says of a setting: what holds without it, and what it means."""

    default: str
    meaning: str
    secret: bool = False


class Environment(BaseSettings):
    """Every variable the program reads; docs/configuration.md is written from what is said beside each."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    expediter_home: Annotated[
        Path | None,
        Said(
            "the platform's data folder (`~/.local/share/expediter` on Linux, `~/Library/Application "
            "Support/expediter` on macOS); a folder in the temporary folder where that cannot be written",
            "everything of ours: the embedded database, its passwords, the token file. Created with mode 0700",
        ),
    ] = None
    database_url: Annotated[
        str | None,
        Said(
            "none: the embedded server",
            "`postgresql://USER:PASSWORD@HOST:PORT/DATABASE` of a PostgreSQL of your own, version 16 or later. A "
            "login that is, or may become, `expediter_owner`",
            secret=True,
        ),
    ] = None
    database_url_app: Annotated[
        str | None, Said("`DATABASE_URL` switched to the role", "the login of `expediter_app`", secret=True)
    ] = None
    database_url_agent: Annotated[
        str | None,
        Said("`DATABASE_URL` switched to the role", "the login of `expediter_agent`: reads, and proposes", secret=True),
    ] = None
    database_url_checkpoint: Annotated[
        str | None,
        Said(
            "`DATABASE_URL` switched to the role",
            "the login of `expediter_checkpoint`: the agents' saved state",
            secret=True,
        ),
    ] = None
    database_url_visitor: Annotated[
        str | None,
        Said(
            "`DATABASE_URL` switched to the role",
            "the login of `expediter_visitor`: reads for visitors limited to some sites or customers",
            secret=True,
        ),
    ] = None
    expediter_suppliers_url: Annotated[
        str | None,
        Said("none: no supplier is connected", "where suppliers answer; the supplier's code is added to the path"),
    ] = None
    expediter_suppliers_key: Annotated[
        str | None, Said("none", "the key sent to suppliers. Needed with the address", secret=True)
    ] = None
    expediter_mail_url: Annotated[
        str | None, Said("none: notices wait, then a person is asked", "where customer notices are handed over")
    ] = None
    expediter_mail_key: Annotated[str | None, Said("none", "the key sent to the mail system", secret=True)] = None
    expediter_imap_host: Annotated[
        str | None,
        Said(
            "none: no mailbox is read",
            "the IMAP server orders come to; a worker looks every two minutes ([scheduling.md](scheduling.md#mail))",
        ),
    ] = None
    expediter_imap_port: Annotated[int | None, Said("993 with `tls`, else 143", "its port")] = None
    expediter_imap_user: Annotated[str | None, Said("none", "the account; needed with a host")] = None
    expediter_imap_password: Annotated[str | None, Said("none", "its password; needed with a host", secret=True)] = None
    expediter_imap_folder: Annotated[str, Said("`INBOX`", "the folder that is read")] = "INBOX"
    expediter_imap_security: Annotated[
        str, Said("`tls`", "`tls`, `starttls`, or `none` for a server on this machine")
    ] = "tls"
    expediter_notify_channels: Annotated[
        str,
        Said(
            "none: nobody is told",
            "the channels people are told things on, `NAME=ADDRESS` each, separated by spaces "
            "([notifications.md](notifications.md))",
        ),
    ] = ""
    expediter_notify_events: Annotated[
        str, Said("every channel is told of everything", "`NAME=EVENT,EVENT` for channels that want some events only")
    ] = ""
    expediter_token_file: Annotated[
        Path | None,
        Said("`token` in `EXPEDITER_HOME`", "where the command line finds the person's token; it must be mode 0600"),
    ] = None
    expediter_api_key: Annotated[
        str | None,
        Said(
            "-",
            "the API key under which `expediter mcp` serves the tools; else it is read from the token file "
            "([machine-interfaces.md](machine-interfaces.md))",
            secret=True,
        ),
    ] = None
    expediter_log_level: Annotated[
        str | None,
        Said(
            "`info` for `serve` and `worker` (`warning` for `serve` at a terminal), `warning` for `mcp`",
            "`debug`, `info`, `warning` or `error`: what is logged by a process that stays "
            "([runbook.md](runbook.md#logs)); other commands log warnings",
        ),
    ] = None
    expediter_log_format: Annotated[
        str, Said("`auto`", "`json`: a JSON object a line; `text`: for people; `auto`: text at a terminal, else JSON")
    ] = "auto"
    expediter_public_url: Annotated[
        str | None,
        Said(
            "the address that is asked",
            "how people reach the server behind a proxy with TLS, such as `https://expediter.example`: cookies "
            "are then for TLS only, and a login sends people back there ([identity.md](identity.md))",
        ),
    ] = None
    expediter_trusted_proxies: Annotated[
        str,
        Said(
            "none",
            "the addresses or networks of the proxies before `expediter serve`, by comma, such as `127.0.0.1` or "
            "`10.0.0.5,fd00::/64`: what they forward of who asks is believed, and whoever comes from another "
            "machine without them is refused ([deploy](deploy/README.md))",
        ),
    ] = ""
    expediter_local_sign_in: Annotated[
        bool | None,
        Said("on, unless a company's login is configured", "`true` or `false`: whether names and passwords count"),
    ] = None
    expediter_webhooks_to_loopback: Annotated[
        bool,
        Said(
            "`false`",
            "for development: webhooks may also be told to this machine, at `http://` addresses; private "
            "addresses stay refused ([webhooks.md](webhooks.md))",
        ),
    ] = False
    expediter_oidc_issuer: Annotated[
        str | None,
        Said(
            "none: no company's login",
            "the OpenID provider, exactly as it calls itself ([identity.md](identity.md#oidc))",
        ),
    ] = None
    expediter_oidc_client_id: Annotated[
        str | None, Said("none", "what the provider knows this program as; needed with an issuer")
    ] = None
    expediter_oidc_client_secret: Annotated[
        str | None, Said("none: a public client, PKCE alone", "its secret there", secret=True)
    ] = None
    expediter_oidc_audience: Annotated[
        str | None,
        Said(
            "none: no token of the login is a way into the API",
            "the audience that access tokens for the API are made out to",
        ),
    ] = None
    expediter_oidc_name: Annotated[str | None, Said("your company's login", "what the button calls it")] = None
    expediter_oidc_user_claim: Annotated[
        str | None,
        Said(
            "none: only people who were linked",
            "the claim whose value may name a user here, such as `preferred_username`",
        ),
    ] = None
    openai_api_key: Annotated[
        str | None, Said("none: advice by rules", "a key for the model. On its own it means OpenAI", secret=True)
    ] = None
    openai_base_url: Annotated[
        str | None,
        Said("none", "another server that speaks Chat Completions, such as one of your own; it may need no key"),
    ] = None
    expediter_model: Annotated[
        str | None, Said("`gpt-5-mini` at OpenAI, none elsewhere", "the model's name; needed with `OPENAI_BASE_URL`")
    ] = None
    expediter_model_advise: Annotated[str | None, Said("`EXPEDITER_MODEL`", "the model for advice on options")] = None
    expediter_model_answer: Annotated[str | None, Said("`EXPEDITER_MODEL`", "the model for answers about a case")] = (
        None
    )
    expediter_model_transcribe: Annotated[str | None, Said("`EXPEDITER_MODEL`", "the model for reading orders")] = None
    expediter_model_chat: Annotated[str | None, Said("`EXPEDITER_MODEL`", "the model for the chat")] = None
    expediter_model_read_quote: Annotated[
        str | None, Said("`EXPEDITER_MODEL`", "the model for reading quotes of suppliers")
    ] = None
    expediter_model_prices: Annotated[
        str | None,
        Said(
            "none: what calls cost is unknown",
            "`MODEL=PROMPT/CACHED/ANSWER`, money for a million tokens each, several separated by commas; the name"
            " may be the beginning of a model's name",
        ),
    ] = None
    expediter_model_tokens_per_run: Annotated[
        int, Said("60000", "tokens that the model calls of one run may use ([models.md](models.md))")
    ] = 60_000
    expediter_model_tokens_per_day: Annotated[int, Said("2000000", "tokens that all model calls of a day may use")] = (
        2_000_000
    )
    expediter_model_money_per_run: Annotated[
        Decimal | None,
        Said("no limit", "money that a run may cost, in the currency of the prices; needs `EXPEDITER_MODEL_PRICES`"),
    ] = None
    expediter_model_money_per_day: Annotated[
        Decimal | None, Said("no limit", "money that all runs of a day may cost")
    ] = None
    expediter_keep_messages_days: Annotated[
        int,
        Said(
            "365",
            "days that mails, letters and partners' messages are kept word for word; after that their hash and what "
            "was read of them ([privacy.md](privacy.md#what-is-kept-how-long))",
        ),
        Field(ge=1, le=MOST_DAYS),
    ] = 365
    expediter_keep_traces_days: Annotated[
        int, Said("90", "days that the steps of a run are kept after its end"), Field(ge=1, le=MOST_DAYS)
    ] = 90
    expediter_keep_checkpoints_days: Annotated[
        int, Said("7", "days that a checkpoint of a closed case or draft may be left"), Field(ge=1, le=MOST_DAYS)
    ] = 7
    expediter_keep_sessions_days: Annotated[
        int, Said("30", "days that sessions and status links are kept after they ended"), Field(ge=1, le=MOST_DAYS)
    ] = 30
    expediter_keep_answers_days: Annotated[
        int,
        Said("1", "days that answers under an `Idempotency-Key`, and what the chat said as it came, are kept"),
        Field(ge=1, le=MOST_DAYS),
    ] = 1
    otel_exporter_otlp_endpoint: Annotated[
        str | None,
        Said(
            "none: traces stay in the books",
            "where a collector takes OTLP over HTTP, such as `http://127.0.0.1:4318` ([traces.md](traces.md))",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The environment and the folder everything of ours is kept in."""

    home: Path
    environment: Environment

    @property
    def token_file(self) -> Path:
        """Where the command line looks for the person's token."""
        return self.environment.expediter_token_file or self.home / "token"


def read_config() -> Config:
    """The settings of this process; its home folder exists afterwards."""
    environment = Environment()
    home = environment.expediter_home.expanduser().absolute() if environment.expediter_home else _default_home()
    home.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
    return Config(home=home, environment=environment)


def _default_home() -> Path:
    """The platform's data folder; where there is none to write to, one in the temporary folder."""
    try:
        home = platformdirs.user_data_path("expediter", appauthor=False).expanduser()
        if home.is_absolute():
            home.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
            if os.access(home, os.W_OK):
                return home
    except (OSError, RuntimeError):
        pass
    home = Path(tempfile.gettempdir()) / f"expediter-{os.getuid()}"
    home.mkdir(mode=HOME_MODE, exist_ok=True)
    home.chmod(HOME_MODE)  # fails when the folder is somebody else's
    return home
