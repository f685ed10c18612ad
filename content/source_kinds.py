"""What readers and editors call each kind of source."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SOURCE_KINDS: tuple[tuple[str, Any], ...] = (
    ("trial", _("Randomized trial")),
    ("one-group", _("Study of one group")),
    ("records", _("Look-back at records")),
    ("observation", _("Study that only watched")),
    ("signs", _("Study of signs or questions")),
    ("case", _("Report of one case")),
    ("review", _("Review of other work")),
    ("experts", _("Advice of experts")),
    ("guideline", _("Guide for clinicians")),
    ("patients", _("Advice for patients")),
    ("plan", _("Plan of a trial")),
    ("payer", _("Rule of a payer")),
    ("device", _("Government paper on the tools")),
    ("rule", _("Government rule or notice")),
    ("web", _("Web page that explains")),
    ("company", _("Page by the maker of the tools")),
    ("news", _("Press release")),
    ("clinic", _("Page of a clinic")),
    ("habit", _("Clinical habit")),
)
NAMES = dict(SOURCE_KINDS)
