"""Makes .env on the first run: .env.example with fresh random secrets. A .env that exists is never touched."""

import os
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ("SECRET_KEY", "ENCRYPTION_KEYS", "LOOKUP_KEY")


def with_secrets(example: str) -> str:
    """The text of .env.example with a random value behind each empty secret."""
    for name in SECRETS:
        example = re.sub(rf"^{name}=$", f"{name}={secrets.token_urlsafe(48)}", example, flags=re.MULTILINE)
    return example


def main() -> None:
    target = ROOT / ".env"
    if target.exists():
        return
    draft = ROOT / f".env.{os.getpid()}"
    # Readable by its owner alone from the first byte on.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(with_secrets((ROOT / ".env.example").read_text(encoding="utf-8")))
    try:
        # A link fails where a rename would overwrite a file made meanwhile.
        os.link(draft, target)
        sys.stdout.write("Made .env with fresh secrets of its own.\n")
    except FileExistsError:
        pass
    finally:
        draft.unlink()


if __name__ == "__main__":
    main()
