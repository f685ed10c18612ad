"""What is encrypted can be read with our keys only, and no longer than it should."""

import pytest
from django.test import override_settings

from clinic.encryption import Unreadable, decrypt, encrypt, keyed_hash


def test_what_is_encrypted_comes_back_and_shows_nothing() -> None:
    token = encrypt("both legs go numb")

    assert decrypt(token) == "both legs go numb"
    assert "numb" not in token


@pytest.mark.parametrize("token", ["", "nonsense", "é", "a" * 5000])
def test_what_we_did_not_encrypt_is_refused(token: str) -> None:
    with pytest.raises(Unreadable):
        decrypt(token)


def test_a_changed_token_is_refused() -> None:
    token = encrypt("yes")
    changed = token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]

    with pytest.raises(Unreadable):
        decrypt(changed)


def test_a_token_made_for_one_purpose_cannot_be_read_as_another() -> None:
    token = encrypt("yes", purpose="answers")

    assert decrypt(token, purpose="answers") == "yes"
    for purpose in ("", "review"):
        with pytest.raises(Unreadable):
            decrypt(token, purpose=purpose)
    with pytest.raises(Unreadable):
        decrypt(encrypt("yes"), purpose="answers")


def test_an_old_token_is_refused() -> None:
    with pytest.raises(Unreadable):
        decrypt(encrypt("yes"), max_age=-1)


def test_a_new_first_key_still_reads_what_the_old_one_wrote() -> None:
    with override_settings(ENCRYPTION_KEYS=["old"]):
        token = encrypt("kept")

    with override_settings(ENCRYPTION_KEYS=["new", "old"]):
        assert decrypt(token) == "kept"
    with override_settings(ENCRYPTION_KEYS=["new"]), pytest.raises(Unreadable):
        decrypt(token)


def test_equal_values_have_equal_hashes_that_need_the_key() -> None:
    first = keyed_hash("1941-02-03")

    assert keyed_hash("1941-02-03") == first
    with override_settings(LOOKUP_KEY="another"):
        assert keyed_hash("1941-02-03") != first
