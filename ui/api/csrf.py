"""What a page sends along with a session's cookie, so that no other page can use the cookie."""

import hmac
from typing import Final

from core.services.identity import secret_hash
from ui.api.errors import ApiError

CSRF_HEADER: Final = "X-CSRF-Token"


def csrf_token(token: str) -> str:
    """What goes with a cookie of this content."""
    return secret_hash(f"csrf:{token}")


def check_csrf(sent: str, token: str) -> None:
    """403 unless it is what goes with the cookie."""
    if not hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), csrf_token(token).encode()):
        raise ApiError(
            403, "csrf_refused", f"a request by cookie that changes something carries {CSRF_HEADER}; reload the page"
        )
