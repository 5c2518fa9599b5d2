"""Settings from the environment, read once at a process's edge."""

import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME_MODE = 0o700


class Environment(BaseSettings):
    """Every variable the program reads; docs/configuration.md explains each."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    expediter_home: Path | None = None
    database_url: str | None = None
    database_url_app: str | None = None
    database_url_agent: str | None = None
    database_url_checkpoint: str | None = None
    database_url_visitor: str | None = None
    expediter_suppliers_url: str | None = None
    expediter_suppliers_key: str | None = None
    expediter_mail_url: str | None = None
    expediter_mail_key: str | None = None
    expediter_imap_host: str | None = None
    expediter_imap_port: int | None = None
    expediter_imap_user: str | None = None
    expediter_imap_password: str | None = None
    expediter_imap_folder: str = "INBOX"
    expediter_imap_security: str = "tls"
    expediter_notify_channels: str = ""
    expediter_notify_events: str = ""
    expediter_token_file: Path | None = None
    expediter_api_key: str | None = None
    expediter_log_level: str | None = None
    expediter_log_format: str = "auto"
    expediter_public_url: str | None = None
    expediter_trusted_proxies: str = ""
    expediter_local_sign_in: bool | None = None
    expediter_webhooks_to_loopback: bool = False
    expediter_oidc_issuer: str | None = None
    expediter_oidc_client_id: str | None = None
    expediter_oidc_client_secret: str | None = None
    expediter_oidc_audience: str | None = None
    expediter_oidc_name: str | None = None
    expediter_oidc_user_claim: str | None = None
    openai_api_key: str | None = None
    openai_base_url: str | None = None
    expediter_model: str | None = None
    expediter_model_advise: str | None = None
    expediter_model_answer: str | None = None
    expediter_model_transcribe: str | None = None
    expediter_model_chat: str | None = None
    expediter_model_read_quote: str | None = None
    expediter_model_prices: str | None = None
    expediter_model_tokens_per_run: int = 60_000
    expediter_model_tokens_per_day: int = 2_000_000
    expediter_model_money_per_run: Decimal | None = None
    expediter_model_money_per_day: Decimal | None = None
    otel_exporter_otlp_endpoint: str | None = None


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
