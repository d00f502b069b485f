"""Where a post can be read: its address on t.me. Pure."""

import re

_PUBLIC = re.compile(r"@([A-Za-z][A-Za-z0-9_]*)(/[0-9]+)?")
_PRIVATE = re.compile(r"-100([0-9]+)(/[0-9]+)?")


def post_url(chat: str, number: int) -> str | None:
    """Give a post's address; of a private chat's it opens for members, None where there is none.

    >>> post_url("@draht/17", 5), post_url("-1001234", 5), post_url("phone", 5)
    ('https://t.me/draht/17/5', 'https://t.me/c/1234/5', None)
    """
    if found := _PUBLIC.fullmatch(chat):
        return f"https://t.me/{found[1]}{found[2] or ''}/{number}"
    if found := _PRIVATE.fullmatch(chat):
        return f"https://t.me/c/{found[1]}{found[2] or ''}/{number}"
    return None
