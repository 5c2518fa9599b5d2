"""Which model the settings mean."""

import pytest

from agents.llm.environment import from_environment
from agents.llm.openai_chat import OpenAIChat
from core.domain.errors import UsageError


def test_no_key_and_no_server_mean_no_model() -> None:
    assert from_environment(api_key=None, base_url=None, model=None) is None
    assert from_environment(api_key="", base_url="", model="any") is None


def test_a_key_alone_means_the_default_model() -> None:
    assert isinstance(from_environment(api_key="not-a-key", base_url=None, model=None), OpenAIChat)


def test_a_server_of_ones_own_needs_no_key_but_the_name_of_a_model() -> None:
    assert isinstance(from_environment(api_key=None, base_url="http://127.0.0.1:8080/v1", model="qwen"), OpenAIChat)
    with pytest.raises(UsageError, match="set EXPEDITER_MODEL"):
        from_environment(api_key=None, base_url="http://127.0.0.1:8080/v1", model=None)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'127\.0\.0\.1:8080' is not an address"):
        from_environment(api_key=None, base_url="127.0.0.1:8080", model="qwen")
