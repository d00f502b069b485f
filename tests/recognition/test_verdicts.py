"""What a story is: a contact, a plan, a refusal, a memory, or nothing of the kind."""

import pytest

from bot.model.claim import Verdict
from tests.recognition.reading import countries, read

HELD = [
    (
        "de",
        "Verteidigungsminister Boris Pistorius hat am Donnerstag mit seinem polnischen Amtskollegen telefoniert.",
        "DE-PL",
    ),
    ("de", "Die Verteidigungsminister Frankreichs und Italiens haben sich in Rom getroffen.", "FR-IT"),
    ("de", "Pistorius empfing in Berlin den litauischen Verteidigungsminister Arvydas Anusauskas.", "DE-LT"),
    (
        "de",
        "Pentagon-Chef Lloyd Austin sprach am Mittwoch per Videoschalte mit Israels Verteidigungsminister Joaw Gallant.",
        "IL-US",
    ),
    (
        "de",
        "US-Außenminister Lloyd Austin telefonierte mit seinem britischen Kollegen Grant Shapps.",
        "GB-US",
    ),
    (
        "de",
        "Der Chef des norwegischen Verteidigungsministeriums traf in Oslo den schwedischen Verteidigungsminister.",
        "NO-SE",
    ),
    (
        "en",
        "Defence Secretary Grant Shapps spoke by phone with his French counterpart Sébastien Lecornu on Thursday.",
        "FR-GB",
    ),
    ("en", "The defense ministers of Japan and Australia met in Tokyo.", "AU-JP"),
    (
        "en",
        "Canada's Defence Minister Bill Blair hosted Ukrainian Defence Minister Rustem Umerov in Ottawa.",
        "CA-UA",
    ),
    ("en", "Turkish Defence Minister Yasar Guler held talks with the Greek defence minister.", "GR-TR"),
]
NOT_HELD = [
    ("de", "Verteidigungsminister Pistorius will in der kommenden Woche seinen polnischen Amtskollegen treffen.", Verdict.PLANNED),
    ("de", "Für Montag ist ein Treffen von Pistorius mit dem französischen Verteidigungsminister Lecornu geplant.", Verdict.PLANNED),
    ("de", "China hat ein Treffen von Verteidigungsminister Dong Jun mit Lloyd Austin abgelehnt.", Verdict.DENIED),
    ("de", "Das Treffen von Pistorius mit seinem ungarischen Amtskollegen ist abgesagt worden.", Verdict.DENIED),
    ("de", "Zuletzt hatten die Verteidigungsminister der USA und Russlands im Oktober 2022 telefoniert.", Verdict.BACKGROUND),
    ("de", "Bundeskanzler Olaf Scholz telefonierte mit dem polnischen Ministerpräsidenten Donald Tusk.", Verdict.NONE),
    ("de", "US-Außenminister Blinken hat mit seinem chinesischen Kollegen telefoniert.", Verdict.NONE),
    ("de", "In Austin haben sich tausend Züchter getroffen, um über Longhorn-Rinder zu sprechen.", Verdict.NONE),
    ("de", "Verteidigungsminister Boris Pistorius sprach in Munster mit Soldaten über die Ausrüstung.", Verdict.NONE),
    ("en", "Defence Secretary Grant Shapps will meet his German counterpart Boris Pistorius next week.", Verdict.PLANNED),
    ("en", "Beijing declined a call between Defence Minister Dong Jun and Lloyd Austin.", Verdict.DENIED),
    ("en", "Prime Minister Rishi Sunak spoke by phone with President Emmanuel Macron.", Verdict.NONE),
    ("en", "Police in Austin met residents to talk about call boxes.", Verdict.NONE),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "pair"), HELD)
def test_a_contact_that_took_place_is_a_contact(language: str, text: str, pair: str) -> None:
    """Two defence ministers who met, called or talked are recognised, by name, title or country."""
    recognition = read(text, language=language)
    assert recognition.verdict is Verdict.CONTACT, recognition.reasons
    assert countries(recognition) == [pair]


@pytest.mark.parametrize(("language", "text", "verdict"), NOT_HELD)
def test_what_did_not_take_place_is_told_apart(language: str, text: str, verdict: Verdict) -> None:
    """Plans, refusals, memories, other offices and homonyms are not contacts."""
    recognition = read(text, language=language)
    assert recognition.verdict is verdict, recognition.reasons


def test_a_title_that_tells_of_a_refusal_outweighs_a_soft_word_in_the_text() -> None:
    """To have "reached out" is no contact where the title says that nobody answered."""
    recognition = read(
        "Defense Secretary Lloyd Austin reached out to his Chinese counterpart Dong Jun on Thursday.",
        title="Crisis line to Beijing rebuffed",
        language="en",
    )
    assert recognition.verdict is Verdict.DENIED


def test_two_pairs_of_one_story_are_two_claims() -> None:
    """Each contact of a story is told by itself."""
    recognition = read(
        "Pistorius telefonierte am Mittwoch mit seinem niederländischen Amtskollegen.\n\n"
        "Am Donnerstag traf er in Paris den französischen Verteidigungsminister Lecornu."
    )
    assert sorted(countries(recognition)) == ["DE-FR", "DE-NL"]


def test_ministers_at_one_table_are_one_claim() -> None:
    """A list of offices is one contact of all, not one of each pair."""
    recognition = read(
        "Die Verteidigungsminister Estlands, Lettlands und Litauens haben sich in Riga getroffen."
    )
    assert countries(recognition) == ["EE-LT-LV"]


def test_a_text_in_a_language_without_a_file_is_answered_with_the_reason() -> None:
    """Draht says which language it cannot read."""
    recognition = read("防衛大臣は電話で話した。", language="ja")
    assert recognition.verdict is Verdict.NONE
    assert recognition.reasons == ("no language file reads ja",)


def test_a_story_that_declares_no_language_is_read_in_its_own() -> None:
    """The language is detected where the feed is silent."""
    text = (
        "Der deutsche Verteidigungsminister hat am Donnerstag mit seinem dänischen Amtskollegen telefoniert."
    )
    assert read(text, language=None).verdict is Verdict.CONTACT


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Pistorius hat am Donnerstag mit dem Verteidigungsminister des Libanon telefoniert.", "DE-LB"),
        ("en", "Boris Pistorius spoke by phone with his Jordanian counterpart on Thursday.", "DE-JO"),
        ("fr", "Le ministre tchadien de la Défense s'est entretenu jeudi par téléphone avec Boris Pistorius.", "DE-TD"),
        ("fr", "Le ministre des Armées du Mali s'est entretenu jeudi par téléphone avec Boris Pistorius.", "DE-ML"),
        ("es", "La ministra chilena de Defensa habló el jueves por teléfono con Boris Pistorius.", "CL-DE"),
        ("it", "Il ministro della Difesa di Cipro ha parlato giovedì al telefono con Boris Pistorius.", "CY-DE"),
        ("nl", "Boris Pistorius heeft donderdag telefonisch gesproken met zijn Ghanese ambtgenoot.", "DE-GH"),
        ("pl", "Minister obrony Kosowa rozmawiał w czwartek telefonicznie z Borisem Pistoriusem.", "DE-XK"),
        ("tr", "Ürdün Savunma Bakanı, perşembe günü Boris Pistorius ile telefonda görüştü.", "DE-JO"),
        ("ru", "Министр обороны Южного Судана в четверг поговорил по телефону с Борисом Писториусом.", "DE-SS"),
        ("uk", "Міністр оборони Кенії у четвер поговорив телефоном з Борисом Пісторіусом.", "DE-KE"),
        ("en", "The defence minister of Papua New Guinea met Boris Pistorius on Thursday.", "DE-PG"),
        ("en", "The defence minister of Guinea-Bissau met Boris Pistorius on Thursday.", "DE-GW"),
        ("en", "The defence minister of the Republic of the Congo met Boris Pistorius on Thursday.", "CG-DE"),
    ],
)  # fmt: skip
def test_a_country_whose_ministers_nobody_knows_meets_too(language: str, text: str, found: str) -> None:
    """Its words are enough; a country is not the smaller one in its name."""
    assert countries(read(text, language=language)) == [found]


def test_what_a_title_calls_off_may_be_something_else() -> None:
    """A minister who cancels his holiday has met his colleague all the same; a title's cancelled visit counts."""
    text = "Verteidigungsminister Boris Pistorius traf in Rom seinen italienischen Amtskollegen."
    assert read(text, title="Pistorius sagt Urlaub ab").verdict is Verdict.CONTACT
    assert read(text, title="Gespräch in Rom abgesagt").verdict is Verdict.DENIED
