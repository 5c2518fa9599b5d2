"""`expediter serve` signs in one user, with a password that holds while it serves."""

import pytest

from core.bootstrap.application import Application
from core.domain.errors import AuthenticationError, UsageError
from core.domain.ids import UserName
from core.domain.users import Role
from core.services.accounts import authenticate_password
from tests.builders import MARIA
from tests.ui.cli.offices import Office
from ui.cli.serving import operator
from ui.cli.workplace import CLI, PackChoice, workplace

OPERATORS = "SELECT name, role, password_hash FROM users WHERE name LIKE 'operator%'"


def signed_in(application: Application, password: str) -> Role:
    with application.open_uow(CLI) as uow:
        return authenticate_password(uow, UserName("operator"), password).role


@pytest.fixture(autouse=True)
def _environment(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in here.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match="users agree operator"), workplace(PackChoice()) as place, operator(place):
        pass
    here.run("users", "agree", "operator", by=MARIA)


def test_every_start_gives_the_one_operator_a_password_that_ends_with_it(here: Office) -> None:
    passwords: list[str] = []

    with workplace(PackChoice()) as place:
        for _ in range(2):
            with operator(place) as (name, password):
                passwords.append(password)
                assert (name, signed_in(place.application, password)) == ("operator", Role.OPERATIONS_MANAGER)
        with pytest.raises(AuthenticationError):
            signed_in(place.application, passwords[-1])

    assert passwords[0] != passwords[1]
    assert here.rows(OPERATORS) == [("operator", "operations_manager", None)]


def test_of_two_servers_the_last_one_s_password_stays(here: Office) -> None:
    with workplace(PackChoice()) as place, operator(place):
        with operator(place) as (_, later):
            pass
        with pytest.raises(AuthenticationError):
            signed_in(place.application, later)
    with workplace(PackChoice()) as place:
        first = operator(place)
        first.__enter__()
        with operator(place) as (_, later):
            first.__exit__(None, None, None)
            assert signed_in(place.application, later) is Role.OPERATIONS_MANAGER


def test_an_operator_that_was_deactivated_does_not_come_back_by_itself(here: Office) -> None:
    with workplace(PackChoice()) as place, operator(place):
        pass
    ran = here.run("users", "deactivate", "operator")

    with workplace(PackChoice()) as place, pytest.raises(UsageError, match="users activate operator"), operator(place):
        pass

    assert ran.code == 0
    assert here.rows(OPERATORS) == [("operator", "operations_manager", None)]
