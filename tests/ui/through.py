"""A transport for ui.client that reaches an application in this process."""

import httpx
from fastapi.testclient import TestClient


class Through(httpx.BaseTransport):
    """Hands httpx requests to Starlette's test client, which speaks httpx2."""

    def __init__(self, client: TestClient) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._client.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)
