"""What a story remembers: the contacts before the one that it tells."""

from datetime import date

import pytest

from tests.recognition.reading import read

DAY = date(2021, 6, 18)


def _earlier(text: str, language: str) -> set[tuple[str, str | None]]:
    told = read(text, language=language, day=DAY).earlier
    return {("-".join(sorted(o.country for o in one.offices)), one.when) for one in told}


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("en", "Lloyd Austin met Ben Wallace in London on Thursday. Wallace had rung Austin on 3 May.", {("GB-US", "2021-05-03")}),
        ("de", "Annegret Kramp-Karrenbauer telefonierte am Donnerstag mit Florence Parly. Anfang April hatten die beiden Frauen schon einmal gesprochen.", {("DE-FR", "2021-04")}),
        ("de", "Annegret Kramp-Karrenbauer und Hulusi Akar sprachen am Donnerstag. Schon im Februar hatten sie in Ankara das Thema erörtert.", {("DE-TR", "2021-02")}),
        ("es", "Margarita Robles y Florence Parly se reunieron el jueves en París. Las dos ministras se habían visto por última vez en marzo.", {("ES-FR", "2021-03")}),
        ("fr", "Florence Parly et Ben Wallace se sont entretenus jeudi. Les deux ministres s'étaient déjà parlé le 3 mai.", {("FR-GB", "2021-05-03")}),
        ("it", "Lorenzo Guerini e Margarita Robles si sono incontrati giovedì. I due si erano già visti a marzo.", {("ES-IT", "2021-03")}),
        ("nl", "Ank Bijleveld en Florence Parly spraken elkaar donderdag. In april hadden de twee vrouwen elkaar al ontmoet.", {("FR-NL", "2021-04")}),
        ("pl", "Mariusz Błaszczak spotkał się w czwartek z Hulusim Akarem. W maju obaj łączyli się przez wideo.", {("PL-TR", "2021-05")}),
        ("tr", "Hulusi Akar ve Florence Parly perşembe günü telefonda görüştü. İki bakan mayıs ayında Brüksel'de masaya oturmuştu.", {("FR-TR", "2021-05")}),
        ("ru", "Сергей Шойгу и Бен Уоллес в четверг поговорили по телефону. До этого министры беседовали в марте.", {("GB-RU", "2021-03")}),
        ("uk", "Андрій Таран і Маріуш Блащак у четвер поговорили телефоном. До того міністри зустрічалися в березні.", {("PL-UA", "2021-03")}),
        ("en", "Lloyd Austin and Ben Wallace spoke by phone on Thursday. It was their third call this year; the previous one was on 4 May.", {("GB-US", "2021-05-04")}),
        ("en", "Lloyd Austin and Ben Wallace spoke by phone on Thursday. It was the first time the two had spoken since 12 March.", {("GB-US", "2021-03-12")}),
    ],
)  # fmt: skip
def test_what_was_before_is_remembered(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """A past before the past, "already", "the two women": the contact before, with its day or month."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("es", "Margarita Robles y Lorenzo Guerini hablaron por teléfono el jueves. Ya habían conversado en marzo y en enero se habían reunido en Roma.", {("ES-IT", "2021-03"), ("ES-IT", "2021-01")}),
        ("pl", "Mariusz Błaszczak rozmawiał w czwartek z Hulusim Akarem. Poprzednio ministrowie spotkali się w kwietniu w Brukseli, a w styczniu rozmawiali przez telefon.", {("PL-TR", "2021-04"), ("PL-TR", "2021-01")}),
        ("de", "Annegret Kramp-Karrenbauer und Hulusi Akar sprachen am Donnerstag. Zuvor hatten sie im März miteinander telefoniert und sich im Februar in Ankara getroffen.", {("DE-TR", "2021-03"), ("DE-TR", "2021-02")}),
    ],
)  # fmt: skip
def test_several_are_remembered_each_with_its_month(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """Each clause that remembers a contact with a day of its own tells one."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("en", "Annegret Kramp-Karrenbauer met Lloyd Austin on Thursday. Ursula von der Leyen and James Mattis had met in Brussels in February 2018.", {("DE-US", "2018-02")}),
        ("it", "Lorenzo Guerini e Florence Parly si sono incontrati giovedì. Nell'ottobre 2018 l'allora ministra Elisabetta Trenta aveva incontrato Parly a Roma.", {("FR-IT", "2018-10")}),
        ("de", "Ben Wallace telefonierte am Donnerstag mit Lloyd Austin. Im Februar 2018 hatten Gavin Williamson und James Mattis in London miteinander gesprochen.", {("GB-US", "2018-02")}),
    ],
)  # fmt: skip
def test_former_holders_met_for_their_offices(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """What two spoke about who have left office since is a contact of the offices then."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("en", "The foreign ministers of Germany and France met in Paris on Friday. In May the defence ministers of both countries held a video conference.", {("DE-FR", "2021-05")}),
        ("de", "Die Außenminister Deutschlands und Frankreichs trafen sich am Freitag. Im Mai hatten sich die Verteidigungsminister beider Länder getroffen.", {("DE-FR", "2021-05")}),
        ("uk", "Міністри закордонних справ України та Польщі зустрілися у п'ятницю. У травні міністри оборони двох країн говорили телефоном.", {("PL-UA", "2021-05")}),
        ("nl", "De ministers van Buitenlandse Zaken van Nederland en Frankrijk spraken elkaar vrijdag. In mei hadden de defensieministers van beide landen elkaar al gesproken.", {("FR-NL", "2021-05")}),
        ("fr", "Les chefs de la diplomatie de l'Italie et de l'Espagne se sont vus vendredi. En mai, les ministres de la Défense des deux pays s'étaient rencontrés.", {("ES-IT", "2021-05")}),
    ],
)  # fmt: skip
def test_the_ministers_of_both_countries_are_those_of_the_two_named(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """Which two countries are meant the sentence before has told."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Сергей Шойгу и Бен Уоллес в четверг поговорили по телефону. «Министры обсудили прежде всего Сирию», — сказал представитель Минобороны."),
        ("uk", "Андрій Таран і Маріуш Блащак у четвер поговорили телефоном. Міністри обговорили перш за все постачання танків."),
        ("de", "Florence Parly und Hulusi Akar haben am Donnerstag telefoniert. Worüber die beiden gesprochen hatten, blieb offen."),
        ("fr", "Florence Parly et Hulusi Akar se sont entretenus jeudi. De quoi les deux ministres avaient parlé, nul ne le sait."),
        ("en", "Lloyd Austin is the first Pentagon chief to visit Ankara since 2017. On Thursday he met Hulusi Akar there."),
        ("de", "Hulusi Akar ist der erste türkische Verteidigungsminister seit 2016, der Paris besucht. Am Donnerstag traf er Florence Parly."),
        ("fr", "Lorenzo Guerini est le premier ministre italien de la Défense à visiter Madrid depuis 2018. Il y a rencontré jeudi Margarita Robles."),
        ("es", "Margarita Robles se reunió el jueves con Lloyd Austin. Es la primera visita de un ministro español al Pentágono desde 2018."),
        ("pl", "Mariusz Błaszczak spotkał się w czwartek z Lloydem Austinem. To pierwsza wizyta szefa Pentagonu w Polsce od 2019 roku."),
        ("ru", "Сергей Шойгу встретился в четверг с Беном Уоллесом. Это первый визит британского министра в Москву с 2013 года."),
        ("tr", "Hulusi Akar perşembe günü Lloyd Austin ile bir araya geldi. Austin, 2018'den beri Ankara'yı ziyaret eden ilk Pentagon şefi oldu."),
        ("en", "Lloyd Austin and Hulusi Akar spoke by phone on Thursday. It was their first call since a jet was shot down in March."),
        ("en", "Ben Wallace had talks with Lloyd Austin on Thursday and told him that London wanted to go further."),
        ("de", "Annegret Kramp-Karrenbauer traf am Donnerstag Lloyd Austin. Zuletzt hatte Bundeskanzlerin Angela Merkel am 3. Juni mit Austin gesprochen."),
        ("es", "Margarita Robles se reunió el jueves con Florence Parly. El presidente Pedro Sánchez había hablado con Parly el 3 de junio."),
    ],
)  # fmt: skip
def test_nothing_is_remembered_that_was_no_contact_before(language: str, text: str) -> None:
    """The contact told, other offices' talks, visits of a house and other events are no earlier contacts."""
    assert _earlier(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("en", "Lloyd Austin and Ben Wallace met on Thursday to follow up on their talks in March.", {("GB-US", "2021-03")}),
        ("de", "Annegret Kramp-Karrenbauer und Lloyd Austin trafen sich am Donnerstag. Verabredet hatten sie das bei ihrem Treffen im März.", {("DE-US", "2021-03")}),
        ("fr", "Florence Parly et Lloyd Austin se sont rencontrés jeudi. Leur première conversation datait de mars.", {("FR-US", "2021-03")}),
        ("ru", "Сергей Шойгу и Бен Уоллес встретились в четверг. Их первый разговор прошел в марте.", {("GB-RU", "2021-03")}),
        ("uk", "Андрій Таран і Ллойд Остін зустрілися в четвер. Їхня перша розмова відбулася в березні.", {("UA-US", "2021-03")}),
        ("pl", "Mariusz Błaszczak i Lloyd Austin spotkali się w czwartek. O planie rozmawiali już w marcu przez telefon.", {("PL-US", "2021-03")}),
        ("pl", "Mariusz Błaszczak spotkał się w czwartek z Lloydem Austinem, z którym w marcu rozmawiał przez telefon.", {("PL-US", "2021-03")}),
        ("en", "Lloyd Austin met Ben Wallace on Thursday. A week earlier, on 10 June, they had talked on the phone.", {("GB-US", "2021-06-10")}),
    ],
)  # fmt: skip
def test_theirs_is_what_the_two_had_before(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """Of "their talks", a verb without a subject, "with whom": the pair told of, at an older day."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Андрій Таран і Ллойд Остін зустрілися в четвер. Раніше міністр побував на Харківщині."),
        ("en", "Lloyd Austin and Ben Wallace met on Thursday. Their talks on Thursday lasted an hour."),
    ],
)
def test_theirs_is_not_the_news_itself(language: str, text: str) -> None:
    """The talks just told of, and what one did elsewhere before, are no earlier contact."""
    assert _earlier(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "earlier"),
    [
        ("en", "Lloyd Austin met Ben Wallace on Thursday. The carrier was on the agenda. It sails in May. Costs have risen. Parliament wants to know why. The two had already spoken by phone on 5 March.", {("GB-US", "2021-03-05")}),
        ("nl", "Ank Bijleveld ontmoette donderdag Lloyd Austin. De vloot stond op de agenda. Die vaart in mei uit. De kosten stijgen. De Kamer wil weten waarom. In maart hadden beide ministers al gebeld.", {("NL-US", "2021-03")}),
        ("es", "Margarita Robles se reunió el jueves con Lloyd Austin. La base estaba en la agenda. El coste sube. El Congreso pregunta por qué. Hay dudas. Los dos se habían visto por vez primera en marzo.", {("ES-US", "2021-03")}),
    ],
)  # fmt: skip
def test_the_two_are_those_of_the_story(
    language: str, text: str, earlier: set[tuple[str, str | None]]
) -> None:
    """However far down, "the two had met" is of the only two whom the story tells of."""
    assert _earlier(text, language) == earlier


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "it",
            "Lorenzo Guerini sarà domenica in Turchia, dove vedrà Hulusi Akar. I due ministri si sono incontrati la settimana scorsa a Madrid.",
        ),
        ("en", "Ben Wallace will meet Lloyd Austin on Sunday. The two ministers met in Brussels last week."),
    ],
)
def test_last_week_is_no_news_of_a_plan(language: str, text: str) -> None:
    """A story about what is ahead remembers what was last week."""
    recognition = read(text, language=language, day=DAY)
    assert recognition.verdict == "planned"
    assert len(recognition.earlier) == 1
