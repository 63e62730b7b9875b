"""The rates in the module's docstring were measured on whole corpora; here are cases of each kind."""
# ruff: noqa: E501, RUF001 - sentences in other scripts are one line each

import pytest
from newsclaims import language
from newsclaims.language import foreign_language

ENGLISH = """The harbour master said on Tuesday that two of the three cranes would stay shut until
the spring, and that ships bound for the northern quay must wait at sea for longer than usual. Dockers
have asked the council for a meeting before the holidays, but no date had been set by the evening."""

TABLE = "Votes by town, with the share of the governing party and the turnout:\n" + "\n".join(
    f"{town} | {share} | 54.2"
    for town, share in zip(
        [
            "Kecskemét",
            "Nyíregyháza",
            "Székesfehérvár",
            "Szombathely",
            "Hódmezővásárhely",
            "Kaposvár",
        ]
        * 6,
        range(36),
        strict=True,
    )
)

# The same report of a minister's meeting, or one like it, 20 to 40 words each.
FOREIGN = {
    "fr": "La ministre des Affaires étrangères a rencontré mardi son homologue à Berlin pour discuter "
    "de la situation dans la région et des nouvelles sanctions contre les entreprises.",
    "de": "Der Außenminister traf am Dienstag in Paris seinen Amtskollegen, um über die Lage in der "
    "Region und neue Sanktionen gegen Unternehmen zu sprechen, die weiterhin Waffen verkaufen.",
    "es": "El ministro de Asuntos Exteriores se reunió el martes en Lisboa con su homólogo para hablar "
    "de la situación en la región y de las nuevas sanciones contra las empresas.",
    "pt": "O ministro dos Negócios Estrangeiros reuniu-se na terça-feira em Madrid com o seu homólogo "
    "para discutir a situação na região e as novas sanções contra as empresas.",
    "it": "Il ministro degli Esteri ha incontrato martedì a Roma il suo omologo per discutere della "
    "situazione nella regione e delle nuove sanzioni contro le aziende che vendono armi.",
    "nl": "De minister van Buitenlandse Zaken heeft dinsdag in Brussel zijn ambtgenoot ontmoet om te "
    "praten over de situatie in de regio en over nieuwe sancties tegen bedrijven.",
    "sv": "Utrikesministern träffade på tisdagen sin kollega i Stockholm för att tala om läget i "
    "regionen och om nya sanktioner mot företag som fortsätter att sälja vapen.",
    "pl": "Minister spraw zagranicznych spotkał się we wtorek w Warszawie ze swoim odpowiednikiem, aby "
    "rozmawiać o sytuacji w regionie i nowych sankcjach wobec firm, które sprzedają broń.",
    "tr": "Dışişleri Bakanı salı günü Ankara'da mevkidaşıyla bir araya gelerek bölgedeki durumu ve "
    "silah satmaya devam eden şirketlere yönelik yeni yaptırımları görüştü, sonra açıklama yaptı.",
    "sw": "Waziri wa Mambo ya Nje alikutana na mwenzake mjini Nairobi siku ya Jumanne kuzungumzia hali "
    "katika eneo hilo na vikwazo vipya dhidi ya kampuni zinazoendelea kuuza silaha.",
    "ru": "Министр иностранных дел встретился во вторник в Москве со своим коллегой, чтобы обсудить "
    "положение в регионе и новые санкции против компаний, которые продолжают продавать оружие.",
    "ar": "التقى وزير الخارجية يوم الثلاثاء نظيره في القاهرة لبحث الوضع في المنطقة والعقوبات الجديدة "
    "على الشركات التي تواصل بيع السلاح إلى الجماعات المسلحة في البلاد.",
    "zh": "外交部长星期二在北京会见了对方的外交部长，讨论了该地区的局势以及对继续出售武器的公司实施的新制裁。",
    "hi": "विदेश मंत्री ने मंगलवार को नई दिल्ली में अपने समकक्ष से मुलाकात की और क्षेत्र की स्थिति तथा "
    "हथियार बेचने वाली कंपनियों पर नए प्रतिबंधों पर चर्चा की।",
}


@pytest.mark.parametrize(
    "text",
    [ENGLISH, ENGLISH.upper(), ENGLISH.title(), ENGLISH.upper() + " km", TABLE, TABLE.upper()],
    ids=["prose", "capitals", "title case", "capitals but one", "table", "table in capitals"],
)
def test_english_passes(text):
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    "text", ["", "\n", "12 | 13 | 14\n" * 40, "Bonjour.", "Łódź, Gdańsk, Poznań"]
)
def test_what_is_too_little_to_tell_passes(text):
    assert foreign_language(text) is None


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_named(code):
    assert foreign_language(FOREIGN[code]) == code


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_in_capitals_are_refused(code):
    assert foreign_language(FOREIGN[code].upper()) is not None


def test_an_english_report_with_a_foreign_quotation_passes():
    assert foreign_language(f"{ENGLISH} « {FOREIGN['fr']} »") is None


def test_plain_english_needs_no_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("was asked"))
    assert foreign_language(ENGLISH) is None
    assert foreign_language(ENGLISH.upper()) is None


@pytest.mark.parametrize("code", FOREIGN)
def test_an_english_phrase_does_not_make_a_text_english(code: str) -> None:
    assert foreign_language(f"{FOREIGN[code] * 2} “the one that got away”") == code
