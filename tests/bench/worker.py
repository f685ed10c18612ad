"""One process at one database: told on stdin what to do, it says on stdout how long it took.

Everything is asked for as a browser would, through every middleware; only the network is left out.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from booking import actions, queue  # noqa: E402
from booking.models import ConsultationRequest  # noqa: E402
from booking.queue import Look, Tab  # noqa: E402
from booking.wish import Wish  # noqa: E402
from clinic.staff import StaffMember  # noqa: E402

settings.ROOT_URLCONF = "tests.bench.peer"
# Somebody who is not made up like the others: one hit in each database.
NEEDLE = Wish(
    name="Quillon Needleworthy",
    phone="+18995550199",
    birth_date=date(1911, 2, 3),
    agreement="bench",
)


class Desk:
    """Dana's browser, and what she does with it."""

    def __init__(self) -> None:
        self.dana = StaffMember.objects.get(username="dana")
        self.browser = Client()
        self.browser.force_login(self.dana)
        self.needle = actions.send_request(send_token="needle", wish=NEEDLE)
        open_ones = ConsultationRequest.objects.open().in_queue_order()
        self.deep = open_ones[max(0, open_ones.count() - 60)].pk

    @property
    def cases(self) -> dict[str, Callable[[], None]]:
        pages = {"queue": "/desk/", "deep page": f"/desk/?after={self.deep}"}
        pages |= {f"tab {tab.label}": f"/desk/?show={tab}" for tab in Tab if tab != Tab.ALL}
        pages |= {"request": f"/desk/{self.needle.pk}/", "admin": "/peer/booking/consultationrequest/"}
        pages["admin search"] = pages["admin"] + "?q=quillon"
        pages["tuned admin"] = "/tuned/booking/consultationrequest/"
        searches = {
            "search: name": "quillon needle",
            "search: beginning of a name": "ma",
            "search: two letters apart": "j m",
            "search: phone": "(899) 555-0199",
            "search: part of a phone": "555-01",
            "search: birth date": "2/3/1911",
            "search: reference": self.needle.reference,
        }
        return (
            {name: self.opens(address) for name, address in pages.items()}
            | {name: self.finds(words) for name, words in searches.items()}
            | {f"count {tab.label}": self.counts(tab) for tab in Tab}
        )

    def opens(self, address: str) -> Callable[[], None]:
        def case() -> None:
            answer = self.browser.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"

        return case

    def finds(self, words: str) -> Callable[[], None]:
        def case() -> None:
            answer = self.browser.post("/desk/search/", {"find": words})
            assert answer.status_code == 200, words
            assert b'class="request' in answer.content, words

        return case

    def counts(self, tab: Tab) -> Callable[[], None]:
        def case() -> None:
            queue.standing(Look(me=self.dana, now=timezone.now()), [tab])

        return case


def main() -> None:
    cases = Desk().cases
    print(json.dumps(list(cases)), flush=True)
    for line in sys.stdin:
        case = cases[json.loads(line)]
        began = time.perf_counter()
        case()
        print(json.dumps(time.perf_counter() - began), flush=True)


main()
