"""The kinds of arguments tools take, each described once: names, ids, quantities, days and how many rows."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from tools.provenance import Role

MOST_UNITS = 1_000_000_000
NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)


def _name(what: str) -> str:
    return f"{what}: the code or the whole name, in any case"


Customer: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, pattern=NO_CONTROL, description=_name("a customer")), Role.ID
]
Supplier: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, pattern=NO_CONTROL, description=_name("a supplier")), Role.ID
]
Item: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, pattern=NO_CONTROL, description=_name("an item")), Role.ID
]
Location: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, pattern=NO_CONTROL, description=_name("a location")), Role.ID
]
CaseRef: TypeAlias = Annotated[
    str, Field(max_length=40, pattern=NO_CONTROL, description="the case id, such as 'CASE-17'"), Role.ID
]
OptionRef: TypeAlias = Annotated[
    str,
    Field(max_length=80, pattern=NO_CONTROL, description="the option id, such as 'CASE-17-1A'"),
    Role.ID,
]
OptionOfCase: TypeAlias = Annotated[
    str,
    Field(max_length=80, pattern=NO_CONTROL, description="the option id, such as 'CASE-17-1A', or its letter"),
    Role.ID,
]
ApprovalRef: TypeAlias = Annotated[
    str, Field(max_length=80, pattern=NO_CONTROL, description="the approval id, such as 'AP-17-1A'"), Role.ID
]
Order: TypeAlias = Annotated[
    str,
    Field(
        min_length=1,
        max_length=60,
        pattern=NO_CONTROL,
        description="a sales order: its number, such as 'SO-1042', or the customer's own number for it",
    ),
    Role.ID,
]
PurchaseOrder: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=60, pattern=NO_CONTROL, description="a purchase order's number, such as 'PO-17'"),
    Role.ID,
]
Line: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000, description="the line of the order, 1 or more"), Role.ID]
Units: TypeAlias = Annotated[
    int, Field(ge=1, le=MOST_UNITS, strict=True, description="base units, a whole number from 1 on")
]
Day: TypeAlias = Annotated[date, Field(ge=_FIRST, le=_LAST, description="a day, such as 2026-03-31")]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=50, description="how many rows at most, 1 to 50")]
