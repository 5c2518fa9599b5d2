"""Where a partner listens, and what may stand in a header sent to it."""

import re
from dataclasses import dataclass, field

import httpx

from core.domain.errors import InvalidValueError

KEY_ACCEPTED = "up to 200 letters, digits and . _ : / # -, beginning with a letter or digit"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/#-]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A partner's address. `idempotent` says that it answers a repeated Idempotency-Key with its first answer;
    to any other partner an instruction is sent once, and its outcome looked up."""

    url: str
    api_key: str = field(repr=False)
    idempotent: bool = True

    def __post_init__(self) -> None:
        try:
            url = httpx.URL(self.url)
        except httpx.InvalidURL:
            url = httpx.URL()
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
            raise InvalidValueError(f"partner address {self.url!r} is not one such as 'https://host/path'")
        if not self.api_key.isascii() or not self.api_key.isprintable():  # never quoted: it is a secret
            raise InvalidValueError(f"the API key for {self.url!r} is not one line of plain ASCII characters")

    def at(self, path: str) -> str:
        """The address of something below this one."""
        return f"{self.url.rstrip('/')}/{path}"


def is_sendable_key(key: str) -> bool:
    """Whether an idempotency key can stand in a header."""
    return _KEY.fullmatch(key) is not None
