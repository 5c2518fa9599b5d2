"""Before a company is loaded people can sign in and are told what to do; what needs no books works."""

from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import application
from core.bootstrap.partners import configured_partners
from core.config import Environment
from core.db.roles import RoleUrls
from core.domain.ids import UserName
from core.services.accounts import add_user
from core.services.identity import begin_session
from tests.builders import MARIA
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app


def test_who_signs_in_before_a_company_is_loaded_is_known_and_told_what_to_do(role_urls: RoleUrls) -> None:
    with application(role_urls, configured_partners(Environment(), ())) as app:
        with app.open_uow(UserName("test")) as uow:
            begin_session(uow, add_user(uow, MARIA, token="t0"), token="exs_maria")
        api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
        with TestClient(api, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
            client.headers["Authorization"] = "Bearer exs_maria"
            me, inbox = client.get("/v1/me"), client.get("/v1/cases")
            audit = client.get("/v1/audit/verification")

    assert (me.status_code, me.json()["name"], me.json()["currency"], me.json()["time_zone"]) == (
        200,
        "maria",
        "",
        "UTC",
    )
    assert (inbox.status_code, "holds no company yet" in inbox.json()["detail"]) == (404, True)
    assert audit.json() == {"whole": True, "broken": []}
