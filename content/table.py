"""PURE. The table of pages, as `check_content` prints it and docs/content.md keeps it."""

from collections.abc import Iterable

from content.checks import Report

HEAD = ("Page", "Language", "Words", "Grade", "Longest sentence", "Claims", "Sources")
ABOUT = """# The pages in numbers

`manage.py check_content --write` keeps this table; a test fails when it is not current. Grade: Flesch-Kincaid in English
(aim 6, limit 8; lower is easier), INFLESZ in Spanish (aim 65, limit 55; higher is easier). Longest sentence: in words
(limit 20, but not on legal pages). Claims: sentences that need a source by the words of `content/claim_words.py`.
Sources: different ones cited. How each is counted: `docs/text-rules.md`.
"""


def table(reports: Iterable[Report]) -> str:
    """Markdown, one row a page, each page under its English id, English first."""
    rows = [row(report) for report in sorted(reports, key=lambda each: (each.page.id, each.page.lang))]
    lines = [HEAD, ("---", "---", *["---:"] * 5), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def row(report: Report) -> tuple[str, ...]:
    numbers = (report.words, report.reading.score if report.reading else "–")
    counts = (report.longest, report.claims, report.sources)
    return (report.page.id, report.page.lang, *map(str, numbers), *map(str, counts))


def kept(reports: Iterable[Report]) -> str:
    """The whole text of docs/content.md."""
    return f"{ABOUT}\n{table(reports)}"
