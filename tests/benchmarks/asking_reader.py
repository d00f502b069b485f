"""The library `reader`, asked to do the same, in a Python that has it and needs nothing else of Draht."""

import json
import logging
import sys
from pathlib import Path
from time import process_time

from reader import make_reader  # type: ignore[import-not-found]  # lives in another Python


def main(folder: Path) -> None:
    """Obey orders to update the feeds of a set; each set has a database of its own."""
    logging.disable()
    readers = {}
    for line in sys.stdin:
        order = json.loads(line)
        name = order["set"]
        if name not in readers:
            readers[name] = make_reader(str(folder / f"reader-{name}.db"))
            for url in order["urls"]:
                readers[name].add_feed(url, allow_invalid_url=True)
        start = process_time()
        readers[name].update_feeds(scheduled=False)
        cpu = process_time() - start
        failed = sum(1 for feed in readers[name].get_feeds() if feed.last_exception)
        entries = readers[name].get_entry_counts().total
        sys.stdout.write(json.dumps({"cpu": cpu, "failed": failed, "stories": entries}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
