"""The queue as a page, as a list to print, as a file, and as bare counts."""

from array import array
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from booking import export as file
from booking import queue as reading
from booking.changes import SUBJECT
from booking.queue import Look, Tab
from booking.queue_cards import cards
from booking.queue_look import Asked, read
from clinic import audit, outbox
from clinic.privacy import no_store
from clinic.staff import WORK_REQUESTS, StaffMember, front_desk_only, who

# What fits on some ten sheets of paper.
PRINTED = 200


@no_store
@front_desk_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET, me=who(request))
    look, page = asked.look, reading.page(asked.look, after=asked.after)
    audit.record(by=look.me, action="listed", subject=SUBJECT, subject_ids=page.ids)
    first = look.tab != Tab.CLOSED and asked.after is None
    standing = reading.standing(look)
    shown = cards(page.requests, me=look.me, now=look.now, find_next=first)
    context = {
        "asked": asked,
        "tabs": _tabs(asked, standing.counts),
        "page": page,
        "cards": shown,
        # Further down than a glance reaches.
        "next_far": next((card for card in shown[2:] if card.is_next), None),
        "next": asked.query(after=page.next_after) if page.next_after else "",
        "newest": standing.newest,
        "unsent": outbox.dead().count(),
    }
    return render(request, "desk/queue.html", context)


@no_store
@front_desk_only
@require_safe
def print_list(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET, me=who(request))
    look = asked.look
    found = reading.listed(look.behind(None)[: PRINTED + 1])
    listed = found[:PRINTED]
    audit.record(by=look.me, action="listed", subject=SUBJECT, subject_ids=[each.pk for each in listed])
    context = {
        "asked": asked,
        "cards": cards(listed, me=look.me, now=look.now, find_next=False),
        "more": len(found) > PRINTED,
        "back": asked.query(),
    }
    return render(request, "desk/queue_print.html", context)


@front_desk_only
@require_POST
def export(request: HttpRequest) -> Any:
    """A POST, so that nobody exports by opening an address; what is audited is what is sent."""
    # Any, since an answer that is streamed has a type of its own.
    look = read(request.POST, me=who(request)).look
    # Eight bytes each: a million requests take no more than a picture.
    ids = array("q", reading.all_ids(look))
    audit.record(by=look.me, action="exported", subject=SUBJECT, subject_ids=ids)
    response = StreamingHttpResponse(file.csv_lines(ids), content_type="text/csv; charset=utf-8")
    name = f"requests-{look.tab.value}-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@no_store
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Asked for again and again by an open page: it reads no patient, and keeps no login alive."""
    me = request.user
    if not isinstance(me, StaffMember) or not me.has_perm(WORK_REQUESTS):
        return JsonResponse({"error": "signed out"}, status=403 if me.is_authenticated else 401)
    standing = reading.standing(Look(me=me, now=timezone.now()))
    by_tab = {tab.value: reading.count_in_words(count) for tab, count in standing.counts.items()}
    return JsonResponse({"newest": standing.newest, "counts": by_tab})


def _tabs(asked: Asked, counts: Mapping[Tab, int]) -> list[dict[str, object]]:
    return [
        {
            "name": tab.value,
            "label": tab.label,
            "count": reading.count_in_words(count),
            "query": asked.query(tab=tab),
            "is_current": tab == asked.look.tab,
        }
        for tab, count in counts.items()
    ]
