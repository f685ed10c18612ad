"""The signatures under the check, as the admin lists them. The table itself is the clinic's; no answer stands in any."""

from django.utils.translation import gettext_lazy as _

from clinic.signatures import Signature


class CheckSignature(Signature):
    class Meta:
        proxy = True
        app_label = "screener"
        default_permissions = ()
        verbose_name = _("signature of the check")
        verbose_name_plural = _("signatures and switch of the check")
