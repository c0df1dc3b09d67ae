"""Sets of words by which `reading` tells a plan from a list of names and from other talk. Mostly stems."""

from mockloop.language import stem
from mockloop.language.words import vocabulary


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in vocabulary(words))


SMALL = _stems(
    """is are was be been am do does did can could will would should shall may must might i we you it they he she
    to in on at for with from by as or and if so but not no there here what which how who when where why any
    some all each every always ever have has had get me us them its their your give given want need let please
    about into than too very only same"""
)
"""Words that a question has whatever it is about."""

CRAFT = _stems(
    """array list string hash hashmap hashset set map sort sorted loop pointer index stack queue heap tree graph
    node edge level search binary recurse memo dynamic programming greedy window sum prefix count counter
    element number value key pair swap left right middle insert append push pop store track keep compare visit
    visited neighbor neighbour matrix grid cell row column path root leaf parent child max min total difference
    divide conquer merge interval range complement complexity linear quadratic constant time space memory brute
    force nested breadth depth input output return function class method code variable condition base case test
    empty bug error line solution algorithm character word result answer cache order position previous next
    readable readability rename naming refactor helper clean simple clear comment split extract module maintain
    document correct fast efficient scale current update remove delete lookup duplicate negative zero integer
    maximum minimum"""
)
"""Words of the trade: what plans and techniques are told in."""

ACTIONS = _stems(
    """sort use loop keep store count compare put push pop insert append remove delete check search find look build
    create compute calculate update move swap track maintain visit merge split divide return add subtract expand
    shrink slide start begin initialize initialise iterate go recurse mark pick choose take record remember save
    cache set read write make get run call try process handle fill increment decrement advance stop skip walk
    scan traverse"""
)
"""What a plan says that one does."""

VERBS = ACTIONS | _stems(
    """is are be am was were has have do does did will would can could should need hold give mean become stay
    happen work grow cost contain depend know think see let want exceed equal show tell"""
)
"""Verbs that make a sentence of a list of names."""

RELATIONS = vocabulary("""over from with through between until into within""")
"""Prepositions that do the same where the verb is left out ("two loops over all pairs")."""

EVERYDAY = _stems(
    """first then last next back come go day time way thing well good new old much many more most less least work
    make take give want like know think see look tell say talk today now again still down out over off away soon
    later before after while possible happen mean whole part kind big small long short people person someone
    else other another note name called twice once often together already always never nothing something
    everything anything because might maybe hour minute second hold stand start end begin finish write read ask
    question answer problem example point case place fast slow"""
)
"""Words of the statement that are no sign of talking about it."""

GLUE = vocabulary(
    """i we you it the a an to of and then if for each every is are would will with in on so because that when
    while my this from by or as at be until than which let us there they"""
)
"""Small words between the others in a sentence, as written."""

COMMON = GLUE | vocabulary(
    """not no yes do does did can could what how why who me you your are was were am have has had like really very
    good bad day time about just some any all more most much many out up down now today here there her his their
    our them he she but"""
)
"""Frequent English words, to tell another subject from gibberish."""
