"""Token buckets, and whose address counts."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory, override_settings
from django.utils import timezone

from clinic.limits import TokenBucket, client_address, forget_long_full, take


@pytest.mark.django_db
def test_a_bucket_empties_and_refills_with_time() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        taken = [take(bucket="one address", capacity=3, per_seconds=3600) for _ in range(4)]
        clock.shift(timedelta(minutes=20))
        after_a_while = [take(bucket="one address", capacity=3, per_seconds=3600) for _ in range(2)]

    assert taken == [True, True, True, False]
    assert after_a_while == [True, False]


@pytest.mark.django_db
def test_one_address_does_not_use_up_what_another_may_do() -> None:
    take(bucket="first", capacity=1, per_seconds=3600)

    assert take(bucket="second", capacity=1, per_seconds=3600)


@pytest.mark.django_db
def test_the_table_keeps_no_address() -> None:
    take(bucket="send 203.0.113.9", capacity=1, per_seconds=3600)

    assert "203" not in TokenBucket.objects.get().name


@pytest.mark.django_db
def test_buckets_that_are_full_again_are_forgotten_and_no_other() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        take(bucket="came three days ago", capacity=1, per_seconds=3600)
    take(bucket="came just now", capacity=1, per_seconds=3600)

    assert forget_long_full() == 1

    assert not take(bucket="came just now", capacity=1, per_seconds=3600)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (
            0,
            "198.51.100.7",
            "203.0.113.9",
            "203.0.113.9",
        ),  # nobody in front of us: the claim is worth nothing
        (1, "198.51.100.7", "10.0.0.1", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "10.0.0.1", "198.51.100.7"),  # the visitor's own lie stands on the left
        (2, "198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.7"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (1, "garbage", "10.0.0.1", "unknown"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(
    proxies: int, forwarded: str, remote: str, expected: str
) -> None:
    request = RequestFactory().get("/book/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == expected
