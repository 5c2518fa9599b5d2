"""The declarative root of all rows and the column types they share."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Identity, MetaData, Numeric, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Row(DeclarativeBase):
    """Every table of the application; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), int: BigInteger()}


Key = Annotated[int, mapped_column(BigInteger, Identity(always=False), primary_key=True)]
Price = Annotated[Decimal, mapped_column(Numeric(19, 4))]
Amount = Annotated[Decimal, mapped_column(Numeric(19, 2))]
Share = Annotated[Decimal, mapped_column(Numeric(12, 6))]
