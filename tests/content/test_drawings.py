"""The drawings: told in words inside each file, drawn for dark screens too, and whole without any other file."""

import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "img"
DRAWINGS = sorted(FOLDER.rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
NAMES = {f"{SVG}title": "t", f"{SVG}desc": "d"}
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?:fill|stroke):(#[0-9a-f]{3,6})")
IN_THE_DARK = re.compile(r"@media ?\(prefers-color-scheme:dark\)\{((?:[^{}]+\{[^{}]*\})+)\}")


def named(drawing: Path) -> str:
    return str(drawing.relative_to(FOLDER))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=named)
def test_the_drawing_is_told_in_words(drawing: Path) -> None:
    svg = ElementTree.parse(drawing).getroot()

    told = [each for each in svg if each.tag in NAMES]

    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "t d")
    assert [(each.tag, each.get("id")) for each in told] == list(NAMES.items())
    title, words = ((each.text or "").strip() for each in told)
    assert title
    assert len(words) > len(title) or len(words.split()) > 10
    assert svg.get("viewBox")


@pytest.mark.parametrize("drawing", DRAWINGS, ids=named)
def test_the_drawing_asks_for_nothing_else(drawing: Path) -> None:
    text = drawing.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert re.findall(r"https?:|//|@import|data:|<!(?!--)|<\?|\bhref=\"(?!#)|\bsrc=|\bon[a-z]+=", text) == []
    assert re.findall(r"url\((?!#)", text) == []
    tags = {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(drawing.read_text()).iter()}
    assert tags.isdisjoint({"script", "image", "foreignObject", "a", "animate", "set"})


@pytest.mark.parametrize("twin", [each for each in DRAWINGS if each.parent.name == "dark"], ids=named)
def test_a_twin_for_the_dark_differs_in_its_colours_alone(twin: Path) -> None:
    light, dark = ((FOLDER / room / twin.name).read_text(encoding="utf-8") for room in ("", "dark"))

    assert re.sub("#[0-9a-f]{3,6}", "", light) == re.sub("#[0-9a-f]{3,6}", "", dark)
    assert brightness(ground_of(light)) > 0.8
    assert brightness(ground_of(dark)) < 0.2


@pytest.mark.parametrize("drawing", sorted(FOLDER.glob("*.svg")), ids=named)
def test_a_drawing_without_a_twin_has_colours_for_the_dark(drawing: Path) -> None:
    if (FOLDER / "dark" / drawing.name).exists():
        return
    style = ElementTree.parse(drawing).getroot().findtext(f"{SVG}style", "")

    block = IN_THE_DARK.search(style)
    assert block is not None
    light, dark = colours(style.replace(block[0], "")), colours(block[1])

    assert all(dark[name] != light[name] for name in dark)
    if "ground" in light:
        # What stands on its own ground may keep its colours.
        assert brightness(light["ground"][0]) > 0.8
        assert brightness(dark["ground"][0]) < 0.2
    else:
        assert set(dark) == set(light)


def ground_of(drawing: str) -> str:
    """The first rectangle lies below all else."""
    found = re.search(r'<rect [^>]*fill="(#[0-9a-f]{3,6})"', drawing)
    assert found is not None
    return found[1]


def colours(rules: str) -> dict[str, list[str]]:
    """The colours of each class."""
    found: dict[str, list[str]] = {}
    for selectors, body in RULE.findall(rules):
        for name in re.findall(r"\.([\w-]+)", selectors):
            found.setdefault(name, []).extend(COLOUR.findall(body))
    return {name: each for name, each in found.items() if each}


def brightness(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    return sum(bytes.fromhex(digits)) / (3 * 255)


def test_dots_are_as_their_script_draws_them() -> None:
    drawing = runpy.run_path(str(Path(settings.BASE_DIR) / "tools" / "draw_dots.py"))["drawing_named"]

    for file in FOLDER.glob("dots-*.svg"):
        assert file.read_text(encoding="utf-8") == drawing(file.stem.removeprefix("dots-"))
