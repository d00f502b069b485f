"""A user's desk: a working folder, an environment, and the command `draht`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

DRAHT = Path(sys.executable).parent / "draht"

FEEDS = "feeds:\n  - url: http://127.0.0.1:9/feed.xml\n    name: Blatt\n    language: de\n"
WATCH_LIST = "keywords: [Austin, Beloussow, Telefonat]\n"


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    def answers(self) -> list[dict[str, object]]:
        """Read its output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Desk:
    """Where commands are started; `environment` is all that they see of one."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment |= {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "DRAHT_STATE": str(self.state),
        }

    @property
    def state(self) -> Path:
        """Where Draht keeps its state."""
        return self.folder / "state"

    @property
    def config(self) -> Path:
        """The folder of the configuration, which begins to exist when something is written there."""
        return self.folder / "config"

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the configuration."""
        self.config.mkdir(exist_ok=True)
        path = self.config / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def configure(self, feeds: str = FEEDS, watch_list: str = WATCH_LIST) -> None:
        """Write a configuration."""
        self.write("feeds.yaml", feeds)
        self.write("watchlist.yaml", watch_list)

    def stories(self, *stories: dict[str, object]) -> str:
        """Write a file of JSON lines; give its name."""
        text = "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories)
        (self.folder / "stories.jsonl").write_text(text, encoding="utf-8")
        return "stories.jsonl"

    def draht(self, *arguments: str, given: bytes = b"") -> Done:
        """Run the command to its end."""
        done = subprocess.run(
            [DRAHT, *arguments],
            cwd=self.folder,
            env=self.environment,
            input=given,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def start(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the command and leave it running; its words go to files in the working folder.

        It does not outlive the test, whatever comes of that.
        """
        with (self.folder / "out").open("ab") as out, (self.folder / "err").open("ab") as err:
            process = subprocess.Popen(
                [DRAHT, *arguments], cwd=self.folder, env=self.environment, stdout=out, stderr=err
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def said(self) -> str:
        """Give what started commands wrote so far."""
        return (self.folder / "out").read_text() + (self.folder / "err").read_text()
