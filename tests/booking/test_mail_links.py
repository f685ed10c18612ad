"""Mail scanners open every link of every mail, some more than once: nothing in the house may change by that."""

import re

import pytest
from django.test import Client

from booking.statuses import FINISHED, Status
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.mails import kinds_in_the_code, one_of_each
from tests.booking.test_status_page import everything

pytestmark = pytest.mark.django_db
OPEN = [status for status in Status if status not in FINISHED]
CASES = [*(("en", status) for status in OPEN), ("es", Status.NEW)]


def links_of(mail: Message) -> set[str]:
    words = "\n".join([mail.text, mail.html, mail.calendar.replace("\r\n ", "")])
    return set(re.findall(r"http://testserver(/[^\s\"<]*)", words))


@pytest.mark.parametrize(("lang", "status"), CASES)
def test_following_every_link_twice_changes_nothing(
    practice: Practice, dana: StaffMember, eli: StaffMember, rae: StaffMember, lang: str, status: Status
) -> None:
    rosas = one_of_each(lang=lang, status=status, dana=dana, eli=eli, rae=rae)
    links = set().union(*map(links_of, Message.objects.all()))
    deeper = {f"{link}{way}" for link in links if "/r/" in link for way in ("contact/", "cancel/")}
    before = everything()

    for address in sorted(links | deeper) * 2:
        for scanner in (Client(), Client(enforce_csrf_checks=True, headers={"User-Agent": "Scanner"})):
            for answer in (scanner.get(address), scanner.head(address)):
                # To the sign-in of the staff; or to the page itself, where there is nothing to cancel or to change.
                assert answer.status_code in (200, 302, 303), address
            assert "session" not in scanner.cookies

    assert {mail.kind for mail in Message.objects.all()} == kinds_in_the_code()
    prefix = "/es" if lang == "es" else ""
    for place in ("", "contact/", "cancel/"):
        assert f"{prefix}/r/{rosas.link_token}/{place}" in links | deeper
    assert any("/staff/password/" in link for link in links)
    assert any("/admin/content/page/" in link for link in links)
    assert everything() == before
    rosas.refresh_from_db()
    assert rosas.status == status


def test_every_mail_leads_only_to_our_own_pages(
    practice: Practice, dana: StaffMember, eli: StaffMember, rae: StaffMember
) -> None:
    one_of_each(lang="en", status=Status.NEW, dana=dana, eli=eli, rae=rae)

    for mail in Message.objects.all():
        words = "\n".join([mail.text, mail.html, mail.calendar])
        assert re.findall(r"https?://(?!testserver/)\S*", words) == [], mail.kind
        assert not re.search(r"<img|<script|<link|url\(", mail.html), mail.kind
