"""On which of several days a contact was."""

from datetime import date

import pytest

from bot.model.claim import Status
from tests.recognition.reading import read

FRIDAY, WEDNESDAY, SATURDAY = date(2021, 6, 18), date(2021, 6, 16), date(2021, 6, 12)
THURSDAY = date(2021, 6, 17)


def _day(text: str, language: str) -> date | None:
    (claim,) = read(text, language=language, day=FRIDAY).claims
    return claim.day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Nach dem Angriff vom Dienstagabend telefonierte Annegret Kramp-Karrenbauer am Mittwoch mit Lloyd Austin."),
        ("de", "Nach dem Angriff vom 14. Juni telefonierte Annegret Kramp-Karrenbauer am 16. Juni mit Lloyd Austin."),
        ("en", "After Monday's attack, Lloyd Austin telephoned Ben Wallace on Wednesday."),
        ("en", "Following the attack on 14 June, Lloyd Austin telephoned Ben Wallace on Wednesday."),
        ("fr", "Après l'attaque de lundi, Florence Parly a téléphoné mercredi à Lloyd Austin."),
        ("es", "Tras el ataque del lunes, Margarita Robles habló por teléfono el miércoles con Lloyd Austin."),
        ("it", "Dopo l'attacco di lunedì, Lorenzo Guerini ha parlato al telefono mercoledì con Lloyd Austin."),
        ("nl", "Na de aanval van maandag belde Ank Bijleveld woensdag met Lloyd Austin."),
        ("pl", "Po poniedziałkowym ataku Mariusz Błaszczak rozmawiał w środę przez telefon z Lloydem Austinem."),
        ("ru", "После удара в понедельник Сергей Шойгу в среду поговорил по телефону с Беном Уоллесом."),
        ("uk", "Після удару в понеділок Андрій Таран у середу поговорив телефоном із Ллойдом Остіном."),
        ("tr", "Pazartesi günkü saldırının ardından Hulusi Akar çarşamba günü Lloyd Austin ile telefonda görüştü."),
    ],
)  # fmt: skip
def test_the_day_of_what_went_before_is_not_the_contacts(language: str, text: str) -> None:
    """Of two days in a sentence the one behind "after" belongs to the attack, not to the call."""
    assert _day(text, language) == WEDNESDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In a letter dated 12 June, Lloyd Austin told Ben Wallace that the brigade would stay, it emerged on Thursday."),
        ("de", "Annegret Kramp-Karrenbauer hat Lloyd Austin einen Brief geschrieben, wie am Donnerstag bekannt wurde. Das Schreiben ist auf den 12. Juni datiert."),
        ("fr", "Florence Parly a adressé une lettre à Lloyd Austin, a-t-on appris jeudi. Le courrier est daté du 12 juin."),
        ("es", "Margarita Robles envió una carta a Lloyd Austin, según se supo el jueves. La misiva está fechada el 12 de junio."),
        ("it", "Lorenzo Guerini ha scritto a Lloyd Austin una lettera datata 12 giugno, si è saputo giovedì."),
        ("nl", "Ank Bijleveld heeft Lloyd Austin een brief gestuurd, bleek donderdag. De brief dateert van 12 juni."),
        ("pl", "Mariusz Błaszczak wysłał list do Lloyda Austina, o czym poinformowano w czwartek. List nosi datę 12 czerwca."),
        ("ru", "Сергей Шойгу направил письмо Бену Уоллесу, сообщили в четверг. Письмо датировано 12 июня."),
        ("uk", "Андрій Таран надіслав листа Ллойду Остіну, повідомили в четвер. Лист датовано 12 червня."),
        ("tr", "Hulusi Akar, Lloyd Austin'e 12 Haziran tarihli bir mektup gönderdi. Bu perşembe günü açıklandı."),
    ],
)  # fmt: skip
def test_a_letter_is_of_the_day_that_it_bears(language: str, text: str) -> None:
    """The date of a letter outweighs the day on which it became known."""
    assert _day(text, language) == SATURDAY


def test_a_letter_handed_over_does_not_date_the_meeting() -> None:
    """Who brings a letter along meets on his own day."""
    text = "Lloyd Austin met Ben Wallace on Monday and handed him a letter dated 12 May."
    assert _day(text, "en") == date(2021, 6, 14)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Pentagon said on Friday that Lloyd Austin had telephoned Ben Wallace the previous day."),
        ("de", "Das Pentagon teilte am Freitag mit, Lloyd Austin habe am Vortag mit Ben Wallace telefoniert."),
        ("fr", "Le Pentagone a indiqué vendredi que Lloyd Austin avait téléphoné la veille à Ben Wallace."),
        ("es", "El Pentágono informó este viernes de que Lloyd Austin habló la víspera por teléfono con Margarita Robles."),
        ("it", "Il Pentagono ha reso noto venerdì che il giorno prima Lloyd Austin ha parlato al telefono con Lorenzo Guerini."),
        ("ru", "В Пентагоне сообщили в пятницу, что накануне Ллойд Остин поговорил по телефону с Сергеем Шойгу."),
        ("tr", "Pentagon cuma günü yaptığı açıklamada, Lloyd Austin'in bir gün önce Hulusi Akar ile telefonda görüştüğünü bildirdi."),
    ],
)  # fmt: skip
def test_the_day_before_its_announcement_is_the_contacts(language: str, text: str) -> None:
    """A day counted back from the statement is that of the contact, never of the statement."""
    assert _day(text, language) == THURSDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin spoke by phone with Ben Wallace on Thursday, ahead of Monday's NATO summit."),
        ("en", "Two days before the summit on Saturday, Lloyd Austin spoke by phone with Ben Wallace on Thursday."),
        ("de", "Vor dem Gipfel am Montag telefonierte Annegret Kramp-Karrenbauer am Donnerstag mit Lloyd Austin."),
        ("fr", "Avant le sommet de lundi, Florence Parly a téléphoné jeudi à Lloyd Austin."),
        ("es", "Antes de la cumbre del lunes, Margarita Robles habló el jueves por teléfono con Lloyd Austin."),
        ("it", "Prima del vertice di lunedì, Lorenzo Guerini ha parlato giovedì al telefono con Lloyd Austin."),
        ("nl", "Voor de top van maandag belde Ank Bijleveld donderdag met Lloyd Austin."),
        ("pl", "Przed poniedziałkowym szczytem Mariusz Błaszczak rozmawiał w czwartek z Lloydem Austinem przez telefon."),
        ("ru", "Перед саммитом в понедельник Сергей Шойгу в четверг поговорил по телефону с Беном Уоллесом."),
        ("uk", "Перед самітом у понеділок Андрій Таран у четвер поговорив телефоном із Ллойдом Остіном."),
        ("tr", "Pazartesi günkü zirveden önce Hulusi Akar perşembe günü Lloyd Austin ile telefonda görüştü."),
    ],
)  # fmt: skip
def test_the_day_of_what_is_ahead_is_not_the_contacts(language: str, text: str) -> None:
    """Of two days in a sentence the one behind "before" belongs to the summit, not to the call."""
    assert _day(text, language) == THURSDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Monday's strike was the subject of a call between Ben Wallace and Lloyd Austin on Wednesday."),
        ("de", "Über den Angriff vom Montag sprachen Annegret Kramp-Karrenbauer und Lloyd Austin am Mittwoch am Telefon."),
        ("fr", "L'attaque de lundi a été au centre d'un entretien téléphonique, mercredi, entre Florence Parly et Lloyd Austin."),
        ("fr", "Florence Parly, arrivée lundi soir à Madrid, y a rencontré mercredi Margarita Robles."),
        ("ru", "Сергей Шойгу, прибывший в понедельник в Анкару, в среду встретился с Хулуси Акаром."),
        ("tr", "Pazartesi günü Roma'ya gelen Hulusi Akar, çarşamba günü Lorenzo Guerini ile görüştü."),
    ],
)  # fmt: skip
def test_a_day_that_describes_something_else_is_not_the_contacts(language: str, text: str) -> None:
    """Of "Monday's strike" and "arrived on Monday": the day beside the words of contact outweighs it."""
    assert _day(text, language) == WEDNESDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Monday's call between Ben Wallace and Lloyd Austin lasted an hour."),
        ("de", "Im Gespräch vom Montag einigten sich Annegret Kramp-Karrenbauer und Lloyd Austin."),
        ("es", "En la noche del lunes Margarita Robles habló por teléfono con Lloyd Austin."),
        ("fr", "Dans la nuit de lundi à mardi, Florence Parly a téléphoné à Lloyd Austin."),
    ],
)
def test_a_day_that_describes_the_contact_is_its_own(language: str, text: str) -> None:
    """In "Monday's call" and "the night of Monday" nothing else is meant."""
    assert _day(text, language) == date(2021, 6, 14)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Annegret Kramp-Karrenbauer hat mit Lloyd Austin telefoniert. Es war das erste Gespräch der Minister seit Austins Ernennung am 22. Januar, teilte das Pentagon mit."),
        ("en", "Lloyd Austin has telephoned Ben Wallace. It was the first word of the ministers since Austin's appointment on 22 January, the Pentagon said."),
    ],
)  # fmt: skip
def test_since_when_they_had_not_spoken_is_not_the_contacts_day(language: str, text: str) -> None:
    """The day of an appointment, since which it was the first call, stands in the sentence after it."""
    assert _day(text, language) is None


def test_a_refusal_is_no_word_on_the_meeting_before_it() -> None:
    """The words "last met in May" bound neither the days nor the end of what was refused in November."""
    text = (
        "Dong Jun rejected the meeting which Lloyd Austin had asked for at the sidelines of a conference in Laos. "
        "The two last met in May, on the sidelines of the Shangri-La Dialogue."
    )
    november = date(2024, 11, 21)
    claims = read(text, title="China rejects meeting with Lloyd Austin", language="en", day=november).claims
    assert [(c.status, c.by) for c in claims] == [(Status.DENIED, november)]
