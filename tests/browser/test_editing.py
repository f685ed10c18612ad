"""An editor who never saw Markdown, a reviewer, and two browsers at once: the rooms of the admin from end to end."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from clinic import snapshot
from clinic.staff import StaffMember
from content import files
from content.sync import sync
from tests.browser.clipboard import FROM_GOOGLE_DOCS, FROM_WORD
from tests.browser.visitor import DESKTOP, NARROW, Visitor
from tests.content.desk_of_editors import ABOUT, deploy, file_text, now_of, publish_text, row_of

PASSWORD = "demo-pass-1234"
LIST = "/admin/content/page/"
HARD = (
    "Individuals experiencing significant postoperative musculoskeletal discomfort should immediately communicate "
    "with administrative personnel regarding additional evaluation. "
) * 12
Arrive = Callable[..., Visitor]


@pytest.fixture
def staff(eli: StaffMember, rae: StaffMember) -> dict[str, StaffMember]:
    for person in (eli, rae):
        person.set_password(PASSWORD)
        person.save()
    sync()
    return {"eli": eli, "rae": rae}


def sign_in(arrive: Arrive, name: str, path: str, *, size: ViewportSize = DESKTOP, **options: Any) -> Visitor:
    visitor = arrive(**options)
    visitor.page.set_viewport_size(size)
    visitor.open(path)
    visitor.type("username", name)
    visitor.type("password", PASSWORD)
    press(visitor, "Sign in")
    return visitor


def button(visitor: Visitor, name: str) -> Locator:
    return visitor.main.get_by_role("button", name=name, exact=True).last


def press(visitor: Visitor, name: str) -> None:
    visitor.click(button(visitor, name))


def is_narrow(visitor: Visitor) -> bool:
    """Whether nothing is wider than the smallest screen."""
    return bool(visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"])


def change(key: tuple[str, str, str]) -> str:
    return f"{LIST}{row_of(key).pk}/change/"


def paste(visitor: Visitor, html: str) -> None:
    visitor.page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            const box = document.querySelector("#id_body");
            box.focus();
            box.setSelectionRange(box.value.length, box.value.length);
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def test_an_editor_who_never_saw_markdown_changes_pages(
    new_visitor: Arrive, staff: dict[str, StaffMember], tmp_path: Path
) -> None:
    visitor = sign_in(new_visitor, "eli", LIST)
    visitor.look()
    visitor.page.set_viewport_size(DESKTOP)
    visitor.click(visitor.main.get_by_role("link", name="About us and this site", exact=True))
    body = visitor.main.locator("#id_body")
    preview = visitor.page.frame_locator("#preview")

    # A typo, seen in the preview while she types.
    visitor.type("front_title", "About us and our site")
    expect(preview.locator("h1")).to_have_text("About us and our site")
    paste(visitor, FROM_WORD)
    expect(body).to_have_value(
        re.compile(
            r"## Getting here\n\nTake \*\*bus 5\*\* to our \[door\]\(https://example.com/map\)\.\n\n"
            r"- Bring a friend\n    - or two\n- Bring your list\n\nAt the door:\n\n"
            r"1\. Ring\n1\. Come in\n    1\. Sit down"
        )
    )
    expect(preview.locator("h2", has_text="Getting here")).to_be_visible()
    assert visitor.page.title().startswith("About us")
    assert "by train" not in body.input_value()
    press(visitor, "Save draft")
    expect(visitor.page.get_by_text("Your draft is saved")).to_be_visible()
    visitor.look()
    visitor.page.set_viewport_size(DESKTOP)

    # A sentence without a source and hard words are named; the finding leads to the line.
    body.press("Control+End")
    body.type("\n\nAbout 40 of 100 people walk twice as far after 1 year. 60 of 100 did not.\n\n")
    body.fill(body.input_value() + HARD)
    press(visitor, "Check again")
    expect(visitor.main.locator(".findings .error", has_text="grade")).to_have_count(1)
    visitor.main.locator(".findings .error", has_text="40 of 100").locator("a").first.click()
    chosen = body.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen.startswith("About 40 of 100")
    visitor.look()
    visitor.page.set_viewport_size(DESKTOP)

    # She mends both: the source from the list, by its name, where she was writing or where she marks a place.
    body.fill(body.input_value().replace(HARD.strip(), "") + "\n🙂\n")
    for mark in ("", "@@"):
        body.fill(body.input_value().replace("60 of 100 did not.", f"60 of 100 did not.{mark}"))
        body.evaluate(
            """box => {
                const at = box.value.indexOf(" 60 of 100");
                box.focus();
                box.setSelectionRange(at, at);
            }"""
        )
        written = body.input_value()
        visitor.main.get_by_role("button", name="Source", exact=True).click()
        assert body.input_value() == written
        if not visitor.main.locator("#id_insert-source").is_visible():
            visitor.main.get_by_text("Insert a source, a link or a picture").click()
        visitor.main.locator("#id_insert-source").select_option("mot1")
        press(visitor, "Insert source")
    assert body.input_value().count("[^mot1]") == 2
    press(visitor, "Check again")
    expect(visitor.main.locator(".findings .error")).to_have_count(0)

    # A claim makes it clinical, so a reviewer reads it, sees the difference and approves.
    press(visitor, "Send for review")
    expect(visitor.page.get_by_text("Sent for review")).to_be_visible()
    reviewer = sign_in(new_visitor, "rae", f"{LIST}?show=review", color_scheme="dark")
    reviewer.click(reviewer.main.get_by_role("link", name="Review “About us and our site”"))
    expect(reviewer.main.locator("ins").first).to_be_visible()
    reviewer.look()
    reviewer.page.set_viewport_size(DESKTOP)
    for reason in reviewer.main.locator('[name^="reason-"]').all():
        reason.fill("read and agreed")
    press(reviewer, "Publish now")
    expect(reviewer.page.get_by_text("Every server shows it")).to_be_visible()
    visitor.open("/about/")
    visitor.sees("About us and our site", "Take bus 5")

    # It goes back to the repository as one file.
    visitor.open(f"{LIST}repository/")
    visitor.look()
    with visitor.page.expect_download() as download:
        visitor.main.get_by_role("link", name="Download all as one file").click()
    download.value.save_as(tmp_path / "edits.patch")
    assert "+title: About us and our site" in (tmp_path / "edits.patch").read_text(encoding="utf-8")

    # The file of the repository is brought back.
    reviewer.open(f"{LIST}{row_of(ABOUT).pk}/revisions/")
    reviewer.look()
    reviewer.click(reviewer.main.get_by_role("link", name="Restore this text… 0", exact=True))
    expect(reviewer.main.locator("del").first).to_be_visible()
    reviewer.look()
    press(reviewer, "Restore it for readers")
    expect(reviewer.page.get_by_text("Readers get this text again")).to_be_visible()
    assert now_of().served_text == file_text()


def test_the_bar_puts_marks_a_paste_from_google_docs_keeps_its_shape_and_the_preview_has_two_widths(
    new_visitor: Arrive, staff: dict[str, StaffMember]
) -> None:
    visitor = sign_in(new_visitor, "eli", change(ABOUT))
    body = visitor.main.locator("#id_body")
    bar = visitor.main.get_by_role("toolbar")

    # The mouse: bold around the chosen word.
    body.fill("Come early.")
    body.evaluate("box => box.setSelectionRange(5, 10)")
    bar.get_by_role("button", name="Bold").click()
    expect(body).to_have_value("Come **early**.")

    # The keyboard: one stop for Tab, arrows from one to the next and around, Enter presses.
    assert bar.locator('[tabindex="0"]').count() == 1
    bar.get_by_role("button", name="Heading").focus()
    for key, name in (
        ("ArrowLeft", "Picture"),
        ("ArrowRight", "Heading"),
        ("ArrowRight", "Bold"),
        ("ArrowRight", "List"),
    ):
        visitor.page.keyboard.press(key)
        expect(bar.get_by_role("button", name=name)).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(body).to_have_value("- Come **early**.")

    # A heading, a box, and what leads to the lists below the text.
    body.fill("Parking")
    bar.get_by_role("button", name="Heading").click()
    expect(body).to_have_value("## Parking")
    body.fill("Ring first.")
    body.evaluate("box => box.select()")
    bar.get_by_role("button", name="Box").click()
    expect(body).to_have_value('\n\n!!! info "Good to know"\n    Ring first.\n\n')
    for name, field in (("Link", "link_words"), ("Source", "source"), ("Picture", "picture")):
        body.fill("Ask us.")
        bar.get_by_role("button", name=name).click()
        expect(visitor.main.locator(f"#id_insert-{field}")).to_be_focused()
        expect(visitor.main.locator("#id_insert-at")).to_have_value("7")

    body.fill("")
    paste(visitor, FROM_GOOGLE_DOCS)
    expect(body).to_have_value(
        "## Getting here\n\nTake **bus 5** to our [door](https://example.com/map).\n\n"
        "- Bring a friend\n    - or two\n- Bring your list"
    )

    preview = visitor.main.locator("#preview")
    expect(preview).to_have_js_property("clientWidth", 390)
    visitor.main.locator('label[for="width-desktop"]').click()
    expect(preview).not_to_have_js_property("clientWidth", 390)
    assert 1000 < preview.evaluate("frame => frame.clientWidth") <= DESKTOP["width"]
    visitor.main.locator('label[for="width-phone"]').click()
    expect(preview).to_have_js_property("clientWidth", 390)


def test_without_scripts_she_previews_inserts_schedules_and_settles_on_the_smallest_screen(
    new_visitor: Arrive, staff: dict[str, StaffMember], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ("page", "privacy", "en")
    visitor = sign_in(new_visitor, "eli", change(key), size=NARROW, javascript=False)
    preview = visitor.page.frame_locator("#preview")
    body = visitor.main.locator("#id_body")

    body.fill(body.input_value() + "\n\nWe tell you what we keep.@@\n")
    # It leads to a page inside this one.
    button(visitor, "Show what I typed").click()
    expect(preview.get_by_text("We tell you what we keep.")).to_be_visible()
    visitor.main.get_by_text("Insert a source, a link or a picture").click()
    visitor.main.locator("#id_insert-page").select_option("/contact/")
    visitor.type("insert-link_words", "Ask us")
    press(visitor, "Insert link")
    assert "what we keep.[Ask us](/contact/)" in body.input_value()
    visitor.look()
    assert is_narrow(visitor)
    visitor.type("publish_at", "2100-01-04T09:00")
    for reason in visitor.main.locator('[name^="reason-"]').all():
        reason.fill("agreed")
    press(visitor, "Publish then")
    expect(
        visitor.page.get_by_text("it goes live on Monday, January 4, 2100, 9 am (Central Time)")
    ).to_be_visible()
    visitor.look()
    assert is_narrow(visitor)

    # The repository brings a text of its own: both are shown, and one is chosen.
    publish_text(staff["eli"], staff["rae"], file_text().replace("title:", "title: Our", 1))
    deploy(monkeypatch, {ABOUT: file_text() + "\nFrom the repository.\n"})
    snapshot.refresh()
    visitor.open(f"{LIST}?show=conflicts")
    visitor.click(visitor.main.get_by_role("link", name="Conflict").first)
    visitor.sees("As edited here", "As in the repository", "From the repository.")
    visitor.look()
    assert is_narrow(visitor)
    press(visitor, "Take the file of the repository")
    expect(visitor.page.get_by_text("Readers get the file of the repository")).to_be_visible()
    assert now_of().served_text == files.current().texts[ABOUT].text


def test_two_browsers_at_once_lose_nothing(new_visitor: Arrive, staff: dict[str, StaffMember]) -> None:
    one, two = (sign_in(new_visitor, name, change(ABOUT)) for name in ("eli", "rae"))

    two.main.locator("#id_body").fill("## Mornings\n\nCome early.")
    press(two, "Save draft")
    one.main.locator("#id_body").fill("## Parking\n\nBehind our house")
    press(one, "Save draft")

    one.sees("Two texts: which one should stay?", "Come early", "Behind our house")
    assert one.status == 409
    one.look()
    one.page.set_viewport_size(DESKTOP)
    press(one, "Keep my text")
    expect(one.page.get_by_text("Your draft is saved")).to_be_visible()
    two.open(change(ABOUT))
    two.sees("Eli has a draft from")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_room_is_clean_on_small_and_wide_screens(
    new_visitor: Arrive, staff: dict[str, StaffMember], scheme: str
) -> None:
    visitor = sign_in(new_visitor, "rae", LIST, color_scheme=scheme)
    spanish, source = ("page", "risks", "es"), ("source", "mot1", "")
    here = f"{LIST}{row_of(ABOUT).pk}/"

    rooms = ["add/", "repository/", "deputies/", "notice/", "?show=drafts&q=x"]
    paths = [f"{LIST}{room}" for room in rooms]
    paths += [f"{here}{room}/" for room in ("change", "review", "revisions", "compare", "withdraw", "settle")]
    paths += [change(spanish), change(source)]
    for path in paths:
        visitor.open(path)
        visitor.look()
