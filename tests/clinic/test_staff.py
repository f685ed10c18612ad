"""Signing in and out, and the room that opens afterwards."""

import pytest
from django.test import Client, override_settings

from clinic.encryption import encrypt
from clinic.limits import TokenBucket
from clinic.staff import StaffMember

PASSWORD = "a-long-demo-password"


def with_password(person: StaffMember) -> StaffMember:
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.django_db
def test_dana_comes_to_the_desk(dana: StaffMember, client: Client) -> None:
    with_password(dana)

    answer = client.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/desk/"


@pytest.mark.django_db
def test_eli_comes_to_the_admin(eli: StaffMember, client: Client) -> None:
    with_password(eli)

    answer = client.post("/staff/sign-in/", {"username": "eli", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/admin/"


@pytest.mark.django_db
def test_sam_without_a_role_is_told_that_no_room_is_open(sam: StaffMember, client: Client) -> None:
    with_password(sam)

    answer = client.post("/staff/sign-in/", {"username": "sam", "password": PASSWORD}, follow=True)

    assert answer.status_code == 403
    assert "not for your account" in answer.content.decode()
    assert 'action="/staff/sign-out/"' in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_keeps_the_name_and_says_what_to_do(dana: StaffMember, client: Client) -> None:
    with_password(dana)

    answer = client.post("/staff/sign-in/", {"username": "dana", "password": "wrong"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="dana"' in page
    assert "wrong" not in page.replace("wrong on our side", "")
    assert 'class="error-summary"' in page


@pytest.mark.django_db
@override_settings(SIGN_IN_TRIES_PER_HOUR=3)
def test_guessing_is_stopped_even_when_the_last_guess_is_right(dana: StaffMember, client: Client) -> None:
    with_password(dana)
    for _try in range(3):
        client.post("/staff/sign-in/", {"username": "dana", "password": "guess"})

    answer = client.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD})

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_nobody_is_sent_to_a_strange_site_after_signing_in(dana: StaffMember, client: Client) -> None:
    with_password(dana)
    wanted = "https://evil.example.com/"

    answer = client.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD, "next": wanted})

    assert answer["Location"] == "/staff/"


@pytest.mark.django_db
def test_signing_out_is_a_post(dana: StaffMember, client: Client) -> None:
    client.force_login(dana)

    assert client.get("/staff/sign-out/").status_code == 405
    assert client.post("/staff/sign-out/").status_code == 302
    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
@override_settings(SIGN_IN_TRIES_PER_HOUR=3)
def test_a_stranger_who_guesses_does_not_lock_out_dana_in_her_own_browser(dana: StaffMember) -> None:
    with_password(dana)
    at_her_desk, stranger = Client(), Client(REMOTE_ADDR="203.0.113.9")
    right = {"username": "dana", "password": PASSWORD}
    assert at_her_desk.post("/staff/sign-in/", right).status_code == 302
    at_her_desk.post("/staff/sign-out/")

    guesses = [stranger.post("/staff/sign-in/", {"username": "Dana", "password": "x"}) for _try in range(5)]

    assert guesses[-1].status_code == 429
    assert at_her_desk.post("/staff/sign-in/", right).status_code == 302
    assert Client(REMOTE_ADDR="203.0.113.7").post("/staff/sign-in/", right).status_code == 429


@pytest.mark.django_db
@override_settings(SIGN_IN_TRIES_PER_HOUR=3)
def test_the_known_browser_is_limited_too_and_its_cookie_cannot_be_made_up(dana: StaffMember) -> None:
    with_password(dana)
    browser, wrong = Client(), {"username": "dana", "password": "guess"}
    browser.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD})
    made_up = Client()
    made_up.cookies["known"] = encrypt('["dana"]')

    assert [browser.post("/staff/sign-in/", wrong).status_code for _try in range(4)] == [422, 422, 422, 429]
    assert [made_up.post("/staff/sign-in/", wrong).status_code for _try in range(3)][-1] == 429


@pytest.mark.django_db
@override_settings(SIGN_IN_TRIES_PER_HOUR=2)
def test_made_up_names_do_not_fill_the_database(client: Client) -> None:
    for number in range(9):
        client.post("/staff/sign-in/", {"username": f"nobody{number}", "password": "x"})

    assert TokenBucket.objects.count() == 3
