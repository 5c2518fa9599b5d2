"""The views people keep of lists."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import SavedViewRow
from core.db.transaction import Transaction
from core.domain.ids import UserName
from core.domain.saved_views import Listed, SavedView


@dataclass(frozen=True, slots=True)
class SqlSavedViewStore:
    """Saved views in this transaction. They are no books: the audit log is not told of them."""

    transaction: Transaction

    def of_user(self, user: UserName, page: Listed) -> tuple[SavedView, ...]:
        """A person's views of a list, by name."""
        query = (
            select(SavedViewRow)
            .where(SavedViewRow.user_name == user, SavedViewRow.page == page.value)
            .order_by(SavedViewRow.name)
        )
        rows = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(SavedView(page=Listed(row.page), name=row.name, query=row.query) for row in rows)

    def keep(self, user: UserName, view: SavedView) -> None:
        """Keep one, in place of what has its name."""
        key = {"user_name": user, "page": view.page.value, "name": view.name}
        statement = insert(SavedViewRow).values(**key, query=view.query)
        self.transaction.session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_={"query": view.query})
        )

    def forget(self, user: UserName, page: Listed, name: str) -> None:
        """Keep one no more, if it is there."""
        row = SavedViewRow
        self.transaction.session.execute(
            delete(row).where(row.user_name == user, row.page == page.value, row.name == name)
        )
