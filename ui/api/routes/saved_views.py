"""Views that people keep of lists: each sees and changes their own."""

from typing import Annotated

from fastapi import APIRouter, Query

from core.domain.permissions import Permission
from core.domain.saved_views import Listed, SavedView
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.saved_views import forget_view, keep_view
from ui.api.door import IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas.saved_views import SavedViewReply, SavedViews, ViewNamed, ViewQuery, ViewRequest

router = APIRouter(prefix="/v1/saved-views", tags=["saved views"], route_class=DoorRoute)
Owner = Annotated[Visitor, needs(Permission.ORDERS_READ)]


@router.get("", operation_id="list_saved_views")
def list_saved_views(visitor: Owner, wanted: Annotated[ViewQuery, Query()]) -> SavedViews:
    """The visitor's own views of a list."""
    with visitor.acting() as (uow, user):
        return _kept(uow, user, wanted.page)


@router.post("", operation_id="keep_view")
def keep(visitor: Owner, body: ViewRequest, key: IdempotencyKey) -> SavedViews:
    """Keep a view under a name, in place of what the visitor kept there."""
    with visitor.acting() as (uow, user):
        keep_view(uow, SavedView(page=body.page, name=body.name, query=body.query), user)
        return _kept(uow, user, body.page)


@router.post("/removals", operation_id="forget_view")
def forget(visitor: Owner, body: ViewNamed, key: IdempotencyKey) -> SavedViews:
    """Keep a view no more; one that is not there changes nothing."""
    with visitor.acting() as (uow, user):
        forget_view(uow, body.page, body.name, user)
        return _kept(uow, user, body.page)


def _kept(uow: UnitOfWork, user: User, page: Listed) -> SavedViews:
    kept = uow.saved_views.of_user(user.name, page)
    return SavedViews(page=page, items=tuple(SavedViewReply(name=one.name, query=one.query) for one in kept))
