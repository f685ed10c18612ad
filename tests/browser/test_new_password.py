"""Dana has forgotten her password, and chooses a new one by the link in her mail."""

import re

from clinic.outbox import Message
from clinic.staff import StaffMember
from tests.browser.visitor import Visitor

NEW = "lanterns by the river"


def test_dana_chooses_a_new_password(visitor: Visitor, dana: StaffMember) -> None:
    dana.email = "dana@example.com"
    dana.set_password("an old password of dana")
    dana.save()

    visitor.open("/staff/sign-in/")
    visitor.look()
    visitor.follow("/staff/password/")
    visitor.send(field="email")
    assert visitor.status == 422
    visitor.look()
    visitor.type("email", "dana@example.com")
    visitor.send(field="email")
    visitor.sees("If an account has that address, a link is on its way.")
    visitor.look()

    link = re.search(r"/staff/password/\S+/\S+/", Message.objects.get(kind="password").text)
    assert link
    visitor.open(link[0])
    visitor.type("new_password1", NEW)
    visitor.send(field="new_password1")
    assert visitor.status == 422
    visitor.look()
    visitor.type("new_password1", NEW)
    visitor.type("new_password2", NEW)
    visitor.send(field="new_password1")
    visitor.sees("Your new password is saved")
    visitor.look()

    visitor.open(link[0])
    assert visitor.status == 404
    visitor.look()
    dana.refresh_from_db()
    assert dana.check_password(NEW)
