"""Whatever goes wrong, the page has the phone, and the log has no stranger's words and no fault that is not ours."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from clinic.logs import PlainFormatter


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/check/clear/", "POST"),
        ("GET", "/es/check/clear/", "POST"),
        ("OPTIONS", "/cost/", "GET, HEAD"),
        ("PUT", "/check/emerg/", "GET, HEAD, POST"),
        ("GET", "/staff/sign-out/", "POST"),
    ],
)
def test_who_opens_the_address_of_a_button_finds_the_phone(
    client: Client, method: str, path: str, allowed: str
) -> None:
    answer = client.generic(method, path)

    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert "(512) 555-0100" in answer.content.decode()


def record_of(name: str, message: str, fault: Exception) -> logging.LogRecord:
    try:
        raise fault
    except Exception as error:
        info = (type(error), error, error.__traceback__)
    return logging.LogRecord(name, logging.ERROR, "x.py", 1, message, (), info)


def test_a_refused_request_is_one_line_in_the_log() -> None:
    record = record_of("django.security.SuspiciousOperation", "Too\nlong", SuspiciousOperation("secret"))

    line = PlainFormatter().format(record)

    assert line.endswith("Too\\nlong")
    assert "secret" not in line
    assert "\n" not in line


def test_a_fault_of_ours_names_its_kind_and_place_but_no_words() -> None:
    lines = PlainFormatter().format(record_of("django.request", "Internal", ValueError("Rosa")))

    assert "ValueError" in lines
    assert "test_errors.py" in lines
    assert "Rosa" not in lines
