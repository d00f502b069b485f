"""What never took place, and what did although something else is denied."""

from datetime import date

import pytest

from bot.model.claim import Verdict
from tests.recognition.reading import read

PAIR = (
    "Boris Pistorius telefonierte am Donnerstag mit seinem polnischen Amtskollegen Władysław Kosiniak-Kamysz"
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Hat Boris Pistorius mit Sébastien Lecornu telefoniert?"),
        ("en", "Did Defence Secretary Lloyd Austin call Sébastien Lecornu?"),
        ("ru", "Звонил ли Ллойд Остин Себастьяну Лекорню?"),
        ("uk", "Ллойд Остін зателефонував Себастьяну Лекорню?"),
        ("fr", "Sébastien Lecornu a-t-il téléphoné à Boris Pistorius ?"),
        ("es", "¿Llamó Margarita Robles a Sébastien Lecornu?"),
        ("it", "Guido Crosetto ha telefonato a Sébastien Lecornu?"),
        ("pl", "Władysław Kosiniak-Kamysz rozmawiał z Borisem Pistoriusem?"),
        ("tr", "Yaşar Güler, Boris Pistorius ile telefonda konuştu mu?"),
        ("nl", "Heeft Kajsa Ollongren gebeld met Boris Pistorius?"),
    ],
)
def test_a_contact_that_is_only_asked_about_is_none(language: str, text: str) -> None:
    """A question for its subject takes the contact for granted; one for the contact does not."""
    assert read(text, language=language).verdict is not Verdict.CONTACT


def test_a_question_about_a_contact_takes_it_for_granted() -> None:
    """One that asks why they met tells that they did; so does what stands before the question."""
    assert read("Warum traf Boris Pistorius am Donnerstag Sébastien Lecornu?").verdict is Verdict.CONTACT
    assert read(f"{PAIR}: Hilft das?").verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", f"{PAIR}, schrieb ein Blog. Das Ministerium nannte den Bericht frei erfunden."),
        ("en", "Lloyd Austin spoke to Boris Pistorius by phone, a channel said. The Pentagon called the report false."),
        ("en", "Lloyd Austin spoke to Boris Pistorius by phone, a channel said. The Pentagon denied the report."),
        ("ru", "Ллойд Остин созвонился с Борисом Писториусом, пишут СМИ. В Пентагоне эту информацию опровергли."),
        ("uk", "Ллойд Остін зателефонував Борису Пісторіусу, пишуть ЗМІ. У Пентагоні цю інформацію спростували."),
        ("fr", "Sébastien Lecornu a téléphoné à Boris Pistorius, selon un site. Le ministère dément l'information."),
        ("es", "Margarita Robles llamó a Boris Pistorius, según un canal. El Ministerio desmiente la noticia."),
        ("it", "Guido Crosetto ha telefonato a Boris Pistorius, scrive un sito. Il ministero smentisce la notizia."),
        ("pl", "Władysław Kosiniak-Kamysz rozmawiał z Borisem Pistoriusem, podał portal. MON zdementował te doniesienia."),
        ("tr", "Yaşar Güler, Boris Pistorius ile telefonda görüştü, diye yazdı bir site. MSB haberi yalanladı."),
        ("nl", "Kajsa Ollongren heeft gebeld met Boris Pistorius, meldt een site. Het ministerie noemt het bericht verzonnen."),
    ],
)  # fmt: skip
def test_a_report_that_the_next_sentence_calls_false_tells_no_contact(language: str, text: str) -> None:
    """The word for the report is all that its denial names."""
    assert read(text, language=language).verdict is Verdict.DENIED


@pytest.mark.parametrize(
    "after",
    [
        "Den Bericht über einen Streit nannte er frei erfunden.",
        "Die Behauptung, Polen ziehe Truppen ab, wiesen beide als frei erfunden zurück.",
        "Zuvor hatte Moskau diese Meldung als frei erfunden bezeichnet.",
        "Moskau dementierte.",
    ],
)
def test_another_report_that_is_called_false_leaves_the_contact(after: str) -> None:
    """A report that tells what it is about is another; a denial of before is overcome."""
    assert read(f"{PAIR}. {after}").verdict is Verdict.CONTACT


def test_a_claim_made_in_a_call_may_be_denied() -> None:
    """What a minister claimed on the phone is false; that he called is not."""
    call = "Sébastien Lecornu spoke by phone with Boris Pistorius and claimed that Warsaw was holding back its tanks."
    assert read(f"{call} Warsaw called the claim false.", language="en").verdict is Verdict.CONTACT


def test_a_claim_of_one_side_that_the_other_denies_is_no_contact() -> None:
    """Who claims a contact vouches for it alone."""
    text = "Lloyd Austin claims he spoke by phone to Boris Pistorius. Berlin flatly denied it."
    assert read(text, language="en").verdict is Verdict.DENIED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", f"Nach anfänglichem Dementi bestätigte das Ministerium: {PAIR}."),
        ("en", "Despite an earlier denial, the Pentagon confirmed that Lloyd Austin met Boris Pistorius on Thursday."),
        ("it", "Dopo una prima smentita la conferma: Guido Crosetto ha incontrato giovedì Boris Pistorius."),
        ("pl", "Wbrew zaprzeczeniom Władysław Kosiniak-Kamysz spotkał się w czwartek z Borisem Pistoriusem."),
        ("tr", "Önce yalanlayan bakanlık, Yaşar Güler'in Boris Pistorius ile telefonda görüştüğünü doğruladı."),
        ("nl", "Na een eerdere ontkenning: Kajsa Ollongren heeft donderdag gebeld met Boris Pistorius."),
    ],
)  # fmt: skip
def test_a_denial_that_was_taken_back_denies_nothing(language: str, text: str) -> None:
    """Words like "at first" and "despite" tell that a denial is over."""
    assert read(text, language=language).verdict is Verdict.CONTACT


def test_what_is_false_may_be_what_was_spoken_about() -> None:
    """Ministers speak about fake news, too."""
    met = "Kajsa Ollongren heeft donderdag Boris Pistorius ontmoet."
    text = f"{met} Zij spraken over desinformatie en nepnieuws."
    assert read(text, language="nl").verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Boris Pistorius hat mehrfach versucht, Sébastien Lecornu anzurufen."),
        ("en", "Lloyd Austin tried to call Boris Pistorius."),
        (
            "ru",
            "Ллойд Остин пытался дозвониться до Бориса Писториуса, но трубку никто не взял. Разговора нет.",
        ),
        ("fr", "Sébastien Lecornu est reparti sans rencontrer Boris Pistorius."),
        ("es", "Margarita Robles volvió sin reunirse con Boris Pistorius."),
        ("it", "Guido Crosetto è ripartito senza incontrare Boris Pistorius."),
        ("pl", "Władysław Kosiniak-Kamysz wrócił bez spotkania z Borisem Pistoriusem."),
        ("tr", "Yaşar Güler, Boris Pistorius ile görüşmeden ayrıldı."),
        ("uk", "Рустем Умєров поїхав, не зустрівшись із Борисом Пісторіусом."),
        ("nl", "Kajsa Ollongren heeft geprobeerd Boris Pistorius te bellen."),
    ],
)
def test_an_attempt_is_no_contact(language: str, text: str) -> None:
    """Who tries to call has not; who leaves without a meeting has none."""
    assert read(text, language=language).verdict is not Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Guido Crosetto and Yasar Guler greeted each other with a handshake. No talks took place."),
        ("de", "Boris Pistorius und Kristóf Szalay-Bobrovniczky gaben sich in Brüssel die Hand. Zu einem Gespräch kam es nicht."),
        ("fr", "Sébastien Lecornu et Yaşar Güler se sont serré la main à Bruxelles. Aucun entretien n'a eu lieu."),
        ("ru", "Джон Хили и Яшар Гюлер пожали друг другу руки. Содержательной беседы не было."),
        ("uk", "Джон Гілі та Раджнатх Сінгх потисли один одному руки. Розмови між ними не було."),
        ("es", "Margarita Robles y Yaşar Güler se estrecharon la mano. No hubo conversación entre ellos."),
        ("it", "Guido Crosetto e Yaşar Güler si sono stretti la mano. Nessun colloquio si è svolto."),
        ("pl", "Władysław Kosiniak-Kamysz i Robert Kaliňák podali sobie ręce. Rozmowy jednak nie było."),
        ("tr", "Yaşar Güler ile Nikos Dendias Brüksel'de el sıkıştı. İkili görüşme yapılmadı."),
        ("nl", "Ruben Brekelmans en Boris Pistorius gaven elkaar een hand. Tot een gesprek kwam het niet."),
    ],
)  # fmt: skip
def test_who_but_greeted_had_no_contact_where_talks_are_denied(language: str, text: str) -> None:
    """A handshake is all there was, says the story."""
    assert read(text, language=language, day=date(2024, 10, 18)).verdict is Verdict.DENIED


def test_a_handshake_by_itself_is_a_meeting() -> None:
    """Nothing denied, it stands; and what else is told between them outweighs a talk that was not."""
    shook = "Guido Crosetto and Yasar Guler shook hands in Naples."
    assert read(shook, language="en").verdict is Verdict.CONTACT
    met = f"{shook} The two ministers met for an hour. A second round of talks did not take place."
    assert read(met, language="en").verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin rang Boris Pistorius twice. Nobody picked up."),
        ("de", "Lloyd Austin rief Boris Pistorius zweimal an. Niemand hob ab."),
        ("fr", "Sébastien Lecornu a téléphoné à Boris Pistorius. Personne n'a décroché."),
        ("en", "Lloyd Austin phoned Boris Pistorius. Nobody answered."),
        ("ru", "Ллойд Остин позвонил Борису Писториусу. Никто не ответил."),
        ("it", "Guido Crosetto ha telefonato a Boris Pistorius. Nessuno ha risposto."),
        ("en", "Boris Pistorius has yet to take a call from Lloyd Austin."),
    ],
)
def test_a_call_that_nobody_took_is_none(language: str, text: str) -> None:
    """The next sentence may say so."""
    assert read(text, language=language).verdict is Verdict.DENIED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin phoned Boris Pistorius. Questions from reporters were left unanswered."),
        ("de", "Boris Pistorius telefonierte mit Lloyd Austin. Cherson bleibt besetzt, niemand nahm Schaden."),
        ("fr", "Sébastien Lecornu a téléphoné à Boris Pistorius. La presse est restée sans réponse."),
        ("es", "Margarita Robles telefoneó a Boris Pistorius. Muchas preguntas quedaron sin respuesta."),
        ("it", "Guido Crosetto ha telefonato a Boris Pistorius. Le domande restano senza risposta."),
        ("nl", "Kajsa Ollongren belde met Boris Pistorius. Vragen bleven onbeantwoord."),
        ("pl", "Władysław Kosiniak-Kamysz rozmawiał telefonicznie z Borisem Pistoriusem. Pytania pozostały bez odpowiedzi."),
        ("ru", "Ллойд Остин созвонился с Борисом Писториусом. Вопросы остались без ответа."),
        ("uk", "Ллойд Остін зателефонував Борису Пісторіусу. Запитання лишилися без відповіді."),
        ("tr", "Yaşar Güler, Boris Pistorius ile telefonda görüştü. Sorular yanıtsız kaldı."),
    ],
)  # fmt: skip
def test_questions_that_nobody_answered_leave_the_call(language: str, text: str) -> None:
    """What stays unanswered after a call may be anything but the call."""
    assert read(text, language=language).verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin spoke by phone with Boris Pistorius after months of refusal."),
        (
            "fr",
            "Lloyd Austin s'est entretenu jeudi par téléphone avec Boris Pistorius, après des mois de refus.",
        ),
        ("ru", "Ллойд Остин поговорил по телефону с Борисом Писториусом после нескольких месяцев отказов."),
        ("es", "Lloyd Austin habló por teléfono con Boris Pistorius tras meses de negativas."),
    ],
)
def test_a_refusal_that_a_contact_came_after_is_over(language: str, text: str) -> None:
    """What was refused for months took place."""
    assert read(text, language=language).verdict is Verdict.CONTACT
