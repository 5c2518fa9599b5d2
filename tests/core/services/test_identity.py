"""Sessions, keys, linked logins and status links: who counts as whom, for how long, and what ends it."""

from datetime import timedelta
from typing import Any

import pytest

from core.domain.errors import AuthenticationError, ConflictError, InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.identity import SESSION_IDLE, SESSION_LIFETIME, KeyId, LinkId, Means
from core.domain.ids import UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.domain.scopes import WHOLE, Scope
from core.domain.users import Role, User
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, set_active, set_scope, waiting
from core.services.identity import (
    MakeKey,
    begin_session,
    by_login,
    end_session,
    key_text,
    link_login,
    make_key,
    make_status_link,
    recognised,
    revoke_key,
    shown_by_link,
    unlink_login,
)
from tests.builders import HARBOR, HOUSTON, MARIA, OMAR, PAUL, SO_1
from tests.desk import Desk

ISSUER = "https://login.example"
WEBSHOP = UserName("webshop")
READS = frozenset({Permission.ORDERS_READ})


def signed_in(desk: Desk, name: UserName = MARIA.name, token: str = "exs_one") -> str:
    with desk.open() as uow:
        begin_session(uow, uow.users.get(name), token=token)
    return token


def who(desk: Desk, token: str) -> str:
    with desk.open() as uow:
        return recognised(uow, token).name


def a_key(desk: Desk, *, owner: UserName = PAUL.name, days: int = 90, scope: Scope = WHOLE) -> str:
    with desk.open() as uow:
        wanted = MakeKey(owner=owner, name="shop", permissions=READS, life=timedelta(days=days), scope=scope)
        make_key(uow, wanted, id=KeyId("k1"), secret="s")
    return key_text(KeyId("k1"), "s")


def vars_of(wanted: MakeKey) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in MakeKey.__slots__}


def test_a_session_counts_until_it_is_ended(desk: Desk) -> None:
    token = signed_in(desk)
    before = who(desk, token)
    with desk.open() as uow:
        end_session(uow, token)
        end_session(uow, token)

    assert before == MARIA.name
    with pytest.raises(AuthenticationError, match="sign in again"):
        who(desk, token)


def test_a_session_nobody_uses_ends_and_one_in_use_goes_on_to_its_end(desk: Desk) -> None:
    idle, used = signed_in(desk, token="exs_idle"), signed_in(desk, token="exs_used")
    step = SESSION_IDLE - timedelta(minutes=1)
    passed = timedelta()
    while passed + step < SESSION_LIFETIME:
        desk.clock.now += step
        passed += step
        assert who(desk, used) == MARIA.name
    desk.clock.now += step

    for token in (idle, used):
        with pytest.raises(AuthenticationError):
            who(desk, token)


def test_who_leaves_is_out_whatever_was_in_hand(desk: Desk) -> None:
    session, key = signed_in(desk, PAUL.name), a_key(desk)
    with desk.open() as uow:
        set_active(uow, PAUL.name, active=False)

    for token in (session, key, f"token of {PAUL.name}"):
        with pytest.raises(AuthenticationError):
            who(desk, token)


def test_no_program_signs_in(desk: Desk) -> None:
    with desk.open() as uow:
        add_user(uow, User(name=WEBSHOP, role=Role.SERVICE, limit=None), token="none")
        with pytest.raises(AuthenticationError):
            begin_session(uow, uow.users.get(WEBSHOP), token="exs_program")


def test_a_key_is_known_by_its_secret_alone_until_it_ends_or_is_revoked(desk: Desk) -> None:
    key = a_key(desk, days=1)
    with desk.open() as uow:
        found = recognised(uow, key)
    assert (found.name, found.means, found.permissions) == (PAUL.name, Means.KEY, READS)
    for wrong in (key + "x", key_text(KeyId("k1"), "t"), "exk_", "nonsense", ""):
        with pytest.raises(AuthenticationError):
            who(desk, wrong)

    desk.clock.pass_by(days=1)
    with pytest.raises(AuthenticationError, match="counts no more"):
        who(desk, key)


def test_a_revoked_key_stays_revoked(desk: Desk) -> None:
    key = a_key(desk)
    with desk.open() as uow:
        first = revoke_key(uow, KeyId("k1"))
        assert revoke_key(uow, KeyId("k1")) == first

    with pytest.raises(AuthenticationError):
        who(desk, key)


def test_a_key_sees_no_more_than_its_owner_then_and_later(desk: Desk) -> None:
    key = a_key(desk, scope=Scope.of([HOUSTON], None))
    with desk.open() as uow:
        set_scope(uow, PAUL.name, Scope.of(None, [HARBOR]))
    with desk.open(OMAR.name) as uow:
        asked = waiting(uow, PAUL.name)
        assert asked is not None
        agree_to_person(uow, AgreeToPerson(key="a", name=PAUL.name, digest=asked.digest, agree=True, comment="known"))

    with desk.open() as uow:
        seen = recognised(uow, key).scope
    assert seen == Scope.of([HOUSTON], [HARBOR])


@pytest.mark.parametrize("permission", sorted(FOR_PEOPLE_ONLY))
def test_what_is_for_people_is_never_a_keys(desk: Desk, permission: Permission) -> None:
    with desk.open() as uow, pytest.raises(InvalidValueError, match="for people themselves"):
        make_key(
            uow,
            MakeKey(owner=MARIA.name, name="x", permissions=frozenset({permission})),
            id=KeyId("k1"),
            secret="s",
        )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x\x00"}, "name"),
        ({"permissions": frozenset[Permission]()}, "permissions"),
        ({"permissions": MAY[Role.OPERATIONS_MANAGER] - FOR_PEOPLE_ONLY}, "permissions"),
        ({"life": timedelta(0)}, "days"),
        ({"life": timedelta(days=367)}, "days"),
        ({"per_minute": 0}, "per_minute"),
        ({"per_day": 10**9}, "per_day"),
    ],
)
def test_a_key_that_cannot_be_is_refused_by_name(desk: Desk, more: dict[str, Any], field: str) -> None:
    wanted = MakeKey(**{**vars_of(MakeKey(owner=PAUL.name, name="shop", permissions=READS)), **more})

    with desk.open() as uow, pytest.raises(InvalidValueError) as refused:
        make_key(uow, wanted, id=KeyId("k1"), secret="s")

    assert refused.value.details["field"] == field


def test_a_login_is_who_it_was_linked_to_and_nobody_else(desk: Desk) -> None:
    with desk.open() as uow:
        link_login(uow, MARIA.name, issuer=ISSUER, subject="s-1")
    with desk.open() as uow:
        assert by_login(uow, issuer=ISSUER, subject="s-1").name == MARIA.name
        for issuer, subject in ((ISSUER, "s-2"), ("https://other.example", "s-1")):
            with pytest.raises(NotAuthorisedError, match="an administrator links the two"):
                by_login(uow, issuer=issuer, subject=subject)
        with pytest.raises(ConflictError):
            link_login(uow, OMAR.name, issuer=ISSUER, subject="s-1")


def test_a_name_that_was_given_anew_lets_nobody_in_as_who_had_it(desk: Desk) -> None:
    with desk.open() as uow:
        first = by_login(uow, issuer=ISSUER, subject="s-1", called=MARIA.name)
    with desk.open() as uow, pytest.raises(NotAuthorisedError):
        by_login(uow, issuer=ISSUER, subject="s-9", called=MARIA.name)

    assert first.name == MARIA.name


def test_unlinking_ends_the_sessions(desk: Desk) -> None:
    with desk.open() as uow:
        link_login(uow, MARIA.name, issuer=ISSUER, subject="s-1")
    token = signed_in(desk)
    with desk.open() as uow:
        assert unlink_login(uow, issuer=ISSUER, subject="s-1") == MARIA.name
        with pytest.raises(NotFoundError):
            unlink_login(uow, issuer=ISSUER, subject="s-1")

    with pytest.raises(AuthenticationError):
        who(desk, token)


def test_a_status_link_shows_its_order_until_it_ends(desk: Desk) -> None:
    with desk.open() as uow:
        make_status_link(uow, SO_1, id=LinkId("l1"), token="exl_one", life=timedelta(days=2))
        assert shown_by_link(uow, "exl_one") == SO_1
        with pytest.raises(InvalidValueError, match="accepted are 1 to"):
            make_status_link(uow, SO_1, id=LinkId("l2"), token="exl_two", life=timedelta(days=999))
    desk.clock.pass_by(days=2)

    with desk.open() as uow:
        for token in ("exl_one", "exl_two", ""):
            with pytest.raises(NotFoundError, match="this link shows nothing, or no longer"):
                shown_by_link(uow, token)


def test_no_secret_is_in_the_books_or_the_audit_log(desk: Desk) -> None:
    signed_in(desk, token="exs_canary")
    a_key(desk)
    with desk.open() as uow:
        make_status_link(uow, SO_1, id=LinkId("l1"), token="exl_canary", life=timedelta(days=2))
        told = str([uow.audit.trail(scope) for scope in ("user:maria", "user:paul", "key:k1", f"order:{SO_1}")])

    assert "canary" not in told
    assert "exk_k1_s" not in told
