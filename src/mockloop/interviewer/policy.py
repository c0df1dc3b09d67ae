"""Which move when: two tables of rules in order of priority. The first rule of `REPLIES` that applies answers what
happened; where it says so, the first rule of `STEPS` that applies adds what the stage still needs.

Read by `built_in`; `docs/interviewer.md` shows both tables and a test keeps it the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mockloop.bank.question import FollowUp
from mockloop.interviewer import moves
from mockloop.interviewer.moves import Silence, Turn
from mockloop.interviewer.phrasing import phrase
from mockloop.interviewer.situation import Situation

Act = Callable[[Situation], Turn | Silence | None]


@dataclass(frozen=True)
class Rule:
    """`when` says in words what `applies` tests; `why` is logged with the turn. `then` lets a step follow the reply."""

    name: str
    when: str
    move: str
    why: str
    applies: Callable[[Situation], bool]
    act: Act
    then: bool = False


@dataclass(frozen=True)
class Decision:
    """What to do and the names of the rules that led there."""

    turn: Turn | Silence
    reason: str


def decide(s: Situation) -> Decision:
    """The interviewer's next move."""
    for rule in REPLIES:
        if not rule.applies(s):
            continue
        reply = rule.act(s)
        if reply is None:
            continue
        reason = _reason(rule, reply)
        if rule.then and isinstance(reply, Turn):
            step = next_step(s)
            if step is not None and not step[0].name.startswith("silence"):
                reply = reply.then(step[1])
                reason = f"{reason}; {_reason(*step)}"
        return Decision(reply, reason)
    return Decision(Silence(), "nothing: no rule calls for words")


def next_step(s: Situation) -> tuple[Rule, Turn] | None:
    """What the present stage still needs, if anything."""
    for rule in STEPS:
        if rule.applies(s) and isinstance(turn := rule.act(s), Turn):
            return rule, turn
    return None


def _step_or_silence(s: Situation) -> Turn | Silence:
    step = next_step(s)
    return step[1] if step else Silence("the stage needs nothing")


def _reason(rule: Rule, turn: Turn | Silence) -> str:
    return f"{rule.name}: {rule.why}" + (f" ({turn.detail})" if turn.detail else "")


# What the stage needs


def _needs_approach(s: Situation) -> bool:
    if s.plan.told:
        return False
    if s.in_stage("code"):
        return (s.has_code or s.run is not None or s.entered is not None) and not s.times("approach:in-code")
    return s.in_stage("plan") and s.times("approach") < 3


def _vague(s: Situation) -> bool:
    return (
        s.plan.told
        and s.plan.approach is None
        and s.in_stage("clarify", "plan")
        and s.times("approach:detail") < s.temper.probes
        and not s.is_short
        and "time" not in s.stated
    )


def _standing(s: Situation, standing: str) -> bool:
    return s.plan.approach is not None and s.plan.approach.standing == standing


def _talks_cost(s: Situation) -> bool:
    """Whether cost is a subject now: once a plan is told, and while coding only after a clean run."""
    if s.in_stage("code") and not s.tests_pass:
        return False
    return (s.plan.told or s.in_stage("review")) and not s.is_short and not s.in_stage("follow_up")


def _wrong_claim(s: Situation) -> bool:
    return any(s.judged(kind) == "differs" and not s.times(f"challenge:{kind}") for kind in ("time", "space"))


def _plan_is_settled(s: Situation) -> bool:
    return s.plan.told and s.in_stage("plan") and not s.in_stage("code") and s.following is not None


def _review_topics(s: Situation) -> list[str]:
    """What to look at in the review: the style's emphasis first."""
    known = ("edge_cases", "complexity", "testing", "communication", "quality")
    order = dict.fromkeys([*s.style.emphasis, "complexity", "edge_cases", "testing"])
    done = {topic for topic in known if s.times(f"review:{topic}")}
    if "time" in s.stated and s.complexity_settled:
        done.add("complexity")
    asked = sum(s.times(f"review:{topic}") > 0 for topic in known)
    return [] if asked >= s.temper.review_questions else [topic for topic in order if topic not in done]


def _next_follow_up(s: Situation) -> FollowUp | None:
    if sum(s.times(f"follow_up:{f.id}") > 0 for f in s.question.follow_ups) >= s.temper.follow_ups:
        return None
    return next((f for f in s.question.follow_ups if not s.times(f"follow_up:{f.id}")), None)


def _may_follow_up(s: Situation) -> bool:
    return s.in_stage("follow_up") and s.left_s > 90 and not s.wrapped and _next_follow_up(s) is not None


STEPS: tuple[Rule, ...] = (
    Rule("close", "the session is about to end and was not closed", "wrap_up", "hardly any time is left",
         lambda s: s.almost_over and not s.wrapped, moves.wrap_up),
    Rule("nothing-after-close", "the session was closed", "-", "all was said",
         lambda s: s.wrapped, lambda s: None),
    Rule("cut-short", "a plan is told and its part is nearly over", "move_on", "time is short, code matters more",
         lambda s: _plan_is_settled(s) and s.is_short, lambda s: moves.go_on(s, "short_of_time", to_next=_begin_code(s))),
    Rule("approach", "no approach was told: in the plan; once, when code appears without one", "ask_approach",
         "the approach comes before the code", _needs_approach, moves.ask_approach),
    Rule("doubt", "the approach told is known not to work", "probe", "a counterexample teaches more than a no",
         lambda s: _standing(s, "wrong") and s.in_stage("clarify", "plan") and s.times("approach:doubt") < s.temper.probes,
         moves.doubt),
    Rule("missing-piece", "a plan was told, but not enough of it to see how it works", "probe",
         "the plan has a gap", _vague, moves.ask_detail),
    Rule("challenge", "a stated cost does not fit the approach, and was not challenged before", "challenge",
         "the claim does not fit", lambda s: _wrong_claim(s) and not s.is_short and not s.in_stage("follow_up"), moves.challenge),
    Rule("letters", "a stated cost uses letters that nobody explained", "challenge", "the claim cannot be compared",
         lambda s: s.judged("time") == "unclear" and not s.times("challenge:letters") and _talks_cost(s), moves.ask_letters),
    Rule("complexity", "a plan was told, or the tests pass, and no running time was stated", "ask_complexity",
         "cost belongs to a plan", lambda s: _talks_cost(s) and "time" not in s.stated and not s.times("complexity:time"), moves.ask_complexity),
    Rule("better", "the approach told is brute force, and nobody asked about it", "probe",
         "a slow plan should be a choice", lambda s: _standing(s, "brute_force") and s.in_stage("clarify", "plan")
         and not s.times("approach:better") and not s.is_short, moves.ask_better),
    Rule("space", "time was stated, memory was not, and the style cares for cost", "ask_complexity",
         "memory is half of the cost", lambda s: _talks_cost(s) and "time" in s.stated and "space" not in s.stated
         and "complexity" in s.style.emphasis and not s.times("complexity:space"),
         moves.ask_space),
    Rule("begin-code", "the plan is told and its cost talked over", "move_on", "the plan is settled",
         _plan_is_settled, lambda s: moves.go_on(s, "to_code", to_next=None)),
    Rule("begin-review", "in the code, the tests pass and the approach was told or asked for", "move_on",
         "the code is done", lambda s: s.in_stage("code") and s.tests_pass and s.following is not None,
         lambda s: moves.go_on(s, "to_review", to_next=_first_review(s))),
    Rule("review", "a subject of the review is still open", "probe / ask_complexity", "the style's emphasis comes first",
         lambda s: s.in_stage("review") and bool(_review_topics(s)) and not s.is_short,
         lambda s: moves.review(s, _review_topics(s)[0])),
    Rule("begin-follow-up", "the review is through, or short of time", "move_on", "the review has what it needs",
         lambda s: s.in_stage("review") and s.following is not None,
         lambda s: moves.go_on(s, "to_follow_up", to_next=_first_follow_up(s))),
    Rule("follow-up", "there is time for a follow-up question that was not asked", "follow_up",
         "the solution stands, so change the problem", _may_follow_up, lambda s: _first_follow_up(s)),
    Rule("wrap-up", "the last part has nothing left to ask", "wrap_up", "everything was asked",
         lambda s: s.in_stage("wrap_up") and s.following is None, moves.wrap_up),
)  # fmt: skip


def _begin_code(s: Situation) -> Turn:
    return Turn("move_on", (phrase("move.to_code"),), about="move:to_code")


def _first_review(s: Situation) -> Turn | None:
    topics = _review_topics(s)
    return moves.review(s, topics[0]) if topics else None


def _first_follow_up(s: Situation) -> Turn | None:
    follow_up = _next_follow_up(s)
    return moves.ask_follow_up(s, follow_up) if follow_up else None


# What happened


def _wants_hint(s: Situation) -> bool:
    if s.hint_asked:
        return True
    took_offer = s.open_question == "offer:hint" and s.reading.only("agrees", "thanks")
    return took_offer or (s.reading.does("says_stuck") and s.times("stuck") > 0)


def _open_follow_up(s: Situation) -> FollowUp | None:
    kind, _, what = s.open_question.partition(":")
    if kind != "follow_up" or not s.texts or s.reading.words < 3:
        return None
    return next((f for f in s.question.follow_ups if f.id == what), None)


def _answer_follow_up(s: Situation) -> Turn | None:
    follow_up = _open_follow_up(s)
    assert follow_up is not None
    groups = frozenset().union(*(s.reader.follow_up_groups(follow_up, text) for text in s.texts))
    whole = len(groups) == len(follow_up.looks_for)
    if not whole and not s.times(f"deeper:{follow_up.id}") and s.left_s > 60 and not s.reading.does("does_not_know", "says_stuck"):
        return moves.deepen_follow_up(s, follow_up)
    step = next_step(s)
    return moves.hear_follow_up(s).then(step[1] if step else None)


def _enter(s: Situation) -> Turn | Silence:
    """A part began without the interviewer's doing: say what it is for, and ask what it needs."""
    if s.in_stage("plan") and not s.in_stage("code"):
        return _step_or_silence(s)
    if s.in_stage("code"):
        turn = Turn("move_on", (phrase("move.time_to_code"),), about="move:code")
        return turn.then(moves.ask_approach(s)) if not s.plan.told and not s.times("approach:in-code") else turn
    if s.in_stage("review"):
        lead = Turn("move_on", (phrase("move.to_review"),), about="move:review")
        return lead.then(_first_review(s))
    if s.in_stage("follow_up") and _may_follow_up(s):
        lead = Turn("move_on", (phrase("move.to_follow_up"),), about="move:follow_up")
        return lead.then(_first_follow_up(s))
    return _step_or_silence(s)


def _leave(s: Situation) -> Turn:
    """The candidate wants to go on."""
    if s.following is None:
        return Turn("acknowledge", (phrase("move.last_part"),), about="move:last")
    stages = s.following.stages
    lead = moves.go_on(s, "asked")
    if "plan" in stages:
        return lead.then(moves.ask_approach(s)) if not s.plan.told else lead.then(_settle_plan(s))
    if "code" in stages:
        return lead.then(_begin_code(s) if s.plan.told else moves.ask_approach(s))
    if "review" in stages:
        return lead.then(_first_review(s))
    return lead.then(_first_follow_up(s))


def _settle_plan(s: Situation) -> Turn | None:
    return moves.ask_complexity(s) if "time" not in s.stated else moves.ask_space(s)


def _ready(s: Situation) -> Turn | Silence:
    if s.in_stage("code", "review", "follow_up", "wrap_up"):
        return Silence("they go on by themselves")
    if s.plan.told:
        return _step_or_silence(s)
    if s.following is not None and not s.in_stage("plan"):
        return moves.go_on(s, "to_plan", to_next=moves.ask_approach(s))
    return moves.ask_approach(s)


def _told(s: Situation) -> Turn | Silence:
    """A plan was described. Before the code it is named and looked into, afterwards only noted once."""
    if s.in_stage("clarify", "plan"):
        turn = moves.hear_plan(s)
        step = next_step(s)
        if s.in_stage("plan") or step is None:
            return turn.then(step[1]) if step else turn
        return turn.then(step[1]) if step[0].name != "begin-code" else turn
    if s.in_stage("code") and not s.reading.claims and s.open_question not in ("approach", "approach:in-code"):
        return Silence("they think aloud while they write")
    return moves.hear(s)


def _told_in_clarify(s: Situation) -> Turn:
    """A plan came while the first part is still on: go to the plan with it."""
    following = next((rule.act(s) for rule in STEPS if rule.name in _PLAN_STEPS and rule.applies(s)), None)
    turn = moves.hear_plan(s)
    turn = turn.then(following if isinstance(following, Turn) else _settle_plan(s))
    return turn if s.following is None else Turn(turn.move, turn.parts, turn.about, turn.detail, None, True)


_PLAN_STEPS = ("doubt", "missing-piece", "challenge", "letters", "complexity", "better", "space")


def _done(s: Situation) -> Turn | Silence | None:
    if s.in_stage("clarify", "plan") and not s.in_stage("code"):
        return _step_or_silence(s)
    if s.in_stage("code"):
        if not s.tested_since_edit:
            return moves.ask_for_tests(s)
        if not s.tests_pass and s.times("run:open") < 1 and not s.is_short:
            return moves.not_yet(s)
        return moves.go_on(s, "to_review", to_next=_first_review(s)) if s.following else None
    return _step_or_silence(s)


def _answered_cost_badly(s: Situation) -> bool:
    """Asked for the cost, they said something, but no cost."""
    if not s.texts or s.reading.claims or not s.reading.does("explains", "does_not_know", "says_stuck", "agrees", "declines"):
        return False
    return s.open_question in ("complexity:time", "complexity:space", "challenge:time", "challenge:space", "challenge:letters",
                               "review:complexity", "complexity:guided")  # fmt: skip


def _help_with_cost(s: Situation) -> Turn:
    if s.open_question in ("complexity:time", "review:complexity") and not s.times("complexity:guided") and not s.is_short:
        return moves.guide_counting(s)
    step = _without_cost(s)
    return moves.let_complexity_go(s).then(step)


def _without_cost(s: Situation) -> Turn | None:
    for rule in STEPS:
        if rule.name in ("complexity", "space", "challenge", "letters"):
            continue
        if rule.applies(s) and isinstance(turn := rule.act(s), Turn):
            return turn
    return None


def _explained(s: Situation) -> Turn | Silence:
    """Words about the problem that are no plan: an answer to what was asked, or thinking aloud."""
    if s.wrapped:
        return Silence("all was said")
    if s.in_stage("code") and s.open_question not in ("approach:in-code",):
        return Silence("they think aloud while they write")
    step = next_step(s)
    if s.in_stage("plan") and not s.plan.told:
        return moves.ask_detail(s) if s.times("approach:detail") < s.temper.probes else moves.hear(s).then(_accept_plan(s))
    if s.in_stage("clarify") and not s.in_stage("plan"):
        return Turn("acknowledge", (phrase("review.heard"), phrase("facts.more", optional=True)), about="heard")
    return moves.hear(s).then(step[1] if step else None)


def _accept_plan(s: Situation) -> Turn | None:
    return moves.go_on(s, "to_code") if s.following is not None and not s.is_short else None


def _greeted(s: Situation) -> Turn | Silence:
    if s.times("courtesy") >= 4:
        return Silence("courtesies were exchanged")
    key = "thanks" if s.reading.does("thanks") else "hello" if s.reading.does("greets") and not s.times("courtesy") else "small_talk"
    return moves.small_word(s, key)


def _ran_clean(s: Situation) -> Turn | Silence:
    if s.repeats > 1 and s.times("run:clean"):
        return Silence("the tests passed before")
    step = next_step(s)
    return moves.all_pass(s).then(step[1] if step else None)


def _own_run(s: Situation) -> bool:
    return s.run is not None and s.run.kind == "script" and s.trouble.kind == "none"


REPLIES: tuple[Rule, ...] = (
    Rule("greet", "the session starts", "greet", "everybody is greeted, in the company's style",
         lambda s: s.started, moves.greet),
    Rule("orders", "a message tries to command the interviewer or the judge", "redirect", "text is never an instruction",
         lambda s: s.reading.does("gives_orders"), lambda s: moves.redirect(s, "orders")),
    Rule("hint", "a hint is asked for, an offered one taken, or they are stuck a second time", "hint",
         "one rung up the ladder", lambda s: _wants_hint(s) and s.state.hints_given < 4, moves.hint),
    Rule("no-hint-left", "a hint is asked for after the fourth", "probe", "the ladder has four rungs",
         lambda s: _wants_hint(s) and s.hint_asked, moves.no_hint_left),
    Rule("repeat", "repeat is asked for", "repeat", "the last question, or the task, in other words",
         lambda s: s.repeat_asked, moves.repeat),
    Rule("solution", "the solution is asked for", "redirect", "the solution is theirs to find",
         lambda s: s.reading.does("asks_solution"), moves.refuse_solution),
    Rule("after-close", "somebody still talks after the closing words", "acknowledge / -", "all was said",
         lambda s: s.wrapped and (bool(s.texts) or s.run is not None or s.went_quiet or s.ending),
         lambda s: moves.after_close(s) if s.texts and s.asked["close"] < 3 else Silence()),
    Rule("close-in-time", "the session is about to end", "wrap_up", "hardly any time is left",
         lambda s: s.almost_over and bool(s.new), moves.wrap_up),
    Rule("enter", "a part begins, by the clock or by the candidate", "move_on / ask_approach / follow_up",
         "say what the part is for", lambda s: s.entered is not None, _enter),
    Rule("facts", "a question that a fact of the bank answers", "answer", "the bank has a fact",
         lambda s: s.reading.does("asks_fact"), moves.answer_facts),
    Rule("no-fact", "a question about the task that no fact answers", "answer", "no fact answers it",
         lambda s: s.reading.does("asks_unknown"), moves.leave_open),
    Rule("cost-wanted", "they ask which cost is wanted", "answer", "the constraints say it",
         lambda s: s.reading.does("asks_cost"), moves.return_cost_question),
    Rule("clock", "they ask how much time is left", "answer", "a plain question", lambda s: s.reading.does("asks_time"), moves.answer_time),
    Rule("house", "they ask about the interview: language, library, tools, who speaks", "answer", "a plain question",
         lambda s: s.reading.does("asks_language", "asks_library", "asks_procedure", "asks_who"), moves.answer_house),
    Rule("keywords", "a list of terms without a sentence", "probe", "names are not a plan",
         lambda s: s.reading.does("lists_keywords") and not s.in_stage("follow_up"), moves.ask_keywords),
    Rule("follow-up-answer", "an answer to the follow-up question", "probe / acknowledge",
         "one step further once, if it names only a part", lambda s: _open_follow_up(s) is not None, _answer_follow_up),
    Rule("moves-on", "they ask to go on", "move_on", "they asked for it", lambda s: s.reading.does("moves_on"), _leave),
    Rule("early-plan", "a plan is told while questions are still the subject", "move_on / probe", "they are ready for the plan",
         lambda s: s.new_plan and s.stages == ("clarify",), _told_in_clarify),
    Rule("run-trouble", "a run shows something wrong", "nudge / -", "point at what the run shows, not at the fix",
         lambda s: s.run is not None and s.trouble.kind != "none",
         lambda s: moves.nudge_run(s) if s.repeats <= s.temper.offers_hint_after + 1 else Silence("said often enough")),
    Rule("run-clean", "the tests pass", "acknowledge, then a step", "the code does what the tests ask",
         lambda s: s.run is not None and s.run.kind == "tests", _ran_clean),
    Rule("run-own", "a run with own input, for the first time", "acknowledge", "they test by themselves",
         lambda s: _own_run(s) and not s.times("own-case"), moves.own_case),
    Rule("run-quiet", "another run with own input", "-", "they test by themselves, no need to talk",
         lambda s: _own_run(s) and not s.texts, lambda s: Silence()),
    Rule("plan", "an approach is described", "acknowledge, then a step", "name what was said, ask for what is missing",
         lambda s: s.new_plan, _told),
    Rule("cost", "a cost is stated", "acknowledge, then a step", "a claim is noted or challenged",
         lambda s: bool(s.reading.claims), moves.hear_claims, then=True),
    Rule("no-cost", "asked for the cost, they say something else", "probe / acknowledge", "guide once, then leave it",
         lambda s: _answered_cost_badly(s) and not s.reading.does("says_stuck", "off_topic", "unclear"), _help_with_cost),
    Rule("no-hint-wanted", "they decline a hint", "acknowledge", "their choice", lambda s: s.reading.does("declines_hint"), moves.decline_hint),
    Rule("stuck", "they say that they are stuck", "probe", "first a question, a hint the second time",
         lambda s: s.reading.does("says_stuck"), moves.help_stuck),
    Rule("done", "they say that they are done", "move_on / probe", "done means tested", lambda s: s.reading.does("says_done"), _done),
    Rule("marks", "they ask how they are doing", "redirect", "marking is the judge's",
         lambda s: s.reading.does("asks_marks"), lambda s: moves.redirect(s, "marks")),
    Rule("ready", "they have no more questions, or want to code", "move_on / ask_approach", "the approach comes before the code",
         lambda s: s.reading.does("says_ready"), _ready),
    Rule("what-now", "they ask what to do", "present", "orientation", lambda s: s.reading.does("asks_what_now"), moves.where_we_are),
    Rule("case", "they name a case to check", "acknowledge, then a step", "their own case",
         lambda s: s.reading.does("names_case") and not s.in_stage("code"), moves.hear_case, then=True),
    Rule("explains", "they talk about the problem", "acknowledge / probe / -", "an answer, or thinking aloud",
         lambda s: s.reading.does("explains", "names_case", "does_not_know"), _explained),
    Rule("pasted-code", "code pasted into the chat", "redirect", "code belongs in the editor",
         lambda s: s.reading.does("pastes_code"), lambda s: moves.redirect(s, "pasted")),
    Rule("ending", "the part ends soon", "notice", "a word before the clock decides", lambda s: s.ending, moves.notice),
    Rule("quiet", "nothing came for a while", "check_in", "are they still there", lambda s: s.went_quiet and not s.texts, moves.check_in),
    Rule("off-topic", "something else altogether", "redirect", "keep to the subject",
         lambda s: s.reading.does("off_topic"), lambda s: moves.redirect(s, "off_topic")),
    Rule("unclear", "nothing in it can be understood", "redirect", "ask again",
         lambda s: s.reading.does("unclear"), lambda s: moves.redirect(s, "unclear")),
    Rule("agrees", "yes or no to an open question", "a step / -", "go on with what is needed",
         lambda s: s.reading.does("agrees", "declines"), lambda s: _after_yes_or_no(s)),
    Rule("courtesy", "a greeting, thanks, small talk", "acknowledge / -", "a short word back",
         lambda s: s.reading.does("greets", "thanks", "small_talk"), _greeted),
)  # fmt: skip


def _after_yes_or_no(s: Situation) -> Turn | Silence:
    if s.stages == ("clarify",):
        return _ready(s) if s.reading.does("declines") else Silence("they read")
    if s.in_stage("plan") and not s.plan.told and s.times("approach") > 0:
        return Silence("they think about their plan")
    if s.in_stage("code"):
        return Silence("they write")
    return _step_or_silence(s)


def table(rules: tuple[Rule, ...]) -> str:
    """The rules as a Markdown table, for the documentation."""
    lines = ["| rule | when | move | why |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {r.name} | {r.when} | {r.move} | {r.why} |" for r in rules)])
