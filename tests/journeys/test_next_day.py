"""Day 2 of the full-size demo company over day 1: exactly what was planted happens, and no effect is repeated.

docs/journeys/next-day.md tells the same story with the commands. Other seeds by hand: `DEMO_SEEDS=1,2,3 pytest ...`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from core.bootstrap.application import application
from core.bootstrap.databases import load_company, read_with_overlays
from core.bootstrap.feeding import feed_company
from core.bootstrap.partners import sandbox_partners
from core.db.roles import RoleUrls
from core.demo.company import SEED, write_demo_pack
from core.demo.fates import Fate, fates
from core.demo.next_day import NextDay, next_day
from core.demo.offers import demo_suppliers
from core.demo.sizes import Size
from core.domain.approval import Approval
from core.domain.cases import CaseState, DetectedCase, ExceptionType
from core.domain.company import Company
from core.domain.feeds import ConflictKind, EffectState, FeedReport
from core.domain.ids import CaseId, PurchaseOrderNo, UserName
from core.domain.options import Option
from core.domain.orders import PurchaseOrderLine
from core.domain.plans import Buy
from core.domain.purchasing import Answer, AnsweredLine
from core.domain.users import WORKER_NAME
from core.services.accounts import add_user
from core.services.execution import ExecutionState, execute
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from core.services.packs.reading import read_pack
from core.services.packs.writing import write_pack
from core.services.supplying.answering import Acknowledge, acknowledge
from core.services.verifying import verify
from tests.journeys.test_disruption import ROSA, Sabine

CLOSED = {CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED}
_TWO_PEOPLE = 4
SEEDS = [int(seed) for seed in os.environ.get("DEMO_SEEDS", str(SEED)).split(",")]


@dataclass(slots=True, kw_only=True)
class Clock:
    """The time of the company."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The full-size demo company with its disruptions, at work on day 1."""

    sabine: Sabine
    urls: RoleUrls
    company: Company
    clock: Clock


@contextmanager
def day_one(urls: RoleUrls, folder: Path, *, seed: int) -> Iterator[Days]:
    """The company loaded and open for business."""
    write_demo_pack(folder, seed=seed, size=Size.FULL)
    reading = read_with_overlays(folder, mapping=None, quarantine=False, overlays=True)
    load_company(urls, reading.company, content_hash=reading.content_hash)
    clock = Clock(now=datetime.combine(reading.company.settings.as_of, time(8), tzinfo=UTC))
    offers = demo_suppliers(reading.company, out=suppliers_out(read_overlays(folder)))
    with sandbox_partners(offers) as partners, application(urls, partners, frozen=lambda: clock.now) as app:
        with app.open_uow(UserName("admin")) as uow:
            add_user(uow, ROSA, token="token of rosa")
        assert partners.trade is not None
        assert partners.mailbox is not None
        sabine = Sabine(app=app, trade=partners.trade, mailbox=partners.mailbox)
        yield Days(sabine=sabine, urls=urls, company=reading.company, clock=clock)


def bought(sabine: Sabine) -> tuple[Option, Approval]:
    """The first case that buying puts right, decided, executed, sent and verified."""
    for case in sabine.scan().cases:
        if case.detected.type is ExceptionType.COMPONENT_SHORTAGE:
            sabine.ask_around(case)
            ways = [one for one in sabine.plan(case) if one.tier < _TWO_PEOPLE and _purchases(one) == 1]
            if ways:
                approval = sabine.approve(sabine.propose(ways[0]), ROSA)
                assert execute(sabine.app.open_uow, approval.id, by=WORKER_NAME).state is ExecutionState.EXECUTED
                sabine.dispatch()
                with sabine.app.open_uow(WORKER_NAME) as uow:
                    verify(uow, approval.id)
                return ways[0], approval
    raise AssertionError("no case is put right by buying")


def _purchases(option: Option) -> int:
    return sum(isinstance(action, Buy) for action in option.actions)


def confirmed_early(days: Days) -> PurchaseOrderLine:
    """A supplier confirms a delivery, far ahead, for a day earlier."""
    lines = [one.order for one in days.company.purchase_order_lines]
    far = days.company.settings.as_of + timedelta(days=30)
    line = next(x for x in days.company.purchase_order_lines if x.due > far and lines.count(x.order) == 1 == x.line)
    early = line.due - timedelta(days=1)
    answered = AnsweredLine(line=1, answer=Answer.CHANGED, quantity=None, due=early, unit_price=None)
    with days.sabine.app.open_uow(ROSA.name) as uow:
        acknowledge(uow, Acknowledge(key="early", number=line.order, reference="A-1", source="edi", lines=(answered,)))
    return replace(line, due=early)


def open_cases(sabine: Sabine) -> dict[CaseId, DetectedCase]:
    with sabine.app.open_uow(ROSA.name) as uow:
        return {case.id: case.detected for case in uow.cases.all() if case.state not in CLOSED}


def happened(
    before: dict[CaseId, DetectedCase], after: dict[CaseId, DetectedCase]
) -> dict[Fate, set[tuple[ExceptionType, str]]]:
    """What became of the cases overnight, told as the plants are."""
    found = fates(before, after)
    return {fate: {(one.type, one.root) for one in cases.values()} for fate, cases in found.items()}


def declared(later: NextDay) -> dict[Fate, set[tuple[ExceptionType, str]]]:
    return {fate: {(one.type, one.root) for one in later.of(fate)} for fate in Fate}


def morning_after(days: Days, keyed: PurchaseOrderNo, folder: Path) -> tuple[NextDay, FeedReport]:
    """The next day's pack, written by the ERP, read and loaded over what is there."""
    with days.sabine.app.open_uow(ROSA.name) as uow:
        said, ours = uow.feeds.remembered(), uow.feeds.books()
    assert said is not None
    later = next_day(said, ours=ours, keyed=(keyed,))
    write_pack(folder, later.company)
    pack = read_pack(folder)
    days.clock.now += timedelta(days=1)
    report = feed_company(days.urls, pack.company, content_hash=pack.content_hash, by=ROSA.name)
    assert report is not None
    return later, report


@pytest.mark.parametrize("seed", SEEDS)
def test_day_two_over_day_one_does_exactly_what_was_planted(role_urls: RoleUrls, tmp_path: Path, seed: int) -> None:
    with day_one(role_urls, tmp_path / "first", seed=seed) as days:
        sabine = days.sabine
        option, approval = bought(sabine)
        (buy,) = (action for action in option.actions if isinstance(action, Buy))
        early = confirmed_early(days)
        sabine.scan()
        before, sent = open_cases(sabine), len(sabine.trade.journal)

        later, report = morning_after(days, PurchaseOrderNo(buy.reference), tmp_path / "second")
        sabine.scan()

        # Every case that opened, changed or closed has its declared cause, and every cause its case.
        assert happened(before, open_cases(sabine)) == declared(later)
        assert sabine.broken() == []
        # What was bought here shows there under another number: matched, not counted twice, not sent again.
        with sabine.app.open_uow(ROSA.name) as uow:
            effects = {effect.reference: effect for effect in uow.feeds.effects()}
            lines = [x for x in uow.feeds.books().purchase_order_lines if x.order in {buy.reference, "4500001"}]
            assert uow.supply.purchase_line(early.order, 1).due == early.due
        assert effects[f"purchase:{buy.reference}"].state is EffectState.MATCHED
        assert effects[f"purchase:{buy.reference}"].theirs == "4500001"
        assert [(x.order, x.ordered) for x in lines] == [(buy.reference, buy.quantity)]
        assert execute(sabine.app.open_uow, approval.id, by=WORKER_NAME).state is ExecutionState.ALREADY
        sabine.dispatch()
        assert len(sabine.trade.journal) == sent
        # The date that was confirmed here is not the ERP's: ours stays, and a person settles it.
        assert [(one.kind, one.subject) for one in report.conflicts] == [
            (ConflictKind.CHANGED_BOTH, f"purchase:{early.order}/1 due")
        ]
        # The same pack again changes nothing.
        again = feed_company(days.urls, later.company, content_hash=report.content_hash, by=ROSA.name)
        assert again is not None
        assert (again.applied, again.tables) == (False, ())
