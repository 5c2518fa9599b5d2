"""The change list says what to key into another system, and no cell of it is a formula."""

import csv
import io

import psycopg
import pytest

from core.db.roles import dsn_of
from core.domain.approval import Approval
from core.domain.errors import ConflictError
from core.domain.ids import OrderNo
from core.services.change_list import ChangeList, change_list
from tests.builders import MARIA, OMAR, buy, expedite, re_promise, transfer, wait
from tests.desk import Desk


def listed(desk: Desk, approval: Approval) -> ChangeList:
    with desk.open() as uow:
        return change_list(uow, approval.id)


def test_each_action_is_one_row_to_key_in(desk: Desk) -> None:
    approval = desk.executed(wait(), transfer(), buy(), expedite(), re_promise())

    text = listed(desk, approval).csv()

    assert text == (
        "document,number,line,partner,item,quantity,origin,destination,unit_price,currency,old_date,new_date\n"
        "transfer order,TO-1.1A-1,1,,VALVE-3,25,RENO,HOUSTON,,,2024-10-04,2024-10-07\n"
        "purchase order (new),PO-1.1A-2,1,DELTA,VALVE-3,25,,HOUSTON,15.5,USD,,2024-10-10\n"
        "purchase order line (new date),PO-1,1,GULF,VALVE-3,40,,,,,2024-10-24,2024-10-08\n"
        "sales order line (new promise),SO-1,1,,,40,,,,,2024-10-09,2024-10-13\n"
    )


def test_the_page_says_who_approved_what(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))
    for user in (OMAR, MARIA):
        approval = desk.decide(approval, user)
    desk.execute(approval)

    page = listed(desk, approval).page()

    assert "<h1>Change list of CASE-1</h1>" in page
    assert "Sabine Valve. Plan AP-1-1A, approved by maria and omar." in page
    assert f"Plan hash {approval.plan_hash}" in page
    assert "<td>PO-1.1A-2</td>" in page


def test_what_was_not_executed_has_no_change_list(desk: Desk) -> None:
    approval = desk.approved(transfer())

    with pytest.raises(ConflictError, match="AP-1-1A has not been executed; there is nothing to key in"):
        listed(desk, approval)


@pytest.mark.parametrize("number", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_code_that_looks_like_a_formula_is_made_inert(desk: Desk, number: str) -> None:
    rename(desk, number)
    approval = desk.executed(re_promise(12, order=OrderNo(number), line=1, old=6, quantity=20))

    rows = list(csv.DictReader(io.StringIO(listed(desk, approval).csv(), newline="")))

    assert rows[0]["number"] == f"'{number}"


def test_a_code_with_markup_is_shown_not_obeyed(desk: Desk) -> None:
    rename(desk, "<script>alert(1)</script>")
    action = re_promise(12, order=OrderNo("<script>alert(1)</script>"), line=1, old=6, quantity=20)

    page = listed(desk, desk.executed(action)).page()

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def rename(desk: Desk, number: str) -> None:
    """The pack has an order of this number."""
    with psycopg.connect(dsn_of(desk.urls.app)) as connection:
        connection.execute("UPDATE sales_orders SET number = %s WHERE number = 'SO-2'", [number])
