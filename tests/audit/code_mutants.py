"""Changes of the code that reads the data: comparisons, conditions, order, constants and statements, one at a time."""

import ast
import copy
from collections.abc import Iterator
from itertools import pairwise

from tests.audit.loading import NAMES, Mutant, source

# They describe the rules for the digest, for sources and for a person who reads an error; they judge nothing.
LEFT_OUT = {"as_data", "canonical", "_question_data", "digest", "sources", "seed_lines", "__repr__"}
EQUIVALENT: dict[str, str] = {}

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
EXCHANGED = {"all": "any", "any": "all", "isdisjoint": "issubset", "issubset": "isdisjoint", "sorted": "list"}


def made() -> Iterator[Mutant]:
    for name in NAMES:
        original = ast.parse(source(name))
        lines = source(name).splitlines()
        for place, candidate in enumerate(judging(original)):
            for number in range(len(list(changes(copy.deepcopy(candidate))))):
                changed = copy.deepcopy(original)
                node = node_at(changed, place)
                words = apply(node, number)
                said = f"line {getattr(node, 'lineno', 0)} “{lines[getattr(node, 'lineno', 1) - 1].strip()}”: {words}"
                if not any(key in said for key in EQUIVALENT):
                    yield Mutant(f"{name}.py", said, code={name: ast.fix_missing_locations(changed)})


def node_at(tree: ast.Module, place: int) -> ast.AST:
    return list(judging(tree))[place]


def judging(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes of functions and methods, and of the class that orders the outcomes."""
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef) and each.name not in LEFT_OUT:
            for statement in each.body:
                if not is_docstring(statement) and not isinstance(statement, ast.FunctionDef):
                    yield from without_messages(statement)
        if isinstance(each, ast.ClassDef) and each.name == "Outcome":
            yield each


def is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def without_messages(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if isinstance(node, ast.Raise):
        return
    for name, value in ast.iter_fields(node):
        if name == "annotation":
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from without_messages(each)


def apply(node: ast.AST, number: int) -> str:
    """Makes the change of that number; says which."""
    for place, words in enumerate(changes(node)):
        if place == number:
            return words
    raise IndexError(number)


def changes(node: ast.AST) -> Iterator[str]:
    """Changes the node in place, in one way after another; whoever stops here keeps the change made last."""
    yield from operators_changed(node)
    yield from conditions_changed(node)
    yield from constants_changed(node)
    yield from names_changed(node)
    yield from statements_changed(node)


def operators_changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[operator]):
            node.ops = [COMPARED[type(operator)]()]
            yield f"{type(operator).__name__} becomes {type(node.ops[0]).__name__}"
        case ast.BoolOp(op=operator, values=values):
            node.op = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield "and, or exchanged"
            for place in range(len(values)):
                node.op, node.values = operator, values[:place] + values[place + 1 :]
                yield f"without condition {place + 1}"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            node.operand = ast.UnaryOp(ast.Not(), operand)
            yield "without not"
        case ast.BinOp(op=ast.Add()):
            node.op = ast.Sub()
            yield "+ becomes -"
        case ast.BinOp(op=ast.Sub()):
            node.op = ast.Add()
            yield "- becomes +"


def conditions_changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            for words, other in (
                ("condition turned", ast.UnaryOp(ast.Not(), test)),
                ("always", ast.Constant(value=True)),
                ("never", ast.Constant(value=False)),
            ):
                node.test = other
                yield words
        case ast.comprehension(ifs=[condition, *_]):
            node.ifs = []
            yield "everything let through"
            node.ifs = [ast.UnaryOp(ast.Not(), condition)]
            yield "the others let through"


def constants_changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=bool() as value):
            node.value = not value
            yield f"{value} turned"
        case ast.Constant(value=int() as value):
            for other in (value + 1, value - 1):
                node.value = other
                yield f"{value} becomes {other}"
        case ast.Constant(value=str() as value):
            node.value = f"{value}x"
            yield f"{value!r} changed"
        case ast.Dict(keys=keys, values=values) if len(keys) > 1:
            for place in range(len(keys)):
                node.keys, node.values = (
                    keys[:place] + keys[place + 1 :],
                    values[:place] + values[place + 1 :],
                )
                yield f"without entry {place + 1}"


def names_changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) if name in EXCHANGED:
            node.id = EXCHANGED[name]
            yield f"{name} becomes {node.id}"
        case ast.Attribute(attr=name) if name in EXCHANGED:
            node.attr = EXCHANGED[name]
            yield f"{name} becomes {node.attr}"
        case ast.Call(keywords=[_, *_] as given):
            for place, keyword in enumerate(given):
                node.keywords = given[:place] + given[place + 1 :]
                yield f"without {keyword.arg}"


def statements_changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            node.value = ast.Constant(value=None)
            yield "nothing returned"
        case ast.Assign(value=value) | ast.Expr(value=value):
            node.value = ast.Constant(value=None)
            yield "not done"
        case ast.ClassDef(body=body):
            places = [place for place, each in enumerate(body) if isinstance(each, ast.Assign)]
            for one, other in pairwise(places):
                turned = list(body)
                turned[one], turned[other] = body[other], body[one]
                node.body = turned
                yield f"{ast.unparse(body[other])} before {ast.unparse(body[one])}"
