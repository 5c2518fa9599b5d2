"""`expediter serve` is told to stop in the middle of a case: it ends in good order, and another goes on with it."""

import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import httpx
import pytest

from agents.worker.opening import open_worker
from core.domain.approval import ApprovalState
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import CASE, World
from tests.journeys.served import serving
from ui.api.serve import CLOSE_SECONDS, STOP_SECONDS

__all__ = ["desk_world", "filled_template", "fresh_world"]


@pytest.fixture
def silent_supplier() -> Iterator[socket.socket]:
    """A supplier that takes calls and says nothing."""
    with socket.socket() as supplier:
        supplier.bind(("127.0.0.1", 0))
        supplier.listen()
        supplier.settimeout(60)
        yield supplier


def test_a_case_under_way_stops_at_its_next_border_and_is_gone_on_with(
    desk_world: World, silent_supplier: socket.socket, tmp_path: Path
) -> None:
    host, port = silent_supplier.getsockname()
    settings = {"EXPEDITER_SUPPLIERS_URL": f"http://{host}:{port}", "EXPEDITER_SUPPLIERS_KEY": "k"}
    with serving(desk_world, tmp_path, **settings) as served:
        headers = {"Authorization": f"Bearer {a_key(served.app)}", "Idempotency-Key": "r1"}
        begun = httpx.post(f"{served.address}/v1/cases/{CASE}/resolve", headers=headers, trust_env=False)
        call, _ = silent_supplier.accept()  # the case is in the middle of a step

        told = monotonic()
        served.process.terminate()
        silent_supplier.close()
        call.close()
        code = served.process.wait(60)
        took = monotonic() - told

    assert (begun.status_code, code) == (202, 0)
    assert took < STOP_SECONDS + CLOSE_SECONDS + 20
    assert desk_world.approvals() == ()

    with desk_world.application() as app, open_worker(app) as another:
        assert another.unattended() == (CASE,)
        another.advance(CASE, begin=False)
    assert [approval.state for approval in desk_world.approvals()] == [ApprovalState.PENDING]
