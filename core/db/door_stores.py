"""The stores of a unit of work for what goes in and out at the doors: identity, answers, conversations, webhooks."""

from core.db.stores.api_replies import SqlApiReplyStore
from core.db.stores.chat_events import SqlChatEventStore
from core.db.stores.erasing import SqlErasureStore
from core.db.stores.identity import SqlIdentityStore
from core.db.stores.inbound import SqlInboundStore
from core.db.stores.retention import SqlRetentionStore
from core.db.stores.saved_views import SqlSavedViewStore
from core.db.stores.webhooks import SqlWebhookStore
from core.db.transaction import Transaction


class DoorStores:
    """What a unit of work has for the doors."""

    @property
    def _open(self) -> Transaction:
        raise NotImplementedError

    @property
    def identity(self) -> SqlIdentityStore:
        """Sessions, API keys, logins, status links."""
        return SqlIdentityStore(self._open)

    @property
    def api_replies(self) -> SqlApiReplyStore:
        """Answers of the HTTP door."""
        return SqlApiReplyStore(self._open)

    @property
    def webhooks(self) -> SqlWebhookStore:
        """Webhooks out."""
        return SqlWebhookStore(self._open)

    @property
    def inbound(self) -> SqlInboundStore:
        """Webhooks in."""
        return SqlInboundStore(self._open)

    @property
    def chat_events(self) -> SqlChatEventStore:
        """What conversations say as they go on."""
        return SqlChatEventStore(self._open)

    @property
    def saved_views(self) -> SqlSavedViewStore:
        """Views that people keep of lists."""
        return SqlSavedViewStore(self._open)

    @property
    def retention(self) -> SqlRetentionStore:
        """What is kept for a time only."""
        return SqlRetentionStore(self._open)

    @property
    def erasures(self) -> SqlErasureStore:
        """Persons who are erased."""
        return SqlErasureStore(self._open)
