"""Views that a person keeps of a list: seen and changed by that person only."""

from core.domain.errors import ConflictError
from core.domain.saved_views import MOST_VIEWS, Listed, SavedView
from core.domain.users import User
from core.ports.storage import UnitOfWork


def keep_view(uow: UnitOfWork, view: SavedView, user: User) -> SavedView:
    """Keep it under its name, in place of what was kept there. ConflictError when there are too many."""
    kept = uow.saved_views.of_user(user.name, view.page)
    if view.name not in {one.name for one in kept} and len(kept) >= MOST_VIEWS:
        raise ConflictError(f"{user.name} keeps {MOST_VIEWS} views of {view.page.value!r}; forget one first")
    uow.saved_views.keep(user.name, view)
    return view


def forget_view(uow: UnitOfWork, page: Listed, name: str, user: User) -> None:
    """Keep it no more; done again it changes nothing."""
    uow.saved_views.forget(user.name, page, name)
