"""The mailbox the environment names, if any."""

from core.config import Environment
from core.connectors.mailbox import PORTS, ImapMailbox, Security
from core.domain.errors import UsageError
from core.ports.mailbox import MailboxPort


def configured_mailbox(environment: Environment) -> MailboxPort | None:
    """The mailbox orders come to, None where EXPEDITER_IMAP_HOST is not set; UsageError for half a setting."""
    if environment.expediter_imap_host is None:
        return None
    user, password = environment.expediter_imap_user, environment.expediter_imap_password
    if user is None or password is None:
        raise UsageError("EXPEDITER_IMAP_HOST is set; set EXPEDITER_IMAP_USER and EXPEDITER_IMAP_PASSWORD, too")
    if environment.expediter_imap_security not in PORTS:
        accepted = ", ".join(map(repr, PORTS))
        raise UsageError(f"EXPEDITER_IMAP_SECURITY {environment.expediter_imap_security!r} is none of {accepted}")
    security = Security(environment.expediter_imap_security)
    return ImapMailbox(
        host=environment.expediter_imap_host,
        port=environment.expediter_imap_port or PORTS[security],
        user=user,
        password=password,
        folder=environment.expediter_imap_folder,
        security=security,
    )
