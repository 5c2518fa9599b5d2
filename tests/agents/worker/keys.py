"""API keys for the people of the small company."""

import itertools
from typing import Any

from core.bootstrap.application import Application
from core.domain.identity import KeyId
from core.domain.ids import UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.services.identity import MakeKey, key_text, make_key
from tests.agents.worker.world import MARY

_numbers = itertools.count(1)


def a_key(
    app: Application, *, owner: UserName = MARY, without: frozenset[Permission] = frozenset(), **given: Any
) -> str:
    """A key of somebody's, with all they may but what is for people, as it is sent."""
    number = f"k{next(_numbers)}"
    with app.open_uow(owner) as uow:
        permissions = MAY[uow.users.get(owner).role] - FOR_PEOPLE_ONLY - without
        wanted = MakeKey(**{"owner": owner, "name": "a client", "permissions": permissions, **given})
        make_key(uow, wanted, id=KeyId(number), secret="sesame")
    return key_text(KeyId(number), "sesame")
