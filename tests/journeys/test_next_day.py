"""Day 2 of the demo company over day 1: the planted cases and no others open and close, and no effect is repeated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.bootstrap.application import application
from core.bootstrap.databases import load_company, read_with_overlays
from core.bootstrap.feeding import feed_company
from core.bootstrap.partners import sandbox_partners
from core.db.roles import RoleUrls
from core.demo.company import demo_company, write_demo_pack
from core.demo.next_day import NextDay, next_day
from core.demo.offers import demo_suppliers
from core.demo.planted import Planted
from core.domain.cases import Case, CaseState
from core.domain.feeds import EffectState
from core.domain.ids import UserName
from core.domain.plans import Buy
from core.domain.users import WORKER_NAME
from core.services.accounts import add_user
from core.services.execution import ExecutionState, execute
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from core.services.packs.reading import read_pack
from core.services.packs.writing import write_pack
from core.services.verifying import verify
from tests.journeys.test_disruption import ROSA, VIC, Sabine, decided

CLOSED = {CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED}


@pytest.fixture
def days(role_urls: RoleUrls, tmp_path: Path) -> Iterator[tuple[Sabine, NextDay, RoleUrls]]:
    """The demo company with its disruptions, at work, and what its ERP will say a day later."""
    write_demo_pack(tmp_path / "first")
    reading = read_with_overlays(tmp_path / "first", mapping=None, quarantine=False, overlays=True)
    load_company(role_urls, reading.company, content_hash=reading.content_hash)
    out = suppliers_out(read_overlays(tmp_path / "first"))
    with (
        sandbox_partners(demo_suppliers(reading.company, out=out)) as partners,
        application(role_urls, partners) as app,
    ):
        with app.open_uow(UserName("admin")) as uow:
            for person in (ROSA, VIC):
                add_user(uow, person, token=f"token of {person.name}")
        assert partners.trade is not None
        assert partners.mailbox is not None
        sabine = Sabine(app=app, trade=partners.trade, mailbox=partners.mailbox)
        yield sabine, next_day(reading.company, before=demo_company()), role_urls


def open_cases(sabine: Sabine) -> dict[str, Case]:
    with sabine.app.open_uow(ROSA.name) as uow:
        return {case.id: case for case in uow.cases.all() if case.state not in CLOSED}


def about(cases: list[Case]) -> set[tuple[str, str]]:
    return {(case.detected.type.value, str(case.detected.item)) for case in cases}


def named(planted: tuple[Planted, ...]) -> set[tuple[str, str]]:
    return {(one.type.value, one.about) for one in planted}


def test_day_two_over_day_one_opens_and_closes_exactly_what_was_planted(
    days: tuple[Sabine, NextDay, RoleUrls], tmp_path: Path
) -> None:
    sabine, later, urls = days
    _, option, approval = decided(sabine)
    assert execute(sabine.app.open_uow, approval.id, by=WORKER_NAME).state is ExecutionState.EXECUTED
    sabine.dispatch()
    with sabine.app.open_uow(WORKER_NAME) as uow:
        verify(uow, approval.id)
    sabine.scan()
    before, sent = open_cases(sabine), len(sabine.trade.journal)
    write_pack(tmp_path / "second", later.company)
    pack = read_pack(tmp_path / "second")

    report = feed_company(urls, pack.company, content_hash=pack.content_hash)
    sabine.scan()

    after = open_cases(sabine)
    assert about([case for id_, case in after.items() if id_ not in before]) == named(later.opens)
    assert about([case for id_, case in before.items() if id_ not in after]) == named(later.closes)
    assert sabine.broken() == []
    # What was bought here is not in the later pack: it is awaited, kept, and not sent again.
    (bought,) = (action for action in option.actions if isinstance(action, Buy))
    assert report is not None
    assert f"purchase:{bought.reference}" in {effect.reference for effect in report.awaiting}
    assert report.conflicts == ()
    assert execute(sabine.app.open_uow, approval.id, by=WORKER_NAME).state is ExecutionState.ALREADY
    sabine.dispatch()
    assert len(sabine.trade.journal) == sent
    with sabine.app.open_uow(ROSA.name) as uow:
        assert uow.effects.get(approval.id) is not None
        assert {effect.state for effect in uow.feeds.effects()} == {EffectState.AWAITING}
        lines = uow.feeds.books().purchase_order_lines
        assert [line.ordered for line in lines if line.order == bought.reference] == [bought.quantity]


def test_day_two_again_changes_nothing(days: tuple[Sabine, NextDay, RoleUrls], tmp_path: Path) -> None:
    _, later, urls = days
    feed_company(urls, later.company, content_hash="day two")

    again = feed_company(urls, later.company, content_hash="day two")

    assert again is not None
    assert (again.applied, again.tables) == (False, ())
