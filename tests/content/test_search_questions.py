"""What patients type, in their own words, and the page that must come first."""

import pytest
from django.test import Client

from content import catalog, search_views
from content.search import find
from content.search_words import LEADS

pytestmark = pytest.mark.django_db

ENGLISH = {
    "how much does it cost": "cost",
    "How much will I have to pay?": "cost",
    "does medicare cover mild": "cost",
    "price": "cost",
    "side effects": "risks",
    "is it safe": "risks",
    "what can go wrong": "risks",
    "phone number": "contact",
    "what are your hours": "contact",
    "make an appointment": "contact",
    "where are you located": "contact",
    "can i drive": "recovery",
    "when can I go back to work": "recovery",
    "can I shower after the procedure": "recovery",
    "does it hurt": "day",
    "will I be awake?": "day",
    "am i a candidate": "who",
    "am I too old for this": "who",
    "does it work": "benefits",
    "how long does it last": "benefits",
    "do i stop my blood thinner": "before",
    "can I eat before the procedure": "before",
    "what should I bring": "visit",
    "do I need an MRI": "cause",
    "steroid shots": "compare",
    "surgery or mild": "compare",
    "is it fda approved": "fda",
    "i have a fever": "call",
    "my legs are numb": "emergency",
    "I cannot pee": "emergency",
    "the pain came back": "if-not",
    "second opinion": "support",
    "i need a spanish interpreter": "language-help",
    "what is spinal stenosis": "lss",
    "what is MILD?": "mild",
    "refer a patient": "referring",
}
SPANISH = {
    "¿cuánto cuesta?": "cost",
    "¿Cuánto hay que pagar?": "cost",
    "medicare cubre mild": "cost",
    "lo cubre mi seguro": "cost",
    "efectos secundarios": "risks",
    "¿es peligroso?": "risks",
    "complicaciones": "risks",
    "número de teléfono": "contact",
    "¿a qué hora abren?": "contact",
    "quiero una cita": "contact",
    "¿puedo manejar?": "recovery",
    "cuándo puedo volver a trabajar": "recovery",
    "¿puedo bañarme?": "recovery",
    "¿duele?": "day",
    "¿voy a estar despierto?": "day",
    "soy candidato": "who",
    "¿a qué edad?": "who",
    "¿funciona?": "benefits",
    "¿cuánto dura el alivio?": "benefits",
    "anticoagulantes": "before",
    "¿puedo comer antes?": "before",
    "qué debo traer": "visit",
    "necesito una resonancia": "cause",
    "inyecciones de esteroides": "compare",
    "cirugía": "compare",
    "¿está aprobado por la FDA?": "fda",
    "tengo fiebre": "call",
    "piernas adormecidas": "emergency",
    "no puedo orinar": "emergency",
    "el dolor vuelve": "if-not",
    "segunda opinión": "support",
    "necesito un intérprete": "language-help",
    "qué es la estenosis": "lss",
    "¿Qué es MILD?": "mild",
}


@pytest.mark.parametrize(
    ("lang", "question", "answer"),
    [("en", *each) for each in ENGLISH.items()] + [("es", *each) for each in SPANISH.items()],
)
def test_a_question_in_plain_words_brings_its_page_first(lang: str, question: str, answer: str) -> None:
    known = catalog.current()

    hits = find(search_views.index_of(lang, known), question)

    assert hits[0].path == known.by_id[(answer, lang)].path


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_that_words_lead_to_exists(lang: str) -> None:
    assert [page for page in LEADS[lang] if (page, lang) not in catalog.current().by_id] == []


@pytest.mark.parametrize(
    ("path", "question"), [("/search/", "coverage studies"), ("/es/search/", "resonancia estudios")]
)
def test_the_page_for_doctors_comes_after_those_for_patients(
    client: Client, path: str, question: str
) -> None:
    hits = client.get(path, {"q": question}).context["hits"]
    doctors = catalog.current().by_id[("referring", "es" if "/es/" in path else "en")].path

    assert len(hits) > 1
    assert doctors in [hit.path for hit in hits]
    assert hits[-1].path == doctors
