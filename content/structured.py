"""What a page says to search engines, as JSON-LD, made from its front matter and nothing else (schema.org)."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from clinic import snapshot
from clinic.facts import LocationFacts
from content.documents import Page
from content.present import PresentedPage, crumbs

QUESTION = re.compile(r"<h2[^>]*>(?P<question>.*?\?)</h2>(?P<answer>.*?)(?=<h2|$)", re.DOTALL)
TAG = re.compile(r"<sup.*?</sup>|<[^>]+>", re.DOTALL)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Data = dict[str, Any]


def structured_data(page: Page, shown: PresentedPage) -> SafeString:
    """The text of one application/ld+json block; `<` is escaped, so that no word can end the block."""
    graph = [each for each in _graph(page, shown) if each]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S308 - escaped in this line


def _graph(page: Page, shown: PresentedPage) -> Iterator[Data]:
    yield _web_page(page, shown)
    yield _breadcrumbs(page)
    if page.kind == "faq":
        yield _questions(shown)
    if page.id == "mild":
        yield {
            "@type": "MedicalProcedure",
            "name": "Minimally invasive lumbar decompression (MILD)",
            "alternateName": "Percutaneous image-guided lumbar decompression (PILD)",
            "procedureType": "https://schema.org/PercutaneousProcedure",
            "bodyLocation": "Lumbar spine",
        }
    if page.kind in ("home", "contact"):
        for office in snapshot.current().locations:
            yield _clinic(office)


def _web_page(page: Page, shown: PresentedPage) -> Data:
    data: Data = {
        "@type": "MedicalWebPage" if page.kind == "clinical" else "WebPage",
        "@id": settings.SITE_URL + page.path,
        "url": settings.SITE_URL + page.path,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.lang,
    }
    if page.kind == "clinical":
        data["audience"] = {"@type": "PeopleAudience", "audienceType": "Patient"}
        data["about"] = {"@type": "MedicalCondition", "name": "Lumbar spinal stenosis"}
    if shown.review.signed_on:
        data["lastReviewed"] = shown.review.signed_on.isoformat()
        data["reviewedBy"] = {"@type": "Person", "name": shown.review.name}
    return data


def _breadcrumbs(page: Page) -> Data:
    way = [*crumbs(page), page]
    if len(way) < 2:
        return {}
    items = [
        {"@type": "ListItem", "position": place, "name": each.nav, "item": settings.SITE_URL + each.path}
        for place, each in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _questions(shown: PresentedPage) -> Data:
    entries = [
        {
            "@type": "Question",
            "name": words_of(found["question"]),
            "acceptedAnswer": {"@type": "Answer", "text": words_of(found["answer"])},
        }
        for found in QUESTION.finditer(shown.body_html)
    ]
    return {"@type": "FAQPage", "mainEntity": entries}


def words_of(html: str) -> str:
    """The words of some HTML, without tags and citation numbers."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def _clinic(office: LocationFacts) -> Data:
    return {
        "@type": "MedicalClinic",
        "name": f"{snapshot.current().practice.name}, {office.name}",
        "url": settings.SITE_URL + "/",
        "telephone": office.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.street,
            "addressLocality": office.city,
            "addressRegion": office.state,
            "postalCode": office.zip_code,
            "addressCountry": "US",
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[stretch.weekday]}",
                "opens": f"{stretch.opens:%H:%M}",
                "closes": f"{stretch.closes:%H:%M}",
            }
            for stretch in office.hours
        ],
    }
