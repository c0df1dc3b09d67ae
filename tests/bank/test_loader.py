"""The loader reads what is sound, and names file and field of what is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.bank.errors import BankBroken, CompanyStyleUnknown, QuestionUnknown
from mockloop.bank.loader import Bank, bank_root, load_bank, suits
from mockloop.bank.question import CodingQuestion, Difficulty

NAME = "first-repeat-visitor"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A bank of one sound question, as files that a test may break."""
    source = Path(str(bank_root()))
    shutil.copy(source / "company_styles.toml", tmp_path)
    shutil.copytree(source / "content" / "coding" / NAME, tmp_path / "content" / "coding" / NAME)
    return tmp_path


def folder(root: Path) -> Path:
    return root / "content" / "coding" / NAME


def complaint(root: Path) -> str:
    with pytest.raises(BankBroken) as caught:
        load_bank(root)
    return caught.value.message


def test_the_package_has_a_bank(bank: Bank) -> None:
    question = bank.question(NAME)
    assert question.entry_point == "first_repeat_visitor"
    assert set(question.references) == set(question.starter) == {"python", "javascript", "typescript"}
    assert {planted.language for planted in question.planted} == {"python", "javascript", "typescript"}
    assert {style.id for style in bank.styles} >= {"generic", "google", "amazon", "nextdoor"}
    assert {question.difficulty for question in bank.questions()} == {"easy", "medium", "hard"}


def test_questions_are_found_by_difficulty_and_topic(bank: Bank) -> None:
    assert {question.difficulty for question in bank.questions("easy")} == {"easy"}
    assert bank.question(NAME) in bank.questions("easy", "hash-map")
    assert bank.question(NAME) not in bank.questions("medium")
    assert bank.questions(topic="no-such-topic") == ()
    order = ["easy", "medium", "hard"]
    ranks = [order.index(question.difficulty) for question in bank.questions()]
    assert ranks == sorted(ranks)


def test_unknown_ids_are_not_found(bank: Bank) -> None:
    with pytest.raises(QuestionUnknown, match="no-such-question"):
        bank.question("no-such-question")
    with pytest.raises(CompanyStyleUnknown):
        bank.style("no-such-style")
    assert bank.style("google").title == "Google style"


def test_a_sound_folder_is_read(root: Path) -> None:
    assert [question.id for question in load_bank(root).questions()] == [NAME]


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(question: Path) -> None:
        text = (question / name).read_text()
        assert old in text
        (question / name).write_text(text.replace(old, new, 1))

    return change


def drop_test_field(question: Path) -> None:
    tests = json.loads((question / "tests.json").read_text())
    del tests["hidden"][3]["expected"]
    (question / "tests.json").write_text(json.dumps(tests))


@pytest.mark.parametrize(
    ("damage", "file", "text"),
    [
        (lambda q: (q / "statement.md").unlink(), "statement.md", "is missing"),
        (lambda q: (q / "starter.ts").unlink(), "starter.ts", "is missing"),
        (lambda q: (q / "solutions" / "reference.js").unlink(), "solutions/reference.js", "is missing"),
        (lambda q: (q / "solutions" / "slow_search_list.py").unlink(), "solutions/slow_search_list.py", "is missing"),
        (lambda q: (q / "solutions" / "extra.py").write_text("x"), "solutions/extra.py", "no [[planted]] entry"),
        (lambda q: (q / "statement.md").write_bytes(b"\xff\xfe"), "statement.md", "not UTF-8"),
        (lambda q: (q / "tests.json").write_text("{"), "tests.json", "is not JSON"),
        (lambda q: (q / "tests.json").write_text("[]"), "tests.json", "must be one object"),
        (lambda q: (q / "tests.json").write_text('{"visible": [], "hiden": []}'), "tests.json", "hiden: only visible"),
        (drop_test_field, "tests.json", "hidden[3].expected: Field required"),
        (edit("question.toml", "title =", "title"), "question.toml", "is not TOML"),
        (edit("question.toml", 'title = "', 'heading = "'), "question.toml", "title: Field required"),
        (edit("question.toml", 'difficulty = "easy"', 'difficulty = "mild"'), "question.toml", "difficulty: "),
        (edit("question.toml", f'id = "{NAME}"', 'id = "other"'), "question.toml", "not the name of its folder"),
        (
            edit("question.toml", 'answer = "It can', 'reply = "It can'),
            "question.toml",
            "facts[1].answer: Field required",
        ),
        (
            edit("question.toml", "title =", 'statement = "x"\ntitle ='),
            "question.toml",
            "statement: belongs into a file",
        ),
        (edit("question.toml", "slow_search_list.py", "../x.py"), "question.toml", "must be the name of a file"),
        (edit("question.toml", "slow_search_list.py", "slow.rb"), "question.toml", "must be the name of a file"),
        (
            edit("question.toml", 'name = "tickets"', 'name = "tickets"\nkind = 1'),
            "question.toml",
            "parameters[0].kind: ",
        ),
    ],
)
def test_damage_is_named_by_file_and_field(root: Path, damage: Callable[[Path], object], file: str, text: str) -> None:
    damage(folder(root))
    message = complaint(root)
    assert f"content/coding/{NAME}/{file}: " in message
    assert text in message


def test_all_faults_are_told_at_once(root: Path) -> None:
    (folder(root) / "starter.js").unlink()
    (root / "company_styles.toml").write_text('[[styles]]\nid = "a"\ntitle = "A"\nemphasis = ["magic"]\nopening = []\n')
    message = complaint(root)
    assert "starter.js: is missing" in message
    assert "company_styles.toml: styles[0].summary: Field required" in message
    assert "company_styles.toml: styles[0].emphasis[0]: " in message


def test_two_styles_of_one_id_are_a_fault(root: Path) -> None:
    styles = (root / "company_styles.toml").read_text().replace('id = "amazon"', 'id = "google"')
    (root / "company_styles.toml").write_text(styles)
    assert "'google' is there twice" in complaint(root)


def test_a_bank_without_questions_can_be_read_but_has_no_surprise(root: Path) -> None:
    shutil.rmtree(folder(root))
    empty = load_bank(root)
    assert empty.questions() == ()
    with pytest.raises(QuestionUnknown):
        empty.choose("seed", "easy")


def variants(bank: Bank, *named: tuple[str, Difficulty, tuple[str, ...]]) -> Bank:
    """A bank of small variations of one question: id, difficulty, companies."""
    made: list[CodingQuestion] = [
        bank.question(NAME).model_copy(update={"id": name, "difficulty": difficulty, "companies": companies})
        for name, difficulty, companies in named
    ]
    return Bank(made, bank.styles)


def test_a_surprise_depends_on_the_seed_alone(bank: Bank) -> None:
    chosen = [bank.choose(f"seed {n}").id for n in range(200)]
    again = load_bank()
    assert chosen == [again.choose(f"seed {n}").id for n in range(200)]
    assert set(chosen) == {question.id for question in bank.questions()}


@given(seed=st.text(max_size=8))
def test_a_surprise_has_the_difficulty_and_is_not_practised_lately(bank: Bank, seed: str) -> None:
    medium = [question.id for question in bank.questions("medium")]
    chosen = bank.choose(seed, "medium", exclude=medium[1:])
    assert chosen.id == medium[0]
    assert bank.choose(seed, "medium").difficulty == "medium"


@given(seed=st.text(max_size=8))
def test_a_surprise_suits_the_style_where_one_is_left(bank: Bank, seed: str) -> None:
    small = variants(bank, ("a", "easy", ("google",)), ("b", "easy", ("amazon",)), ("c", "hard", ()))
    assert small.choose(seed, "easy", "google").id == "a"
    assert small.choose(seed, None, "amazon").id in ("b", "c")
    assert small.choose(seed, "easy", "google", exclude=["a"]).id == "b"
    assert suits(small.question("a"), "generic")


@given(seed=st.text(max_size=8))
def test_when_all_were_practised_the_oldest_comes_again(bank: Bank, seed: str) -> None:
    small = variants(bank, ("a", "easy", ()), ("b", "easy", ()), ("c", "easy", ()))
    assert small.choose(seed, "easy", exclude=["b", "c", "a", "b"]).id == "a"


def test_a_new_question_changes_only_the_choices_it_wins(bank: Bank) -> None:
    before = variants(bank, ("a", "easy", ()), ("b", "easy", ()))
    after = variants(bank, ("a", "easy", ()), ("b", "easy", ()), ("c", "easy", ()))
    for n in range(100):
        chosen = after.choose(str(n)).id
        assert chosen in ("c", before.choose(str(n)).id)
