"""Rules about numbers in prose: what a record holds is shown from there, and words do not differ from it."""

from ..rule import Rule
from .differing import contradictions
from .repeated import typed_numbers

RULES = (
    Rule("typed-number", "advice", "An amount, a share, a day, or a number of three digits or more that a record holds is shown from there, where the sentence names that record, cites its source or stands in it; `factbound fix` can write it.", "They took 10,000 euros [[harbour-case|in all]].", "They took {{ harbour-case.facts.takings }} [[harbour-case|in all]].", (typed_numbers,)),
    Rule("number-contradicts", "advice", "The words of a link to a value, and those of a fact with a value, say no other figure than that value.", "[[harbour-case.facts.takings|12,000 euros]]", "[[harbour-case.facts.takings|10,000 euros]]", (contradictions,)),
)  # fmt: skip
