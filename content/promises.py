"""PURE. Words that promise what nobody can promise, and words that hurt: none may stand in a text for patients."""

import re
from collections.abc import Iterator

# Each word with what to write instead. "FDA-cleared tools" is right and stays allowed.
PROMISES = {
    "en": {
        r"safe(?:ly|r|st)?": "say which harms were seen, and in how many people",
        r"prove[ns]?|proved|clinically proven": "say what the study saw",
        r"cur(?:e[sd]?|ing|able)": "say what changed, for how many, and for how long",
        r"painless(?:ly)?|pain-free|no pain at all": "say what a person may feel",
        r"permanent(?:ly)?|for good|forever|long-lasting relief": "say how long people were followed",
        r"guarantee[sd]?": "nobody can promise this",
        r"best": "say which is better than which, and where that was seen",
        r"FDA[- ]approved|approved by the FDA|FDA approval": "write FDA-cleared tools",
        r"effective(?:ly|ness)?|success rates?|works for everyone": "say how many people got better and how many did not",
        r"minimal risks?|risk-free|no risks?|without risks?": "say how many people were harmed and how many were not",
        r"gentle|gently|quick(?:ly|er)?|miracle|breakthrough|revolutionary|cutting[- ]edge|state[- ]of[- ]the[- ]art":
            "leave the praise out",
        r"elderly": "write older people",
    },
    "es": {
        r"(?:es|son|muy|más|totalmente|procedimiento|tratamiento|opción) segur[oa]s?|de forma segura|segur[oa]s? y eficaz":
            "diga qué daños se vieron y en cuántas personas",
        r"comprobad[oa]s?|(?:científicamente|clínicamente|bien) (?:probad|demostrad)[oa]s?|eficacia (?:probada|demostrada)":
            "diga qué vio el estudio",
        r"cura[nr]?|curará|curad[oa]s?|curativ[oa]s?": "diga qué cambió, en cuántas personas y por cuánto tiempo",
        r"indolor[oa]?s?|sin (?:ningún )?dolor": "diga qué puede sentir una persona",
        r"permanentes?|permanentemente|para siempre": "diga cuánto tiempo se siguió a las personas",
        r"garanti(?:za[nr]?|zad[oa]s?|zamos|ce|cen)|garantías?": "nadie puede prometerlo",
        r"(?:el|la|los|las|lo) mejor(?:es)?": "diga qué es mejor que qué, y dónde se vio",
        r"aprobad[oa]s? por la FDA|aprobación de la FDA": "escriba instrumentos autorizados por la FDA",
        r"efica(?:z|ces|cia)|efectiv[oa]s?|efectividad|tasas? de éxito|funciona para todos":
            "diga cuántas personas mejoraron y cuántas no",
        r"riesgos? mínimos?|mínimos? riesgos?|sin (?:ningún )?riesgos?|libre de riesgos?":
            "diga a cuántas personas les hizo daño y a cuántas no",
        r"(?:procedimiento|tratamiento|método) suave|(?:alivio|recuperación|procedimiento) rápid[oa]|milagros?[oa]?"
        r"|revolucionari[oa]s?|de vanguardia|de última generación": "quite el elogio",
        r"ancian[oa]s?": "escriba personas mayores",
    },
}  # fmt: skip
PATTERNS = {
    lang: [
        (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), advice)
        for words, advice in table.items()
    ]
    for lang, table in PROMISES.items()
}


def promises(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """Each forbidden word of a text, and what to do instead."""
    for pattern, advice in PATTERNS[lang]:
        for found in pattern.finditer(text):
            yield found.group(0), advice
