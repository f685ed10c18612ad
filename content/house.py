"""The whole house as the text rules want it: every page and source, today, and how long each signature is good."""

from django.utils import timezone

from clinic import snapshot
from content import catalog, cited_elsewhere
from content.checks import House


def house() -> House:
    known = catalog.current()
    facts = snapshot.current()
    signed = {key: facts.signature("page", *key) for key in known.by_id}
    return House(
        pages=known.by_id,
        sources=known.sources,
        today=timezone.localdate(),
        good_until={key: each.good_until for key, each in signed.items() if each is not None},
        cited_elsewhere=cited_elsewhere.all_keys(),
    )
