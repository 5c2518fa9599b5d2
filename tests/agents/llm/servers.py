"""Answers of a chat server, as tests script them over HTTP."""

import json
from typing import Any

import httpx

from agents.llm.openai_chat import OpenAIChat
from agents.llm.patience import Patience

BASE_URL = "http://127.0.0.1:9/v1"
COMPLETIONS = f"{BASE_URL}/chat/completions"
USAGE = {
    "prompt_tokens": 120,
    "completion_tokens": 30,
    "prompt_tokens_details": {"cached_tokens": 100},
    "completion_tokens_details": {"reasoning_tokens": 5},
}


class Clock:
    """A monotonic clock that moves only when somebody sleeps, or by `step` each time it is read."""

    def __init__(self, step: float = 0.0) -> None:
        self.time = 0.0
        self.step = step
        self.slept: list[float] = []

    def monotonic(self) -> float:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def model(clock: Clock | None = None) -> OpenAIChat:
    clock = clock or Clock()
    patience = Patience(sleep=clock.sleep, monotonic=clock.monotonic)
    return OpenAIChat(api_key="not-a-key", base_url=BASE_URL, model="small", patience=patience)


def body(content: str | None = None, *, finish: str = "stop", **message: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "small-1",
        "choices": [choice],
        "usage": USAGE,
    }


def answer(content: str | None = None, *, finish: str = "stop", **message: Any) -> httpx.Response:
    return httpx.Response(200, json=body(content, finish=finish, **message))


def events(*parts: dict[str, Any] | str) -> httpx.Response:
    lines = [part if isinstance(part, str) else json.dumps(part) for part in parts]
    text = "".join(f"data: {line}\n\n" for line in lines)
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, text=text)
