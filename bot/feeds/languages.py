"""Language tags as feeds declare them → ISO 639-1."""

# The two-letter codes of ISO 639-1.
_WRITTEN = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_CODES = frozenset(_WRITTEN.split())
# Country codes and longer names that feeds give for a language.
_MEANT = {
    "ua": "uk", "cz": "cs", "jp": "ja", "cn": "zh", "gr": "el", "dk": "da", "rs": "sr", "in": "id",
    "iw": "he", "deu": "de", "ger": "de", "german": "de", "deutsch": "de", "eng": "en",
    "english": "en", "rus": "ru", "russian": "ru", "ukr": "uk", "ukrainian": "uk", "fra": "fr",
    "fre": "fr", "french": "fr", "spa": "es", "ita": "it", "pol": "pl", "tur": "tr", "ara": "ar",
    "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "por": "pt",
    "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "ces": "cs",
}  # fmt: skip


def language_of(declared: str | None) -> str | None:
    """Give the two-letter code of a declared language, None where it names none.

    >>> language_of("de-DE"), language_of("EN_us"), language_of("ua"), language_of("xx")
    ('de', 'en', 'uk', None)
    """
    tag = (declared or "").strip().lower().replace("_", "-").partition("-")[0]
    code = _MEANT.get(tag, tag)
    return code if code in _CODES else None
