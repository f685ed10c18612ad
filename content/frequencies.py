"""PURE. How many people: always "12 of 100 people", with the time, and with those for whom it was not so."""

import re
from collections.abc import Iterator

from content.prose import Block
from content.sentences import Sentence

N_OF_M = {
    "en": re.compile(r"(?<![\d.,])(\d[\d,]*) of (?:every )?(\d[\d,]*)\b"),
    "es": re.compile(r"(?<![\d.,])(\d[\d,]*) de (?:cada )?(\d[\d,]*)\b"),
}
# A change in percent ("pain was 40% lower") and a share of a bill count no people.
OTHER_FORM = {
    "en": re.compile(
        r"\d(?: ?%| percent\b)(?! (?:lower|higher|longer|shorter|less|more|better|of (?:the|your) (?:bill|cost|price)))"
        r"|\b(?:\d+|one|two|three|four|nine) (?:in|out of) (?:every )?(?:\d+|five|ten|twenty)\b"
        r"(?! (?:years|months|weeks|days))"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters) of (?:the |all |these )?(?:people|patients)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\d(?: ?%| por ciento\b)(?! (?:menor|mayor|más|menos|mejor|de la cuenta|de su cuenta|del costo))"
        r"|\b(?:un[oa]|dos|tres|cuatro|nueve) de cada (?:cinco|diez|veinte)\b"
        r"|\b(?:la mitad|un tercio|dos tercios|la cuarta parte) de (?:las|los) (?:personas|pacientes)\b",
        re.IGNORECASE,
    ),
}
# "75 people … 9 of them had surgery": the number of people stands before, in the same block.
PEOPLE = {
    "en": re.compile(r"(?<![\d.,])(\d[\d,]*) (?:people|patients|adults)\b"),
    "es": re.compile(r"(?<![\d.,])(\d[\d,]*) (?:personas|pacientes|adultos)\b"),
}
COUNTED = {
    "en": re.compile(
        r"(?<![\d.,])(?<!of )(?<!every )(\d[\d,]*) (?:people )?"
        r"(?:of (?:them|those|these)\b|had|needed|bled|died|improved|got (?:better|worse))\b(?! MILD)"
    ),
    "es": re.compile(
        r"(?<![\d.,])(?<!de )(?<!cada )(\d[\d,]*) (?:personas )?"
        r"(?:de (?:ell[ao]s|es[ao]s|est[ao]s)\b"
        r"|tuvieron|(?:lo )?tenían|necesitaron|sangraron|murieron|mejoraron|empeoraron)\b(?! MILD)"
    ),
}
# "At that time" is for what was found once, and not waited for.
TIME = {
    "en": re.compile(r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|at that time)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:años?|mes(?:es)?|semanas?|días?|horas?|minutos?|en ese momento)\b", re.IGNORECASE
    ),
}
SMALLEST_GROUP = 10


def faults(block: Block, sentence: Sentence, lang: str) -> Iterator[str]:
    """What to do about each frequency of a sentence; time and the other side may stand elsewhere in its block."""
    if OTHER_FORM[lang].search(sentence.text):
        yield "Write how many of how many, such as 12 of 100 people."
    for part, whole in pairs(block, sentence, lang):
        if not TIME[lang].search(block.text):
            yield f"Say within what time it was {part} of {whole}."
        if not _says(block.text, whole - part):
            yield f"Say the other side too: {whole - part} of {whole} did not."


def pairs(block: Block, sentence: Sentence, lang: str) -> Iterator[tuple[int, int]]:
    """How many of how many, each time that a sentence says it."""
    for found in N_OF_M[lang].finditer(sentence.text):
        part, whole = _number(found[1]), _number(found[2])
        if part <= whole and whole >= SMALLEST_GROUP:
            yield part, whole
    before = block.text[: max(block.text.find(sentence.text), 0)]
    for found in COUNTED[lang].finditer(sentence.text):
        said = PEOPLE[lang].findall(before + sentence.text[: found.start()])
        if said and SMALLEST_GROUP <= _number(said[-1]) > _number(found[1]):
            yield _number(found[1]), _number(said[-1])


def _number(words: str) -> int:
    return int(words.replace(",", ""))


def _says(text: str, number: int) -> bool:
    return number == 0 or bool(re.search(rf"(?<![\d.,]){number:,}(?![\d.]|,\d)", text))
