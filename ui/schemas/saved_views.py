"""What travels of the views that people keep of lists."""

from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.saved_views import LONGEST_NAME, LONGEST_QUERY, Listed
from ui.schemas import ONE_LINE, Reply, Request
from ui.schemas.listing import Filters

ViewName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=ONE_LINE)
]


class ViewQuery(Filters):
    """Of which list views are wanted."""

    page: Listed


class ViewNamed(Request):
    """A view by its list and its name."""

    page: Listed
    name: ViewName


class ViewRequest(ViewNamed):
    """A view to keep."""

    query: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)] = Field(
        description="What the address of the list asks for after '?', percent-encoded.",
        examples=["filter-state=open&mine=true"],
    )


class SavedViewReply(Reply):
    """A view that is kept."""

    name: str
    query: str


class SavedViews(Reply):
    """Somebody's views of a list, by name."""

    page: Listed
    items: tuple[SavedViewReply, ...]
