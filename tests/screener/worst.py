"""For each outcome, the walk to it on which the check has the most to say: the longest result that anybody can get."""

from functools import cache

from screener import words
from screener.flow import Kept, replay
from screener.rules import decide
from tests.screener import reference
from tests.screener.space import INVITED, OURS, PAST_THE_RED_FLAGS, Answers, answers_to, walks_that_end_early

CALM: Answers = {"emerg": ("none",), "today": ("none",)}
FOR_THE_VISIT = {
    "surgery_talk": "yes",
    "avoid_surgery": "not_sure",
    "esi_date": "over_8w",
    "sleep_mood": "yes",
}


@cache
def worst_answers(outcome: str) -> Answers:
    """No rule reads across two parts, so the worst answers to each part make the worst walk."""
    if outcome not in INVITED:
        return max(
            (each for each in walks_that_end_early() if OURS.outcome(each) == outcome), key=much_to_say
        )
    answers = dict(CALM)
    for part in PAST_THE_RED_FLAGS:
        worst: Answers = max((each for each in answers_to(part) if may_stand(each, outcome)), key=much_to_say)
        answers |= worst
    return answers


def may_stand(answers: Answers, outcome: str) -> bool:
    """Beside other answers, it leads to nothing more cautious, and does not end the walk."""
    return OURS.rank(answers) >= reference.OUTCOMES.index(outcome) and not any(
        reference.ends(key, answer) for key, answer in answers.items()
    )


def much_to_say(answers: Answers) -> tuple[int, int]:
    """The number of reasons that fire, then the length of what they and the other answers say."""
    said, reasons = words.of("en"), decide(answers).reasons
    texts = [text for rule in reasons for text in (said.reasons[rule.id].text, said.reasons[rule.id].do)]
    unread = set(answers) - {key for rule in reasons for key in rule.when}
    texts += [text for key in unread for text in (said.questions[key].toward, said.questions[key].why)]
    chosen = sum(len(reference.as_set(answers[key])) for key in {rule.key for rule in reasons})
    return len(reasons), sum(len(text.to_self) for text in texts) + chosen


def kept(outcome: str, who: str = "self") -> Kept:
    """What the cookie holds at the end of that walk, with everything added for the visit."""
    walk = replay({**worst_answers(outcome), "who": who})
    return walk.answers if walk.ended else replay({**walk.answers, **FOR_THE_VISIT}).answers
