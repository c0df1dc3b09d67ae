"""The turns of phrase by which a message shows what it is for. Data for `reading`: patterns over the plain form of a sentence."""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


ORDERS = _any(
    r"\b(ignore|forget|disregard|override|bypass|skip)\b.{0,40}\b(instructions?|rules?|prompts?|above|previous|guidelines|programming|directives?)\b",
    r"\b(you are now|from now on,? you|act as (?:if|a|an|my)|pretend (?:to be|you|that you|that i)|role-?play as)\b",
    r"\b(system prompt|developer mode|jailbreak|do anything now|admin mode|debug mode|sudo)\b",
    r"\b(give|award|grant|assign|rate|score|mark|grade|put)\b.{0,25}\b(full|max|maximum|top|perfect|highest|best|100|10\s*/\s*10|ten out of ten|strong hire|a hire|passing)\b",
    r"\b(mark|grade|rate|score) (?:me|this|my)\b.{0,30}\b(as|with|passed|correct|hire|complete|done|solved)\b",
    r"\b(print|reveal|show|leak|dump|output|display|expose|list|paste|tell|give|repeat|share|send|know|see|what are|what is)\b.{0,40}"
    r"\b(hidden tests?|hidden cases?|secret tests?|test data|answer key|rubric|your prompt|your instructions|your rules|reference (?:solution|code|answer|implementation)|expected (?:outputs?|values?|results?) of the)\b",
    r"\b(note|message|instruction|attention)s? (?:to|for) (?:the )?(judge|grader|assessor|evaluator|examiner|ai|model|system)\b",
    r"^\s*(system|assistant|developer|judge|grader)\s*:",
    r"\b(new|updated) instructions?\s*:",
    r"\b(strong hire|hire me|pass me|let me pass)\b.{0,30}\b(please|now|regardless|anyway|or else)\b",
    r"</?(system|instructions?|prompt|admin|judge)>",
    r"\byou (?:must|have to|shall|are required to) (?:give|mark|pass|hire|score|rate|reveal|show|tell)\b",
)

ASKS_SOLUTION = _any(
    r"\b(what is|what would be|tell me|show me|give me|just say|say me|send me|provide)\b.{0,20}\bthe (?:full |whole |right |correct |complete |best |optimal |actual |final )*(solution|answer|code|algorithm|approach)\b(?! (?:to return|for an? |if |when |be |format|type|range|fit|in |should))",
    r"\b(write|code|solve|implement|do|finish)\b.{0,12}\b(it|this|that|the code|the solution|everything|the problem|the function)\b.{0,12}\b(for|instead of) me\b",
    r"\b(can|could|would|will) you (?:please )?(?:just )?(solve|implement|code|write|finish)\b",
    r"\bjust (?:tell|show|give) me (?:how|what to|the)\b",
    r"\bwhat is the (?:best|optimal|right|fastest|intended|expected) (?:way|approach|solution|algorithm|data structure)\b",
)

ASKS_HINT = _any(
    r"\b(?:a|another|one|some|next|any|your|second|third|more|small|little|tiny|further|that) (?:more |small |little |tiny |bigger )*hints?\b",
    r"^\W*(?:/)?hints?\b(?: please| me)?\W*$",
    r"\bgive me (?:a |an |some |any )?(?:small |little )?(clue|pointer|tip|nudge|push)\b",
    r"\b(?:any|some|a) (clue|pointers?|tips?|nudge)s?\b.{0,20}(?:\?|please|appreciated|helpful|$)",
    r"\b(can|could|would|will) you (?:please )?(?:help|guide|hint|nudge|point|steer)\b",
    r"\b(help me|i need help|i need some help|some help|little help|need a hand|point me)\b",
    r"\bcould i (?:have|get) .{0,12}\b(hint|help|clue)\b",
)
NO_HINT = _any(
    r"\b(no|not|without|never)\b.{0,25}\b(hints?|help|clues?)\b", r"\bhints? (?:was|were|is|are|did|helped|you gave|said)\b"
)

ASKS_REPEAT = _any(
    r"\b(repeat|rephrase|restate|reword|reformulate)\b.{0,30}\b(that|it|this|question|problem|task|again|yourself|last|please|what)\b",
    r"^\W*(?:/)?(repeat|rephrase|restate)\b.{0,25}$",
    r"\b(say|explain|put|phrase|state|ask) (?:that|it|this|the (?:question|problem|task)) (?:again|once more|differently|another way|in (?:other|different) words|one more time)\b",
    r"\b(come again|say again|one more time please|pardon|sorry\?)",
    r"\bwhat (?:was|is) (?:the|your) (?:question|problem|task)( again)?\b",
    r"\b(?:do not|did not|not|can not|could not) (?:quite |really |fully )?(?:understand|get|follow|catch) (?:what you|the question|your question|the problem|the task|you|what i have to|what is (?:being )?asked|what the)",
    r"\bwhat do you mean\b", r"\bwhat are you asking\b", r"\b(?:the question|the problem|the task) (?:again|once more)\b",
    r"\bremind me\b.{0,25}\b(question|problem|task|asked)\b",
    r"\b(?:question|problem|task|it) is (?:a bit |very |quite |really )?(?:unclear|confusing|not clear)\b",
)  # fmt: skip

ASKS_MARKS = _any(
    r"\bhow (?:am i|did i|was i|are we) (?:doing|do|performing|going)\b",
    r"\b(did i|will i|do i|would i|have i|am i going to) (?:pass|fail|passed|failed|get hired|get the job)\b",
    r"\b(my|the|a|final) (?:score|mark|grade|rating|feedback)\b", r"\bhow (?:good|bad) (?:is|was|am)\b",
    r"\b(?:is|was|does) (?:this|that|it|my (?:solution|code|approach|answer|idea)|the approach)\b.{0,25}\b(?:correct|right|ok|okay|good|fine|optimal|work|good enough|what you want)\b.*\?",
    r"\bam i (?:right|correct|on the right track|close|wrong)\b", r"\b(?:right track)\b.*\?", r"\bwhat do you think\b",
    r"\b(?:right|correct|ok|okay)\s*\?\W*$",
)  # fmt: skip

ASKS_TIME = _any(
    r"\bhow (?:much|long|many minutes).{0,25}\b(time|left|have|remain|remaining|minutes)\b(?!.*complexity)", r"\btime (?:is )?(?:left|remaining)\b", r"\bhow long do (?:i|we) have\b"
)  # fmt: skip
ASKS_LANGUAGE = _any(
    r"\b(which|what|any) (?:programming )?languages?\b", r"\b(?:can|may|could|should|do) i (?:have to )?(?:use|write|code|do it|do this|solve it|switch to|choose)\b.{0,20}\b(python|java|javascript|typescript|js|ts|go|rust|ruby|c)\b"
)  # fmt: skip
ASKS_LIBRARY = _any(
    r"\b(?:can|may|could|should|am|is it|are) (?:i|we|it|there)?.{0,30}\b(libraries|library|imports?|built-?ins?|built in|standard lib|collections module|numpy|package|packages|modules?)\b",
    r"\b(?:can|may) i (?:google|look up|use (?:google|docs|the docs|documentation|the internet|stack ?overflow|chatgpt|copilot))\b",
)
ASKS_PROCEDURE = _any(
    r"\b(?:can|may|could|should|shall|do) (?:i|we) (?:also |just |already |first |now |need to |have to )?(?:run|execute|write (?:pseudo|tests?|unit|down)|pseudo-?code|use the notes|take notes|add comments|comment|test (?:it|my|the)|print|explain|talk|think (?:out )?a?loud)\b",
    r"\b(?:can|do|will|are) you (?:see|read|look at|watch|watching|seeing|reading)\b.{0,30}\b(code|screen|editor|notes|typing|me|write|type)\b",
    r"\bhow (?:do|can) (?:i|we) (?:run|test|submit|end|finish|switch|change)\b", r"\bwhere (?:do|can|should) i (?:write|type|code|run|see|find)\b",
)  # fmt: skip
ASKS_WHO = _any(
    r"\bare you (?:a |an )?(?:real |really )?(?:\w+ )?(?:human|robot|bot|ai|machine|person|computer|llm|chatgpt|gpt|model|real|there)\b", r"\bwho are you\b", r"\bam i (?:talking|speaking|chatting) (?:to|with)\b", r"\bwhat is your name\b"
)  # fmt: skip
ASKS_WHAT_NOW = _any(
    r"\bwhat (?:should|do|shall|am|can) (?:i|we) (?:supposed to )?(?:do|start with|begin with)\b(?! (?:if|when|with the|in case|for))",
    r"\bwhat now\b", r"\bwhat (?:is|comes) next\b", r"\bhow (?:do|should|shall) (?:i|we) (?:start|begin|proceed)\b", r"\bwhere (?:do|should|shall) (?:i|we) (?:start|begin)\b",
)  # fmt: skip
ASKS_ABOUT_COST = _any(
    r"\b(?:what|which|is|does|do|should|must|are)\b.{0,50}\b(?:complexity|big o|running time|time limit|runtime|efficient|efficiency|fast)\b.{0,30}\b(?:require[ds]?|expect(?:ed)?|want|target|need(?:ed)?|aim|looking|acceptable|allowed|enough|optimal|best|be|prefer(?:red)?)\b",
    r"\bwhat (?:time |space )?complexity (?:do you|are you|should|is expected)\b",
)

MOVES_ON = _any(
    r"\b(move on|go on|carry on|proceed|next (?:part|question|step|segment|section|stage|phase|one)|let us continue|shall we continue|can we continue|skip (?:this|ahead|that|it|to)|moving on)\b"
)
NO_MOVE = _any(r"\b(not|before|do not|until|after)\b.{0,25}\b(move on|moving on|go on|proceed|next|skip)\b", r"\b(next (?:element|item|number|node|index|value|start|one in|step is|i|it|we|step i))\b",
               r"\b(?:proceed|move on|go on|skip (?:it|this|that|ahead|to)) (?:with|to|if|when|until|by) (?:the |a )?(?:next )?(?:element|item|number|node|index|value|one|pointer|char|character|booking|interval|word|loop|left|right|neighbo)")  # fmt: skip

SAYS_STUCK = _any(
    r"\b(?:i am|i feel|feeling|got|getting|i get|kind of|totally|completely|bit|still|really) (?:\w+ )?(?:stuck|lost|blocked|clueless)\b", r"^\W*(?:stuck|lost|blank)\b",
    r"\b(?:no|not a|any) (?:idea|clue)\b", r"\b(?:do not|not|can not|could not) (?:really |quite |even )?(?:know|see|figure out|think of|come up with|sure) (?:how|where|what|a way|any way|anything)\b(?! (?:if|whether))",
    r"\b(?:my mind|i) (?:is|went|am|have gone|go) (?:blank|drawing a blank)\b", r"\bi give up\b", r"\bi (?:really )?do not (?:know|see it)\W*$", r"\bnothing comes to mind\b", r"\bi can not (?:solve|do) (?:it|this)\b",
)  # fmt: skip
DOES_NOT_KNOW = _any(
    r"\b(?:i )?(?:do not|not) (?:really |quite |exactly )?(?:know|sure|certain)\b", r"\bno (?:idea|clue)\b", r"\bi am unsure\b", r"\bhard to say\b", r"\bnot a clue\b", r"\bcan not (?:say|tell)\b", r"\bi (?:have )?forg[eo]t\b", r"\bi would have to guess\b"
)  # fmt: skip

SAYS_DONE = _any(
    r"\b(?:i am|i think i am|i am all|we are|i guess i am|all|it is|that is|now|think it is) (?:done|finished|complete|completed|through)\b", r"^\W*(?:ok(?:ay)?,? )?(?:done|finished|ready|all done|completed)\b\W*$",
    r"\bi (?:have )?(?:finished|completed|implemented|coded|written|wrote|got) (?:it|the (?:code|solution|implementation|function|whole)|my|everything|this|up)\b(?!.*\?)",
    r"\b(?:that|this|it|which|the code|my code|my solution|the solution) (?:should|seems to|does|looks to|appears to) (?:now |all |be )?(?:work|works|do it|pass|passing|be it|good|fine|correct|do the trick)\b(?!.*\?)",
    r"\bthat is (?:it|my (?:solution|code|answer|final)|all i have)\b", r"\b(?:all|the|my|every) tests? (?:are |do )?(?:pass|green|passing|passed|now pass)\b", r"\bready (?:for (?:review|you|feedback|questions)|to (?:submit|discuss|review))\b",
)  # fmt: skip
NOT_DONE = _any(r"\b(not|never|almost|nearly|before|until|once|when|if|after)\b.{0,20}\b(done|finished|ready|complete)\b", r"\bfinished by\b")

SAYS_READY = _any(
    r"\b(?:ready|happy|want|like|going|would like) to (?:code|implement|write (?:it|code|the)|start (?:coding|writing|implementing)|begin (?:coding|writing))\b", r"\b(?:can|may|shall|should|could) i (?:now |already |just )?(?:start|begin|go ahead|code|implement)\b.{0,30}",
    r"\b(?:let me|i will|i am going to|let us|time to|i would|now i will|i shall) (?:now |just |go ahead and |quickly )?(?:code|implement|write)(?: (?:it|this|that|the|my|some|down|up)\b.*)?\W*$",
    r"\b(?:no|not any|without) (?:more |further |other |open )?questions\b", r"\b(?:everything|all|it|that|the problem|the task|the question) (?:is|seems|looks|sounds) (?:quite |very |pretty |all )?clear\b", r"\ball clear\b", r"\bno questions\b",
    r"\b(?:i have|i think i have) (?:all|everything|enough|what) i need\b", r"\bi (?:think i )?(?:understand|understood|get) (?:it|the (?:problem|question|task)|everything|now)\b", r"^\W*(?:i am |ok(?:ay)?,? )?(?:ready|i understand|understood)\W*$", r"^\W*let us (?:start|begin|go|code|do (?:it|this))\W*$",
)  # fmt: skip

GREETS = _any(r"^\W*(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|hola|yo)\b")
THANKS = _any(r"\b(thanks|thank you|thx|cheers|much appreciated|ty)\b")
SMALL_TALK = _any(
    r"\bhow (?:are|is|was) (?:you|it going|your (?:day|morning|week))\b", r"\bnice to (?:meet|see)\b", r"\b(?:i am|feeling|a bit|little) (?:\w+ )?(?:nervous|excited|tired|anxious)\b", r"\bnice (?:weather|day)\b", r"\bgive me a (?:second|minute|moment|sec)\b", r"\blet me (?:think|read)\b", r"\bone (?:second|moment|sec|minute)\b", r"\bhang on\b", r"\bi am (?:still )?(?:here|thinking|reading|back)\b", r"\bstill (?:here|thinking|reading)\b",
)  # fmt: skip
AGREES = _any(
    r"^\W*(?:yes|yeah|yep|yup|sure|ok|okay|k|alright|all right|right|of course|got it|please|please do|yes please|i see|makes sense|that makes sense|fine|sounds good|understood|cool|great|perfect|will do|go ahead|absolutely|certainly)\b(?:[ ,.!]*(?:yes|please|thanks|thank you|sure|ok|okay|i see|do|got it|that makes sense|makes sense|go ahead|sounds good|then))*\W*$"
)
DECLINES = _any(r"^\W*(?:no|nope|nah|not yet|not now|no thanks|no thank you|not really|i am fine|i am good|none)\b(?:[ ,.!]*(?:thanks|thank you|not yet|i am good|i am fine|yet|for now|please))*\W*$")

PROPOSES = _any(
    r"\b(?:can|could|should|shall|may|would|might) (?:i|we|it|you|a|an|the|not we|not i)\b", r"\bwhat if (?:i|we)\b", r"\b(?:what|how) about\b", r"\bwhy not\b", r"\bwould (?:a|an|the|it|sorting|using)\b", r"\bmaybe\b", r"\bis (?:a|an|sorting|using)\b"
)  # fmt: skip
CLARIFIES = _any(
    r"\b(?:can|could|should|may|shall|do|must) (?:i|we) (?:also |always |safely |just |need to |have to )?(?:assume|suppose|expect|rely|return|handle|consider|modify|change|mutate|validate|raise|throw|treat|worry|support|deal|ignore|count|include|check for|trust|reuse|sort the input|print|output|care)\b",
    r"\bdo (?:i|we) (?:need|have) to\b", r"\bneed to\b.*\?", r"\bwhat (?:should|do|shall|must) (?:i|we|it|the function) (?:return|do (?:if|when|with|for|about|in case)|output|print|happen)\b", r"\bassum(?:e|ing|ption)\b", r"\bguaranteed?\b",
)  # fmt: skip
QUESTION_START = _any(
    r"^\W*(?:(?:and|so|ok(?:ay)?|but|also|hi|hello|hey|hm+|quick question|one (?:more )?question|just to (?:clarify|confirm|be sure|check)|a question|sorry|wait|please)\W+)*(?:is|are|can|could|does|do|did|will|would|should|shall|may|must|has|have|what|which|how|who|where|when|why|am|might)\b"
)

PLANS = _any(
    r"\b(?:i|we|you|one|let us|let me) (?:will|would|can|could|might|should|am|are|shall|plan|want|need|have|think|just|then|first|do)\b", r"\b(?:my|the|one) (?:idea|approach|plan|solution|strategy|thought|algorithm|first thought|way|instinct)\b", r"\b(?:first|then|next|after that|finally|start by|begin by|afterwards)\b", r"\blet (?:us|me)\b", r"\b(?:for|at) each\b", r"\bfor every\b", r"\bwhile\b", r"\b(?:using|by using|with) (?:a|an|two|the|one)\b",
)  # fmt: skip

CASE_TALK = _any(
    r"\b(edge cases?|corner cases?|boundary|boundaries|special cases?|test cases?|empty|single (?:element|item|character|node|value|booking|entry)|one (?:element|item|node|entry)|duplicates?|negatives?|zero|null|none|nil|all (?:the )?same|equal|ties?|overflow|huge|very large|out of range|off by one|unsorted|no (?:elements|items|input|solution|bookings|match))\b"
)
TEST_TALK = _any(r"\b(test|try|check|verify|run|trace|dry run|walk)\b")
