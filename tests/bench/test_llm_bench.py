"""What measures turns of a model measures right: figures worked out by hand, and a session that is played."""

from bench.llm.context import Session, kept_before, middle_and_most, ordinary, played, rows_of
from bench.llm.provider import by_mark, marked
from bench.llm.turns import Turn, own_share, rank
from mockloop.bank.loader import load_bank
from mockloop.llm.port import Prompt


def request(*said: int) -> dict[str, object]:
    words = "\n".join(marked(number) for number in said)
    return {"body": {"messages": [{"content": words}]}, "seen_s": 10.02, "first_text_s": 11.0}


def test_a_request_belongs_to_what_was_said_last() -> None:
    first, second = request(3), request(3, 12)
    assert by_mark([first, second, {"body": {"messages": []}}]) == {3: first, 12: second}


def test_the_provider_s_own_time_is_not_ours() -> None:
    turns = [Turn(1, 10.0, 11.005), Turn(2, 10.01, 11.015), Turn(3, 10.0, None), Turn(4, 10.0, 11.0)]
    there, back, both = own_share("x", turns, {1: request(1), 2: request(2), 3: request(3)})
    assert (there["n"], there["max_ms"]) == (2, 20.0)
    assert (back["n"], back["max_ms"]) == (2, 15.0)
    assert (both["p50_ms"], both["max_ms"]) == (25.0, 25.0)


def test_a_round_without_the_model_is_not_the_best() -> None:
    seen = {1: request(1), 2: request(2), 3: request(3)}
    quick = own_share("x", [Turn(1, 10.0, 11.005), Turn(2, 10.01, 11.005)], seen)
    slow = own_share("x", [Turn(1, 10.0, 11.5), Turn(2, 10.0, 11.6)], seen)
    assert rank(quick) < rank(slow) < rank(own_share("x", [Turn(3, 10.0)], seen))
    assert rank(slow) < rank(own_share("x", [], seen))


def test_what_two_prompts_begin_with() -> None:
    prompts = [Prompt("a" * 40, ("b" * 40, end)) for end in ("c" * 38, "d" * 38)]
    # 40 + 2 + 40 + 2 characters are the same of 122: 21 of 30 tokens, and one for what is left over.
    assert list(kept_before(Session(prompts=prompts))) == [(22, 31)]
    assert middle_and_most([1, 2, 6]) == {"p50": 2, "max": 6}


def test_an_ordinary_session_fits_its_budget() -> None:
    sessions = played(load_bank(), ordinary)
    rows = {str(row["what"]): row for row in rows_of("ordinary", sessions)}
    assert rows["ordinary: turns of a session"]["p50"] in range(5, 30)
    parts = {part for session in sessions for turn in session.parts for part in turn}
    assert parts == {"instructions", "question", "conversation", "code", "changes", "runs", "turn"}
    assert rows[f"ordinary: sessions of {len(sessions)} that run out"]["of_their_own_budget"] == 0
