"""Made-up pages of a made-up newspaper."""

CALL = (
    "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert, teilte das Pentagon in Washington mit."
)
INITIATIVE = (
    "Das Gespräch fand auf Initiative der USA statt. Es war der zweite Anruf innerhalb von drei Wochen, "
    "nachdem beide Seiten mehr als ein Jahr lang nicht miteinander gesprochen hatten."
)
PURPOSE = (
    "Nach Angaben des Ministeriums ging es darum, die Leitungen zwischen beiden Hauptstädten offen zu "
    "halten, damit aus Zwischenfällen keine unbeabsichtigte Eskalation wird."
)
NO_MORE = (
    "Einzelheiten nannte der Sprecher nicht; er verwies darauf, dass weitere Gespräche möglich seien, "
    "sobald es dafür einen Anlass gebe, und dass die Verbündeten vorab unterrichtet worden seien."
)
PARAGRAPHS = (CALL, INITIATIVE, PURPOSE, NO_MORE)
TITLE = "Austin und Beloussow telefonieren"


def article(
    title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, head: str = "", lang: str = "de"
) -> bytes:
    """Write the page of an article."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Start</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()
