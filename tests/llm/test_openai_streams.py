"""What servers stream that speak OpenAI's protocol well, and less well."""

import json

import httpx2
import pytest
from pydantic_ai.models.openai import OpenAIChatModel

from mockloop.llm.port import Provider
from mockloop.llm.protocols import openai

WHOLE = {
    "id": "1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "delta": {"content": "Good."}, "finish_reason": None}],
}
BARE = {"choices": [{"delta": {"content": "Good."}}]}
ODD = WHOLE | {"created": "yesterday", "choices": [{"delta": {"content": "Good."}, "finish_reason": "eos"}]}


@pytest.mark.parametrize("piece", [WHOLE, BARE, ODD], ids=["whole", "bare", "odd"])
async def test_a_piece_is_read_whatever_else_is_missing_or_odd(piece: dict[str, object]) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        text = f"data: {json.dumps(piece)}\n\ndata: [DONE]\n\n"
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=text.encode())

    provider = Provider(name="p", protocol="openai", api_key=None, base_url="http://there/v1", models={})
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
        model = openai.model(provider, "m", http)
        assert isinstance(model, OpenAIChatModel)
        stream = await model.client.chat.completions.create(model="m", messages=[], stream=True)
        assert [one.choices[0].delta.content async for one in stream] == ["Good."]
