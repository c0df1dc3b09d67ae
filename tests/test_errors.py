"""One family of errors, one shape."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from mockloop.errors import Conflict, ErrorBody, Invalid, MockLoopError, NotFound, TooMany, documented


class SessionAlreadyOpen(Conflict):
    """You have a session of this type open; end it first, or go on with {session_id}."""


class HTTPNotSpoken(Invalid):
    """This is not HTTP."""


def test_a_two_line_class_has_its_code_its_message_and_its_status() -> None:
    error = SessionAlreadyOpen(session_id=7)
    assert (error.status, error.code) == (409, "session_already_open")
    assert str(error) == "You have a session of this type open; end it first, or go on with 7."
    assert HTTPNotSpoken.code == "http_not_spoken"


def test_the_body_is_plain_json_of_one_shape() -> None:
    body = NotFound(id=uuid4(), at=datetime.now(UTC), ways={"b"}).body()
    assert ErrorBody.model_validate(json.loads(json.dumps(body))).code == "not_found"


def test_a_detail_with_braces_is_taken_as_it_is() -> None:
    assert SessionAlreadyOpen(session_id="{secret}").message.endswith("{secret}.")


def test_a_forgotten_detail_fails_where_it_was_forgotten() -> None:
    with pytest.raises(KeyError):
        SessionAlreadyOpen()


def test_too_many_says_when_to_come_back() -> None:
    error = TooMany(retry_after_s=0)
    assert error.body()["details"] == {"retry_after_s": 1}
    assert error.headers() == {"Retry-After": "1"}


def test_errors_of_one_status_are_documented_together() -> None:
    described = documented(SessionAlreadyOpen, Conflict, NotFound)
    assert set(described) == {404, 409}
    assert "`session_already_open`" in described[409]["description"]
    assert described[404]["model"] is ErrorBody


def test_every_error_of_the_product_has_a_message() -> None:
    def all_below(kind: type[MockLoopError]) -> set[type[MockLoopError]]:
        return {kind}.union(*(all_below(below) for below in kind.__subclasses__()))

    assert all(kind.__doc__ and kind.__doc__.strip() for kind in all_below(MockLoopError))
