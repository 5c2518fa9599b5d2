"""The model that the settings ask for, or none: without one everything works, by rules."""

from collections.abc import Mapping

from agents.llm.openai_chat import OpenAIChat
from agents.llm.patience import Patience
from agents.llm.port import ModelPort
from core.domain.errors import UsageError

DEFAULT_MODEL = "gpt-5-mini"
_NO_KEY_NEEDED = "none"


def from_environment(
    *,
    api_key: str | None,
    base_url: str | None,
    model: str | None,
    models: Mapping[str, str] | None = None,
    patience: Patience = Patience(),
) -> ModelPort | None:
    """A key alone means OpenAI and its default model; a server of one's own needs the name of its model, and perhaps
    no key; with neither there is no model. `models` are those of single purposes."""
    if not base_url:
        if not api_key:
            return None
        return OpenAIChat(
            api_key=api_key,
            base_url="https://api.openai.com/v1",
            model=model or DEFAULT_MODEL,
            models=models,
            answer_limit="max_completion_tokens",
            patience=patience,
        )
    if not base_url.startswith(("http://", "https://")):
        raise UsageError(f"OPENAI_BASE_URL {base_url!r} is not an address; accepted is 'https://HOST/v1'")
    if not model:
        raise UsageError(f"OPENAI_BASE_URL is {base_url!r}: set EXPEDITER_MODEL to the name of a model it serves")
    key = api_key or _NO_KEY_NEEDED
    return OpenAIChat(api_key=key, base_url=base_url, model=model, models=models, patience=patience)
