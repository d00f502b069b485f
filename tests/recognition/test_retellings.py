"""What a story tells of an earlier contact in passing, what is a habit, what is still to come."""

from datetime import date

import pytest

from bot.model.claim import Verdict
from tests.recognition.reading import read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Days after hosting Boris Pistorius, Poland's Władysław Kosiniak-Kamysz announced new brigades."),
        ("de", "Wochen nach dem Besuch seines polnischen Kollegen Władysław Kosiniak-Kamysz kündigte Boris Pistorius neue Brigaden an."),
        ("fr", "Quelques jours après avoir reçu Boris Pistorius, Sébastien Lecornu a commandé douze canons."),
        ("es", "Días después de recibir a Boris Pistorius, Margarita Robles anunció nuevas brigadas."),
        ("it", "Giorni dopo aver ricevuto Boris Pistorius, Guido Crosetto ha annunciato nuove brigate."),
        ("ru", "Через несколько дней после встречи с Борисом Писториусом Ллойд Остин объявил о помощи."),
        ("uk", "Через кілька днів після зустрічі з Борисом Пісторіусом Ллойд Остін оголосив про допомогу."),
        ("pl", "Kilka dni po spotkaniu z Borisem Pistoriusem Władysław Kosiniak-Kamysz ogłosił nowe brygady."),
        ("tr", "Boris Pistorius ile görüşmesinden günler sonra Yaşar Güler yeni tugaylar kurulacağını açıkladı."),
        ("nl", "Dagen na het bezoek van Boris Pistorius kondigde Kajsa Ollongren nieuwe brigades aan."),
    ],
)  # fmt: skip
def test_what_came_days_after_a_contact_is_the_news(language: str, text: str) -> None:
    """The contact itself is only what it came after."""
    assert read(text, language=language).verdict is Verdict.BACKGROUND


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Tage nach dem Angriff telefonierte Lloyd Austin mit Joav Galant."),
        ("de", "Tage nach dem Angriff gab es ein Gespräch zwischen Lloyd Austin und Joav Galant."),
        ("en", "Two days after the strike Lloyd Austin called Yoav Gallant."),
        ("en", "Two days after the meeting of NATO Lloyd Austin called Yoav Gallant."),
        ("en", "Days after their last call Lloyd Austin and Yoav Gallant spoke again on Thursday."),
        ("pl", "Kilka dni po ataku Lloyd Austin zadzwonił do Joawa Galanta."),
        ("tr", "Saldırıdan günler sonra Lloyd Austin, Yoav Gallant ile telefonda görüştü."),
    ],
)
def test_a_contact_days_after_something_else_is_news(language: str, text: str) -> None:
    """What the days are counted from must be the contact."""
    assert read(text, language=language).verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin has spoken with Yoav Gallant almost daily since the attack."),
        ("de", "Lloyd Austin hat seither fast täglich mit Joav Galant telefoniert."),
        ("fr", "Lloyd Austin s'entretient presque chaque jour avec Yoav Gallant."),
        ("ru", "С начала войны Ллойд Остин почти ежедневно созванивается с Йоавом Галантом."),
        ("pl", "Od początku wojny Lloyd Austin niemal codziennie rozmawia z Joawem Galantem."),
    ],
)
def test_a_habit_is_no_contact(language: str, text: str) -> None:
    """Who speaks every day has had no one call that could be told."""
    assert read(text, language=language).verdict is not Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Lloyd Austin spoke with Yoav Gallant about the daily attacks and they agreed to speak regularly.",
        ),
        (
            "de",
            "Lloyd Austin telefonierte mit Joav Galant, und sie vereinbarten, sich regelmäßig abzustimmen.",
        ),
        ("ru", "Ллойд Остин поговорил с Йоавом Галантом и договорился созваниваться регулярно."),
        ("en", "Lloyd Austin and Yoav Gallant met, as they routinely do, at the Pentagon."),
        ("en", "Lloyd Austin, who often travels, spoke repeatedly with Yoav Gallant on Thursday."),
    ],
)
def test_a_habit_spoken_of_in_a_contact_leaves_it(language: str, text: str) -> None:
    """Daily attacks are a topic, regular talks an agreement, and a day makes one contact."""
    assert read(text, language=language).verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin was to have met Boris Pistorius in Munich."),
        ("en", "Lloyd Austin and Boris Pistorius would have met on Monday, but a storm came."),
        ("pl", "Władysław Kosiniak-Kamysz zapowiedział, że w piątek na marginesie szczytu porozmawia z Borisem Pistoriusem."),
        ("es", "Margarita Robles, al margen de la reunión, se reunirá el viernes con Boris Pistorius."),
        ("it", "A margine della riunione Guido Crosetto incontrerà venerdì Boris Pistorius."),
        ("ru", "На полях встречи Ллойд Остин побеседует с Борисом Писториусом."),
        ("fr", "Sébastien Lecornu devait rencontrer Boris Pistorius. Le rendez-vous est incertain."),
    ],
)  # fmt: skip
def test_what_is_named_with_a_future_verb_is_still_to_come(language: str, text: str) -> None:
    """Nouns and margins belong to the verb; a meeting named again after its plan is still that plan."""
    assert read(text, language=language).verdict is Verdict.PLANNED


def test_a_contact_in_which_something_was_promised_took_place() -> None:
    """The future verb tells what was promised there, not the talk."""
    text = "Madryt przyjmie na szkolenie żołnierzy - zapowiedziała Margarita Robles podczas wczorajszego spotkania z Borisem Pistoriusem."
    assert read(text, language="pl").verdict is Verdict.CONTACT


def test_who_replies_behind_a_semicolon_was_not_spoken_with() -> None:
    """Two main clauses tell of two who spoke of each other."""
    text = "Florence Parly ha parlato di un atto aggressivo; il collega turco Hulusi Akar ha replicato in tv."
    assert read(text, language="it", day=date(2020, 6, 18)).verdict is not Verdict.CONTACT
    met = "Boris Pistorius sprach mit Lloyd Austin; mit Joav Galant will er am Montag reden."
    assert read(met).verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The budget grows. Caption: Lloyd Austin met Boris Pistorius in Brussels."),
        ("de", "Der Etat wächst. Bild: Boris Pistorius traf Lloyd Austin in Brüssel."),
        ("fr", "Le budget augmente. Photo: Sébastien Lecornu a rencontré Boris Pistorius à Bruxelles."),
        ("ru", "Бюджет растёт. На фото: Ллойд Остин встретился с Борисом Писториусом в Брюсселе."),
        ("uk", "Бюджет зростає. На фото: Ллойд Остін зустрівся з Борисом Пісторіусом у Брюсселі."),
        ("es", "El presupuesto crece. Foto: Margarita Robles se reunió con Boris Pistorius en Bruselas."),
        ("it", "Il bilancio cresce. Nella foto Guido Crosetto ha incontrato Boris Pistorius a Bruxelles."),
        ("pl", "Budżet rośnie. Na zdjęciu Władysław Kosiniak-Kamysz spotkał się z Borisem Pistoriusem."),
        ("tr", "Bütçe büyüyor. Fotoğraf: Yaşar Güler, Brüksel'de Boris Pistorius ile görüştü."),
        ("nl", "De begroting groeit. Foto: Kajsa Ollongren ontmoette Boris Pistorius in Brussel."),
    ],
)  # fmt: skip
def test_what_only_a_picture_shows_is_no_news(language: str, text: str) -> None:
    """A caption tells of the day on which the picture was taken."""
    assert read(text, language=language).verdict is Verdict.BACKGROUND
