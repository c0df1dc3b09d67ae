"""A small but complete question, and a company style, for tests that need one without the bank's content."""

from typing import Any

from mockloop.bank.question import CodingQuestion, CompanyStyle

_STATEMENT = """\
You get a list of whole numbers `numbers` and a number `target`. Return the positions of two different entries whose
sum is `target`, the smaller position first. There is always exactly one such pair.

**Example 1**

```
numbers = [4, 9, 1], target = 10
answer: [1, 2]
```

**Example 2**

```
numbers = [3, 3], target = 6
answer: [0, 1]
```

**Constraints**

- `2 <= numbers.length <= 100 000`
- `-1 000 000 000 <= numbers[i], target <= 1 000 000 000`
"""

_PYTHON = """\
def pair_sum(numbers, target):
    position_of = {}
    for position, number in enumerate(numbers):
        missing = target - number
        if missing in position_of:
            return [position_of[missing], position]
        position_of[number] = position
    return []
"""
_JAVASCRIPT = """\
function pairSum(numbers, target) {
  const positionOf = new Map();
  for (let position = 0; position < numbers.length; position++) {
    const missing = target - numbers[position];
    if (positionOf.has(missing)) return [positionOf.get(missing), position];
    positionOf.set(numbers[position], position);
  }
  return [];
}
"""
_TYPESCRIPT = _JAVASCRIPT.replace("(numbers, target)", "(numbers: number[], target: number): number[]").replace(
    "new Map()", "new Map<number, number>()"
)
_WRONG = """\
def pair_sum(numbers, target):
    for i in range(len(numbers)):
        if target - numbers[i] in numbers:
            return [i, numbers.index(target - numbers[i])]
    return []
"""
_SLOW = """\
def pair_sum(numbers, target):
    for i in range(len(numbers)):
        for j in range(i + 1, len(numbers)):
            if numbers[i] + numbers[j] == target:
                return [i, j]
    return []
"""


def _test(numbers: list[int], target: int, expected: list[int], edge: str) -> dict[str, Any]:
    return {"args": (numbers, target), "expected": expected, "edge": edge}


def pair_sum() -> CodingQuestion:
    """ "Pair sum": one easy question with all that the bank's questions have."""
    return CodingQuestion.model_validate(
        {
            "id": "pair-sum",
            "title": "Pair sum",
            "difficulty": "easy",
            "topics": ["arrays", "hash-maps"],
            "summary": "Given whole numbers and a target, find the positions of the two entries that add up to it.",
            "statement": _STATEMENT,
            "entry_point": "pair_sum",
            "parameters": [{"name": "numbers"}, {"name": "target"}],
            "starter": {
                "python": "def pair_sum(numbers, target):\n    pass\n",
                "javascript": "function pairSum(numbers, target) {\n}\n",
                "typescript": "function pairSum(numbers: number[], target: number): number[] {\n  return [];\n}\n",
            },
            "references": {"python": _PYTHON, "javascript": _JAVASCRIPT, "typescript": _TYPESCRIPT},
            "planted": [
                {
                    "name": "Uses one entry twice",
                    "language": "python",
                    "source": _WRONG,
                    "flaw": "wrong",
                    "caught_by": "half",
                },
                {
                    "name": "Tries all pairs",
                    "language": "python",
                    "source": _SLOW,
                    "flaw": "slow",
                    "caught_by": "growth",
                },
            ],
            "visible_tests": [_test([4, 9, 1], 10, [1, 2], "typical"), _test([3, 3], 6, [0, 1], "duplicates")],
            "hidden_tests": [
                _test([5, 75, 25], 100, [1, 2], "typical"),
                _test([8, 4, 16, 12], 16, [1, 3], "half"),
                _test([7, 7, 1183], 14, [0, 1], "duplicates"),
                _test([-351, 4, 353], 2, [0, 2], "negative"),
                _test([0, 417, 0], 0, [0, 2], "zero"),
                _test([611, 389], 1000, [0, 1], "shortest"),
                _test([1, 2, 3, 4, 60, 940], 1000, [4, 5], "at-the-end"),
                _test([10**9, -(10**9), 5], 0, [0, 1], "extremes"),
            ],
            "growth": {
                "recipe": [
                    {"kind": "ints", "length": "n", "low": 1, "high": "10*n"},
                    {"kind": "constant", "value": -1},
                ],
                "sizes": [500, 1000, 2000, 4000],
                "target": "linear",
            },
            "facts": [
                {
                    "id": "same-entry",
                    "asks": [
                        "Can I use the same element twice?",
                        "Do the two positions have to be different?",
                        "May an entry be paired with itself?",
                        "Is one number allowed to be used two times?",
                    ],
                    "keywords": [
                        "twice",
                        "two times",
                        "different",
                        "itself",
                        "reuse",
                        "same element",
                        "same entry",
                        "same index",
                    ],
                    "answer": "The two positions must differ. One entry may not be counted twice.",
                },
                {
                    "id": "no-pair",
                    "asks": [
                        "What should I return if there is no pair?",
                        "Is there always a solution?",
                        "Can it happen that no two numbers add up to the target?",
                        "Can there be more than one pair?",
                    ],
                    "keywords": [
                        "no pair",
                        "no solution",
                        "always",
                        "exactly one",
                        "not found",
                        "more than one",
                        "multiple",
                    ],
                    "answer": "There is always exactly one such pair, so you need not handle its absence.",
                },
                {
                    "id": "sorted",
                    "asks": [
                        "Is the list sorted?",
                        "Are the numbers in any order?",
                        "Can I assume the input is ordered?",
                        "Do the numbers come ascending?",
                    ],
                    "keywords": ["sorted", "order", "ordered", "ascending", "unsorted"],
                    "answer": "No, the numbers come in no particular order.",
                },
                {
                    "id": "negative",
                    "asks": [
                        "Can the numbers be negative?",
                        "Are there zeros or negative values?",
                        "What is the range of the numbers?",
                        "Are all numbers positive integers?",
                    ],
                    "keywords": [
                        "negative",
                        "zero",
                        "range",
                        "positive",
                        "integers",
                        "floats",
                        "how large can the numbers",
                    ],
                    "answer": "Yes. Whole numbers from minus one billion to one billion, zero included.",
                },
                {
                    "id": "size",
                    "asks": [
                        "How long is the list?",
                        "How many numbers can there be?",
                        "What is the size of the input?",
                        "Can the list be empty?",
                    ],
                    "keywords": [
                        "how long",
                        "how many",
                        "size",
                        "length",
                        "empty",
                        "how big",
                        "how large",
                        "constraints",
                        "at least two",
                    ],
                    "answer": "Between two and 100,000 numbers, so the list is never empty.",
                },
                {
                    "id": "output-order",
                    "asks": [
                        "Does the order of the two positions matter?",
                        "Should I return indices or values?",
                        "Are positions counted from zero?",
                        "Do I return the numbers themselves?",
                    ],
                    "keywords": [
                        "indices",
                        "positions",
                        "values",
                        "zero based",
                        "one based",
                        "output",
                        "format",
                        "order of the two",
                    ],
                    "answer": "Return positions counted from zero, the smaller one first.",
                },
            ],
            "approaches": [
                {
                    "id": "map-of-seen",
                    "title": "Remember seen numbers in a hash map",
                    "standing": "best",
                    "says": [
                        ["hash map", "dictionary", "map", "hash", "lookup table", "set"],
                        [
                            "complement",
                            "missing",
                            "target minus",
                            "target -",
                            "difference",
                            "rest",
                            "what is left",
                            "need",
                        ],
                    ],
                    "time": ["O(n)", "linear"],
                    "space": ["O(n)", "linear"],
                    "growth": "linear",
                    "remark": "One pass; trades memory for time.",
                },
                {
                    "id": "sort-and-close-in",
                    "title": "Sort, then close in from both ends",
                    "standing": "acceptable",
                    "says": [["sort", "sorted", "sorting"], ["two pointers", "both ends", "left and right", "pointer"]],
                    "time": ["O(n log n)"],
                    "space": ["O(n)"],
                    "growth": "linearithmic",
                    "remark": "Positions must be kept through the sort.",
                },
                {
                    "id": "all-pairs",
                    "title": "Try every pair",
                    "standing": "brute_force",
                    "says": [
                        [
                            "every pair",
                            "all pairs",
                            "each pair",
                            "nested loop",
                            "two loops",
                            "double loop",
                            "brute force",
                            "every combination",
                        ],
                    ],
                    "time": ["O(n^2)", "quadratic"],
                    "space": ["O(1)", "constant"],
                    "growth": "quadratic",
                    "remark": "Too slow for the largest input.",
                },
                {
                    "id": "largest-first",
                    "title": "Take the largest number that fits",
                    "standing": "wrong",
                    "says": [
                        ["largest", "biggest", "greedy"],
                        ["fits", "below the target", "smaller than the target", "first"],
                    ],
                    "time": ["O(n)"],
                    "space": ["O(1)"],
                    "growth": "linear",
                    "remark": "The largest number below the target need not be in the pair.",
                },
            ],
            "hints": [
                "Stand at one number. Which other number would complete it, and can you name it without the rest?",
                "Whether one particular number was passed is a question that a suitable structure answers at once.",
                "Walk once and keep, for each number passed, where it stood; before adding one, ask for its partner.",
                "The line in the middle is `if target - number in seen: return [seen[target - number], position]`.",
            ],
            "probes": [
                {
                    "edge": "half",
                    "nudges": [
                        "Suppose one number is exactly half of the target and stands there once. What comes out?",
                        "Can your code ever pair an entry with itself?",
                    ],
                },
                {
                    "edge": "duplicates",
                    "nudges": [
                        "What happens when the same value stands at two positions?",
                        "Does anything you store get overwritten when a value comes again?",
                    ],
                },
                {
                    "edge": "negative",
                    "nudges": [
                        "Does your reasoning hold for numbers below zero?",
                        "Try a target smaller than one of the two numbers that make it.",
                    ],
                },
                {
                    "edge": "zero",
                    "nudges": [
                        "Is there a value that your code mistakes for nothing?",
                        "What does a zero do in your condition?",
                    ],
                },
            ],
            "follow_ups": [
                {
                    "id": "sorted-input",
                    "ask": "Suppose the numbers were sorted already and memory was scarce. What would you change?",
                    "looks_for": [
                        ["two pointers", "both ends", "left and right", "pointer"],
                        ["constant", "o(1)", "no extra", "no map"],
                    ],
                    "good_answer": "Close in from both ends with two pointers; constant extra memory.",
                },
                {
                    "id": "stream",
                    "ask": "Now the numbers arrive one at a time, for ever. How would you report each pair at once?",
                    "looks_for": [
                        ["keep", "store", "remember", "set", "map"],
                        ["memory", "grow", "window", "evict", "forget"],
                    ],
                    "good_answer": "Keep a map and think about how to bound its memory.",
                },
            ],
            "rubric": [
                {"id": "insight", "dimension": "problem_solving", "text": "Looks up the missing number.", "weight": 4},
                {"id": "brute-force", "dimension": "problem_solving", "text": "Weighs the quadratic way.", "weight": 2},
                {
                    "id": "same-entry",
                    "dimension": "correctness",
                    "text": "Never pairs an entry with itself.",
                    "weight": 4,
                },
                {"id": "names", "dimension": "quality", "text": "Names say what they hold.", "weight": 2},
                {"id": "plan-first", "dimension": "communication", "text": "Explains before coding.", "weight": 3},
            ],
            "examples": [
                {
                    "answer": "I would try all the pairs and return the one that fits.",
                    "mark": 45,
                    "because": "Works, too slow.",
                },
                {"answer": "I use a map.", "mark": 25, "because": "Names a structure, no plan."},
                {
                    "answer": "I keep each number's position in a map; for each number I look up target minus it.",
                    "mark": 90,
                    "because": "Complete.",
                },
            ],
            "related": ["pair-sum"],
        }
    )


def company_style(**changes: Any) -> CompanyStyle:
    """A neutral style; `changes` replace fields, e.g. `patience="low"`."""
    return CompanyStyle.model_validate(
        {
            "id": "generic",
            "title": "Any company",
            "summary": "Even-handed, keeps to the problem.",
            "opening": ("Hello, thanks for making the time today.", "Hi, good to meet you."),
            "emphasis": ("complexity", "edge_cases"),
            **changes,
        }
    )
