"""What a call costs follows from the setting; without a price the cost is unknown."""

import pytest

from agents.llm.port import Usage
from agents.llm.prices import read_prices
from core.domain.errors import UsageError

USED = Usage(calls=1, prompt_tokens=1_000, cached_tokens=400, completion_tokens=7)


def test_a_call_costs_what_its_tokens_cost_rounded_up_to_a_millionth() -> None:
    prices = read_prices("gpt-5-mini=0.25/0.025/2.00, gpt-5=1/1/1")

    assert prices.micros("gpt-5-mini-2025-08-07", USED) == 174  # 600 x 0.25 + 400 x 0.025 + 7 x 2 = 174
    assert prices.micros("gpt-5-large", USED) == 1_007
    assert prices.micros("gpt-5-mini", Usage(calls=1, prompt_tokens=1)) == 1


def test_a_model_without_a_price_costs_an_unknown_amount() -> None:
    assert read_prices(None).micros("any", USED) is None
    assert read_prices("other=1/1/1").micros("any", USED) is None


@pytest.mark.parametrize("text", ["gpt=1/2", "gpt", "gpt=1/-1/2", "gpt=a/b/c", "gpt=1e9/1/1"])
def test_a_price_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="accepted is 'MODEL=PROMPT/CACHED/ANSWER'"):
        read_prices(text)
