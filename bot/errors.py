"""What can go wrong, as sentences about a subject.

    DrahtError                 one clear sentence; the command line prints it and exits 1
    ├── ConfigurationError     the configuration has problems (all of them)
    ├── StateError             the state folder or the database cannot be used
    │   ├── LedgerBusyError    the database stayed locked past its time limit
    │   └── NewerSchemaError   the database was made by a newer Draht
    ├── UsageError             the command was called wrongly; exits 2
    └── InputError             a file handed to a command cannot be read

A fault of one feed, story or post is not an exception but a value: see
`bot.model.fetch.Failed` and `bot.model.outcome`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DrahtError(Exception):
    """A sentence for a person: what is wrong, where, and what to do."""

    exit_status = 1


class StateError(DrahtError):
    """The state folder or the database cannot be read or written."""


class LedgerBusyError(StateError):
    """Another process held the database longer than the time limit."""


class NewerSchemaError(StateError):
    """The database was written by a newer Draht than this one."""


class UsageError(DrahtError):
    """A command was called in a way it does not understand."""

    exit_status = 2


class InputError(DrahtError):
    """A file given to a command cannot be read as what it should be."""


class Severity(StrEnum):
    """Whether a problem stops Draht or is only worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a configuration file, with its place.

    `line` and `column` count from 1; 0 means the file as a whole.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the problem as compilers do: file:line:column: what (hint)."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint}"


class ConfigurationError(DrahtError):
    """The configuration cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems; the text of the error is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
