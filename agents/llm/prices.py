"""What models cost, as settings say it; a model without a price costs an unknown amount."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from agents.llm.port import Usage
from core.domain.errors import UsageError

_PRICE = re.compile(r"([^=\s]+)=(\d{1,6}(?:\.\d{1,6})?)/(\d{1,6}(?:\.\d{1,6})?)/(\d{1,6}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Money for a million tokens: of prompts, of what of them was cached, of answers."""

    prompt: Decimal
    cached: Decimal
    answer: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Prices by the beginning of the model's name; all in one currency, whichever that is."""

    by_name: Mapping[str, Price] = field(default_factory=dict[str, Price])

    def micros(self, model: str, usage: Usage) -> int | None:
        """What the usage costs in millionths of the currency, rounded up; None where no price is known."""
        names = [name for name in self.by_name if model.startswith(name)]
        if not names:
            return None
        price = self.by_name[max(names, key=len)]
        # A price for a million tokens is the price of one token in millionths.
        cost = (
            price.prompt * (usage.prompt_tokens - usage.cached_tokens)
            + price.cached * usage.cached_tokens
            + price.answer * usage.completion_tokens
        )
        return max(0, int(cost.to_integral_value(rounding=ROUND_CEILING)))


def read_prices(text: str | None) -> Prices:
    """Prices from a setting such as `gpt-5-mini=0.25/0.025/2.00, other=1/1/4`; UsageError where it is not one."""
    found = dict[str, Price]()
    for part in filter(None, (part.strip() for part in (text or "").split(","))):
        match = _PRICE.fullmatch(part)
        if match is None:
            raise UsageError(
                f"EXPEDITER_MODEL_PRICES holds {part!r}; accepted is 'MODEL=PROMPT/CACHED/ANSWER', money for a million"
                " tokens each, such as 'gpt-5-mini=0.25/0.025/2.00', several separated by commas"
            )
        name, *money = match.groups()
        prompt, cached, answer = map(Decimal, money)
        found[name] = Price(prompt=prompt, cached=cached, answer=answer)
    return Prices(by_name=found)
