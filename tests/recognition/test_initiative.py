"""Who asked for a contact: the ways in which languages tell it."""

from datetime import date

import pytest

from bot.model.claim import Initiative
from tests.recognition.reading import read

DAY = date(2020, 9, 18)


def _initiative(text: str, language: str) -> Initiative | None:
    (claim,) = read(text, language=language, day=DAY).claims
    return claim.initiative


def _country(text: str, language: str) -> str | None:
    initiative = _initiative(text, language)
    return initiative.country if initiative else None


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Annegret Kramp-Karrenbauer hat ihrer französischen Kollegin Florence Parly einen Brief geschickt.", "DE"),
        ("de", "In einem Schreiben an Hulusi Akar mahnt Florence Parly zur Mäßigung.", "FR"),
        ("de", "Florence Parly erhielt einen Brief von Hulusi Akar, in dem er die Vorwürfe zurückweist.", "TR"),
        ("en", "In a letter to Ben Wallace dated 9 September, Mark Esper urged London to keep the brigade.", "US"),
        ("en", "Ben Wallace has received a letter from Mark Esper about the frigates.", "US"),
        ("en", "Ben Wallace has sent Mark Esper a letter about the frigates.", "GB"),
        ("fr", "Florence Parly a adressé une lettre à son homologue italien Lorenzo Guerini.", "FR"),
        ("es", "Margarita Robles envió una carta a su homóloga francesa Florence Parly.", "ES"),
        ("it", "Lorenzo Guerini ha inviato una lettera alla collega spagnola Margarita Robles.", "IT"),
        ("nl", "Ank Bijleveld stuurde haar Duitse collega Annegret Kramp-Karrenbauer een brief over de tanks.", "NL"),
        ("pl", "Mariusz Błaszczak wysłał list do niemieckiej minister obrony Annegret Kramp-Karrenbauer.", "PL"),
        ("ru", "Сергей Шойгу направил письмо британскому министру обороны Бену Уоллесу.", "RU"),
        ("uk", "Міністр оборони Андрій Таран надіслав листа британському міністру оборони Бену Воллесу.", "UA"),
        ("tr", "Milli Savunma Bakanı Hulusi Akar, Ukrayna Savunma Bakanı Andrii Taran'a mektup gönderdi.", "TR"),
    ],
)  # fmt: skip
def test_a_letter_is_his_who_writes_it(language: str, text: str, country: str) -> None:
    """Who writes to another took the initiative, wherever the letter's reader stands."""
    assert _country(text, language) == country


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ben Wallace and Mark Esper exchanged letters about the frigates."),
        ("de", "Annegret Kramp-Karrenbauer und Florence Parly haben einen gemeinsamen Brief verfasst."),
    ],
)
def test_letters_of_both_are_nobodys_initiative(language: str, text: str) -> None:
    """Letters that go to and fro tell of no beginning."""
    assert all(c.initiative is None for c in read(text, language=language, day=DAY).claims)


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Am Donnerstag griff Verteidigungsministerin Annegret Kramp-Karrenbauer zum Hörer und beschwerte sich bei ihrem türkischen Kollegen Hulusi Akar.", "DE"),
        ("de", "Hulusi Akar hat am Donnerstag zwei Kollegen angerufen. Er telefonierte mit Florence Parly.", "TR"),
        ("de", "Florence Parly bekam am Donnerstag einen Anruf von ihrem türkischen Kollegen Hulusi Akar.", "TR"),
        ("en", "Ben Wallace took a phone call from Mark Esper on Thursday.", "US"),
        ("en", '"Mark Esper phoned me on Thursday," Ben Wallace told reporters.', "US"),
        ("fr", "Florence Parly a reçu jeudi un appel téléphonique de son homologue turc Hulusi Akar.", "TR"),
        ("fr", "Lorenzo Guerini a décroché son téléphone jeudi pour parler à Florence Parly.", "IT"),
        ("es", "Margarita Robles recibió el jueves una llamada telefónica de Lorenzo Guerini.", "IT"),
        ("it", "Lorenzo Guerini ha ricevuto giovedì una telefonata dalla collega spagnola Margarita Robles.", "ES"),
        ("nl", "Ank Bijleveld kreeg donderdag telefoon van haar Duitse collega Annegret Kramp-Karrenbauer.", "DE"),
        ("nl", "Annegret Kramp-Karrenbauer belde donderdag met Ank Bijleveld. Het was de Duitse die had gebeld.", "DE"),
        ("nl", "Ank Bijleveld heeft donderdag haar Franse ambtgenote Florence Parly gebeld.", "NL"),
        ("fr", "Lorenzo Guerini a contacté jeudi Florence Parly par téléphone.", "IT"),
        ("pl", "Mariusz Błaszczak odebrał w czwartek telefon od Annegret Kramp-Karrenbauer.", "DE"),
        ("ru", "Бену Уоллесу в четверг позвонил Сергей Шойгу.", "RU"),
        ("ru", "Сергей Шойгу принял телефонный звонок от министра обороны Великобритании Бена Уоллеса.", "GB"),
        ("uk", "Андрію Тарану в четвер зателефонував міністр оборони Британії Бен Воллес.", "GB"),
        ("tr", "Bakan Hulusi Akar, Ukrayna Savunma Bakanı Andrii Taran'ı telefonla aradı.", "TR"),
    ],
)  # fmt: skip
def test_a_call_is_his_who_dials(language: str, text: str, country: str) -> None:
    """Who picks up the phone took the initiative, not who takes the call."""
    assert _country(text, language) == country


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Florence Parly sprach am Donnerstag mit Hulusi Akar, der sich um das Gespräch bemüht hatte.", "TR"),
        ("de", "Florence Parly sprach am Donnerstag mit Hulusi Akar. Das Gespräch war von türkischer Seite erbeten worden.", "TR"),
        ("de", "Florence Parly sprach am Donnerstag nach eigenen Angaben mit Hulusi Akar, was sie selbst angeregt hatte.", "FR"),
        ("de", "Hulusi Akar, auf dessen Initiative die beiden telefonierten, sprach am Donnerstag mit Florence Parly über Libyen.", "TR"),
        ("en", "Ben Wallace spoke by phone with Mark Esper on Thursday. It was the British who had asked for the call.", "GB"),
        ("en", "Ben Wallace spoke by phone with Mark Esper on Thursday. The conversation, which the Americans had asked for, was brief.", "US"),
        ("en", "Mark Esper, at whose request the two talked, spoke by phone with Ben Wallace on Thursday.", "US"),
        ("en", "Ben Wallace had a phone call with Mark Esper, which he himself had requested.", "GB"),
        ("fr", "Florence Parly s'est entretenue avec Hulusi Akar. L'entretien avait été demandé par les Turcs.", "TR"),
        ("fr", "Florence Parly s'est entretenue jeudi par téléphone avec Hulusi Akar, qui avait souhaité cet échange.", "TR"),
        ("es", "Margarita Robles habló por teléfono con Florence Parly. La conversación la había pedido la parte francesa.", "FR"),
        ("it", "Lorenzo Guerini ha parlato al telefono con Margarita Robles. Il colloquio era stato chiesto dagli spagnoli.", "ES"),
        ("nl", "Ank Bijleveld sprak donderdag telefonisch met Annegret Kramp-Karrenbauer, die om het gesprek had gevraagd.", "DE"),
        ("pl", "Mariusz Błaszczak rozmawiał telefonicznie z Markiem Esperem. O rozmowę, o którą zabiegała strona amerykańska, pytano w Sejmie.", "US"),
        ("ru", "Сергей Шойгу провел телефонный разговор с Беном Уоллесом. О разговоре просила британская сторона.", "GB"),
        ("uk", "Андрій Таран провів телефонну розмову з Беном Воллесом. Про розмову просила британська сторона.", "GB"),
        ("tr", "Milli Savunma Bakanı Hulusi Akar, Ukrayna Savunma Bakanı Andrii Taran ile telefonda görüştü. Görüşmeyi Ukrayna tarafı talep etmişti.", "UA"),
    ],
)  # fmt: skip
def test_a_contact_is_his_who_asked_for_it(language: str, text: str, country: str) -> None:
    """Who asked may stand in a clause of his own, as "they", as "he himself", as a side."""
    assert _country(text, language) == country


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Auf Einladung von Hulusi Akar hat Florence Parly am Donnerstag ihren türkischen Kollegen in Ankara getroffen.", "TR"),
        ("en", "Ben Wallace met Mark Esper at the Pentagon on Thursday at the invitation of his host.", "US"),
        ("fr", "Florence Parly a rencontré jeudi à Ankara Hulusi Akar, à l'invitation de ce dernier.", "TR"),
        ("it", "Margarita Robles ha incontrato giovedì a Roma Lorenzo Guerini, su invito della parte italiana.", "IT"),
    ],
)  # fmt: skip
def test_who_invites_took_the_initiative(language: str, text: str, country: str) -> None:
    """A meeting at somebody's invitation is his."""
    assert _country(text, language) == country


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "Ben Wallace met Mark Esper on Thursday. It took place at the request of the American side, sources say.", "US"),
        ("en", "Ben Wallace met Mark Esper on Thursday. It was at the request of London.", "GB"),
        ("es", "Margarita Robles se reunió el jueves con Florence Parly. Se celebró a petición de la parte francesa, según fuentes.", "FR"),
        ("ru", "Сергей Шойгу поговорил в четверг по телефону с Беном Уоллесом. Состоялась беседа по просьбе британской стороны.", "GB"),
    ],
)  # fmt: skip
def test_what_took_place_at_a_request_is_the_contact(language: str, text: str, country: str) -> None:
    """A sentence may go on about the contact without naming it."""
    assert _country(text, language) == country


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A phone rang at the ministry while Ben Wallace was meeting Mark Esper."),
        ("de", "Florence Parly und Hulusi Akar haben telefoniert. Sie bat ihn um Geduld."),
        ("en", "Ben Wallace spoke by phone with Mark Esper. Esper asked for patience."),
        ("en", "Ben Wallace spoke by phone with Mark Esper. Washington had sought more ships."),
        ("it", "Lorenzo Guerini ha parlato al telefono con Margarita Robles, che ha chiesto navi."),
        ("nl", "Ank Bijleveld heeft donderdag met Florence Parly gebeld."),
        ("nl", "Ank Bijleveld belde donderdag met Florence Parly."),
        ("en", "Ben Wallace met Mark Esper on Thursday. They discussed the Czech drone initiative and the US port initiative."),
        ("en", "Ben Wallace met Mark Esper on Thursday. The troops had been sent at the request of London, Esper recalled."),
        ("en", "Ben Wallace met Mark Esper on Thursday. Esper called Britain the most reliable partner of all."),
        ("de", "Florence Parly traf am Donnerstag Hulusi Akar. Frankreich sei auf Bitten der Regierung in Ankara eingesprungen."),
        ("fr", "Florence Parly a rencontré jeudi Hulusi Akar. L'initiative de la France sur les drones a été saluée."),
        ("es", "Margarita Robles se reunió el jueves con Florence Parly. A petición de Francia, Madrid enviará dos fragatas."),
        ("nl", "Ank Bijleveld ontmoette donderdag Florence Parly. Het verzoek van Frankrijk om extra schepen wordt bekeken."),
    ],
)  # fmt: skip
def test_no_initiative_is_made_up(language: str, text: str) -> None:
    """What rings, what else is asked for and initiatives that are no contacts name nobody."""
    assert _country(text, language) is None
