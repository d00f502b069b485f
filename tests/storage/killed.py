"""A program that writes look after look and decision after decision until it is killed."""

import itertools
import sys

from bot.model.feed import FeedState
from bot.storage import open_store
from tests.storage.newsday import NOON, alert_of, contact_of, recognition_of, report_of, story_of

STORIES_A_LOOK = 3
FEED = "https://one.example/rss"


def main(url: str) -> None:
    """Write for ever; say a line after each pair of transactions."""
    store = open_store(url)
    for number in itertools.count(1):
        stories = [story_of(f"{number}-{place}") for place in range(STORIES_A_LOOK)]
        store.save_look(FeedState(FEED, failures=number), stories)
        with store.ledger() as ledger:
            name = f"contact-{number}"
            reports = [report_of(f"{number}-{place}", NOON.date()) for place in range(STORIES_A_LOOK)]
            ledger.enter(contact_of(name, NOON.date(), *reports), NOON)
            ledger.tell(alert_of(name, "body"), NOON)
            for story in stories:
                ledger.close_story(story, recognition_of(), [])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
