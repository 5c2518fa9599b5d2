"""What webhooks and sources sign with: the secret of now, and for a while the one before it."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import HookSecretRow
from core.db.transaction import Transaction


def add_secret(transaction: Transaction, holder: str, secret: str) -> None:
    """The first one."""
    transaction.session.execute(insert(HookSecretRow).values(holder=holder, secret=secret))


def read_secrets(transaction: Transaction, holder: str) -> tuple[str, ...]:
    """Those that count at this moment, the newest first."""
    row = transaction.one(HookSecretRow, HookSecretRow.holder == holder, what=f"secret of {holder!r}")
    if row.secret_before is None or row.before_until is None or row.before_until <= transaction.now:
        return (row.secret,)
    return row.secret, row.secret_before


def rotate_secret(transaction: Transaction, holder: str, secret: str, *, until: datetime) -> None:
    """Another secret; the one before counts until then, and the one before that no more."""
    rotated = (
        update(HookSecretRow)
        .where(HookSecretRow.holder == holder)
        .values(secret_before=HookSecretRow.secret, before_until=until, secret=secret)
    )
    transaction.session.execute(rotated, execution_options={"synchronize_session": False})
