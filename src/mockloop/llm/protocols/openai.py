"""OpenAI's chat completions, as spoken by OpenAI, Ollama, vLLM, LM Studio and many others."""

from collections.abc import Sequence
from typing import TypeVar, cast

import httpx2
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionChunk
from pydantic import ValidationError
from pydantic_ai.messages import UserContent
from pydantic_ai.models import Model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from mockloop.llm.port import Provider

ADDRESS = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent where no key is wanted. Given always, or the library takes the key of another account from the environment."""

T = TypeVar("T")


class _Client(AsyncOpenAI):
    """Reads what is streamed by compiled validation: the library's own way, in Python, costs a third of a stream."""

    def _process_response_data(self, *, data: object, cast_to: type[T], response: httpx2.Response) -> T:
        if cast_to is ChatCompletionChunk:
            try:
                return cast(T, ChatCompletionChunk.model_validate(data))
            except ValidationError:
                pass  # servers that imitate the protocol leave things out: the library's own way takes anything
        return super()._process_response_data(data=data, cast_to=cast_to, response=response)


def model(provider: Provider, name: str, http: httpx2.AsyncClient) -> Model:
    """The model `name` of `provider`. Nothing is sent yet."""
    client = _Client(
        api_key=provider.api_key.get_secret_value() if provider.api_key else NO_KEY,
        base_url=provider.base_url or ADDRESS,
        max_retries=0,
        timeout=provider.turn_s,
        http_client=http,
    )
    # The library fills these from the environment too, and they need not belong to this key or address.
    client.organization = client.project = None
    client._custom_headers = {}
    if provider.base_url is None or provider.base_url.rstrip("/") == ADDRESS:
        return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=client))
    # Others know the older name of the limit on tokens.
    profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)
    return OpenAIChatModel(
        name, provider=OpenAICompatibleProvider("openai-compatible", openai_client=client), profile=profile
    )


def settings() -> ModelSettings:
    """Nothing: the beginning of a prompt is cached without being asked for."""
    return ModelSettings()


def content(parts: Sequence[str]) -> Sequence[UserContent]:
    """One text: not every server that speaks this protocol takes a list."""
    return ["\n\n".join(parts)]
