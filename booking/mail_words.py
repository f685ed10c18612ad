"""What a step says to the patient, in words for the staff: which mail goes out, or why there is none."""

from django.utils.translation import gettext as _

from booking import visit_mails
from booking.messages import Mail, NoMail
from booking.models import ConsultationRequest


def said(about: ConsultationRequest, mail: Mail | NoMail) -> str:
    """One or two short sentences."""
    if isinstance(mail, NoMail):
        return _("No mail goes out: %(because)s") % {"because": mail.because}
    if not about.email:
        return _("No mail goes out: we have no e-mail address.")
    return _("They get a mail: “%(subject)s”.") % {"subject": mail.subject}


def said_of_time(about: ConsultationRequest) -> str:
    """The same for the time of a visit."""
    if not about.email:
        return _("No mail goes out: we have no e-mail address. Tell them the time yourself.")
    if not visit_mails.practice_mails_times():
        return _("No mail goes out: this practice does not mail times. Tell them the time yourself.")
    return _("They get a mail with the time and a calendar file.")
