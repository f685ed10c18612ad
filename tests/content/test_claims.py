"""What other clinics' pages say unsafely stays away from ours, and each of their topics has a place that exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from content import catalog
from content.documents import Page
from tests.test_translations import ROOMS, entries, marked_in, marked_in_template

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = ROOT / "docs" / "claims-left-out.md"
CLAIMS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8")
)
LANGUAGES = ("en", "es")
SEEDS = ("000", "001", "002", "003", "004")
PAGES = catalog.of_files()

NEGATED = {
    "en": re.compile(r"\b(not|no|never|nobody|cannot|none|nor|neither|without)\b|n't\b", re.IGNORECASE),
    "es": re.compile(r"\b(no|nunca|nadie|ningún|ninguna|ninguno|sin|tampoco|ni)\b", re.IGNORECASE),
}
# These pages name what is said elsewhere, so as to correct it; such a sentence begins by saying so.
CORRECTING = {"myths", "how", "not-for"}
ELSEWHERE = {
    "en": re.compile(r"(You may (also )?(read|hear|see)|Some web pages)\b"),
    "es": re.compile(r"((Tal vez|Quizás?|Puede que) (también )?(lea|oiga|vea|escuche)|Puede (leer|oír|ver) que"
                     r"|Algunas páginas)\b"),
}  # fmt: skip

# F039 to F041: one clinic lists these as treated, as bare items, which no pattern of sentences would notice.
OTHER_CARE = re.compile(
    r"cauda equina|tumou?r|cancer|cáncer|sciatica|ciática|hernia|slipped disc|injur|lesi[oó]n|fractur|broken bone"
    r"|hueso roto",
    re.IGNORECASE,
)
RULED_OUT = {
    "en": re.compile(r"\b(not|never|cannot|away|causes?|report|tell them)\b", re.IGNORECASE),
    "es": re.compile(r"\b(no|nunca|contra|causas?|informe|decir)\b", re.IGNORECASE),
}


def plain(text: str) -> str:
    """Words alone: no citations, marks of emphasis, link addresses or picture names."""
    text = re.sub(r"\[\^[a-z0-9-]+\]", "", text)
    text = re.sub(r'!?\[([^\]]*)\]\([^)"]*(?:"([^"]*)")?\)', r"\1 \2", text)
    return text.replace("**", "").replace("’", "'")


def words_of(page: Page) -> str:
    lines = [page.title, page.nav, page.summary, page.main_message, *page.body.splitlines()]
    return plain("\n".join(lines))


def sentences(page: Page) -> Iterator[str]:
    yield from sentences_in(words_of(page))


def sentences_in(words: str) -> Iterator[str]:
    for piece in re.split(r"[\n|]", words):
        yield from (part.strip() for part in re.split(r"(?<=[.?!])\s+", piece.strip()) if part.strip())


def claims(sentence: str, claim: dict[str, Any], lang: str) -> bool:
    """Whether a sentence says the unsafe thing: it matches, asks nothing, and no word turns it round."""
    if sentence.endswith("?") or not re.search(claim["unsafe"][lang], sentence, re.IGNORECASE):
        return False
    if claim.get("never"):
        return True
    if "excuse" in claim:
        return not re.search(claim["excuse"][lang], sentence, re.IGNORECASE)
    # "sin dolor" must not excuse itself.
    return not NEGATED[lang].search(sentence.replace("sin dolor", ""))


def unsafe_sentences(number: str, lang: str) -> list[str]:
    return [
        f"{page.document.name}: {sentence}"
        for page in PAGES.by_path.values()
        if page.lang == lang
        for sentence in sentences(page)
        if claims(sentence, CLAIMS[number], lang)
        and not (page.id in CORRECTING and ELSEWHERE[lang].match(sentence))
    ]


@pytest.mark.parametrize("number", CLAIMS)
def test_nobody_reads_an_unsafe_claim_and_everybody_finds_the_careful_one(number: str) -> None:
    careful = CLAIMS[number]["careful"]

    for lang in LANGUAGES:
        page = PAGES.by_id[(careful["page"], lang)]
        one_line = re.sub(r"\s+", " ", words_of(page))

        assert unsafe_sentences(number, lang) == []
        assert re.search(careful[lang], one_line), f"{page.document.name} lost {careful[lang]!r}"


def scalars(data: object) -> Iterator[str]:
    for each in data if isinstance(data, list) else data.values() if isinstance(data, dict) else ():
        yield from scalars(each)
    if isinstance(data, str):
        yield data


def of_the_check(lang: str) -> Iterator[tuple[str, str]]:
    """Questions, reasons and outcomes."""
    name = f"screener/words/{lang}.yaml"
    for words in scalars(yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))):
        yield name, words


def said_by_phone(lang: str) -> Iterator[tuple[str, str]]:
    name = "booking/words/scripts.yaml"
    for line in yaml.safe_load((ROOT / name).read_text(encoding="utf-8")).values():
        yield name, line[lang]


def said_of_sources(lang: str) -> Iterator[tuple[str, str]]:
    """Not their titles, which stay as they were published."""
    for source in PAGES.sources.values():
        for name in source.texts:
            yield source.document.name, source.text(name, lang)


def of_the_interface(lang: str) -> Iterator[tuple[str, str]]:
    """Mails, templates and replies: what is marked in English, and its Spanish in the catalog."""
    if lang == "es":
        for english, spanish in entries().items():
            yield from ((english, words) for words in spanish)
        return
    for path in sorted(ROOT.glob("templates/**/*.*")):
        yield from ((short(path), words) for words in marked_in_template(path))
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from ((short(path), words) for words in marked_in(path.read_text(encoding="utf-8")))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def as_it_is_read(words: str) -> str:
    """Facts of the practice or the visit read like a word."""
    return plain(re.sub(r"%\(\w+\)s|\{\{? ?\w+ ?\}?\}", "X", words))


# The same words, said of something else: an exam or a scan, a request that is erased, a link to sign in.
OF_SOMETHING_ELSE = {
    "F016": re.compile(
        r"^Ask a doctor to look at the place that hurts|^We need to see whether the ligament or the disc"
    ),
    "F052": re.compile(r"\bborrar\b|^La solicitud, su historia y su correo", re.IGNORECASE),
    "F062": re.compile(r"\bone-time link\b", re.IGNORECASE),
}
NOTHING = re.compile(r"(?!)")
ELSEWHERE_THAN_PAGES = {
    "check": of_the_check,
    "phone": said_by_phone,
    "sources": said_of_sources,
    "interface": of_the_interface,
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ELSEWHERE_THAN_PAGES)
def test_no_unsafe_claim_stands_outside_the_pages_either(place: str, lang: str) -> None:
    said = [
        (name, sentence)
        for name, words in ELSEWHERE_THAN_PAGES[place](lang)
        for sentence in sentences_in(as_it_is_read(words))
    ]

    found = [
        (number, name, sentence)
        for number, claim in CLAIMS.items()
        for name, sentence in said
        if claims(sentence, claim, lang) and not OF_SOMETHING_ELSE.get(number, NOTHING).search(sentence)
    ]

    assert found == [], "\n".join(map(str, found))
    assert len(said) > 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_mails_are_among_those_that_are_read(lang: str) -> None:
    read = {" ".join(words.split()) for _name, words in of_the_interface(lang)}
    mails = {
        " ".join(words.split())
        for path in (ROOT / "templates" / "booking" / "mail").glob("*.txt")
        for words in marked_in_template(path)
    }

    spanish = {" ".join(each.split()): words for each, words in entries().items()}
    assert len(mails) > 20
    for words in mails:
        assert (words if lang == "en" else " ".join(spanish[words][0].split())) in read, words


@pytest.mark.parametrize("number", CLAIMS)
def test_each_pattern_catches_what_it_is_meant_for(number: str) -> None:
    for lang in LANGUAGES:
        assert claims(CLAIMS[number]["said"][lang], CLAIMS[number], lang)


def listed_conditions(page: Page) -> Iterator[tuple[str, str]]:
    """Heading and item, for each list item that names a condition for other care."""
    heading = ""
    for line in page.body.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif re.match(r"\s*([-*]|\d+\.)\s", line) and OTHER_CARE.search(line):
            yield heading, line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_condition_for_other_care_is_listed_only_where_mild_is_ruled_out(lang: str) -> None:
    pages = [page for page in PAGES.by_path.values() if page.lang == lang and page.kind != "glossary"]
    found = [(page.id, *each) for page in pages for each in listed_conditions(page)]

    assert len(found) >= 8
    assert [each for each in found if not RULED_OUT[lang].search(each[1])] == []


def test_every_risky_row_of_the_register_is_tried() -> None:
    wanted = {12, 16, 19, 25, 28, *range(39, 44), 46, 47, 48, 52, 53, 54, 58, *range(60, 64), *range(80, 84)}

    assert set(CLAIMS) == {f"F{number:03}" for number in wanted | {88, 97}}


def mapping() -> list[list[str]]:
    """The rows of the table of topics: the topic, then one cell a seed."""
    lines = LEFT_OUT.read_text(encoding="utf-8").splitlines()
    start = lines.index("| Topic | " + " | ".join(SEEDS) + " |") + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


ROWS = mapping()


def headings(page: Page) -> set[str]:
    return {plain(found).strip() for found in re.findall(r"^#{2,4} (.+)$", page.body, re.MULTILINE)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_topic_stands_where_the_table_says(row: list[str]) -> None:
    _topic, *cells = row

    assert len(cells) == len(SEEDS)
    assert set(cells) != {"–"}
    for cell in cells:
        if cell != "–":
            _check_cell(cell)


def _check_cell(cell: str) -> None:
    lines, _, rest = cell.partition(": ")
    assert re.fullmatch(r"L\d+(, \d+)*", lines)
    if rest.startswith("left out ("):
        return
    for place in rest.split("<br>"):
        address, _, heading = place.partition(" › ")
        assert heading in headings(PAGES.by_path[address]), place


def test_each_of_the_five_pages_is_mapped() -> None:
    for column, seed in enumerate(SEEDS, 1):
        mapped = [row[0] for row in ROWS if row[column] != "–"]

        assert len(mapped) >= 15, seed
