"""Pieces of a query put together, by precedence: ( ), NEAR, NOT, AND, OR."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.matching.query.faults import Fault
from bot.matching.query.tokens import Operator, Token
from bot.model.query import And, Kind, Near, Node, Not, Or, Term

DEEPEST = 50
"""Parentheses and NOTs within each other."""


LONGEST_CHAIN = 10
"""Parts of a chain of NEARs: each is looked at in all its places."""


class _TooDeepError(Exception):
    """More parentheses than anybody can read."""


@dataclass(frozen=True, slots=True)
class _Operand:
    """What was read for one side of an operator, None where it could not be, and where it stands."""

    node: Node | None
    start: int
    end: int

    def fault(self, message: str, hint: str | None = None) -> Fault:
        """Give a fault of the whole side."""
        return Fault(self.start + 1, max(1, self.end - self.start), message, hint)


def grow(tokens: Sequence[Token]) -> tuple[Node | None, list[Fault]]:
    """Put the pieces of a query together; without faults there is a node."""
    grower = _Grower(tokens)
    try:
        node = grower.any_of(0).node
        while not grower.comes("end"):
            grower.faults.append(grower.take().fault("this parenthesis was not opened", "remove it"))
            while grower.comes("AND", "OR", "NEAR"):
                grower.take()
            if not grower.comes(")", "end"):
                grower.any_of(0)
    except _TooDeepError:
        message = f"more than {DEEPEST} parentheses and NOTs stand within each other"
        grower.faults.append(grower.now.fault(message, "take it apart into several watches"))
        return None, grower.faults
    return node, grower.faults


class _Grower:
    """Reads the pieces from left to right; each method leaves off behind what it read."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.faults: list[Fault] = []
        self._tokens = tokens
        self._at = 0
        self._in_title = False

    @property
    def now(self) -> Token:
        """The piece that comes next; at last the end."""
        return self._tokens[self._at]

    def comes(self, *operators: Operator) -> bool:
        """Whether one of these comes next."""
        return self.now.operator in operators

    def take(self) -> Token:
        """Go on to the next piece."""
        token = self.now
        self._at += 1
        return token

    def any_of(self, depth: int) -> _Operand:
        """Read what OR joins."""
        operands = [self._all_of(depth)]
        while self.comes("OR"):
            self.take()
            operands.append(self._all_of(depth))
        return _joined(operands, Or)

    def _all_of(self, depth: int) -> _Operand:
        """Read what AND joins; before NOT it may be left out."""
        operands = [self._unless(depth)]
        while not self.comes("OR", ")", "end"):
            begun = self.now
            if begun.operator == "AND":
                self.take()
            operands.append(self._unless(depth))
            if begun.operator not in ("AND", "NOT"):
                self._miss_operator(*operands[-2:])
        return _joined(operands, And)

    def _miss_operator(self, left: _Operand, right: _Operand) -> None:
        if left.node is None or right.node is None:
            return
        hint = "write AND or OR between them"
        if isinstance(left.node, Term) and left.node.title and _is_word(right.node):
            hint = f"for several words write title:({left.node.text} {right.node})"
        self.faults.append(right.fault("an operator is missing before this", hint))

    def _unless(self, depth: int) -> _Operand:
        if not self.comes("NOT"):
            return self._near(depth)
        self._go_down(depth)
        start = self.take().start
        part = self._unless(depth + 1)
        return _Operand(Not(part.node) if part.node else None, start, part.end)

    def _near(self, depth: int) -> _Operand:
        operands, steps = [self._operand(depth)], []
        while self.comes("NEAR"):
            if step := self.take().step:
                steps.append(step)
            if self.comes("NOT"):
                hint = "NOT (a NEAR/5 b) says that they do not stand together"
                self.faults.append(self.take().fault("NOT cannot stand behind NEAR", hint))
            operands.append(self._operand(depth))
        if not steps:
            return operands[0]
        if len(operands) > LONGEST_CHAIN:
            message = f"a chain of NEAR has at most {LONGEST_CHAIN} parts"
            self.faults.append(operands[LONGEST_CHAIN].fault(message, "join shorter chains with AND"))
        parts = [part for part in map(self._part_of_near, operands) if part]
        whole = len(parts) == len(operands) == len(steps) + 1
        near = Near(tuple(parts), tuple(steps)) if whole else None
        return _Operand(near, operands[0].start, operands[-1].end)

    def _part_of_near(self, operand: _Operand) -> Term | Or | None:
        match operand.node:
            case None:
                return None
            case Term(kind=kind) as term if kind.is_text:
                return term
            case Or(parts) as group if all(isinstance(part, Term) and part.kind.is_text for part in parts):
                return group
            case Near():
                hint = "write a chain without parentheses: a NEAR/5 b NEAR/5 c"
            case _:
                hint = "join anything else with AND, outside of NEAR"
        message = "beside NEAR there can only be words, phrases, and groups of them joined with OR"
        self.faults.append(operand.fault(message, hint))
        return None

    def _operand(self, depth: int) -> _Operand:
        token = self.now
        if token.operator == "(":
            return self._group(depth)
        if token.operator == "title":
            return self._group_in_title(depth)
        if token.operator is None:
            return self._term()
        self._miss_operand()
        return _Operand(None, token.start, token.start)

    def _group(self, depth: int) -> _Operand:
        self._go_down(depth)
        opened = self.take()
        if self.comes(")"):
            closed = self.take()
            self.faults.append(replace(opened, text="()").fault("these parentheses hold nothing"))
            return _Operand(None, opened.start, closed.end)
        inner = self.any_of(depth + 1)
        if self.comes(")"):
            return replace(inner, start=opened.start, end=self.take().end)
        self.faults.append(opened.fault("this parenthesis is not closed", "write ) where it ends"))
        return replace(inner, start=opened.start)

    def _group_in_title(self, depth: int) -> _Operand:
        field = self.take()
        if not self.comes("(") or self.now.start != field.end:
            hint = 'write title:word, title:"some words" or title:(…), without a blank'
            self.faults.append(field.fault("title: lacks its value", hint))
            return _Operand(None, field.start, field.end)
        outer, self._in_title = self._in_title, True
        group = self._group(depth)
        self._in_title = outer
        return replace(group, start=field.start)

    def _term(self) -> _Operand:
        """Read a term; plain words side by side are one."""
        first = last = self.take()
        term = first.term
        if term is None:
            return _Operand(None, first.start, first.end)
        while _is_word(term) and self.now.term and _is_word(self.now.term):
            last = self.take()
            if last.term:
                term = replace(term, text=f"{term.text} {last.term.text}", length=last.end - first.start)
        if self._in_title:
            if not term.kind.is_text:
                self.faults.append(first.fault(f"{term.kind}: cannot stand within title:"))
            term = replace(term, title=True)
        return _Operand(term, first.start, last.end)

    def _miss_operand(self) -> None:
        now = self.now
        before = self._tokens[self._at - 1] if self._at else None
        joins = before is not None and before.operator in ("AND", "OR", "NOT", "NEAR")
        if before is None or not (joins or now.operator == "end"):
            self.faults.append(now.fault(f"something is missing before {now.text}"))
        elif now.operator in (")", "end"):
            self.faults.append(before.fault(f"something is missing behind {before.text}"))
        else:
            self.faults.append(now.fault(f"something is missing between {before.text} and {now.text}"))

    def _go_down(self, depth: int) -> None:
        if depth >= DEEPEST:
            raise _TooDeepError


def _is_word(node: Node) -> bool:
    return isinstance(node, Term) and node.kind is Kind.WORDS and not node.title


def _joined(operands: list[_Operand], kind: type[And] | type[Or]) -> _Operand:
    """Join what was read; groups of the same operator are one."""
    if len(operands) == 1:
        return operands[0]
    parts: list[Node] = []
    for operand in operands:
        if operand.node is None:
            return _Operand(None, operands[0].start, operands[-1].end)
        parts += operand.node.parts if isinstance(operand.node, kind) else (operand.node,)
    return _Operand(kind(tuple(parts)), operands[0].start, operands[-1].end)
