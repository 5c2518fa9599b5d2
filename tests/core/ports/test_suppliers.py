"""The errors of the supplier port say who, what, how long, and whether something may have happened."""

from core.domain.errors import DomainError
from core.ports.suppliers import (
    SupplierAnswerInvalidError,
    SupplierNotConnectedError,
    SupplierOrderRepeatedError,
    SupplierUnavailableError,
)


def test_unavailable_says_what_was_tried_and_how_long() -> None:
    error: DomainError = SupplierUnavailableError(
        supplier="GULF", verb="place_order", reason="status 503", tries=3, seconds=9.87, may_have_acted=True
    )

    assert str(error) == "supplier 'GULF' did not answer 'place_order' after 3 tries in 9.9 s: status 503"
    assert error.details["may_have_acted"] is True


def test_an_invalid_answer_says_which_field_and_what_would_do() -> None:
    error: DomainError = SupplierAnswerInvalidError(
        supplier="GULF",
        verb="request_quote",
        field="unit_price",
        value="12.5",
        accepted="a decimal number in quotes",
        may_have_acted=False,
    )

    assert str(error) == (
        "supplier 'GULF' answered 'request_quote' with unit_price = 12.5; accepted is: a decimal number in quotes"
    )


def test_not_connected_says_so_when_nobody_is() -> None:
    error = SupplierNotConnectedError(supplier="GULF", connected=())

    assert str(error) == "supplier 'GULF' is not connected; connected are: none"
    assert error.may_have_acted is False


def test_repeated_orders_are_counted_and_named() -> None:
    error = SupplierOrderRepeatedError(supplier="GULF", reference="PO-901", confirmations=("C-1", "C-2"))

    assert str(error) == ("supplier 'GULF' holds 2 orders under reference 'PO-901' (C-1, C-2); exactly one was meant")
