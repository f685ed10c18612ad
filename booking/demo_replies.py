"""The ready replies of the demo, clearly made up for a made-up clinic; also a start for a real one to write its own."""

from booking.replies import CannedReply

# title, then subject and text in English and in Spanish
REPLIES = (
    (
        "Which papers to send",
        "Papers for your visit",
        """Hello {name},

You asked {clinic} for a visit. Please send us the papers that you have, or bring them with you.

Do you need our fax number or our address? Please call {office} at {phone}. We are there {hours}.

{staff}
{clinic}""",
        "Papeles para su visita",
        """Hola, {name}:

Usted pidió una visita en {clinic}. Por favor, mándenos los papeles que tiene, o tráigalos.

¿Quiere nuestro fax o la dirección? Llame a {office} al {phone}. Estamos de {hours}.

{staff}
{clinic}""",
    ),
    (
        "We could not reach you",
        "Please call us",
        """Hello {name},

We tried to call you. Please call us at {phone} and tell us your reference: {reference}.

We are there {hours}.

{staff}
{clinic}""",
        "Por favor, llámenos",
        """Hola, {name}:

Le llamamos y no le encontramos. Por favor, llámenos al {phone} y díganos su referencia: {reference}.

Estamos de {hours}.

{staff}
{clinic}""",
    ),
    (
        "We wait for a letter",
        "We wait for a letter",
        """Hello {name},

We have your request. We still wait for a letter that we need before we can find a time with you.

Can you ask for it? Then we go on at once. Do you have a question? Call us at {phone}.

{staff}
{clinic}""",
        "Esperamos una carta",
        """Hola, {name}:

Tenemos su solicitud. Todavía esperamos una carta que nos hace falta para buscar una hora con usted.

¿La puede pedir? Entonces seguimos enseguida. ¿Tiene una pregunta? Llame al {phone}.

{staff}
{clinic}""",
    ),
    (
        "How to find us",
        "How to find us",
        """Hello {name},

Your visit is at {office}. There is a place to park at the door. The way in has no steps.

Please come a little early. Are you late, or can you not come? Call us at {phone}.

{staff}
{clinic}""",
        "Cómo llegar",
        """Hola, {name}:

Su visita es en {office}. Puede dejar el auto en la puerta. La entrada no tiene escalones.

Por favor, llegue un poco antes. ¿Llega tarde o no puede venir? Llame al {phone}.

{staff}
{clinic}""",
    ),
)


def save_demo_replies() -> int:
    """Adds those whose title is not there yet; what staff changed stays. Returns how many are new."""
    made = 0
    for order, (title, subject_en, text_en, subject_es, text_es) in enumerate(REPLIES):
        columns = {"subject_en": subject_en, "text_en": text_en, "subject_es": subject_es, "text_es": text_es}
        _reply, new = CannedReply.objects.get_or_create(title=title, defaults={**columns, "order": order})
        made += new
    return made
