"""What a server honours is kept by server and model, and the last finding counts."""

from core.domain.capabilities import Capabilities
from tests.desk import Desk


def test_the_last_finding_counts(desk: Desk) -> None:
    lacking = Capabilities(tools=False, context=4096, answer_limit="max_tokens")
    with desk.open() as uow:
        uow.capabilities.keep("127.0.0.1:8080/v1/", "qwen", Capabilities())
        uow.capabilities.keep("127.0.0.1:8080/v1/", "qwen", lacking)
        uow.capabilities.keep("other/v1/", "qwen", Capabilities())

    with desk.open() as uow:
        assert uow.capabilities.of_server("127.0.0.1:8080/v1/") == {"qwen": lacking}
        assert uow.capabilities.of_server("nowhere") == {}
        assert len(uow.audit.trail("model:127.0.0.1:8080/v1/")) == 2
