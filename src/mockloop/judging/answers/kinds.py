"""Which kind of answer a question asks for, where nobody says so."""

from mockloop.judging.answers.task import Kind, Task
from mockloop.language import find_phrase, read

_ABOUT_YOURSELF = (
    "tell me about yourself", "introduce yourself", "walk me through your background", "walk me through your resume",
    "walk me through your cv", "tell us about yourself", "bit about yourself", "who are you",
)  # fmt: skip
_BEHAVIOURAL = (
    "tell me about a time", "tell us about a time", "describe a time", "describe a situation", "give me an example of",
    "give an example of a time", "think of a time", "have you ever", "when have you", "think of a project",
    "describe something you", "describe a decision", "can you recall", "a time when you", "a time you",
    "how did you handle", "how did you deal", "a situation where you", "a situation in which you", "your greatest",
    "proud of", "proudest", "your biggest", "share an example", "describe a conflict", "describe a project",
    "tell me about a", "have you had", "did you ever", "walk me through a time", "how have you", "have you helped",
)  # fmt: skip
_DESIGN = (
    "design a", "design an", "design the", "how would you build", "how would you design", "architect a",
    "how would you scale", "system design", "design me",
)  # fmt: skip
_APPROACH = (
    "how would you solve", "your approach", "explain your approach", "how would you find", "given an array",
    "given a string", "given a list", "write a function", "how would you implement", "describe an algorithm",
    "explain your solution",
)  # fmt: skip


def kind_of(task: Task) -> Kind:
    """The kind that the task states, or that its question reads like; a concept otherwise."""
    if task.kind is not None:
        return task.kind
    question = read(task.question)
    order: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("about_yourself", _ABOUT_YOURSELF),
        ("behavioural", _BEHAVIOURAL),
        ("design", _DESIGN),
        ("approach", _APPROACH),
    )  # fmt: skip
    for kind, phrases in order:
        if any(find_phrase(question, phrase) for phrase in phrases):
            return kind
    return "concept"
