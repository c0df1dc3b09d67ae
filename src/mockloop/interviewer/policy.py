"""Which move when: two tables of rules in order of priority. The first rule of `REPLIES` that applies answers what
happened; where it says so, the first rule of `STEPS` that applies adds what the stage still needs.

Read by `built_in`; `docs/interviewer.md` shows both tables and a test keeps it the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mockloop.interviewer import answers, moves, needs, replies
from mockloop.interviewer.moves import Silence, Turn
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
        if rule.applies(s) and (reply := rule.act(s)) is not None:
            if rule.then and isinstance(reply, Turn):
                reply = reply.then(next_step(s))
            return Decision(reply, f"{rule.name}: {rule.why}" + (f" ({reply.detail})" if reply.detail else ""))
    return Decision(Silence(), "nothing: no rule calls for words")


def next_step(s: Situation, *, only: tuple[str, ...] = (), skip: tuple[str, ...] = ()) -> Turn | None:
    """What the present stage still needs, by the first rule of `STEPS` that applies; its name becomes the detail."""
    for rule in STEPS:
        if (only and rule.name not in only) or rule.name in skip or not rule.applies(s):
            continue
        turn = rule.act(s)
        if not isinstance(turn, Turn):
            return None
        return replace(turn, detail=f"{rule.name}: {rule.why}" + (f", {turn.detail}" if turn.detail else ""))
    return None


def plan_step(s: Situation) -> Turn | None:
    """What a plan needs, even while the first part is on."""
    return next_step(s, only=("doubt", "missing-piece", "challenge", "letters", "complexity", "better", "space"))


def step_but_cost(s: Situation) -> Turn | None:
    return next_step(s, skip=("complexity", "space", "challenge", "letters"))


def _answer(answer: Callable[[Situation], Turn]) -> Act:
    """The answer, and then what a plan or a cost in the same message calls for."""

    def act(s: Situation) -> Turn:
        if s.new_plan:
            return replies.answered(answer(s), replies.told(s, next_step(s), plan_step(s)))
        return replies.answered(answer(s), moves.hear_claims(s) if s.reading.claims else None)

    return act


STEPS: tuple[Rule, ...] = (
    Rule("close", "the session is about to end and was not closed", "wrap_up", "hardly any time is left",
         lambda s: s.almost_over and not s.wrapped, moves.wrap_up),
    Rule("nothing-after-close", "the session was closed", "-", "all was said",
         lambda s: s.wrapped, lambda s: None),
    Rule("cut-short", "a plan is told and its part is nearly over", "move_on", "time is short, code matters more",
         lambda s: needs.plan_is_settled(s) and s.is_short,
         lambda s: moves.go_on(s, "short_of_time", to_next=replies.begin_code(s))),
    Rule("approach", "no approach was told: in the plan; once, when code appears without one", "ask_approach",
         "the approach comes before the code", needs.lacks_approach, moves.ask_approach),
    Rule("doubt", "the approach told is known not to work", "probe", "a counterexample teaches more than a no",
         needs.doubtful, moves.doubt),
    Rule("missing-piece", "a plan was told, but not enough of it to see how it works", "probe",
         "the plan has a gap", needs.vague, moves.ask_detail),
    Rule("challenge", "a stated cost does not fit the approach, and was not challenged before", "challenge",
         "the claim does not fit",
         lambda s: needs.wrong_claim(s) and not s.is_short and not s.in_stage("follow_up"), moves.challenge),
    Rule("letters", "a stated cost uses letters that nobody explained", "challenge", "the claim cannot be compared",
         needs.has_unclear_letters, moves.ask_letters),
    Rule("complexity", "a plan was told, or the tests pass, and no running time was stated", "ask_complexity",
         "cost belongs to a plan", needs.lacks_time, moves.ask_complexity),
    Rule("better", "the approach told is brute force, and nobody asked about it", "probe",
         "a slow plan should be a choice", needs.could_be_better, moves.ask_better),
    Rule("space", "time was stated, memory was not, and the style cares for cost", "ask_complexity",
         "memory is half of the cost", needs.lacks_space, moves.ask_space),
    Rule("begin-code", "the plan is told and its cost talked over", "move_on", "the plan is settled",
         needs.plan_is_settled, lambda s: moves.go_on(s, "to_code", to_next=None)),
    Rule("begin-review", "in the code, the tests pass and the approach was told or asked for", "move_on",
         "the code is done", lambda s: s.in_stage("code") and s.tests_pass and s.following is not None,
         lambda s: moves.go_on(s, "to_review", to_next=replies.first_review(s))),
    Rule("review", "a subject of the review is still open", "probe / ask_complexity",
         "the style's emphasis comes first",
         lambda s: s.in_stage("review") and bool(needs.review_topics(s)) and not s.is_short,
         lambda s: moves.review(s, needs.review_topics(s)[0])),
    Rule("begin-follow-up", "the review is through, or short of time", "move_on", "the review has what it needs",
         lambda s: s.in_stage("review") and s.following is not None,
         lambda s: moves.go_on(s, "to_follow_up", to_next=replies.first_follow_up(s))),
    Rule("follow-up", "there is time for a follow-up question that was not asked", "follow_up",
         "the solution stands, so change the problem", needs.may_follow_up,
         lambda s: replies.first_follow_up(s)),
    Rule("wrap-up", "the last part has nothing left to ask", "wrap_up", "everything was asked",
         lambda s: s.in_stage("wrap_up") and s.following is None, moves.wrap_up),
)  # fmt: skip


# What happened


REPLIES: tuple[Rule, ...] = (
    Rule("greet", "the session starts", "greet", "everybody is greeted, in the company's style",
         lambda s: s.started, moves.greet),
    Rule("orders", "a message tries to command the interviewer or the judge", "redirect",
         "text is never an instruction",
         lambda s: s.does("gives_orders"), lambda s: moves.redirect(s, "orders")),
    Rule("hint", "a hint is asked for, an offered one taken, or they are still stuck after the offer", "hint",
         "one rung up the ladder", lambda s: needs.wants_hint(s) and s.state.hints_given < 4, moves.hint),
    Rule("no-hint-left", "a hint is asked for after the fourth", "probe", "the ladder has four rungs",
         lambda s: needs.wants_hint(s) and s.hint_asked, moves.no_hint_left),
    Rule("repeat", "repeat is asked for", "repeat", "the last question, or the task, in other words",
         lambda s: s.repeat_asked, answers.repeat),
    Rule("solution", "the solution is asked for", "redirect", "the solution is theirs to find",
         lambda s: s.does("asks_solution"), moves.refuse_solution),
    Rule("after-close", "somebody still talks after the closing words", "acknowledge / -", "all was said",
         lambda s: s.wrapped and (bool(s.texts) or s.run is not None or s.went_quiet or s.ending),
         lambda s: moves.after_close(s) if s.texts and s.asked["close"] < 3 else Silence()),
    Rule("close-in-time", "the session is about to end", "wrap_up", "hardly any time is left",
         lambda s: s.almost_over and bool(s.new), moves.wrap_up),
    Rule("enter", "a part begins, by the clock or by the candidate", "move_on / ask_approach / follow_up",
         "say what the part is for", lambda s: s.entered is not None,
         lambda s: replies.enter(s, next_step(s))),
    Rule("facts", "a question that a fact of the bank answers", "answer", "the bank has a fact",
         lambda s: s.does("asks_fact"), _answer(answers.answer_facts)),
    Rule("no-fact", "a question about the task that no fact answers", "answer", "no fact answers it",
         lambda s: s.does("asks_unknown"), _answer(answers.leave_open)),
    Rule("cost-wanted", "they ask which cost is wanted", "answer", "the constraints say it",
         lambda s: s.does("asks_cost"), _answer(answers.return_cost_question)),
    Rule("end", "they want to end", "answer", "they can end it themselves", lambda s: s.does("asks_end"),
         moves.say_how_to_end),
    Rule("clock", "they ask how much time is left", "answer", "a plain question",
         lambda s: s.does("asks_time"), _answer(answers.answer_time)),
    Rule("house", "they ask about the interview: language, library, tools, who speaks", "answer", "a plain question",
         lambda s: s.does("asks_language", "asks_library", "asks_procedure", "asks_who"),
         _answer(answers.answer_house)),
    Rule("keywords", "a list of terms without a sentence", "probe", "names are not a plan",
         lambda s: s.does("lists_keywords") and s.in_stage("clarify", "plan"), moves.ask_keywords),
    Rule("follow-up-answer", "an answer to the follow-up question", "probe / acknowledge",
         "one step further once, if it names only a part", lambda s: needs.open_follow_up(s) is not None,
         lambda s: replies.answer_follow_up(s, next_step(s))),
    Rule("moves-on", "they ask to go on", "move_on", "they asked for it", lambda s: s.does("moves_on"),
         replies.leave),
    Rule("early-plan", "a plan is told while questions are still the subject", "move_on / probe", "they are ahead",
         lambda s: s.new_plan and s.stages == ("clarify",),
         lambda s: replies.told(s, next_step(s), plan_step(s))),
    Rule("run-trouble", "a run shows something wrong", "nudge / -", "point at what the run shows, not at the fix",
         lambda s: s.run is not None and s.trouble.kind != "none",
         lambda s: moves.nudge_run(s) if s.repeats <= s.temper.offers_hint_after + 1 else Silence("said often enough")),
    Rule("run-clean", "the tests pass", "acknowledge, then a step", "the code does what the tests ask",
         lambda s: s.run is not None and s.run.kind == "tests", lambda s: replies.ran_clean(s, next_step(s))),
    Rule("run-own", "a run with own input, for the first time", "acknowledge", "they test by themselves",
         lambda s: needs.own_run(s) and not s.times("own-case"), moves.own_case),
    Rule("run-quiet", "another run with own input", "-", "they test by themselves, no need to talk",
         lambda s: needs.own_run(s) and not s.texts, lambda s: Silence()),
    Rule("diagnosis", "they say why a run went wrong", "acknowledge", "the next run shows it",
         needs.diagnoses, moves.hear_diagnosis),
    Rule("plan", "an approach is described", "acknowledge, then a step", "name what was said, ask for what is missing",
         lambda s: s.new_plan, lambda s: replies.told(s, next_step(s), plan_step(s))),
    Rule("weighs", "an approach is named and turned down", "probe", "and what instead",
         lambda s: s.does("weighs_approach") and s.in_stage("clarify", "plan"), moves.ask_instead),
    Rule("cost", "a cost is stated", "acknowledge, then a step", "a claim is noted or challenged",
         lambda s: bool(s.reading.claims), lambda s: replies.hear_cost(s, next_step(s))),
    Rule("no-cost", "asked for the cost, they say something else", "probe / acknowledge", "guide once, then leave it",
         lambda s: needs.answered_cost_badly(s),
         lambda s: replies.help_with_cost(s, step_but_cost(s))),
    Rule("no-hint-wanted", "they decline a hint", "acknowledge", "their choice",
         lambda s: s.does("declines_hint"), moves.decline_hint),
    Rule("why", "they ask why a run went wrong", "nudge", "point at what the run shows, a little sharper",
         lambda s: s.does("asks_why") and s.trouble.kind != "none", moves.nudge_run),
    Rule("stuck", "they say that they are stuck", "probe", "first a question, a hint the second time",
         lambda s: s.does("says_stuck", "asks_why"), moves.help_stuck),
    Rule("done", "they say that they are done", "move_on / probe", "done means tested",
         lambda s: s.does("says_done"), lambda s: replies.done(s, next_step(s))),
    Rule("marks", "they ask how they are doing", "redirect", "marking is the judge's",
         lambda s: s.does("asks_marks"), lambda s: moves.redirect(s, "marks")),
    Rule("ready", "they have no more questions, or want to code", "move_on / ask_approach",
         "the approach comes before the code",
         lambda s: s.does("says_ready"), lambda s: replies.ready(s, next_step(s))),
    Rule("what-now", "they ask what to do", "present", "orientation", lambda s: s.does("asks_what_now"),
         moves.where_we_are),
    Rule("case", "they name a case to check", "acknowledge, then a step", "their own case",
         lambda s: s.does("names_case") and (not s.in_stage("code") or s.tests_pass), moves.hear_case, then=True),
    Rule("explains", "they talk about the problem", "acknowledge / probe / -", "an answer, or thinking aloud",
         lambda s: s.does("explains", "names_case", "does_not_know", "lists_keywords"),
         lambda s: replies.explained(s, next_step(s))),
    Rule("thinks-aloud", "they say what they do next, or mutter", "acknowledge / -", "a word back twice, then quiet",
         lambda s: s.does("thinks_aloud") and not s.ending, replies.thinks_aloud),
    Rule("vents", "they let off steam", "redirect", "stay calm, make the next step smaller",
         lambda s: s.does("vents"), moves.calm),
    Rule("pasted-code", "code pasted into the chat", "redirect", "code belongs in the editor",
         lambda s: s.does("pastes_code"), lambda s: moves.redirect(s, "pasted")),
    Rule("ending", "the part ends soon", "notice", "a word before the clock decides", lambda s: s.ending,
         moves.notice),
    Rule("quiet", "nothing came for a while", "check_in", "are they still there",
         lambda s: s.went_quiet and not s.texts, moves.check_in),
    Rule("off-topic", "something else altogether", "redirect", "keep to the subject",
         lambda s: s.does("off_topic"), lambda s: moves.redirect(s, "off_topic")),
    Rule("unclear", "nothing in it can be understood", "redirect", "ask again",
         lambda s: s.does("unclear"), lambda s: moves.redirect(s, "unclear")),
    Rule("agrees", "yes or no to an open question", "a step / -", "go on with what is needed",
         lambda s: s.does("agrees", "declines"), lambda s: replies.after_yes_or_no(s, next_step(s))),
    Rule("courtesy", "a greeting, thanks, small talk", "acknowledge / -", "a short word back",
         lambda s: s.does("greets", "thanks", "small_talk"), replies.greeted),
)  # fmt: skip


def table(rules: tuple[Rule, ...]) -> str:
    """The rules as a Markdown table, for the documentation."""
    lines = ["| rule | when | move | why |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {r.name} | {r.when} | {r.move} | {r.why} |" for r in rules)])
