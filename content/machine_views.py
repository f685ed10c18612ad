"""What machines read: sitemap, robots, security contact, favicon."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from content import catalog


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page with its twin in the other language."""
    entries = [
        {"address": settings.SITE_URL + page.path, "pair": _pair(page.id)}
        for page in sorted(catalog.current().by_path.values(), key=lambda each: each.path)
    ]
    return render(request, "content/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _pair(page_id: str) -> list[tuple[str, str]]:
    by_id = catalog.current().by_id
    return [
        (lang, settings.SITE_URL + by_id[(page_id, lang)].path)
        for lang in ("en", "es")
        if (page_id, lang) in by_id
    ]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Staging must not be found in place of the real clinic."""
    if settings.MODE == "staging":
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = ("check", "book", "r", "desk", "staff", "admin", "es/check", "es/book", "es/r")
        # Public, although it stands inside a closed room. First, for readers who stop at the first rule that fits.
        opened = ("check/how-it-decides", "es/check/how-it-decides")
        lines = ["User-agent: *", *(f"Allow: /{page}/" for page in opened)]
        lines += [f"Disallow: /{room}/" for room in closed]
        lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The date of expiry is a promise to look at it again; it moves on with each release."""
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: en, es",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"))
