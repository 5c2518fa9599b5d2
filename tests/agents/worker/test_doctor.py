"""The doctor says how everything is and what to do; what a model's server honours is kept; no secret is told."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from agents.worker.doctor import Finding, examine
from core.config import Config, Environment
from core.domain.capabilities import Capabilities
from tests.agents.llm.servers import BASE_URL, COMPLETIONS
from tests.agents.llm.test_probing import deaf
from tests.desk import Desk

SECRET = "sk-canary-secret"


def look(home: Path, *, environ: dict[str, str] | None = None, **settings: object) -> dict[str, Finding]:
    environment = Environment.model_validate({"database_url": "postgresql://nobody@127.0.0.1:9/x", **settings})
    found = list(examine(Config(home=home, environment=environment), environ=environ or {}))
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
        "home": "ok",
        "settings": "ok",
        "partners": "warn",
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
