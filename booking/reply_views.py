"""Writing to whoever asked: choose a reply, change its words, see the mail, and send it once."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking import reply_actions
from booking.changes import SUBJECT, StaleVersion
from booking.desk_doors import desk_page
from booking.desk_pages import Card
from booking.messages import language_of
from booking.models import CannedReply, ConsultationRequest
from booking.reply_forms import WriteForm
from booking.reply_words import filled, values_for
from booking.timeline import words_of
from booking.typed_kept import kept_when_gone
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.redirects import SeeOther
from clinic.staff import who

WITH_PLACE = ConsultationRequest.objects.select_related("location", "merged_into")


@desk_page("POST")
def write_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed in again in another window has an old token here; the words must outlive that."""
    about = WITH_PLACE.filter(pk=pk).first()
    if about is None:
        return kept_when_gone(request, request.POST.get("text", ""))
    return _form_page(
        request, about, _typed_again(request, about), status=403, problem=_("This form waited too long")
    )


@rescued_by(write_after_csrf)
@desk_page("GET", "HEAD", "POST")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, about := get_object_or_404(WITH_PLACE, pk=pk), _begun(request, about))
    found = WITH_PLACE.filter(pk=pk).first()
    if found is None:
        return kept_when_gone(request, request.POST.get("text", ""))
    lang = _language(found, request.POST.get("language", ""))
    form = WriteForm(request.POST, values=_values(request, found, lang), lang=lang)
    if not form.is_valid():
        return _form_page(request, found, form, status=422)
    act = _STEPS.get(request.POST.get("step", ""), _preview)
    return act(request, found, form)


def _preview(request: HttpRequest, about: ConsultationRequest, form: WriteForm) -> HttpResponse:
    """The mail as it would go out; its words travel on in hidden fields."""
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk])
    text, _html = reply_actions.mail_of(about, form.words)
    context = {"about": about, "card": Card(about), "form": form, "words": form.words, "mail_text": text}
    return render(request, "desk/write_preview.html", context)


def _change(request: HttpRequest, about: ConsultationRequest, form: WriteForm) -> HttpResponse:
    return _form_page(request, about, form)


def _send(request: HttpRequest, about: ConsultationRequest, form: WriteForm) -> HttpResponse:
    return _written(request, about, form, told=False)


def _told(request: HttpRequest, about: ConsultationRequest, form: WriteForm) -> HttpResponse:
    return _written(request, about, form, told=True)


_STEPS: dict[str, Callable[[HttpRequest, ConsultationRequest, WriteForm], HttpResponse]] = {
    "preview": _preview,
    "change": _change,
    "send": _send,
    "told": _told,
}


def _written(
    request: HttpRequest, about: ConsultationRequest, form: WriteForm, *, told: bool
) -> HttpResponse:
    since = form.cleaned_data["version"]
    try:
        reply_actions.write(request_id=about.pk, words=form.words, by=who(request), version=since, told=told)
    except StaleVersion:
        problem = _("This request was changed while you had it open.")
        about.refresh_from_db()
        again = _typed_again(request, about)
        return _form_page(request, about, again, status=409, problem=problem, since=since)
    except reply_actions.MergedAway:
        problem = _("This request was merged into another one.")
        return _form_page(request, about, _typed_again(request, about), status=409, problem=problem)
    except reply_actions.NoAddress:
        problem = _("There is no e-mail address any more. Tell them by phone or text message.")
        return _form_page(request, about, _typed_again(request, about), status=409, problem=problem)
    except ConsultationRequest.DoesNotExist:
        return kept_when_gone(request, form.words.text)
    said = _("Noted: you told them.") if told else _("The mail is on its way.")
    messages.success(request, said)
    return SeeOther(reverse("desk:request", args=[about.pk]))


def _begun(request: HttpRequest, about: ConsultationRequest) -> WriteForm:
    """An empty form, or one with the reply that was chosen, in the language that was chosen."""
    if kept := lost_logins.take(request):
        lang = _language(about, kept.get("language", ""))
        subject, text = kept.get("subject", ""), kept.get("text", "")
        return WriteForm.begun(about, _values(request, about, lang), lang=lang, subject=subject, text=text)
    lang = _language(about, request.GET.get("in", ""))
    values = _values(request, about, lang)
    number = request.GET.get("reply", "")
    chosen = number.isdecimal() and len(number) < 10
    reply = CannedReply.objects.filter(active=True, pk=int(number)).first() if chosen else None
    subject, text = filled(reply, values, lang=lang) if reply else ("", "")
    return WriteForm.begun(about, values, lang=lang, subject=subject, text=text)


def _typed_again(request: HttpRequest, about: ConsultationRequest) -> WriteForm:
    """The words that were typed, for the request as it stands now."""
    lang = _language(about, request.POST.get("language", ""))
    subject, text = request.POST.get("subject", ""), request.POST.get("text", "")
    return WriteForm.begun(about, _values(request, about, lang), lang=lang, subject=subject, text=text)


def _language(about: ConsultationRequest, wanted: str) -> str:
    return wanted if wanted in dict(settings.LANGUAGES) else language_of(about)


def _values(request: HttpRequest, about: ConsultationRequest, lang: str) -> Any:
    return values_for(about, by=who(request), lang=_language(about, lang))


def _form_page(
    request: HttpRequest,
    about: ConsultationRequest,
    form: WriteForm,
    *,
    status: int = 200,
    problem: str = "",
    since: int | None = None,
) -> HttpResponse:
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk])
    meanwhile = about.status_changes.select_related("by").filter(version__gt=since) if since else []
    context = {
        "about": about,
        "card": Card(about),
        "form": form,
        "problem": problem,
        "in_between": [words_of(change) for change in meanwhile],
        "replies": list(CannedReply.objects.filter(active=True)),
        "chosen": request.GET.get("reply", ""),
        "their_language": _language(about, form["language"].value() or ""),
        "languages": settings.LANGUAGES,
    }
    return render(request, "desk/write.html", context, status=status)
