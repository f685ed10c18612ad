"""PURE. Words that promise what nobody can promise, and words that hurt: none may stand in a text for patients."""

import re
from collections.abc import Iterator

# Each word with what to write instead. "FDA-cleared tools" is right and stays allowed.
PROMISES = {
    "en": {
        r"safe(?:ly|r|st)?": "say which harms were seen, and in how many people",
        r"prove[ns]?|proved|clinically proven": "say what the study saw",
        r"cur(?:e[sd]?|ing|able)": "say what changed, for how many, and for how long",
        r"painless(?:ly)?|pain[- ]free|no pain at all|without (?:any )?pain|(?:not|never|n['’]t) feel (?:any "
        r"|a )?(?:pain|thing)"
        r"|(?<!being )free (?:of|from) (?:your |all |back |leg )?pain": "say what a person may feel",
        r"takes? (?:your |all (?:your |the |of your )?)(?:\w+ )?pain away|takes? away (?:your|all)(?: your"
        r"| the)?(?: \w+)? pain"
        r"|(?:goodbye|farewell) to (?:\w+ )?(?:\w+ )?pain|ends? your pain|gone once and for all|fix(?:es)? your \w+"
        r"|(?:your|their) life back|back on your feet": "say what changed, for how many, and for how long",
        r"you(?:['’]ll| will)(?: soon| again| then| also| finally| be able to){0,2} (?:walk|stand|sleep|dance"
        r"|run|garden|travel"
        r"|recover|heal|improve|feel (?:better|great|good|fine|lighter|stronger|relief|nothing|like new)"
        r"|be (?:better|fine|well|free|active|glad|happy|pain[- ]free|back on))(?: better| again| farther"
        r"| further| longer)?":
            "nobody can say what will happen to one person; say what happened to how many",
        r"permanent(?:ly)?|for good|forever|long-lasting relief": "say how long people were followed",
        r"guarantee[sd]?|(?:we|I) promise|100 ?% (?:certain|sure|success|relief)|nothing (?:can|will"
        r"|could) go wrong|never fails?"
        r"|always works?|(?:nothing|not a thing) to lose|worry-free|foolproof": "nobody can promise this",
        r"best": "say which is better than which, and where that was seen",
        r"FDA[- ]approved|approved by the FDA|FDA approval": "write FDA-cleared tools",
        r"effective(?:ly|ness)?|success rates?"
        r"|works for everyone": "say how many people got better and how many did not",
        r"minimal risks?|risk[- ]free|(?:no|zero)(?: real| known| serious)? risks?|without(?: any)? risks?"
        r"|free (?:of|from) risks?"
        r"|harmless|no (?:downsides?|side effects?)": "say how many people were harmed and how many were not",
        r"instant(?:ly)?|simple fix|life[- ]changing|chang(?:e|es|ed) lives|world[- ]class|leading (?:clinic"
        r"|experts?)"
        r"|amazing|wonderful|magic(?:al)?|top-rated|number one|game[- ]changer|like magic": "leave the praise out",
        r"gentle|gently|quick(?:ly|er)?|miracle|breakthrough|revolutionary|cutting[- ]edge|state[- ]of[- ]the[- ]art":
            "leave the praise out",
        r"elderly": "write older people",
    },
    "es": {
        r"(?:es|son|muy|más|totalmente|procedimiento|tratamiento|opción) segur[oa]s?|de forma segura"
        r"|segur[oa]s? y eficaz":
            "diga qué daños se vieron y en cuántas personas",
        r"comprobad[oa]s?|(?:científicamente|clínicamente|bien) (?:probad|demostrad)[oa]s?|eficacia (?:probada"
        r"|demostrada)":
            "diga qué vio el estudio",
        r"cura[nr]?|curará|curad[oa]s?|curativ[oa]s?": "diga qué cambió, en cuántas personas y por cuánto tiempo",
        r"indolor[oa]?s?|sin (?:ningún )?dolor|libres? de(?:l)? dolor|no sentirá (?:ningún |nada de )?(?:dolor"
        r"|nada)": "diga qué puede sentir una persona",
        r"(?:le|les) quita(?:rá|n|rán)? (?:todo )?(?:el|su) dolor|adiós (?:a|al) (?:su |el )?dolor"
        r"|de una vez por todas|arregla(?:rá)? su \w+"
        r"|recuper(?:e|a|ará) su vida|(?:le|les) devuelve (?:la|su) vida":
            "diga qué cambió, en cuántas personas y por cuánto tiempo",
        r"volverá a (?:caminar|bailar|viajar|dormir|vivir|correr)|(?:caminará|andará|dormirá|bailará|viajará"
        r"|sanará|mejorará)"
        r"(?: mejor| otra vez| de nuevo| más lejos)?|se (?:sentirá|recuperará|curará)(?: mejor| bien| como nuev[oa])?"
        r"|podrá (?:caminar|bailar|viajar|dormir|correr|vivir)":
            "nadie puede decir qué le pasará a una persona; diga qué les pasó a cuántas",
        r"permanentes?|permanentemente|para siempre": "diga cuánto tiempo se siguió a las personas",
        r"(?:le|les|lo) promet(?:emos|o)|cien por ciento segur\w+|100 ?% segur\w+|nada (?:puede|va a"
        r"|podrá) salir mal|nunca falla"
        r"|siempre funciona|nada que perder|infalible": "nadie puede prometerlo",
        r"garanti(?:za[nr]?|zad[oa]s?|zamos|ce|cen)|garantías?": "nadie puede prometerlo",
        r"(?:el|la|los|las|lo) mejor(?:es)?": "diga qué es mejor que qué, y dónde se vio",
        r"aprobad[oa]s? por la FDA|aprobación de la FDA": "escriba instrumentos autorizados por la FDA",
        r"efica(?:z|ces|cia)|efectiv[oa]s?|efectividad|tasas? de éxito|funciona para todos":
            "diga cuántas personas mejoraron y cuántas no",
        r"riesgos? mínimos?|mínimos? riesgos?|(?:sin|no hay|no tiene|no lleva)(?: ningún)? riesgos?"
        r"|libre de riesgos?|(?:cero riesgos?|el riesgo es cero)|inofensiv[oa]s?|no hace (?:ningún )?daño":
            "diga a cuántas personas les hizo daño y a cuántas no",
        r"(?:procedimiento|tratamiento|método) suave|(?:alivio|recuperación|procedimiento) rápid[oa]"
        r"|alivio (?:es )?inmediato|le cambia la vida|clínica líder|milagros?[oa]?"
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
