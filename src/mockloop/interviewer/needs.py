"""What `policy` asks of a situation: the conditions of its rules that take more than a word."""

from mockloop.bank.question import FollowUp
from mockloop.interviewer.situation import Situation


def lacks_approach(s: Situation) -> bool:
    if s.plan.told:
        return False
    if s.in_stage("code"):
        return (s.has_code or s.run is not None or s.entered is not None) and not s.times("approach:in-code")
    return s.in_stage("plan") and not asked_for_approach_enough(s)


def asked_for_approach_enough(s: Situation) -> bool:
    """After three questions about the plan, or two when its cost was told, code says more than another one."""
    return s.times("approach") + s.times("approach:detail") >= (2 if "time" in s.stated else 3)


def vague(s: Situation) -> bool:
    return (
        s.plan.told
        and s.plan.approach is None
        and s.in_stage("clarify", "plan")
        and s.times("approach:detail") < s.temper.probes
        and not s.is_short
        and "time" not in s.stated
    )


def standing(s: Situation, standing: str) -> bool:
    return s.plan.approach is not None and s.plan.approach.standing == standing


def talks_cost(s: Situation) -> bool:
    """Whether cost is a subject now: once a plan is told, and while coding only after a clean run."""
    if s.in_stage("code") and not s.tests_pass:
        return False
    return (s.plan.told or s.in_stage("review")) and not s.is_short and not s.in_stage("follow_up")


def wrong_claim(s: Situation) -> bool:
    return any(s.judged(kind) == "differs" and not s.times_for_plan(f"challenge:{kind}") for kind in ("time", "space"))


def plan_is_settled(s: Situation) -> bool:
    told = s.plan.told or ("time" in s.stated and asked_for_approach_enough(s))
    return told and s.in_stage("plan") and not s.in_stage("code") and s.following is not None


def review_topics(s: Situation) -> list[str]:
    """What to look at in the review: the style's emphasis first."""
    known = ("unwritten", "unfinished", "edge_cases", "complexity", "testing", "communication", "quality")
    state = ["unwritten"] if not s.has_code else [] if s.tests_pass else ["unfinished"]
    order = dict.fromkeys([*state, *s.style.emphasis, "complexity", "edge_cases", "testing"])
    done = {topic for topic in known if s.times(f"review:{topic}")}
    if "time" in s.stated and s.complexity_settled:
        done.add("complexity")
    asked = sum(s.times(f"review:{topic}") > 0 for topic in known)
    return [] if asked >= s.temper.review_questions else [topic for topic in order if topic not in done]


def next_follow_up(s: Situation) -> FollowUp | None:
    if sum(s.times(f"follow_up:{f.id}") > 0 for f in s.question.follow_ups) >= s.temper.follow_ups:
        return None
    return next((f for f in s.question.follow_ups if not s.times(f"follow_up:{f.id}")), None)


def may_follow_up(s: Situation) -> bool:
    return s.in_stage("follow_up") and s.left_s > 90 and not s.wrapped and next_follow_up(s) is not None


def wants_hint(s: Situation) -> bool:
    if s.hint_asked:
        return True
    took_offer = s.open_question == "offer:hint" and s.reading.only("agrees", "thanks")
    return took_offer or (s.does("says_stuck") and s.open_question == "offer:hint" and s.times("stuck") > 0)


def open_follow_up(s: Situation) -> FollowUp | None:
    kind, _, what = s.open_question.partition(":")
    answers = s.does(
        "describes_approach", "weighs_approach", "claims_complexity", "explains", "names_case", "does_not_know"
    )
    if kind != "follow_up" or not answers or s.reading.words < 3:
        return None
    return next((f for f in s.question.follow_ups if f.id == what), None)


def answered_cost_badly(s: Situation) -> bool:
    """Asked for the cost, they said something, but no cost."""
    if s.reading.claims or s.does("off_topic", "unclear", "names_case", "asks_why"):
        return False
    if s.does("does_not_know", "says_stuck"):
        return s.open_question in (*_COST_QUESTIONS, "challenge:time", "challenge:space", "challenge:letters")
    return s.does("explains", "agrees", "declines") and s.open_question in _COST_QUESTIONS


_COST_QUESTIONS = (
    "complexity:time",
    "complexity:space",
    "complexity:guided",
    "review:complexity",
)


def doubtful(s: Situation) -> bool:
    """A plan that cannot work, not yet probed as often as the style has patience for."""
    probes = s.times_for_plan("approach:doubt")
    return standing(s, "wrong") and s.in_stage("clarify", "plan") and probes < s.temper.probes


def could_be_better(s: Situation) -> bool:
    asked = s.times_for_plan("approach:better") > 0
    return standing(s, "brute_force") and s.in_stage("clarify", "plan") and not asked and not s.is_short


def lacks_time(s: Situation) -> bool:
    return talks_cost(s) and "time" not in s.stated and not s.times_for_plan("complexity:time")


def lacks_space(s: Situation) -> bool:
    stated = "time" in s.stated and "space" not in s.stated
    cares = "complexity" in s.style.emphasis
    return talks_cost(s) and stated and cares and not s.times_for_plan("complexity:space")


def has_unclear_letters(s: Situation) -> bool:
    unclear = s.judged("time") == "unclear" and not s.letters_explained
    return talks_cost(s) and unclear and not s.times("challenge:letters")


def diagnoses(s: Situation) -> bool:
    """Whether they say what the last failing run comes from; one word back is enough until the next run."""
    if not s.in_stage("code") or s.trouble.kind == "none" or s.run is not None or not s.texts:
        return False
    if s.does("asks_fact", "asks_unknown", "asks_why", "says_stuck", "says_done") or s.open_question == "diagnosis":
        return False
    said = s.spoken[-1].about if s.spoken else ""
    talks = s.does("explains", "describes_approach", "thinks_aloud", "names_case", "does_not_know")
    return talks and said != "diagnosis" and s.reading.words >= 4 and any(s.reader.diagnoses(t) for t in s.texts)


def own_run(s: Situation) -> bool:
    return s.run is not None and s.run.kind == "script" and s.trouble.kind == "none"
