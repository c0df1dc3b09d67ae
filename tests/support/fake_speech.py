"""What `fake_provider` says in each of the two protocols: errors, whole answers, and the frames of streamed ones."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

Json = dict[str, Any]
ProtocolName = Literal["anthropic", "openai"]
Finish = Literal["stop", "length", "tool", "refusal"]

INPUT_TOKENS = 120
CACHED_TOKENS = 40
"""Part of the input, for both protocols; each has its own way to say it."""
CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True)
class Answer:
    """What a model says: text, or the arguments of a tool call (`tool`: the tool's name)."""

    text: str = ""
    tool: str | None = None
    arguments: str = ""
    finish: Finish = "stop"

    @property
    def output_tokens(self) -> int:
        return max(1, len(self.text + self.arguments) // CHARACTERS_PER_TOKEN) if self.text or self.tool else 0


class Speech(Protocol):
    """One protocol."""

    name: ProtocolName

    def error(self, status: int, kind: str) -> Json: ...

    def whole(self, model: str, answer: Answer) -> Json: ...

    def opening(self, model: str) -> bytes: ...

    def head(self) -> bytes: ...

    def piece(self, model: str, text: str) -> bytes: ...

    def call(self, model: str, answer: Answer) -> bytes: ...

    def closing(self, model: str, answer: Answer) -> bytes: ...

    def broken(self) -> bytes: ...


ERRORS = {
    "bad": ("invalid_request_error", "the request is not understood"),
    "long": ("invalid_request_error", "prompt is too long: 250000 tokens > 200000 maximum"),
    "key": ("authentication_error", "invalid x-api-key"),
    "unknown": ("not_found_error", "model: not found"),
    "rate": ("rate_limit_error", "too many requests"),
    "quota": ("billing_error", "credit is used up"),
    "server": ("api_error", "internal server error"),
    "busy": ("overloaded_error", "Overloaded"),
}


class Anthropic:
    """`POST /v1/messages`."""

    name: ProtocolName = "anthropic"
    finishes: ClassVar = {"stop": "end_turn", "length": "max_tokens", "tool": "tool_use", "refusal": "refusal"}

    def error(self, status: int, kind: str) -> Json:
        error_type, message = ERRORS[kind]
        return {"type": "error", "error": {"type": error_type, "message": message}}

    def whole(self, model: str, answer: Answer) -> Json:
        content: list[Json] = []
        if answer.text:
            content.append({"type": "text", "text": answer.text})
        if answer.tool is not None:
            content.append({"type": "tool_use", "id": "toolu_1", "name": answer.tool, "input": _loaded(answer)})
        return self._message(model) | {
            "content": content,
            "stop_reason": self.finishes[answer.finish],
            "usage": self._input() | {"output_tokens": answer.output_tokens},
        }

    def opening(self, model: str) -> bytes:
        return self._frame("message_start", {"message": self._message(model)}) + self._frame("ping", {})

    def piece(self, model: str, text: str) -> bytes:
        """Each piece is a delta of the first block, which `head` begins."""
        return self._frame("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": text}})

    def head(self) -> bytes:
        """Begins the block of text."""
        return self._frame("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})

    def call(self, model: str, answer: Answer) -> bytes:
        block: Json = {"type": "tool_use", "id": "toolu_1", "name": answer.tool, "input": {}}
        delta = {"type": "input_json_delta", "partial_json": answer.arguments}
        return self._frame("content_block_start", {"index": 0, "content_block": block}) + self._frame(
            "content_block_delta", {"index": 0, "delta": delta}
        )

    def closing(self, model: str, answer: Answer) -> bytes:
        end = {"delta": {"stop_reason": self.finishes[answer.finish], "stop_sequence": None}}
        stop = self._frame("content_block_stop", {"index": 0}) if answer.text or answer.tool else b""
        usage = {"usage": {"output_tokens": answer.output_tokens}}
        return stop + self._frame("message_delta", end | usage) + self._frame("message_stop", {})

    def broken(self) -> bytes:
        return self._frame("error", {"error": {"type": "overloaded_error", "message": "Overloaded"}})

    def _message(self, model: str) -> Json:
        return {
            "id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": [],
            "stop_reason": None, "stop_sequence": None, "usage": self._input() | {"output_tokens": 1},
        }  # fmt: skip

    def _input(self) -> Json:
        fresh = INPUT_TOKENS - CACHED_TOKENS
        return {"input_tokens": fresh, "cache_read_input_tokens": CACHED_TOKENS, "cache_creation_input_tokens": 0}

    def _frame(self, event: str, fields: Json) -> bytes:
        return f"event: {event}\ndata: {json.dumps({'type': event} | fields)}\n\n".encode()


class OpenAI:
    """`POST /v1/chat/completions`."""

    name: ProtocolName = "openai"
    finishes: ClassVar = {"stop": "stop", "length": "length", "tool": "tool_calls", "refusal": "stop"}
    codes: ClassVar = {"long": "context_length_exceeded", "quota": "insufficient_quota", "unknown": "model_not_found"}

    def error(self, status: int, kind: str) -> Json:
        error_type, message = ERRORS[kind]
        return {"error": {"message": message, "type": error_type, "param": None, "code": self.codes.get(kind)}}

    def whole(self, model: str, answer: Answer) -> Json:
        message: Json = {"role": "assistant", "content": answer.text or None, "refusal": None}
        if answer.finish == "refusal":
            message["refusal"] = "I cannot help with that."
        if answer.tool is not None:
            message["tool_calls"] = [self._call(answer)]
        choice = {"index": 0, "message": message, "finish_reason": self.finishes[answer.finish], "logprobs": None}
        return self._chunk(model, []) | {
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(answer),
        }

    def opening(self, model: str) -> bytes:
        return self._delta(model, {"role": "assistant", "content": ""})

    def piece(self, model: str, text: str) -> bytes:
        return self._delta(model, {"content": text})

    def head(self) -> bytes:
        """Text needs no beginning here."""
        return b""

    def call(self, model: str, answer: Answer) -> bytes:
        return self._delta(model, {"tool_calls": [{"index": 0} | self._call(answer)]})

    def closing(self, model: str, answer: Answer) -> bytes:
        refusal = self._delta(model, {"refusal": "I cannot help with that."}) if answer.finish == "refusal" else b""
        end = self._delta(model, {}, self.finishes[answer.finish])
        usage = self._frame(self._chunk(model, []) | {"usage": self._usage(answer)})
        return refusal + end + usage + b"data: [DONE]\n\n"

    def broken(self) -> bytes:
        return self._frame({"error": {"message": "Overloaded", "type": "overloaded_error", "code": "overloaded"}})

    def _call(self, answer: Answer) -> Json:
        return {"id": "call_1", "type": "function", "function": {"name": answer.tool, "arguments": answer.arguments}}

    def _usage(self, answer: Answer) -> Json:
        return {
            "prompt_tokens": INPUT_TOKENS,
            "completion_tokens": answer.output_tokens,
            "total_tokens": INPUT_TOKENS + answer.output_tokens,
            "prompt_tokens_details": {"cached_tokens": CACHED_TOKENS},
        }

    def _delta(self, model: str, delta: Json, finish: str | None = None) -> bytes:
        return self._frame(self._chunk(model, [{"index": 0, "delta": delta, "finish_reason": finish}]))

    def _chunk(self, model: str, choices: list[Json]) -> Json:
        return {
            "id": "chatcmpl_1",
            "object": "chat.completion.chunk",
            "created": 1_700_000_000,
            "model": model,
            "choices": choices,
        }

    def _frame(self, fields: Json) -> bytes:
        return f"data: {json.dumps(fields)}\n\n".encode()


def _loaded(answer: Answer) -> Any:
    try:
        return json.loads(answer.arguments)
    except ValueError:
        return {"broken": answer.arguments}


def example_of(schema: Json, root: Json | None = None) -> Any:
    """A smallest value that a JSON schema, as pydantic writes it, accepts."""
    root = root or schema
    if "$ref" in schema:
        return example_of(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        return example_of(choice, root)
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", list(schema.get("properties", {})))
            return {name: example_of(schema["properties"][name], root) for name in wanted}
        case "array":
            return [example_of(schema.get("items", {}), root) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        case "boolean":
            return True
        case "null":
            return None
    return "an example".ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength", None)]
