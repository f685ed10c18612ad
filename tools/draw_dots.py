"""Draws static/img/dots-N.svg: 100 dots, 25 a row, N of them filled. Usage: python3 tools/draw_dots.py 12 [N …]

5-of-42 draws 42 dots, for a study that is too small to speak of 100 people.
"""

import re
import sys
from pathlib import Path

STYLE = (
    ".y{fill:#0b5a57}.n{fill:#fff;stroke:#76848a;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){.y{fill:#7fd0c8}.n{fill:#1c2a30;stroke:#9fb0b5}}"
)


LONGEST_ROW = 25
ROWS = {
    1: "One row of {} dots",
    2: "Two rows of {} dots each",
    3: "Three rows of {} dots each",
    4: "Four rows of {} dots each",
}


def drawing(filled: int, every: int = 100) -> str:
    """An SVG of 724 × 136 units for 100 dots; the words stand in the page, beside the picture."""
    rows = -(-every // LONGEST_ROW)
    row = -(-every // rows)
    dots = "".join(
        f'<circle class="{"y" if place < filled else "n"}" cx="{26 + 28 * (place % row)}" '
        f'cy="{26 + 28 * (place // row)}" r="11"/>'
        for place in range(every)
    )
    title = f"{filled} of {every} dots are filled, {every - filled} are empty"
    told = f"{ROWS[rows].format(row)}. The filled dots come first: {filled}. After them come the empty ones."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {24 + 28 * row} {24 + 28 * rows}" role="img" '
        f'aria-labelledby="t d"><title id="t">{title}</title><desc id="d">{told}</desc>'
        f"<style>{STYLE}</style>{dots}</svg>\n"
    )


def drawing_named(name: str) -> str:
    """The drawing of dots-12.svg by "12", of dots-5-of-42.svg by "5-of-42"."""
    return drawing(*_numbers(name))


def _numbers(name: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)(?:-of-(\d+))?", name)
    if found is None:
        sys.exit(f"Write 12 or 5-of-42, not {name}.")
    filled, every = int(found[1]), int(found[2] or 100)
    if not filled <= every <= 4 * LONGEST_ROW:
        sys.exit(f"{name} is not between 0 and {4 * LONGEST_ROW} dots.")
    return filled, every


def main() -> None:
    folder = Path(__file__).resolve().parent.parent / "static" / "img"
    for name in sys.argv[1:]:
        (folder / f"dots-{name}.svg").write_text(drawing_named(name), encoding="utf-8")


if __name__ == "__main__":
    main()
