"""How each move is made: from a situation to the parts of a turn. `policy` decides which one when."""

from dataclasses import dataclass, replace

from mockloop.bank.question import FollowUp
from mockloop.interviewer.complexity import Claim
from mockloop.interviewer.phrasing import Part, lowered, phrase, quoted, verbatim
from mockloop.interviewer.situation import Situation
from mockloop.sessions.events import Move


@dataclass(frozen=True)
class Turn:
    """What to say: the parts, what they are about, and why this turn (`detail` completes the rule's own reason)."""

    move: Move
    parts: tuple[Part, ...]
    about: str = ""
    detail: str = ""
    hint_level: int | None = None
    advance: bool = False

    def then(self, following: "Turn | None") -> "Turn":
        """This turn with another one right after it. The latter's question is what stays open."""
        if following is None:
            return self
        return Turn(
            move=self.move if self.hint_level is not None or following.move == "acknowledge" else following.move,
            parts=self.parts + following.parts,
            about=" ".join(about for about in (self.about, following.about) if about),
            detail=", then ".join(detail for detail in (self.detail, following.detail) if detail),
            hint_level=self.hint_level if self.hint_level is not None else following.hint_level,
            advance=self.advance or following.advance,
        )

    def after(self, *parts: Part) -> "Turn":
        return replace(self, parts=(*parts, *self.parts))


@dataclass(frozen=True)
class Silence:
    """Nothing is said; `detail` completes the rule's reason."""

    detail: str = ""


# Opening, time, closing


def greet(s: Situation) -> Turn:
    stage = "clarify" if s.stages == ("clarify",) else "plan" if s.in_stage("clarify", "plan") else "other"
    minutes = str(max(1, round(s.left_s / 60)))
    opening = verbatim(*_turned(s.style.opening, s)) if s.style.opening else phrase("redirect.hello")
    return Turn(
        "greet",
        (
            opening,
            phrase("greet.frame", minutes=minutes, title=s.question.title),
            phrase("greet.summary", summary=lowered(s.question.summary), optional=True),
            phrase(f"greet.{stage}"),
        ),
        about="task",
    )


def _turned(texts: tuple[str, ...], s: Situation) -> tuple[str, ...]:
    """The texts from another beginning for every session."""
    at = sum(s.view.seed.encode()) % len(texts)
    return texts[at:] + texts[:at]


def wrap_up(s: Situation) -> Turn:
    return Turn("wrap_up", (phrase("close.wrap_up"), phrase("close.next")), about="close")


def after_close(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("close.after"),), about="close")


def notice(s: Situation) -> Turn:
    stage = _stage_key(s)
    if "plan" in s.stages and "code" not in s.stages:
        stage = "plan"
    key = "code_untested" if stage == "code" and not s.tested_since_edit else stage
    return Turn("notice", (phrase("notice.soon"), phrase(f"notice.{key}")), about=f"notice:{s.state.segment_id}")


def _stage_key(s: Situation) -> str:
    for stage in ("clarify", "plan", "code", "review", "follow_up"):
        if stage in s.stages:
            return stage
    return "follow_up"


def where_we_are(s: Situation) -> Turn:
    return Turn("present", (phrase(f"now.{_stage_key(s)}"),), about="now")


def check_in(s: Situation) -> Turn:
    second = s.state.quiet_notices > 1
    extra = phrase("hint.offer") if second and not s.wrapped else phrase("quiet.think_aloud")
    about = "check-in offer:hint" if second and not s.wrapped else "check-in"
    return Turn("check_in", (phrase("quiet.check_in"), extra), about=about)


# Hints


def hint(s: Situation) -> Turn:
    level = min(4, max(s.state.hints_given, max((m.hint_level or 0 for m in s.spoken), default=0)) + 1)
    parts = [phrase("hint.give", level=str(level)), verbatim(s.question.hints[level - 1], block=True)]
    if level == 4:
        parts.append(phrase("hint.last", block=True))
    return Turn("hint", tuple(parts), about=f"hint:{level}", detail=f"level {level}", hint_level=level)


def no_hint_left(s: Situation) -> Turn:
    return Turn("probe", (phrase("hint.none_left"),), about="hint:none")


def decline_hint(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("hint.declined"),), about="hint:declined")


def help_stuck(s: Situation) -> Turn:
    key = "stuck.coding" if s.in_stage("code") and s.has_code else "stuck.focus"
    return Turn("probe", (phrase(key), phrase("hint.offer", optional=True)), about="stuck offer:hint")


# The plan


def ask_approach(s: Situation) -> Turn:
    if s.in_stage("code") and s.run is not None:
        return Turn("ask_approach", (phrase("approach.ask_after_run"),), about="approach approach:in-code")
    if s.in_stage("code") and s.has_code:
        return Turn("ask_approach", (phrase("approach.ask_while_coding"),), about="approach approach:in-code")
    return Turn("ask_approach", (phrase("approach.ask"),), about="approach")


def _may_quote(s: Situation) -> bool:
    """Not in two turns running: repeating somebody's words each time sounds like a form being filled in."""
    return not s.spoken or s.spoken[-1].move == "greet" or "“" not in s.spoken[-1].text


def hear_plan(s: Situation) -> Turn:
    """Acknowledge by naming what was said, no more."""
    act = s.reading.all("describes_approach")[0]
    quote = quoted(act.quote) if len(act.quote.split()) > 2 and _may_quote(s) else ""
    approach = s.plan.approach
    about = f"plan:{approach.id}" if approach is not None else "plan:unknown"
    detail = f"recognised `{approach.id}` ({approach.standing})" if approach else "not one of the known approaches"
    part = phrase("approach.heard", quote=quote) if quote else phrase("approach.heard_plain")
    return Turn("acknowledge", (part,), about=about, detail=detail)


def ask_instead(s: Situation) -> Turn:
    act = s.reading.all("weighs_approach")[0]
    quote = quoted(act.quote)
    heard = (phrase("approach.heard", quote=quote),) if quote else ()
    return Turn("probe", (*heard, phrase("approach.instead")), about="approach:better", detail=f"weighed `{act.about}`")


def ask_detail(s: Situation) -> Turn:
    return Turn("probe", (phrase("approach.detail"),), about="approach:detail")


def doubt(s: Situation) -> Turn:
    return Turn("probe", (phrase("approach.doubt"),), about="approach:doubt")


def ask_better(s: Situation) -> Turn:
    return Turn("probe", (phrase("approach.better"),), about="approach:better")


def ask_keywords(s: Situation) -> Turn:
    return Turn("probe", (phrase("approach.keywords"),), about="approach:keywords")


# Complexity


def shown_cost(claim: Claim) -> str:
    return f"O({claim.cost})".replace("*", "·")


def hear_claims(s: Situation) -> Turn:
    claim = s.reading.claims[0]
    part = phrase("complexity.heard", kind=claim.kind, kind_title=claim.kind.title(), cost=shown_cost(claim))
    return Turn("acknowledge", (part,), about=f"claim:{claim.kind}", detail=f"{claim.kind} {shown_cost(claim)}")


def challenge(s: Situation) -> Turn:
    kind = next(
        kind for kind in ("time", "space") if s.judged(kind) == "differs" and not s.times_for_plan(f"challenge:{kind}")
    )
    claim = s.stated[kind]
    key = "complexity.challenge" if kind == "time" else "complexity.challenge_space"
    return Turn(
        "challenge",
        (phrase(key, kind=kind, cost=shown_cost(claim)),),
        about=f"challenge:{kind}",
        detail=f"{shown_cost(claim)} for {kind}",
    )


def ask_letters(s: Situation) -> Turn:
    return Turn(
        "challenge", (phrase("complexity.letters", cost=shown_cost(s.stated["time"])),), about="challenge:letters"
    )


def ask_complexity(s: Situation) -> Turn:
    return Turn("ask_complexity", (phrase("complexity.ask"),), about="complexity:time")


def ask_space(s: Situation) -> Turn:
    return Turn("ask_complexity", (phrase("complexity.ask_space"),), about="complexity:space")


def guide_counting(s: Situation) -> Turn:
    return Turn("probe", (phrase("complexity.guide"),), about="complexity:time complexity:guided")


def let_complexity_go(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("complexity.let_go"),), about="complexity:let-go")


# Runs


def nudge_run(s: Situation) -> Turn:
    """Point at what a run shows, sharper when it shows it again; never the fix, never a hidden test."""
    # Asked about it without a new run, one is sharper as well.
    trouble, again = s.trouble, s.repeats > 1 or s.run is None
    offers = s.repeats >= s.temper.offers_hint_after and s.state.hints_given < 4
    offer = (phrase("hint.offer", optional=True),) if offers else ()
    extra = " offer:hint" if offers else ""
    if trouble.kind == "hidden_failed":
        return _nudge_hidden(s, offer, extra)
    key = f"run.{trouble.kind}{'_again' if again else ''}"
    error = f"`{trouble.error}`" if trouble.error else "an error"
    line = f" on line {trouble.line}" if trouble.line else ""
    part = phrase(key, error=error, line=line, test=str(trouble.test or 1))
    return Turn("nudge", (part, *offer), about=f"run:{trouble.kind}{extra}", detail=f"{trouble.kind}, time {s.repeats}")


def _nudge_hidden(s: Situation, offer: tuple[Part, ...], extra: str) -> Turn:
    probe = s.open_probe
    again = s.repeats > 1 or s.run is None
    lead = phrase("run.hidden_again" if again else "run.hidden_failed")
    if probe is None:
        return Turn(
            "nudge", (lead, phrase("run.hidden_unnamed"), *offer), about=f"run:hidden{extra}", detail="no probe"
        )
    at = s.times(f"edge:{probe.edge}")
    nudge = (verbatim(*probe.nudges[at:]),) if at < len(probe.nudges) else ()
    sharper = (phrase("run.own_input" if nudge else "run.hidden_unnamed"),) if again or not nudge else ()
    return Turn(
        "nudge",
        (lead, *nudge, *sharper, *offer),
        about=f"edge:{probe.edge}{extra}",
        detail=f"edge `{probe.edge}`, time {s.times(f'edge:{probe.edge}') + 1}",
    )


def all_pass(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("run.all_pass"),), about="run:clean")


def own_case(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("run.own_case"), phrase("run.compare")), about="own-case")


def ask_for_tests(s: Situation) -> Turn:
    return Turn("probe", (phrase("run.run_tests_first"),), about="run:untested")


def not_yet(s: Situation) -> Turn:
    return Turn("probe", (phrase("run.not_yet"),), about="run:open")


# Review and follow-up


def review(s: Situation, topic: str) -> Turn:
    """One question of the review."""
    if topic == "complexity":
        return Turn("ask_complexity", (phrase("review.complexity"),), about="complexity:time review:complexity")
    return Turn("probe", (phrase(f"review.{topic}"),), about=f"review:{topic}")


def hear_case(s: Situation) -> Turn:
    quote = quoted(s.reading.all("names_case")[0].quote) if _may_quote(s) else ""
    heard = phrase("review.case_heard", quote=quote) if quote else phrase("review.heard")
    return Turn("acknowledge", (heard,), about="case")


def hear(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("review.heard"),), about="heard")


def ask_follow_up(s: Situation, follow_up: FollowUp) -> Turn:
    return Turn("follow_up", (verbatim(follow_up.ask),), about=f"follow_up:{follow_up.id}", detail=f"`{follow_up.id}`")


def deepen_follow_up(s: Situation, follow_up: FollowUp) -> Turn:
    return Turn(
        "probe",
        (phrase("follow_up.deeper"),),
        about=f"deeper:{follow_up.id} follow_up:{follow_up.id}",
        detail=f"`{follow_up.id}` answered in part",
    )


def hear_follow_up(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("follow_up.heard"),), about="heard")


# Keeping to the subject


def calm(s: Situation) -> Turn:
    return Turn(
        "redirect", (phrase("redirect.vents"), phrase("hint.offer", optional=True)), about="redirect:vents offer:hint"
    )


def say_how_to_end(s: Situation) -> Turn:
    return Turn("answer", (phrase("facts.end"),), about="house:end")


def hear_diagnosis(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("run.diagnosis"),), about="diagnosis")


def let_work(s: Situation) -> Turn:
    return Turn("acknowledge", (phrase("redirect.at_work"),), about="at-work")


def ask_anything_first(s: Situation) -> Turn:
    return Turn("probe", (phrase("move.anything_first"),), about="approach:settled")


def redirect(s: Situation, key: str) -> Turn:
    return Turn("redirect", (phrase(f"redirect.{key}"),), about=f"redirect:{key}")


def small_word(s: Situation, key: str) -> Turn:
    return Turn("acknowledge", (phrase(f"redirect.{key}"),), about="courtesy")


def refuse_solution(s: Situation) -> Turn:
    return Turn("redirect", (phrase("redirect.solution"), phrase("hint.offer")), about="redirect:solution offer:hint")


# Going on


def go_on(s: Situation, key: str, *, to_next: Turn | None = None) -> Turn:
    """Enter the next segment, saying what comes."""
    turn = Turn("move_on", (phrase(f"move.{key}"),), about=f"move:{key}", advance=True)
    return turn if to_next is None else replace(turn.then(to_next), advance=True)
