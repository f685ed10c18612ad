"""A page is reviewed when a clinician has signed its present text, and at no other time."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic import snapshot
from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.signatures import Signature, sign
from clinic.staff import StaffMember
from content import catalog
from content.models import Page

RISKS = catalog.of_files().by_id[("risks", "en")]
NEXT_YEAR = timezone.localdate() + timedelta(days=365)


def sign_risks(
    by: StaffMember, digest: str = RISKS.document.digest, good_until: date = NEXT_YEAR
) -> Signature:
    made = sign(by=by, subject="page", key="risks", lang="en", digest=digest, good_until=good_until)
    snapshot.refresh()
    return made


@pytest.mark.django_db
def test_a_signed_page_names_who_and_when(practice: Practice, rae: StaffMember, client: Client) -> None:
    rae.first_name, rae.last_name, rae.credentials = "Rae", "Reviewer", "MD"
    rae.save()

    sign_risks(rae)

    html = client.get("/mild/risks/").content.decode()
    assert "Reviewed by Rae Reviewer, MD on" in html
    assert "Next review:" in html
    assert '"lastReviewed"' in html
    assert "Not yet reviewed" in client.get("/cost/").content.decode()


@pytest.mark.django_db
def test_a_changed_page_is_no_longer_reviewed(practice: Practice, rae: StaffMember, client: Client) -> None:
    sign_risks(rae, digest="0" * 64)

    html = client.get("/mild/risks/").content.decode()
    assert "Changed since a clinician reviewed it" in html
    assert "lastReviewed" not in html


@pytest.mark.django_db
def test_an_overdue_review_is_said_to_be_overdue(
    practice: Practice, rae: StaffMember, client: Client
) -> None:
    signature = sign_risks(rae)
    Signature.objects.filter(pk=signature.pk).update(good_until=timezone.localdate())
    snapshot.refresh()

    assert "A new review was due" in client.get("/mild/risks/").content.decode()


@pytest.mark.django_db
def test_only_a_reviewer_signs(
    practice: Practice, eli: StaffMember, ada: StaffMember, dana: StaffMember
) -> None:
    for person in (eli, ada, dana):
        with pytest.raises(PermissionError):
            sign_risks(person)


@pytest.mark.django_db
def test_rae_signs_in_the_admin_what_she_has_read(
    practice: Practice, rae: StaffMember, client: Client
) -> None:
    client.force_login(rae)
    row = Page.objects.get(page_id="risks", lang="en")
    shown = client.get(f"/admin/content/page/{row.pk}/review/").content.decode()
    assert RISKS.document.digest in shown

    form = {"digest": RISKS.document.digest, "good_until": NEXT_YEAR.isoformat()}
    client.post(f"/admin/content/page/{row.pk}/sign/", form)

    assert Signature.objects.get().by == rae
    assert AuditEntry.objects.filter(action="signed", by=rae).exists()
    assert "Reviewed by" in client.get("/mild/risks/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"digest": "1" * 64}, {"good_until": "2020-01-01"}, {"good_until": "soon"}, {"digest": ""}]
)
def test_a_stale_text_or_a_day_gone_by_is_not_signed(
    practice: Practice, rae: StaffMember, client: Client, changes: dict[str, str]
) -> None:
    client.force_login(rae)
    row = Page.objects.get(page_id="risks", lang="en")
    form = {"digest": RISKS.document.digest, "good_until": NEXT_YEAR.isoformat()} | changes

    answer = client.post(f"/admin/content/page/{row.pk}/sign/", form, follow=True)

    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Signature.objects.exists()


@pytest.mark.django_db
def test_eli_cannot_sign(practice: Practice, eli: StaffMember, client: Client) -> None:
    client.force_login(eli)
    row = Page.objects.get(page_id="risks", lang="en")

    answer = client.post(
        f"/admin/content/page/{row.pk}/sign/",
        {"digest": RISKS.document.digest, "good_until": NEXT_YEAR.isoformat()},
    )

    assert answer.status_code == 403
    assert "/sign/" not in client.get(f"/admin/content/page/{row.pk}/review/").content.decode()


@pytest.mark.django_db
def test_a_signature_is_never_altered(practice: Practice, rae: StaffMember) -> None:
    signature = sign_risks(rae)

    with pytest.raises(TypeError):
        signature.save()
