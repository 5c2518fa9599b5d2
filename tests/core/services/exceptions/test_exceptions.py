"""Every type of exception on real books: what is planted opens one case that can be planned and that closes with its
cause; what only comes near opens none."""

from collections.abc import Iterable

import pytest

from core.domain.cases import CaseState, ExceptionType
from core.domain.ids import CaseId
from core.domain.plans import Wait
from core.services.resolving import evidence_needs, plan_options
from tests.core.services.exceptions.making import MAKING
from tests.core.services.exceptions.money import MONEY
from tests.core.services.exceptions.orders import ORDERS
from tests.core.services.exceptions.outside import OUTSIDE
from tests.core.services.exceptions.purchasing import PURCHASING
from tests.core.services.exceptions.scene import Scene, opened, quiet, scanned
from tests.core.services.exceptions.shipping import SHIPPING
from tests.core.services.exceptions.stock import STOCK
from tests.desk import Desk

SCENES = (*PURCHASING, *MAKING, *STOCK, *SHIPPING, *ORDERS, *MONEY, *OUTSIDE)


def _each(scenes: Iterable[Scene]) -> list[object]:
    """The scenes as parameters, with the marker where one breaks the laws."""
    return [
        pytest.param(
            scene,
            id=f"{scene.type.value} {scene.name}".strip(),
            marks=[pytest.mark.breaks_laws(scene.breaks)] if scene.breaks else [],
        )
        for scene in scenes
    ]


def begun(desk: Desk, scene: Scene) -> None:
    """The desk before anything goes wrong, scanned."""
    quiet(desk)
    if scene.ready:
        scene.ready(desk)
    scanned(desk)


def test_every_type_has_its_scene_and_most_show_how_it_ends() -> None:
    assert {scene.type for scene in SCENES} == set(ExceptionType)
    assert len({scene.type for scene in SCENES if scene.undo}) == 35


@pytest.mark.parametrize("scene", _each(SCENES))
def test_what_is_planted_opens_one_case_that_says_what_is_wrong(desk: Desk, scene: Scene) -> None:
    begun(desk, scene)

    scene.plant(desk)
    (case,) = opened(desk, scanned(desk))

    found = case.detected
    assert (found.type, found.root, found.title) == (scene.type, scene.root, scene.title)
    assert tuple(f"{impact.order}/{impact.line}" for impact in found.impacts) == scene.lines
    assert (found.lacking, found.exposure > 0) == (scene.lacking, scene.exposed)
    assert scanned(desk).opened == ()
    assert can_wait(desk, case.id)
    if scene.undo:
        scene.undo(desk)
        report = scanned(desk)
        assert (report.closed, state(desk, case.id)) == ((case.id,), CaseState.AUTO_CLOSED)


@pytest.mark.parametrize("scene", _each(SCENES))
def test_a_near_miss_opens_nothing(desk: Desk, scene: Scene) -> None:
    begun(desk, scene)

    scene.near(desk)

    assert [case.detected.title for case in opened(desk, scanned(desk))] == []


def can_wait(desk: Desk, case: CaseId) -> bool:
    """Whether the case can be planned: what to find out is known, and waiting is a way out, no way out fails."""
    with desk.open() as uow:
        evidence_needs(uow, case)
        options = plan_options(uow, case).options
    return any(isinstance(action, Wait) for option in options for action in option.plan.actions)


def state(desk: Desk, case: CaseId) -> CaseState:
    """Where the case is."""
    with desk.open() as uow:
        return uow.cases.get(case).state
