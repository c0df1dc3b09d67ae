"""Asks a model for feedback on one session, and puts its replies together with the candidate's own words."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from mockloop.judging.evidence import QUOTE_LIMIT
from mockloop.judging.joining import Joined
from mockloop.judging.record import Record
from mockloop.judging.scorecard import Evidence, Scorecard
from mockloop.judging.weights import Level
from mockloop.judging.written.answers import Answer, answers_of, criteria_lines, scorecard_lines
from mockloop.judging.written.schemas import Landed, Missed, Pointed, QuestionFeedback, SessionFeedback, Written
from mockloop.modes.asking import ModeCalls, NoReply, Reply
from mockloop.modes.mode import load_mode

PACKAGE = "mockloop.judging"


@dataclass(frozen=True)
class Background:
    """What is known of the candidate beside the session, as facts in lines; empty where nothing is."""

    resume: str = ""
    job: str = ""


@dataclass(frozen=True)
class Writer:
    """Writes about one user's session."""

    calls: ModeCalls
    owner: UUID
    session: UUID
    level: Level = "mid"
    background: Background = Background()

    async def write(self, record: Record, card: Scorecard) -> Written:
        """Everything that models answered, in parallel. Raises `NoReply` when none of them did."""
        answers = answers_of(record, card)
        *questions, session = await asyncio.gather(
            *(self._on_answer(answer) for answer in answers), self._on_session(record, card), return_exceptions=True
        )
        failed = [one for one in (*questions, session) if isinstance(one, BaseException)]
        for one in failed:
            if not isinstance(one, NoReply):
                raise one
        written = Written(
            questions=tuple(one for one in questions if isinstance(one, QuestionFeedback)),
            session=session if isinstance(session, SessionFeedback) else None,
        )
        if failed and not written.questions and written.session is None:
            raise failed[-1]
        return written

    async def _on_answer(self, answer: Answer) -> QuestionFeedback:
        mode = load_mode(PACKAGE, "question_feedback")
        inputs = {"question": answer.question, "level": f"{self.level} level", "judged": answer.judged}
        material = {"answer": answer.said.text, **_present(resume=self.background.resume)}
        reply = await self.calls.ask(self.owner, self.session, mode, inputs, material)
        return _question_feedback(answer, reply)

    async def _on_session(self, record: Record, card: Scorecard) -> SessionFeedback:
        mode = load_mode(PACKAGE, "session_feedback")
        ids = {mark.id for one in card.dimensions for mark in one.criteria}
        inputs = {
            "level": f"{self.level} level",
            "readiness": card.readiness or "not said",
            "criteria": criteria_lines(card),
        }
        material = {
            "scorecard": scorecard_lines(card),
            **_present(
                talk="\n".join(message.text for message in record.said),
                resume=self.background.resume,
                job=self.background.job,
            ),
        }
        reply = await self.calls.ask(self.owner, self.session, mode, inputs, material)
        fields = reply.fields
        return SessionFeedback(
            overall_assessment=fields["overall_assessment"],
            key_strengths=tuple(Pointed(**one) for one in fields["key_strengths"] if one["criterion"] in ids),
            areas_to_improve=tuple(Pointed(**one) for one in fields["areas_to_improve"] if one["criterion"] in ids),
            coaching_priorities=tuple(fields["coaching_priorities"]),
            next_steps=fields["next_steps"],
            provider=reply.provider,
            prompt=f"{reply.mode} {reply.version}",
        )


def _present(**material: str) -> Mapping[str, str]:
    return {name: text for name, text in material.items() if text.strip()}


def _question_feedback(answer: Answer, reply: Reply) -> QuestionFeedback:
    fields = reply.fields
    landed = ((quoted(answer.said, one["quote"]), one["why"]) for one in fields["what_landed"])
    return QuestionFeedback(
        id=answer.id,
        question=answer.question,
        said=tuple(part.message.seq for part in answer.said.parts),
        overall_assessment=fields["overall_assessment"],
        what_landed=tuple(Landed(evidence=evidence, why=why) for evidence, why in landed if evidence),
        what_didnt_land=tuple(Missed(**one) for one in fields["what_didnt_land"]),
        coaching=fields["coaching"],
        revised_answer=fields["revised_answer"] or None,
        provider=reply.provider,
        prompt=f"{reply.mode} {reply.version}",
    )


def quoted(said: Joined, quote: str) -> tuple[Evidence, ...]:
    """The candidate's own words where a quote stands; case, spacing and punctuation between words do not matter."""
    words = re.findall(r"\w+", quote)
    found = re.search(r"\W+".join(map(re.escape, words)), said.text, re.IGNORECASE) if words else None
    return said.evidence(*found.span(), QUOTE_LIMIT) if found else ()
