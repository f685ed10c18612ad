"""PURE. Which new sentences two people answer for, though no rule names them a claim.

claims.py knows listed words, and a promise has a thousand faces ("Age is no barrier"). So the question is turned round
here: a new sentence may go live with one person only when it asks, tells what to do, or speaks of practical things, and
none of its words is about the body or what becomes of it. Too much costs a second look; too little, a promise online.
"""

from collections.abc import Iterator

from content.claim_phrases import AILS, LONGED_FOR
from content.claim_words import FREE_TO, INDIRECT, UNKNOWN, Words, anywhere
from content.claims import OF_US_OR_THE_READER, TELLS_THE_READER, is_claim
from content.documents import Page
from content.prose import read
from content.sentences import Sentence, sentences

# A shorter one without a word about the body says too little to promise.
FEWEST_WORDS = 3
OF_THE_BODY: Words = {
    "en": anywhere(rf"""
        {AILS["en"]}, {LONGED_FOR["en"]}, painful\w*, hurts?, walking, standing, sleeping, spines?, spinal,
        (?:your|lower|their|my|bad) backs?, legs?,
        foot, feet, hips?, knees?, nerves?, canals?, bones?, ligaments?, muscles?, discs?, MILD, procedures?, operations?,
        surger\w+, surgeons?, surgical, treat\w*, therap\w+, shots?, injections?, steroids?, pills?, medicines?, drugs?,
        anesthe\w+, sedat\w+, scars?, incisions?, cuts?, canes?, walkers?, wheelchairs?, heal\w*, recover\w*, relie\w+,
        results?, outcomes?, patients, stenosis, decompress\w+, x-rays?, scans?, MRI, bodies, body, disease\w*, illness\w*,
        diagnos\w+, risks?, harms?, better, stronger, well-being, lives, life, study, studies, trials?
    """),
    "es": anywhere(rf"""
        {AILS["es"]}, {LONGED_FOR["es"]}, doloros\w+, duele\w*, camin\w+, columna, espalda, piernas?, pies?, caderas?,
        rodillas?, nervios?, canal, huesos?, ligamentos?, músculos?, discos?, MILD, procedimientos?, operaci\w+, oper\w+,
        cirug\w+, cirujan\w+, trata, tratan, tratamientos?, terapias?, inyecci\w+, esteroides?, pastillas?, medicinas?,
        medicamentos?, anestesia, sedante\w*, cicatri\w+, cortes?, bast[oó]n\w*, andador\w*, silla de ruedas, san\w+,
        recuper\w+, alivi\w+, resultados?, pacientes, estenosis, descompres\w+, radiograf\w+, resonancia, cuerpos?,
        enfermedad\w*, diagn\w+, riesgos?, daños?, mejor\w*, fuerzas?, vidas?, estudios?
    """),
}
PRACTICAL: Words = {
    "en": anywhere(r"""
        clinics?, offices?, desks?, phones?, numbers?, calls?, fax\w*, e-?mails?, mail, address\w*, streets?, roads?,
        parking, parks?, bus, buses, trains?, cars?, doors?, ramps?, elevators?, floors?, rooms?, buildings?, maps?,
        entrances?, hours, opens?, open, closes?, closed, mondays?, tuesdays?, wednesdays?, thursdays?, fridays?,
        saturdays?, sundays?, weekdays?, weekends?, holidays?, forms?, papers?, letters?, requests?, appointments?,
        languages?, spanish, english, interpreters?, websites?, sites?, pages?, lists?, links?, buttons?, browsers?,
        cookies?, print\w*, screens?, privacy, laws?, questions?, answers?, cards?, copies, copy, notes, words?
    """),
    "es": anywhere(r"""
        clínicas?, oficinas?, recepción, teléfonos?, números?, llamadas?, fax, correos?, direcci\w+, calles?,
        estacion\w+, autobús, autobuses, tren, trenes, autos?, puertas?, rampas?, ascensor\w*, elevador\w*, pisos?, salas?,
        edificios?, mapas?, entradas?, horario\w*, abre, abrimos, abiert\w+, cierra, cerrad\w+, lunes, martes, miércoles,
        jueves, viernes, sábados?, domingos?, feriados?, días festivos, formularios?, papel\w*, cartas?, solicitud\w*,
        citas?, idiomas?, español, inglés, intérpretes?, sitios?, páginas?, listas?, enlaces?, botón, botones,
        navegador\w*, cookies?, imprim\w+, pantallas?, privacidad, ley\w*, preguntas?, respuestas?, tarjetas?, copias?,
        notas?, palabras?
    """),
}


def needs_second_reader(text: str, lang: str) -> bool:
    """Whether a new sentence, wherever it stands, is more than practical."""
    if is_claim(text, lang, numbers=False) or OF_THE_BODY[lang].search(text):
        return True
    return not (
        len(text.split()) < FEWEST_WORDS
        or text.rstrip('"”») ').endswith("?")
        or TELLS_THE_READER[lang].match(text)
        or OF_US_OR_THE_READER[lang].match(text)
        or INDIRECT[lang].match(text)
        or UNKNOWN[lang].search(text)
        or FREE_TO[lang].search(text)
        or PRACTICAL[lang].search(text)
    )


def new_sentences(before: Page | None, after: Page) -> Iterator[str]:
    """What `after` says and `before` does not, in whatever place."""
    said = {sentence.text for sentence in _all_of(before)} if before else frozenset()
    yield from (sentence.text for sentence in _all_of(after) if sentence.text not in said)


def _all_of(page: Page) -> Iterator[Sentence]:
    for words in (page.title, page.nav, page.summary, page.main_message):
        yield from sentences([(1, words)])
    for block in read(page.body).blocks:
        yield from block.sentences
