"""Anthropic's messages, as spoken by Anthropic and by addresses that imitate it."""

from collections.abc import Sequence

import httpx2
from anthropic import AsyncAnthropic
from pydantic_ai.messages import CachePoint, UserContent
from pydantic_ai.models import Model
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.settings import ModelSettings

from mockloop.llm.port import Provider

ADDRESS = "https://api.anthropic.com"
NO_KEY = "none"
"""Sent where no key is wanted. Given always, or the library takes the key of another account from the environment."""


def model(provider: Provider, name: str, http: httpx2.AsyncClient) -> Model:
    """The model `name` of `provider`. Nothing is sent yet."""
    client = AsyncAnthropic(
        api_key=provider.api_key.get_secret_value() if provider.api_key else NO_KEY,
        base_url=provider.base_url or ADDRESS,
        max_retries=0,
        timeout=provider.turn_s,
        http_client=http,
    )
    # The library fills these from the environment too, and they need not belong to this key or address.
    client._custom_headers = {}
    return AnthropicModel(name, provider=AnthropicProvider(anthropic_client=client))


def settings() -> ModelSettings:
    """The instructions and the tools are kept in the provider's cache; the rest changes with every turn."""
    return ModelSettings(cache={"messages": False})


def content(parts: Sequence[str]) -> Sequence[UserContent]:
    """A block per part; what the first part says is cached too when something less stable follows."""
    if len(parts) < 2:
        return list(parts)
    return [parts[0], CachePoint(), *parts[1:]]
