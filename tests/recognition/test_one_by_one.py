"""Who meets several one by one has as many contacts, who sits at one table has one."""

from datetime import date

import pytest

from tests.recognition.reading import countries, read

DAY = date(2021, 6, 18)


@pytest.mark.parametrize(
    ("language", "text", "pairs"),
    [
        ("en", "Sergei Shoigu spoke by phone in turn with Britain's Ben Wallace, France's Florence Parly and Turkey's Hulusi Akar on Thursday.", ["FR-RU", "GB-RU", "RU-TR"]),
        ("de", "Sergej Schoigu telefonierte am Donnerstag der Reihe nach mit Ben Wallace, Florence Parly und Hulusi Akar.", ["FR-RU", "GB-RU", "RU-TR"]),
        ("tr", "Sergey Şoygu perşembe günü sırasıyla Ben Wallace, Florence Parly ve Hulusi Akar ile telefonda görüştü.", ["FR-RU", "GB-RU", "RU-TR"]),
        ("en", "Ben Wallace met Florence Parly and, later, Hulusi Akar in Brussels on Thursday.", ["FR-GB", "GB-TR"]),
        ("de", "Ben Wallace traf am Donnerstag in Brüssel Florence Parly und danach Hulusi Akar.", ["FR-GB", "GB-TR"]),
        ("fr", "Florence Parly a rencontré jeudi Ben Wallace, puis Hulusi Akar.", ["FR-GB", "FR-TR"]),
        ("es", "Margarita Robles se reunió el jueves con Florence Parly y, posteriormente, con Hulusi Akar.", ["ES-FR", "ES-TR"]),
        ("ru", "Сергей Шойгу в четверг встретился с Беном Уоллесом, а затем с Хулуси Акаром.", ["GB-RU", "RU-TR"]),
        ("en", "Ben Wallace, Florence Parly and Hulusi Akar met in Brussels on Thursday and later visited a museum.", ["FR-GB-TR"]),
        ("de", "Ben Wallace, Florence Parly und Hulusi Akar trafen sich am Donnerstag und sprachen danach mit Soldaten.", ["FR-GB-TR"]),
    ],
)  # fmt: skip
def test_what_is_told_in_turn_is_not_one_table(language: str, text: str, pairs: list[str]) -> None:
    """So does "in turn" anywhere, "and later" between two partners."""
    assert sorted(countries(read(text, language=language, day=DAY))) == pairs
