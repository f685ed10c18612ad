"""PURE. Words that tell a stranger about somebody's health. A mail or a voicemail may be read or heard by anybody."""

import re

HEALTH_WORDS = re.compile(
    r"\b(mild|minimally|stenosis|spin(?:es?|al)|lumbar|pain\w*|(?:lower|your|my|his|her|their|the) back\b(?! of)|"
    r"legs?|nerves?|numb(?:ness)?|weak(?:ness|er)?|procedures?|surg\w+|operations?|symptoms?|diagnos\w+|mri|ct|scans?|"
    r"x-?rays?|injections?|doctors?|physicians?|clinicians?|medic(?:al|in|at)\w*|treat(?:s|ed|ing|ments?)?|therap\w+|"
    r"health\w*|patients?|consultation\w*|disease\w*|emergenc\w+|"
    r"estenosis|columna|dolor\w*|espalda|piernas?|nervios?|procedimientos?|cirug\w+|operaci\w+|s[ií]ntomas?|"
    r"resonancia|radiograf\w+|inyecci\w+|m[eé]dic[oa]s?|medicin\w+|medicamento\w*|tratamiento\w*|terapia\w*|salud|"
    r"pacientes?|consultas?|enfermedad\w*|emergencia\w*)\b",
    re.IGNORECASE,
)


def health_words(text: str) -> list[str]:
    """Each such word once, in the order of the text."""
    return list(dict.fromkeys(found[0] for found in HEALTH_WORDS.finditer(text)))
