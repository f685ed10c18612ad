"""PURE. What people agree to when they send a request: every version of the text there has ever been, word for word."""

from collections.abc import Mapping

# Each request names the version it was sent with, so none of these is ever changed or taken out. Words beside the box
# that differ from the newest one need a version of their own, at the end: the month in which they begin.
AGREEMENTS: Mapping[str, Mapping[str, str]] = {
    "2026-11": {
        "en": "We use what you write here to answer you. We do not sell it or use it to advertise. "
        "I agree that the clinic may contact me about this request.",
        "es": "Usamos lo que escribe aquí para responderle. No lo vendemos ni lo usamos para hacer publicidad. "
        "Acepto que la clínica se comunique conmigo sobre esta solicitud.",
    },
}
NEWEST = [*AGREEMENTS][-1]
# In place of a version, for what the staff typed in: they were told on the phone, or wrote by fax.
TOLD, BY_FAX = "told", "fax"
