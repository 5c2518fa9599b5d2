"""The doctor says how everything is and what to do; what a model's server honours is kept; no secret is told."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from agents.worker.checkup import books
from agents.worker.doctor import DOCTOR, examine
from agents.worker.findings import Finding
from core.config import Config, Environment
from core.domain.capabilities import Capabilities
from core.domain.identity import KeyId
from core.domain.permissions import Permission
from core.services.accounts import set_active
from core.services.halting import HaltCommand, halt
from core.services.identity import MakeKey, make_key
from tests.agents.llm.servers import BASE_URL, COMPLETIONS
from tests.agents.llm.test_probing import deaf
from tests.builders import MARIA, OMAR, transfer
from tests.desk import Desk

NOW = datetime(2024, 10, 4, 9, 0, tzinfo=UTC)
KEY = MakeKey(owner=MARIA.name, name="stock", permissions=frozenset({Permission.STOCK_READ}), life=timedelta(days=3))
SECRET = "sk-canary-secret"


def look(home: Path, *, environ: dict[str, str] | None = None, **settings: object) -> dict[str, Finding]:
    environment = Environment.model_validate({"database_url": "postgresql://nobody@127.0.0.1:9/x", **settings})
    found = list(examine(Config(home=home, environment=environment), now=NOW, environ=environ or {}))
    assert SECRET not in json.dumps([asdict(one) for one in found])
    return {one.name: one for one in found}


def states(found: dict[str, Finding]) -> dict[str, str]:
    return {name: one.state for name, one in found.items()}


def of(desk: Desk) -> dict[str, Any]:
    urls = desk.urls
    return {
        "database_url": urls.owner,
        "database_url_app": urls.app,
        "database_url_agent": urls.agent,
        "database_url_checkpoint": urls.checkpoint,
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


def test_without_a_model_all_is_well_and_a_database_that_is_away_is_said(home: Path) -> None:
    found = look(home)

    assert states(found) == {
        "program": "ok",
        "home": "ok",
        "disk": "ok",
        "settings": "ok",
        "partners": "warn",
        "login": "ok",
        "database": "fail",
        "model": "ok",
        "traces": "ok",
    }
    assert found["database"].advice == "see `expediter db status`"


def test_settings_that_mean_nothing_or_cannot_be_used_are_said(home: Path) -> None:
    home.chmod(0o755)

    found = look(
        home,
        environ={"EXPEDITER_MODLE": "x"},
        expediter_suppliers_url="http://127.0.0.1:9",
        openai_base_url="http://127.0.0.1:9/v1",
        openai_api_key=SECRET,
    )

    assert found["home"].state == "warn"
    assert found["settings"].said == "unknown: EXPEDITER_MODLE"
    assert (found["partners"].state, found["model"].state) == ("fail", "fail")
    assert "set EXPEDITER_MODEL to the name" in found["model"].said


def test_what_a_server_honours_is_kept_and_told(home: Path, desk: Desk, httpx2_mock: respx.Router) -> None:
    httpx2_mock.get(f"{BASE_URL}/models").respond(json={"object": "list", "data": [{"id": "small", "n_ctx": 4096}]})
    httpx2_mock.post(COMPLETIONS).side_effect = lambda request: deaf(json.loads(request.content))

    found = look(
        home,
        **of(desk),
        openai_base_url=f"http://user:{SECRET}@127.0.0.1:9/v1",
        openai_api_key=SECRET,
        expediter_model="small",
    )

    with desk.open() as uow:
        (kept,) = uow.capabilities.of_server("127.0.0.1:9/v1/").values()
    assert kept == Capabilities(
        json_schema=False,
        json_object=False,
        tools=False,
        required=False,
        streaming_usage=False,
        answer_limit="max_tokens",
        context=4096,
    )
    assert (found["database"].state, found["model"].state) == ("ok", "warn")
    assert found["model"].said.startswith("small at 127.0.0.1:9/v1/ honours nothing")
    assert "without tools, tools are chosen by name" in found["model"].advice
    assert "EXPEDITER_MODEL_PRICES" in found["model budget"].advice


def test_a_server_that_refuses_the_key_is_a_failure(home: Path, httpx2_mock: respx.Router) -> None:
    httpx2_mock.get(f"{BASE_URL}/models").mock(return_value=httpx.Response(401, json={"error": SECRET}))

    found = look(home, openai_base_url=BASE_URL, openai_api_key=SECRET, expediter_model="small")

    assert found["model"].state == "fail"
    assert "access_refused" in found["model"].said


def test_the_books_and_who_works_on_them_are_looked_over(home: Path, desk: Desk) -> None:
    found = look(home, **of(desk))

    assert states(found) | {"server": "-", "work": "-"} == {
        "program": "ok",
        "home": "ok",
        "disk": "ok",
        "settings": "ok",
        "partners": "warn",
        "login": "ok",
        "database": "ok",
        "server": "-",
        "books": "ok",
        "halt": "ok",
        "work": "-",
        "messages": "ok",
        "people": "ok",
        "keys": "ok",
        "webhooks": "ok",
        "model": "ok",
        "traces": "ok",
    }
    assert found["server"].advice == "set both clocks by NTP: sessions, leases and promises go by them"


@pytest.mark.breaks_laws
def test_what_is_wrong_with_the_books_is_named(desk: Desk) -> None:
    desk.executed(transfer())
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="prices look wrong"))
        make_key(uow, KEY, id=KeyId("k1"), secret="sesame")
        set_active(uow, OMAR.name, active=False)
    desk.alter("UPDATE stock_balances SET reserved = reserved + 1")

    found = {one.name: one for one in books(desk.urls, by=DOCTOR, now=desk.clock.read())}

    assert (found["books"].state, found["books"].advice) == ("fail", "`expediter check` names the places; halt first")
    assert found["halt"].said.startswith("everything is halted")
    assert found["keys"].said == "1 API keys count; soon ends k1 on 2024-10-07"
    assert found["people"].said == "3 may act, 1 of them manage"


def test_a_login_that_does_not_answer_is_a_failure(home: Path) -> None:
    found = look(home, expediter_oidc_issuer="http://127.0.0.1:9", expediter_oidc_client_id="expediter")

    assert (found["login"].state, found["login"].said.partition(":")[0]) == ("fail", "login_unavailable")
