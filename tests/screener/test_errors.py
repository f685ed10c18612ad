"""What is wrong with an answer is said where it is asked, in words and in the markup: every step, both languages."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from screener.questions import BY_KEY, STEPS, VISIT, Question, Step
from tests.screener.patients import TYPICAL, post_step, walk_through

PREFIXES = {"en": "/check/", "es": "/es/check/"}
# The same word in both languages.
MARK = "Error:"
UNCLOSED = ("input", "br", "img", "meta", "link", "hr", "source")
Attributes = dict[str, str]


class Node:
    """One element of a page, as whoever is read the page aloud meets it."""

    def __init__(self, name: str, attributes: Attributes, parent: "Node | None") -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Node] = []
        self.said = ""

    def all(self, name: str = "") -> Iterator["Node"]:
        for child in self.children:
            if not name or child.name == name:
                yield child
            yield from child.all(name)

    @property
    def text(self) -> str:
        return " ".join([self.said, *(child.text for child in self.children)]).strip()

    def above(self, name: str) -> "Node | None":
        return self if self.name == name else self.parent and self.parent.above(name)


class Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.here = Node("", {}, None)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in UNCLOSED:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        left = self.here.above(tag)
        if left is not None and left.parent is not None:
            self.here = left.parent

    def handle_data(self, data: str) -> None:
        self.here.said += data

    def by_id(self, name: str) -> Node:
        [found] = [node for node in self.root.all() if node.attributes.get("id") == name]
        return found


def every_error_is_tied_to_its_question(response: Any, questions: tuple[Question, ...]) -> None:
    """The summary links to the first answer; its fieldset has the legend, is marked, and is described by the error."""
    assert response.status_code == 422
    tree = Tree(response.content.decode())
    [title] = [node for node in tree.root.all("title") if node.above("head")]
    assert title.text.startswith(MARK)
    [summary] = [node for node in tree.root.all("div") if node.attributes.get("class") == "error-summary"]
    assert [node for node in summary.all("div") if node.attributes.get("role") == "alert"]
    links = {node.attributes["href"].removeprefix("#"): node.text for node in summary.all("a")}
    assert len(links) == len(questions)
    for question, (target, message) in zip(questions, links.items(), strict=True):
        control = tree.by_id(target)
        assert control.attributes["name"] == question.key
        assert control.attributes["type"] == ("radio" if question.kind == "one" else "checkbox")
        group = control.above("fieldset")
        assert group is not None
        assert len([node for node in group.all("legend") if node.text]) == 1
        error, *_others = [
            tree.by_id(each)
            for each in group.attributes["aria-describedby"].split()
            if each.endswith("_error")
        ]
        assert error.above("fieldset") is group
        assert message in error.text
        assert MARK in error.text
        # aria-invalid is known for a group of radio buttons; each box of the others carries its own.
        marked = [group] if question.kind == "one" else list(group.all("input"))
        assert {node.attributes.get("aria-invalid") for node in marked} == {"true"}


def arrives_at(client: Client, step: Step, prefix: str) -> None:
    for earlier in STEPS[: STEPS.index(step)]:
        assert post_step(client, earlier.name, TYPICAL, prefix).status_code == 303


@pytest.mark.parametrize("lang", PREFIXES)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_without_an_answer_says_so_at_each_question(client: Client, step: Step, lang: str) -> None:
    arrives_at(client, step, PREFIXES[lang])

    response = client.post(f"{PREFIXES[lang]}{step.name}/", {})

    every_error_is_tied_to_its_question(response, tuple(each for each in step.questions if each.required))


@pytest.mark.parametrize("lang", PREFIXES)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_an_answer_that_was_never_offered_is_refused_at_its_question(
    client: Client, step: Step, lang: str
) -> None:
    arrives_at(client, step, PREFIXES[lang])

    response = client.post(f"{PREFIXES[lang]}{step.name}/", dict.fromkeys(step.keys, "made-up"))

    every_error_is_tied_to_its_question(response, step.questions)


CONFLICTS = [
    (step, question, option.value)
    for step in STEPS
    for question in step.questions
    for option in question.options
    if option.alone
]


@pytest.mark.parametrize("lang", PREFIXES)
@pytest.mark.parametrize(
    ("step", "question", "alone"), CONFLICTS, ids=[f"{each[1].key}-{each[2]}" for each in CONFLICTS]
)
def test_none_beside_another_answer_says_so_at_its_question(
    client: Client, step: Step, question: Question, alone: str, lang: str
) -> None:
    arrives_at(client, step, PREFIXES[lang])
    other = next(each.value for each in question.options if not (each.alone or each.outweighs))

    response = client.post(f"{PREFIXES[lang]}{step.name}/", {question.key: [alone, other]})

    every_error_is_tied_to_its_question(response, (question,))


@pytest.mark.parametrize("lang", PREFIXES)
def test_an_answer_for_the_visit_that_was_never_offered_is_refused_at_its_question(
    client: Client, lang: str
) -> None:
    walk_through(client, TYPICAL, PREFIXES[lang])

    response = client.post(f"{PREFIXES[lang]}visit/", dict.fromkeys(VISIT.keys, "made-up"))

    every_error_is_tied_to_its_question(response, VISIT.questions)


@pytest.mark.parametrize("lang", PREFIXES)
def test_a_start_for_nobody_we_know_leads_to_the_question(client: Client, lang: str) -> None:
    response = client.post(PREFIXES[lang], {"who": "made-up"})

    tree = Tree(response.content.decode())
    assert response.status_code == 422
    [summary] = [node for node in tree.root.all("div") if node.attributes.get("class") == "error-summary"]
    [link] = summary.all("a")
    asked = tree.by_id(link.attributes["href"].removeprefix("#"))
    [form] = [node for node in tree.root.all("form") if node.attributes.get("aria-labelledby") == "who"]
    assert asked.above("form") is form
    assert {node.attributes["value"] for node in form.all("button")} == set(BY_KEY["who"].values)
