"""The application gives people and agents their units of work, and makes secrets nobody can guess."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import ProgrammingError

from core.bootstrap.application import application, fresh_password, fresh_salt, fresh_token
from core.bootstrap.partners import sandbox_partners
from core.db.roles import RoleUrls
from tests.builders import MARIA, RENO, VALVE

NOON = datetime(2024, 10, 4, 12, tzinfo=UTC)


def test_people_work_with_the_applications_rights_and_agents_with_their_own(company_urls: RoleUrls) -> None:
    with sandbox_partners([]) as partners, application(company_urls, partners, frozen=lambda: NOON) as app:
        with app.open_uow(MARIA.name) as uow:
            uow.stock.reserve(VALVE, RENO, quantity=1, reference="HOLD-1")
            assert uow.now == NOON
        with app.open_agent_uow(MARIA.name) as uow:
            assert uow.stock.available(VALVE, RENO) == 49
            assert uow.now == NOON
        with pytest.raises(ProgrammingError, match="permission denied"), app.open_agent_uow(MARIA.name) as uow:
            uow.stock.reserve(VALVE, RENO, quantity=1, reference="HOLD-2")
        assert (app.suppliers, app.mail) == (partners.suppliers, partners.mail)


def test_every_secret_is_another_one() -> None:
    for make in (fresh_token, fresh_password, fresh_salt):
        assert len({make() for _ in range(50)}) == 50


def test_secrets_have_the_forms_people_are_told() -> None:
    assert re.fullmatch(r"exp_[A-Za-z0-9_-]{43}", fresh_token())
    assert re.fullmatch(r"([0-9a-f]{4}-){3}[0-9a-f]{4}", fresh_password())
    assert len(fresh_salt()) == 16
