"""The request form on a phone: short for oneself, complete for someone else, and never an error out of sight."""

from tests.browser.visitor import Visitor


def test_who_asks_for_herself_is_not_asked_about_a_helper(visitor: Visitor) -> None:
    visitor.open("/book/")

    visitor.choose("for_whom", "self")
    alone = visitor.main.locator("[name=patient_name]").is_visible()
    visitor.choose("for_whom", "other")
    with_helper = visitor.main.locator("[name=patient_name]").is_visible()

    assert (alone, with_helper) == (False, True)


def test_browser_offers_its_owners_details_only_for_themself(visitor: Visitor) -> None:
    visitor.open("/book/")
    offered = []

    for whom in ("", "self", "other", "self"):
        if whom:
            visitor.choose("for_whom", whom)
        boxes = [visitor.main.locator(f"[name={name}]") for name in ("phone", "birth_year")]
        offered.append(tuple(box.get_attribute("autocomplete") for box in boxes))

    unknown, own, others = ("tel", "off"), ("tel", "bday-year"), ("off", "off")
    # Without scripts the server says it on the next page.
    assert offered == ([unknown, own, others, own] if visitor.javascript else [unknown] * 4)


def test_an_error_about_the_patient_stays_in_sight(visitor: Visitor) -> None:
    visitor.open("/book/")
    visitor.choose("for_whom", "other")

    visitor.click(visitor.main.locator("button[type=submit]").last)
    visitor.choose("for_whom", "self")

    assert visitor.main.locator("[name=patient_name]").is_visible()


def test_the_head_of_a_spanish_page_takes_two_rows_on_a_common_phone(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.open("/es/")

    top = {
        name: box["y"] + box["height"] / 2
        for name in (".phone", ".emergency-link", ".language")
        if (box := visitor.page.locator(f".contact {name}").bounding_box())
    }

    assert len(top) == 3
    assert max(top.values()) - min(top.values()) < 5
