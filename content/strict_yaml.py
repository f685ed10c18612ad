"""PURE. YAML as front matter needs it: nothing that could multiply itself, be lost, or never be shown."""

import unicodedata
from typing import Any

import yaml

DEEPEST = 6


class StrictLoader(yaml.SafeLoader):
    """Safe YAML without what front matter never needs and a hostile one would use.

    A key given twice is a fault (the first would silently be lost), and so are aliases, which multiply,
    deep nesting, keys that are no words, and characters that no page can hold.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        here = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(here, yaml.AliasEvent):
            raise _fault_at(here.start_mark, "write the words out, *names are not taken")
        if self.depth >= DEEPEST:
            raise _fault_at(here.start_mark, "too many levels inside one another")
        self.depth += 1
        try:
            node: yaml.Node | None = super().compose_node(parent, index)
            return node
        finally:
            self.depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault_at(key.start_mark, "a key must be one word")
            if key.value in seen:
                raise _fault_at(key.start_mark, f"the key {key.value!r} stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        text = super().construct_scalar(node)
        if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t" for mark in str(text)):
            raise _fault_at(node.start_mark, "a character that cannot be shown")
        return text


def _fault_at(mark: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
