"""The entries of feeds.yaml as they are written, and whether two of them are one feed."""

from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.configuration.feeds import FeedEntry, FeedsFile, canonical
from bot.configuration.strict import validate
from bot.configuration.tree import Document, Scalar, at
from bot.model.subscription import Subscription


def read_subscriptions(document: Document) -> tuple[Subscription, ...]:
    """Read the feeds of a file as written, in its order; none where it has errors."""
    root = document.root
    file, _ = validate(FeedsFile, root, document) if root else (None, ())
    if root is None or file is None:
        return ()
    intervals = (at(root, ("feeds", index, "interval")) for index in range(len(file.feeds)))
    return tuple(
        entry.subscription(node.text if isinstance(node, Scalar) else None)
        for entry, node in zip(file.feeds, intervals, strict=True)
    )


def sound(subscription: Subscription) -> Subscription | str:
    """Give a subscription as feeds.yaml would read it, or a sentence on what is wrong with it."""
    told = {
        "url": subscription.url,
        "name": subscription.name,
        "language": subscription.language,
        "country": subscription.country,
        "interval": subscription.interval,
    }
    try:
        entry = FeedEntry.model_validate(
            {key: value for key, value in told.items() if value is not None}
            | {"enabled": subscription.enabled}
        )
    except ValidationError as error:
        return _sentence(error)
    return entry.subscription(subscription.interval)


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    told = first.get("ctx", {})
    message, hint = told.get("message") or f'"{first["loc"][-1]}": {first["msg"]}', told.get("hint")
    return f"{message} ({hint})" if hint else message


def likeness(url: str) -> str:
    """Give what two addresses of one feed have in common: not scheme, "www.", the last slash, a fragment.

    >>> likeness("http://www.Blatt.example:80/rss/") == likeness("https://blatt.example/rss")
    True
    """
    parts = urlsplit(canonical(url) or url)
    login, at_sign, host = parts.netloc.rpartition("@")
    query = f"?{parts.query}" if parts.query else ""
    return f"{login}{at_sign}{host.removeprefix('www.')}{parts.path.rstrip('/')}{query}"
