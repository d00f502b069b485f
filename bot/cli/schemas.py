"""The schema that `draht check --schema` prints."""

from bot.errors import UsageError


def of(name: str | None, *, alone: bool) -> str:
    """Give the JSON Schema of a file of the configuration.

    Raises `UsageError` for an unknown name, and where --schema does not stand alone.
    """
    from bot.configuration.schema import File, written

    if not alone:
        raise UsageError("--schema stands alone: draht check --schema [watchlist|feeds|holders]")
    known = {file.value: file for file in File}
    file = known.get((name or File.WATCH_LIST).removesuffix(".yaml"))
    if file is None:
        raise UsageError(f'there is no schema of "{name}"; there are: {", ".join(known)}')
    return written(file).rstrip("\n")
