"""Draws static/img/dots-N.svg: 100 dots, 25 a row, N of them filled. Usage: python3 tools/draw_dots.py 12 [N …]"""

import sys
from pathlib import Path

STYLE = (
    ".y{fill:#0b5a57}.n{fill:#fff;stroke:#76848a;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){.y{fill:#7fd0c8}.n{fill:#1c2a30;stroke:#9fb0b5}}"
)


def drawing(filled: int) -> str:
    """An SVG of 724 × 136 units; the words stand in the page, beside the picture."""
    dots = "".join(
        f'<circle class="{"y" if place < filled else "n"}" cx="{26 + 28 * (place % 25)}" '
        f'cy="{26 + 28 * (place // 25)}" r="11"/>'
        for place in range(100)
    )
    title = f"{filled} of 100 dots are filled, {100 - filled} are empty"
    told = f"Four rows of 25 dots each. The filled dots come first: {filled}. After them come the empty ones."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 724 136" role="img" aria-labelledby="t d">'
        f'<title id="t">{title}</title><desc id="d">{told}</desc><style>{STYLE}</style>{dots}</svg>\n'
    )


def main() -> None:
    folder = Path(__file__).resolve().parent.parent / "static" / "img"
    for word in sys.argv[1:]:
        filled = int(word)
        if not 0 <= filled <= 100:
            sys.exit(f"{filled} is not between 0 and 100.")
        (folder / f"dots-{filled}.svg").write_text(drawing(filled), encoding="utf-8")


if __name__ == "__main__":
    main()
