"""Replies of `policy` that weigh several things, among them the step that the stage needs next."""

from dataclasses import replace

from mockloop.interviewer import moves, needs
from mockloop.interviewer.moves import Silence, Turn
from mockloop.interviewer.phrasing import phrase
from mockloop.interviewer.situation import Situation


def begin_code(s: Situation) -> Turn:
    return Turn("move_on", (phrase("move.to_code"),), about="move:to_code")


def first_review(s: Situation) -> Turn | None:
    topics = needs.review_topics(s)
    return moves.review(s, topics[0]) if topics else None


def first_follow_up(s: Situation) -> Turn | None:
    follow_up = needs.next_follow_up(s)
    return moves.ask_follow_up(s, follow_up) if follow_up else None


def answer_follow_up(s: Situation, step: Turn | None) -> Turn:
    """Once one step further where only a part was named, else on to what comes next."""
    follow_up = needs.open_follow_up(s)
    assert follow_up is not None
    groups = frozenset[int]().union(*(s.reader.follow_up_groups(follow_up, text) for text in s.texts))
    whole = len(groups) == len(follow_up.looks_for)
    knows = not s.does("does_not_know", "says_stuck")
    if not whole and knows and not s.times(f"deeper:{follow_up.id}") and s.left_s > 60:
        return moves.deepen_follow_up(s, follow_up)
    return moves.hear_follow_up(s).then(step)


def enter(s: Situation, step: Turn | None) -> Turn | Silence:
    """A part began without the interviewer's doing: say what it is for, and ask what it needs."""
    if s.in_stage("plan") and not s.in_stage("code"):
        return step or Silence("the stage needs nothing")
    if s.in_stage("code"):
        turn = Turn("move_on", (phrase("move.time_to_code"),), about="move:code")
        return turn.then(moves.ask_approach(s)) if not s.plan.told and not s.times("approach:in-code") else turn
    if s.in_stage("review"):
        lead = Turn("move_on", (phrase("move.to_review"),), about="move:review")
        return lead.then(first_review(s))
    if s.in_stage("follow_up") and needs.may_follow_up(s):
        lead = Turn("move_on", (phrase("move.to_follow_up"),), about="move:follow_up")
        return lead.then(first_follow_up(s))
    return step or Silence("the stage needs nothing")


def leave(s: Situation) -> Turn:
    """The candidate wants to go on."""
    if s.following is None:
        return Turn("acknowledge", (phrase("move.last_part"),), about="move:last")
    stages = s.following.stages
    lead = moves.go_on(s, "asked")
    if "plan" in stages:
        return lead.then(moves.ask_approach(s)) if not s.plan.told else lead.then(settle_plan(s))
    if "code" in stages:
        return lead.then(begin_code(s) if s.plan.told else moves.ask_approach(s))
    if "review" in stages:
        return lead.then(first_review(s))
    return lead.then(first_follow_up(s))


def settle_plan(s: Situation) -> Turn | None:
    """What is still to be said of a plan told early; with both costs stated only their own doubts are left."""
    if "time" not in s.stated:
        return moves.ask_complexity(s)
    return moves.ask_space(s) if "space" not in s.stated else moves.ask_anything_first(s)


def ready(s: Situation, step: Turn | None) -> Turn | Silence:
    if s.in_stage("code", "review", "follow_up", "wrap_up"):
        return Silence("they go on by themselves")
    if s.plan.told:
        return step or Silence("the stage needs nothing")
    if s.in_stage("plan") and needs.asked_for_approach_enough(s) and s.following is not None:
        return moves.go_on(s, "to_code")
    if s.following is not None and not s.in_stage("plan"):
        return moves.go_on(s, "to_plan", to_next=moves.ask_approach(s))
    return moves.ask_approach(s)


def told(s: Situation, step: Turn | None, plan_step: Turn | None) -> Turn | Silence:
    """A plan was described: it is named and looked into. Once code is the subject, it is an answer like others.

    `plan_step` is what a plan needs, whatever the present stage.
    """
    if s.stages == ("clarify",):
        # They are ahead of the clock: on to the plan with them.
        turn = moves.hear_plan(s).then(plan_step or settle_plan(s))
        return replace(turn, advance=True)
    if not s.in_stage("plan"):
        return explained(s, step)
    if s.reading.claims and not s.plan_is_new:
        return hear_cost(s, step)
    return moves.hear_plan(s).then(step)


def thinks_aloud(s: Situation) -> Turn | Silence:
    """A word back the first two times; then they know that they may mutter."""
    return moves.let_work(s) if s.texts and s.times("at-work") < 2 else Silence("they are at work")


def hear_cost(s: Situation, step: Turn | None) -> Turn:
    """A cost is noted; a challenge names it anyway."""
    if step is not None and step.move == "challenge" and s.reading.claims:
        return step
    return moves.hear_claims(s).then(step)


def answered(answer: Turn, following: Turn | Silence | None) -> Turn:
    """The answer to a question, and then what a plan or a cost in the same message calls for."""
    return answer.then(following if isinstance(following, Turn) else None)


def done(s: Situation, step: Turn | None) -> Turn | Silence:
    if s.in_stage("clarify", "plan") and not s.in_stage("code"):
        return step or Silence("the stage needs nothing")
    if s.in_stage("code"):
        if not s.tested_since_edit:
            return moves.ask_for_tests(s)
        if not s.tests_pass and s.times("run:open") < 1 and not s.is_short:
            return moves.not_yet(s)
        return moves.go_on(s, "to_review", to_next=first_review(s))
    return step or Silence("the stage needs nothing")


def help_with_cost(s: Situation, other_step: Turn | None) -> Turn:
    """Guide once, then leave the cost for now and go on with `other_step`."""
    asked = s.open_question in ("complexity:time", "review:complexity")
    if asked and not s.times_for_plan("complexity:guided") and not s.is_short:
        return moves.guide_counting(s)
    return moves.let_complexity_go(s).then(other_step)


def explained(s: Situation, step: Turn | None) -> Turn | Silence:
    """Words about the problem that are no plan: an answer to what was asked, or thinking aloud."""
    if s.wrapped:
        return Silence("all was said")
    if s.in_stage("code") and s.open_question not in ("approach:in-code",):
        return Silence("they think aloud while they write")
    if s.in_stage("clarify", "plan") and not s.plan.told and s.does("does_not_know"):
        return moves.help_stuck(s)
    if s.in_stage("plan") and not s.plan.told:
        return (
            moves.ask_detail(s) if s.times("approach:detail") < s.temper.probes else moves.hear(s).then(accept_plan(s))
        )
    if s.in_stage("clarify") and not s.in_stage("plan"):
        return Turn("acknowledge", (phrase("review.heard"), phrase("facts.more", optional=True)), about="heard")
    return moves.hear(s).then(step)


def accept_plan(s: Situation) -> Turn | None:
    return moves.go_on(s, "to_code") if s.following is not None and not s.is_short else None


def greeted(s: Situation) -> Turn | Silence:
    if s.times("courtesy") >= 4:
        return Silence("courtesies were exchanged")
    key = "thanks" if s.does("thanks") else "hello" if s.does("greets") and not s.times("courtesy") else "small_talk"
    return moves.small_word(s, key)


def ran_clean(s: Situation, step: Turn | None) -> Turn | Silence:
    if s.repeats > 1 and s.times("run:clean"):
        return Silence("the tests passed before")
    return moves.all_pass(s).then(step)


def after_yes_or_no(s: Situation, step: Turn | None) -> Turn | Silence:
    if s.stages == ("clarify",):
        return ready(s, step) if s.does("declines") else Silence("they read")
    if s.in_stage("plan") and not s.plan.told and s.times("approach") > 0:
        return Silence("they think about their plan")
    if s.in_stage("code"):
        return Silence("they write")
    return step or Silence("the stage needs nothing")
