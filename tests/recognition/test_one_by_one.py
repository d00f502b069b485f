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
        ("en", "Ben Wallace and Florence Parly held separate talks with Hulusi Akar on Thursday.", ["FR-TR", "GB-TR"]),
        ("de", "Ben Wallace und Florence Parly sprachen am Donnerstag getrennt mit Hulusi Akar.", ["FR-TR", "GB-TR"]),
        ("it", "Ben Wallace e Florence Parly hanno avuto giovedì colloqui separati con Hulusi Akar.", ["FR-TR", "GB-TR"]),
        ("ru", "Бен Уоллес и Флоранс Парли провели в четверг отдельные встречи с Хулуси Акаром.", ["FR-TR", "GB-TR"]),
        ("en", "Ben Wallace and Florence Parly met with Hulusi Akar in a separate room on Thursday.", ["FR-GB-TR"]),
        ("en", "Ben Wallace, Florence Parly and Hulusi Akar met in Brussels on Thursday and later visited a museum.", ["FR-GB-TR"]),
        ("de", "Ben Wallace, Florence Parly und Hulusi Akar trafen sich am Donnerstag und sprachen danach mit Soldaten.", ["FR-GB-TR"]),
    ],
)  # fmt: skip
def test_what_is_told_in_turn_is_not_one_table(language: str, text: str, pairs: list[str]) -> None:
    """So does "in turn" anywhere, "and later" between two partners."""
    assert sorted(countries(read(text, language=language, day=DAY))) == pairs


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ben Wallace and Florence Parly are in Brussels and held separate meetings with delegations from Africa on Thursday."),
        ("en", "Florence Parly and Hulusi Akar have each met with members of parliament."),
        ("de", "Ben Wallace und Florence Parly sind in Brüssel und führten am Donnerstag getrennte Gespräche mit Delegationen aus Afrika."),
        ("de", "Ben Wallace und Florence Parly trafen sich am Donnerstag jeweils mit Abgeordneten."),
        ("fr", "Ben Wallace et Florence Parly ont eu jeudi à Bruxelles des entretiens séparés avec des délégations africaines."),
        ("es", "Ben Wallace y Florence Parly mantuvieron el jueves reuniones por separado con delegaciones africanas."),
        ("it", "Ben Wallace e Florence Parly hanno avuto giovedì colloqui separati con delegazioni africane."),
        ("nl", "Ben Wallace en Florence Parly voerden donderdag afzonderlijke gesprekken met delegaties uit Afrika."),
        ("pl", "Ben Wallace i Florence Parly odbyli w czwartek osobne spotkania z delegacjami z Afryki."),
        ("ru", "Бен Уоллес и Флоранс Парли провели в четверг отдельные встречи с делегациями из Африки."),
        ("uk", "Бен Воллес і Флоранс Парлі провели у четвер окремі зустрічі з делегаціями з Африки."),
        ("tr", "Ben Wallace ve Florence Parly perşembe günü Afrika'dan gelen heyetler ile ayrı ayrı görüştü."),
    ],
)  # fmt: skip
def test_two_who_each_met_others_did_not_meet(language: str, text: str) -> None:
    """Separate talks of two with third parties are no contact between the two."""
    assert countries(read(text, language=language, day=DAY)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ben Wallace and Florence Parly spoke by phone on Thursday and met separately with their staff."),
        ("de", "Ben Wallace und Florence Parly telefonierten am Donnerstag, danach sprachen sie jeweils mit Journalisten."),
        ("fr", "Ben Wallace et Florence Parly se sont entretenus jeudi par téléphone, puis séparément avec la presse."),
        ("en", "Ben Wallace met Florence Parly separately in Brussels on Thursday."),
        ("de", "Ben Wallace sprach am Donnerstag getrennt von den anderen mit Florence Parly."),
        ("en", "Ben Wallace and Florence Parly held separate talks with each other on Thursday."),
        ("en", "Ben Wallace and Florence Parly had separate talks with each other in Rome on Thursday."),
        ("pl", "Ben Wallace i Florence Parly odbyli w czwartek osobne spotkanie ze sobą."),
        ("en", "Ben Wallace and Florence Parly met on Thursday, each with a delegation of officials."),
        ("en", "Ben Wallace and Florence Parly met separately with their delegations and then face to face on Thursday."),
        ("en", "Ben Wallace and Florence Parly met in Brussels on Thursday, separately from a meeting with Nordic partners."),
        ("en", "Before separate talks with lawmakers, Ben Wallace and Florence Parly met in London on Thursday."),
        ("en", "Ben Wallace and Florence Parly, who each met with troops, spoke by phone on Thursday."),
        ("de", "Ben Wallace und Florence Parly kamen am Donnerstag jeweils mit großer Delegation zu einem Treffen zusammen."),
        ("de", "Ben Wallace und Florence Parly trafen sich am Donnerstag in einem separaten Gespräch mit nur wenigen Beratern."),
        ("fr", "Ben Wallace et Florence Parly se sont entretenus jeudi, avant des entretiens séparés avec des industriels."),
        ("es", "Ben Wallace y Florence Parly hablaron el jueves por teléfono tras reuniones por separado con empresarios."),
        ("ru", "Бен Уоллес и Флоранс Парли провели в четверг отдельную встречу с глазу на глаз."),
        ("tr", "Ben Wallace ve Florence Parly perşembe günü birbirleri ile ayrı bir görüşme yaptı."),
    ],
)  # fmt: skip
def test_two_who_spoke_and_then_met_others_did_speak(language: str, text: str) -> None:
    """What each did by himself takes nothing from what the two did together."""
    assert countries(read(text, language=language, day=DAY)) == ["FR-GB"]
