"""People prove who they are by a token or a password; every refusal looks the same."""

from dataclasses import replace
from uuid import uuid4

import pytest

from core.domain.errors import (
    AuthenticationError,
    ConflictError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
)
from core.domain.ids import UserName
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.services.accounts import (
    AgreeToPerson,
    PersonDecided,
    add_programs,
    add_user,
    agree_to_person,
    authenticate_password,
    authenticate_token,
    hash_password,
    replace_token,
    set_active,
    set_password,
    waiting,
)
from tests.builders import MARIA, OMAR, PAUL, PEOPLE
from tests.desk import Desk

PASSWORD = "valves-and-pumps"
SALT = b"0123456789abcdef"
NINA = User(name=UserName("nina.o-brien"), role=Role.BUYER, limit=None)


def test_a_token_is_its_owners_proof(desk: Desk) -> None:
    with desk.open() as uow:
        assert authenticate_token(uow, "token of maria") == MARIA


def test_a_password_is_its_owners_proof(desk: Desk) -> None:
    desk.let_in(NINA, password_hash=hash_password(PASSWORD, salt=SALT))

    with desk.open() as uow:
        assert authenticate_password(uow, NINA.name, PASSWORD) == NINA


@pytest.mark.parametrize("token", ["", "token of nobody", "token of maria ", "\x00", "\ud800", "x" * 100_000])
def test_any_other_token_is_refused(desk: Desk, token: str) -> None:
    with pytest.raises(AuthenticationError, match="the name or the secret is not right"), desk.open() as uow:
        authenticate_token(uow, token)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("nina.o-brien", "valves-and-pump"),
        ("nina.o-brien", ""),
        ("nina.o-brien", "\ud800"),
        ("NINA.O-BRIEN", PASSWORD),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("nul\x00", PASSWORD),
        ("\ud800", PASSWORD),
        ("maria", PASSWORD),
        (AGENT_NAME, PASSWORD),
    ],
)
def test_every_refusal_is_the_same(desk: Desk, name: str, password: str) -> None:
    desk.let_in(NINA, password_hash=hash_password(PASSWORD, salt=SALT))

    with pytest.raises(AuthenticationError) as refusal, desk.open() as uow:
        authenticate_password(uow, UserName(name), password)

    assert refusal.value.message == "the name or the secret is not right"
    assert refusal.value.details == {}


def test_who_is_no_longer_active_is_refused(desk: Desk) -> None:
    left = replace(NINA, active=False)
    with desk.open() as uow:
        add_user(uow, left, token="hers", password_hash=hash_password(PASSWORD, salt=SALT))

    with desk.open() as uow:
        with pytest.raises(AuthenticationError):
            authenticate_token(uow, "hers")
        with pytest.raises(AuthenticationError):
            authenticate_password(uow, left.name, PASSWORD)


def test_a_replaced_token_stops_working(desk: Desk) -> None:
    with desk.open() as uow:
        replace_token(uow, MARIA.name, token="fresh")

    with desk.open() as uow:
        assert authenticate_token(uow, "fresh") == MARIA
        with pytest.raises(AuthenticationError):
            authenticate_token(uow, "token of maria")


def test_a_replaced_password_stops_working(desk: Desk) -> None:
    with desk.open() as uow:
        set_password(uow, MARIA.name, password_hash=hash_password(PASSWORD, salt=SALT))
        set_password(uow, MARIA.name, password_hash=hash_password("another-one", salt=SALT))

    with desk.open() as uow:
        assert authenticate_password(uow, MARIA.name, "another-one") == MARIA
        with pytest.raises(AuthenticationError):
            authenticate_password(uow, MARIA.name, PASSWORD)


def test_programs_are_known_and_cannot_log_in(desk: Desk) -> None:
    with desk.open() as uow:
        add_programs(uow)
        known = {user.name: user for user in uow.users.all()}
        assert {name: known[name].role for name in (AGENT_NAME, WORKER_NAME)} == {
            AGENT_NAME: Role.AGENT,
            WORKER_NAME: Role.SERVICE,
        }
        with pytest.raises(InvalidValueError, match="only people hold tokens"):
            replace_token(uow, AGENT_NAME, token="t")
        with pytest.raises(InvalidValueError, match="only people have passwords"):
            set_password(uow, WORKER_NAME, password_hash="h")


@pytest.mark.parametrize("name", ["", "m", "Maria", "maria lopez", "-maria", "maria\n", "a" * 64, "mária"])
def test_a_name_is_of_one_form(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidValueError, match="is not of the form"), desk.open() as uow:
        add_user(uow, replace(NINA, name=UserName(name)), token="t")


def test_a_taken_name_is_refused_and_its_owner_stays(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="there is a user 'maria' already"), desk.open() as uow:
        add_user(uow, replace(MARIA, role=Role.ADMINISTRATOR), token="mine now")

    with desk.open() as uow:
        assert uow.users.all()[2:] == tuple(sorted(PEOPLE, key=lambda user: user.name))
        assert authenticate_token(uow, "token of maria") == MARIA


def test_an_unknown_user_gets_no_token(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="there is no user 'nobody'"), desk.open() as uow:
        replace_token(uow, UserName("nobody"), token="t")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a password has at least 10 characters"):
        hash_password("too-short", salt=SALT)


def test_secrets_are_kept_as_hashes_and_out_of_the_log(desk: Desk) -> None:
    hashed = hash_password(PASSWORD, salt=SALT)
    with desk.open() as uow:
        add_user(uow, NINA, token="her token", password_hash=hashed)

    with desk.open() as uow:
        trail = str(uow.audit.trail(f"user:{NINA.name}"))
    assert PASSWORD not in hashed
    assert [secret for secret in ("her token", PASSWORD, hashed) if secret in trail] == []


def test_the_same_password_under_another_salt_is_another_hash() -> None:
    assert hash_password(PASSWORD, salt=SALT) != hash_password(PASSWORD, salt=bytes(16))


def agree(desk: Desk, name: UserName, *, by: User = OMAR, agree: bool = True) -> PersonDecided:
    with desk.open(by.name) as uow:
        found = waiting(uow, name)
        digest = "" if found is None else found.digest
        said = AgreeToPerson(key=str(uuid4()), name=name, digest=digest, agree=agree, comment="seen her papers")
        return agree_to_person(uow, said)


def test_whoever_is_added_acts_when_another_person_agrees(desk: Desk) -> None:
    with desk.open() as uow:
        assert add_user(uow, NINA, token="hers") == replace(NINA, active=False)
        with pytest.raises(AuthenticationError):
            authenticate_token(uow, "hers")
    for person in (MARIA, PAUL):
        with pytest.raises(NotAuthorisedError):
            agree(desk, NINA.name, by=person)

    assert agree(desk, NINA.name).active

    with desk.open() as uow:
        assert authenticate_token(uow, "hers") == NINA
    with pytest.raises(ConflictError, match="nobody asked to let 'nina"):
        agree(desk, NINA.name)


def test_whoever_is_refused_does_not_act(desk: Desk) -> None:
    with desk.open() as uow:
        add_user(uow, NINA, token="hers")

    assert not agree(desk, NINA.name, agree=False).active

    with desk.open() as uow:
        assert not uow.users.get(NINA.name).active


def test_whoever_left_comes_back_when_another_person_agrees(desk: Desk) -> None:
    with desk.open() as uow:
        assert not set_active(uow, PAUL.name, active=False).active
        assert not set_active(uow, PAUL.name, active=True).active
        assert set_active(uow, PAUL.name, active=True) == replace(PAUL, active=False)

    agree(desk, PAUL.name)

    with desk.open() as uow:
        assert uow.users.get(PAUL.name) == PAUL


def test_a_role_that_changed_since_it_was_asked_for_is_not_agreed_to(desk: Desk) -> None:
    with desk.open() as uow:
        add_user(uow, NINA, token="hers")
    desk.become(replace(NINA, role=Role.OPERATIONS_MANAGER))

    with pytest.raises(ConflictError, match="which nobody asked for"):
        agree(desk, NINA.name)

    with desk.open() as uow:
        assert not uow.users.get(NINA.name).active


def test_the_last_who_may_agree_stays(desk: Desk) -> None:
    with desk.open() as uow:
        set_active(uow, OMAR.name, active=False)
        with pytest.raises(ConflictError, match="'maria' is the last operations_manager or administrator"):
            set_active(uow, MARIA.name, active=False)
