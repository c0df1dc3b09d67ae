"""Words that by themselves say nothing about a subject, and words that tie statements together."""

from mockloop.language.words import stem, vocabulary

LINKS = vocabulary(
    "if when because so then until otherwise while since unless once after before whenever meaning whereas instead"
)

VAGUE = frozenset(
    stem(word)
    for word in vocabulary(
        """essential important importance crucial key vital critical significant significantly serious seriously
        comprehensive holistic rigorous careful carefully proven resilient resilience modern robust reliable
        reliability excellent excellence great famous powerful foundation fundamental fundamentals cornerstone
        attention challenge challenges challenging strategy strategies strategic approach approaches consider
        considered consideration considerations evaluate evaluated various variety options experience success
        successful successfully leverage best practice practices proper properly appropriate appropriately
        effective effectively efficient efficiently efficiency scalable scalability scale performance
        performant quality solution solutions industry classic popular widely established standard landscape
        ecosystem paradigm mindset journey holistically seamless synergy innovative requirements business
        stakeholders stakeholder value goals objective objectives aspects aspect factors factor role topic
        area areas field fields concept concepts technology technologies techniques technique understand
        understanding mastery master knowledge deep deeply passionate passion always ensure ensuring ensures
        optimal optimise optimize maintainable maintainability flexible flexibility elegant tradeoffs tradeoff
        balance balancing complex complexity complexities depends nuanced thoughtful thoughtfully mature
        maturity discipline disciplined deserve deserves responsible developer developers engineer engineers
        engineering software team teams company companies production systems system architecture architectural
        design designing smooth smoothly monitor continuously continuous improvement iterate iterating improve
        improving core heart overall several interesting building separates matters matter truly fully highly
        world committed commitment professional professionalism growth mindset grow positive positively impact
        collaboration collaborate collaborative communication communicate transparency transparent alignment
        align culture empower dynamic proactive proactively adaptability resilient opportunity opportunities
        strengths dedication dedicated motivated motivation integrity"""
    )
)

WORK = frozenset(
    stem(word)
    for word in vocabulary(
        """work worked working worker job office colleague coworker boss manager supervisor foreman director lead team
        crew staff shift department company business firm agency client customer user patient resident student
        pupil teacher school class lesson course training trainee intern apprentice junior senior project
        deadline budget plan schedule meeting report review feedback release launch deploy server code
        software app bug ticket test data database dashboard system machine engineer developer designer
        analyst nurse doctor ward clinic hospital warehouse factory production order delivery supplier
        contract invoice payment sale sales store shop kitchen chef restaurant hotel guest site building
        construction workshop equipment maintenance inspection safety regulation audit compliance legal
        finance marketing campaign product feature design prototype research lab experiment grant paper
        university volunteer charity committee council union hire hired interview candidate promotion salary
        role position career responsible responsibility stakeholder partner vendor complaint refund support
        service email spreadsheet presentation proposal process procedure policy quality target quarter
        percent cost revenue profit estimate scope requirement approval sign-off handover rota roster overtime
        colleagues editor newsroom studio farm garage depot fleet driver pilot"""
    )
)
"""Words of working life, of any trade: a story from a job has several of them, a walk in the hills hardly one."""
