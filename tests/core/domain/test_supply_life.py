"""The life of supply: the same steps in the code and in the database."""

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import RestrictViolation

from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import IllegalTransitionError
from core.domain.orders import SupplyState
from core.domain.supply_life import (
    PURCHASE_STEPS,
    TRANSFER_STEPS,
    WORK_STEPS,
    PurchaseStage,
    Stage,
    TransferStage,
    WorkStage,
    require_step,
    state_of,
    steps_of,
)
from tests.desk import Desk

KINDS = {"purchase": PurchaseStage, "work": WorkStage, "transfer": TransferStage}


def every_stage() -> list[tuple[str, Stage]]:
    return [(kind, stage) for kind, stages in KINDS.items() for stage in stages]


def test_the_database_knows_the_same_steps_and_states(worker_role_urls: RoleUrls) -> None:
    asked = "SELECT supply_state(%s, %s), COALESCE(supply_steps(%s, %s), '{}')"

    with psycopg.connect(dsn_of(worker_role_urls.app)) as app:
        found = {key: app.execute(asked, [key[0], key[1].value] * 2).fetchone() for key in every_stage()}

    wanted = {key: (state_of(key[1]).value, {step.value for step in steps_of(key[1])}) for key in every_stage()}
    assert {key: (row[0], set(row[1])) for key, row in found.items() if row} == wanted


def test_every_life_ends() -> None:
    for steps in (PURCHASE_STEPS, WORK_STEPS, TRANSFER_STEPS):
        ends = {stage for stage, after in steps.items() if not after}
        assert {state_of(stage) for stage in ends} == {SupplyState.RECEIVED, SupplyState.CANCELLED}


def test_a_step_that_is_none_says_which_are() -> None:
    with pytest.raises(
        IllegalTransitionError, match=r"X is 'received' and cannot become 'sent'; .* accepted is 'closed'"
    ):
        require_step("X", PurchaseStage.RECEIVED, PurchaseStage.SENT)
    with pytest.raises(IllegalTransitionError, match="from there accepted is nothing"):
        require_step("X", WorkStage.CLOSED, WorkStage.OPEN)


def test_the_database_refuses_what_is_no_step_and_keeps_the_state_in_step(desk: Desk) -> None:
    for table, stage in (
        ("purchase_orders", "draft"),
        ("work_orders", "closed"),
        ("transfer_orders", "partly received"),
    ):
        with psycopg.connect(dsn_of(desk.urls.app)) as app, pytest.raises(RestrictViolation, match="it cannot become"):
            app.execute(sql.SQL("UPDATE {} SET stage = {} WHERE state = 'open'").format(sql.Identifier(table), stage))

    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        app.execute("UPDATE purchase_orders SET stage = 'cancelled' WHERE number = 'PO-1'")
        app.execute("UPDATE transfer_orders SET state = 'received' WHERE number = 'TO-2'")
        bought = app.execute("SELECT state FROM purchase_orders WHERE number = 'PO-1'").fetchone()
        moved = app.execute("SELECT stage FROM transfer_orders WHERE number = 'TO-2'").fetchone()
    assert (bought, moved) == (("cancelled",), ("received",))
