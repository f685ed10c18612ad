"""Static files: hashed names and compressed twins, and the five style sheets joined into one."""

import os
import re
from pathlib import Path

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEETS = ("tokens", "base", "layout", "components", "print")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def join_style_sheets() -> Path:
    """Writes static/css/site.css from the five sheets, in the order of their layers, without comments."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    joined = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLE_SHEETS)
    joined = COMMENT.sub("", joined)
    target = folder / "site.css"
    if not target.exists() or target.read_text(encoding="utf-8") != joined:
        # Whoever reads at this moment gets the old sheet or the new one, never half of one.
        written = folder / f"site.{os.getpid()}.new"
        written.write_text(joined, encoding="utf-8")
        written.replace(target)
    return target


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A file that is missing from the manifest keeps its plain name: a page is worth more than its picture."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
