"""Names: a code or a whole name in any case is found; what is neither, or both of two, is refused with who is near."""

import pytest

from core.domain.errors import NotFoundError
from core.domain.overviews import NameKind
from core.services.looking.naming import code_of, order_of, suppliers_in
from tests.desk import Desk


def test_a_code_or_a_whole_name_in_any_case_is_found(desk: Desk) -> None:
    asked = {
        (NameKind.CUSTOMER, "HARBOR"): "HARBOR",
        (NameKind.CUSTOMER, "harbor supply"): "HARBOR",
        (NameKind.SUPPLIER, "Gulf Castings"): "GULF",
        (NameKind.ITEM, "valve-3"): "VALVE-3",
        (NameKind.ITEM, "PUMP"): "PUMP-1",
        (NameKind.LOCATION, "houston works"): "YARD",
        (NameKind.LOCATION, "Houston"): "HOUSTON",
        (NameKind.LOCATION, "reno"): "RENO",
    }

    with desk.open() as uow:
        assert {key: code_of(uow, *key) for key in asked} == asked
        assert (order_of(uow, "so-1"), order_of(uow, "MESA-2")) == ("SO-1", "SO-2")


def test_what_is_called_like_nothing_or_like_several_is_refused_with_who_is_near(desk: Desk) -> None:
    desk.alter("UPDATE customers SET name = 'Mesa Water'")
    desk.alter("UPDATE locations SET site = 'TEXAS' WHERE code IN ('HOUSTON', 'YARD')")
    refused = {
        (
            NameKind.CUSTOMER,
            "mesa water",
        ): "2 customers are called 'mesa water'; accepted: 'HARBOR' (Mesa Water), 'MESA'",
        (NameKind.CUSTOMER, "Harbur"): "near are 'HARBOR' (Mesa Water)",
        (NameKind.SUPPLIER, "castings"): "near are 'GULF' (Gulf Castings)",
        (NameKind.ITEM, "3 inch valve"): "near are 'VALVE-3' (3-inch valve)",
        (NameKind.ITEM, "'; DROP TABLE items --"): "none comes near",
        (NameKind.LOCATION, "texas"): "2 locations are called 'texas'; accepted: 'HOUSTON' (Houston), 'YARD'",
    }

    with desk.open() as uow:
        for (kind, said), words in refused.items():
            with pytest.raises(NotFoundError) as told:
                code_of(uow, kind, said)
            assert words in told.value.message
            assert told.value.details["field"] == kind.value
        with pytest.raises(NotFoundError, match="no sales order is called 'SO-9'"):
            order_of(uow, "SO-9")


def test_a_number_of_two_customers_is_told_with_both_orders(desk: Desk) -> None:
    desk.alter("UPDATE sales_orders SET customer_po = 'PO 77'")

    with (
        desk.open() as uow,
        pytest.raises(NotFoundError, match="2 sales orders are called 'po 77'; accepted: 'SO-2', 'SO-1'"),
    ):
        order_of(uow, "po 77")


def test_a_country_without_suppliers_is_refused(desk: Desk) -> None:
    desk.alter("UPDATE suppliers SET country = 'MX' WHERE code = 'GULF'")

    with desk.open() as uow:
        assert suppliers_in(uow, "mx") == ("GULF",)
        with pytest.raises(NotFoundError, match="no supplier is in 'CN'"):
            suppliers_in(uow, "CN")
