"""Who is a person."""

import pytest

from core.domain.ids import UserName
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User


@pytest.mark.parametrize("role", Role)
def test_agents_and_services_are_no_people(role: Role) -> None:
    assert User(name=UserName("x"), role=role, limit=None).is_person == (role not in {Role.AGENT, Role.SERVICE})


def test_the_programs_have_names_no_person_can_take_by_accident() -> None:
    assert (AGENT_NAME, WORKER_NAME) == ("exception-desk", "expediter-worker")
