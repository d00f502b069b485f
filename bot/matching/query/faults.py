"""What is wrong with a query, with its place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a query: the column counts from 1, `length` characters are to be underlined."""

    column: int
    length: int
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        """Write the fault as one line."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"column {self.column}: {self.message}{hint}"


class QueryError(ValueError):
    """A query cannot be understood; `faults` lists every reason, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep all faults; the text of the error is one line for each."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
