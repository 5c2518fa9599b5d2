"""Commands of accounts, packs and figures, and of what is called with single values, which a record stands for here."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.db.stores.master_data import SqlMasterDataStore
from core.domain.ids import CaseId, CustomerCode, ItemCode, OrderNo, UserName
from core.domain.master_data import MasterDataKind
from core.domain.order_terms import Channel
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.accounts import (
    AgreeToPerson,
    LetIn,
    add_user,
    agree_to_person,
    replace_token,
    set_active,
    set_password,
)
from core.services.costing import cost_order
from core.services.facts import FactsAsked, facts
from core.services.pricing import price_line
from core.services.reconciling.reconcile import ReconcilePack, reconcile
from core.services.triaging import take_case
from tests.builders import HARBOR, OMAR, SO_1, TODAY, VALVE, company, day, transfer
from tests.core.services.corpus.sitting import Service, Sitting

KEY = "the key of the case"
LIAM = UserName("liam")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Price:
    customer: CustomerCode
    item: ItemCode
    quantity: int
    on: date
    currency: str
    channel: Channel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cost:
    number: OrderNo
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    user: User
    token: str
    password_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    name: UserName
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Password:
    name: UserName
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Active:
    name: UserName
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    case: CaseId


def _by_name(call: Callable[..., object], *first: str) -> Callable[..., object]:
    """The service called with the fields of a record, those in `first` by position."""

    def called(uow: UnitOfWork, command: Any) -> object:
        values = {field.name: getattr(command, field.name) for field in fields(command)}
        return call(uow, *(values.pop(name) for name in first), **values)

    return called


def _take(uow: UnitOfWork, command: _Case, user: User) -> object:
    return take_case(uow, command.case, user)


def _person(_: Sitting) -> _Person:
    user = User(name=LIAM, role=Role.BUYER, limit=Decimal(500))
    return _Person(user=user, token="a token", password_hash="ab:cd")


def _added(at: Sitting) -> None:
    add_user(at.uow, User(name=LIAM, role=Role.BUYER, limit=None), token="the first")


def _token(at: Sitting) -> _Token:
    _added(at)
    return _Token(name=LIAM, token="the second")


def _password(at: Sitting) -> _Password:
    _added(at)
    return _Password(name=LIAM, password_hash="ab:cd")


def _active(at: Sitting) -> _Active:
    _added(at)
    return _Active(name=LIAM, active=False)


def _agree(at: Sitting) -> AgreeToPerson:
    at.uow.users.add(User(name=LIAM, role=Role.BUYER, limit=None, active=False), password_hash=None, token_hash=None)
    store = at.uow.master_data
    assert isinstance(store, SqlMasterDataStore)
    wanted = LetIn(name=LIAM, role=Role.BUYER, limit=None)
    asked = SqlMasterDataStore(replace(store.transaction, actor=OMAR.name)).ask(
        code="person liam", kind=MasterDataKind.PEOPLE, subject=LIAM, command=wanted
    )
    return AgreeToPerson(key=KEY, name=LIAM, digest=asked.digest, agree=True, comment="needed")


def _case(at: Sitting) -> _Case:
    case, _ = at.offered([transfer()])
    return _Case(case=case.id)


def _pack(_: Sitting) -> ReconcilePack:
    settings = replace(company().settings, as_of=TODAY + timedelta(days=1))
    return ReconcilePack(key=KEY, company=company(settings=settings), content_hash="a later pack")


def _price(_: Sitting) -> _Price:
    return _Price(customer=HARBOR, item=VALVE, quantity=5, on=day(0), currency="USD", channel=Channel.EDI)


def _facts(_: Sitting) -> FactsAsked:
    return FactsAsked(
        first=day(-30), last=day(0), as_of=day(0), minutes_per_case=20, hourly_cost=Decimal("40.50"), best=3
    )


STANDING = (
    Service(name="reconcile", call=reconcile, tells=True, command=_pack),
    Service(name="price_line", call=_by_name(price_line), command=_price),
    Service(name="cost_order", call=_by_name(cost_order, "number"), command=lambda _: _Cost(number=SO_1, on=day(0))),
    Service(name="facts", call=facts, command=_facts),
    Service(name="take_case", call=_take, with_user=True, command=_case),
    Service(name="add_user", call=_by_name(add_user, "user"), again="conflict", command=_person),
    Service(name="replace_token", call=_by_name(replace_token, "name"), command=_token),
    Service(name="set_password", call=_by_name(set_password, "name"), command=_password),
    Service(name="agree_to_person", call=agree_to_person, command=_agree),
    Service(name="set_active", call=_by_name(set_active, "name"), command=_active),
)
