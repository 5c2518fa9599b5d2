"""The description clients are written against."""

import json
from collections.abc import Callable

from tests.ui.api.test_errors import Broken
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app


def described() -> dict[str, object]:
    return build_app(Broken(RuntimeError()), worker=Given(), executor=AtOnce()).openapi()


def test_the_description_of_the_api_is_the_one_clients_know(snapshot: Callable[[str, str], None]) -> None:
    snapshot("openapi.json", json.dumps(described(), indent=1, sort_keys=True) + "\n")


def test_every_door_but_health_and_login_asks_for_a_token() -> None:
    paths = described()["paths"]
    assert isinstance(paths, dict)

    open_doors = {path for path, verbs in paths.items() for verb in verbs.values() if "security" not in verb}

    assert open_doors == {
        "/healthz",
        "/readyz",
        "/v1/login",
        "/v1/logout",
        "/v1/me",
        "/v1/status/{token}",
        "/v1/status/{token}/returns",
        "/v1/hooks/{source}",
    }
