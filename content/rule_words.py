"""The rules for texts by names that an editor understands. Their codes stand in docs/text-rules.md and in reasons kept."""

from django.utils.translation import gettext_lazy as _

RULE_WORDS = {
    "alt-text": _("what a picture shows"),
    "claim": _("a statement that needs a source"),
    "exemption": _("a reason in braces"),
    "frequency": _("how often something happens"),
    "front-matter": _("a line that cannot be read"),
    "grade": _("how hard it reads"),
    "headings": _("order of the headings"),
    "html": _("marks of HTML"),
    "identity": _("name and language"),
    "link": _("where a link leads"),
    "link-text": _("words of a link"),
    "old-path": _("an address of before"),
    "paragraph-length": _("a long paragraph"),
    "path": _("address of the page"),
    "place": _("a place still marked @@"),
    "promise": _("words that promise"),
    "review-overdue": _("an overdue review"),
    "sentence-length": _("a long sentence"),
    "source-old": _("a source not looked at for a year"),
    "source-unknown": _("a source that does not exist"),
    "source-unused": _("a source that no page cites"),
    "twin": _("no page in the other language"),
    "twin-older": _("the English has changed since"),
    "twin-sources": _("other sources than the other language"),
    "unknown-name": _("a name that does not exist"),
    "wording": _("more than wording"),
}


def rule_words(rule: str) -> str:
    return str(RULE_WORDS.get(rule, rule))
