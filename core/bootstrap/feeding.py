"""Feeding the books: a company pack is loaded into empty ones, or reconciled with what they hold."""

from core.bootstrap.databases import LOADER, load_company
from core.bootstrap.opening import open_books
from core.db.loading.statistics import gather_statistics
from core.db.roles import RoleUrls
from core.domain.company import Company
from core.domain.feeds import FeedReport
from core.domain.ids import UserName
from core.services.reconciling.reconcile import ReconcilePack, reconcile


def feed_company(urls: RoleUrls, company: Company, *, content_hash: str, by: UserName = LOADER) -> FeedReport | None:
    """The report of reconciling a later pack; None when the books were empty and it was loaded whole.

    NotAuthorisedError when there are people who may load packs and `by` is none of them.
    """
    with open_books(urls.app) as books:
        with books(by) as uow:
            last = uow.feeds.last()
        if last is None:
            load_company(urls, company, content_hash=content_hash, by=by)
            gather_statistics(urls)
            return None
        command = ReconcilePack(
            key=f"pack {content_hash} after {last.content_hash}"[:200], company=company, content_hash=content_hash
        )
        with books(by) as uow:
            return reconcile(uow, command)
