"""The other language of an address, also of one that somebody made up."""

import pytest
from django.test import Client

from clinic.language import twin_path


@pytest.mark.parametrize(
    ("path", "twin"),
    [("/", "/es/"), ("/es/", "/"), ("/es", "/"), ("/check/age/", "/es/check/age/"), ("/es/book/", "/book/")],
)
def test_each_address_has_its_twin(path: str, twin: str) -> None:
    assert twin_path(path) == twin


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/es//evil.example.com/", "/es///evil.example.com/", "//evil.example.com/"])
def test_no_made_up_address_puts_another_site_on_our_page(client: Client, path: str) -> None:
    page = client.get(path).content.decode()

    assert 'href="//' not in page
    assert 'href="/es//' not in page
