"""Languages other than English: what is marked is a name, and what is not surely one stays plain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.entities import default_recogniser
from tui.entities.languages import is_in_latin_letters, likely_language

LATIN = {
    "de": (
        "Bundeskanzler Olaf Scholz hat am Dienstag in Berlin vor einer Ausweitung des Krieges gewarnt. Die "
        "Bundesregierung werde die Ukraine weiter unterstützen, sagte der Kanzler nach einem Treffen mit dem "
        "französischen Präsidenten Emmanuel Macron. Im Haushalt fehlen nach Angaben des Ministeriums noch "
        "zwölf Milliarden Euro. Die Opposition forderte Neuwahlen und mehr Geld für Schulen, Straßen und "
        "Krankenhäuser. Der Vorstand von Volkswagen will in Wolfsburg Stellen streichen; die Gewerkschaft "
        "kündigte Widerstand an. Auch auf dem Land wird das Wasser knapp, und viele Bauern fürchten um ihre "
        "Ernte.",
        {
            "person": ["Olaf Scholz", "Emmanuel Macron"],
            "organisation": ["Volkswagen"],
            "place": ["Berlin", "Ukraine", "Wolfsburg"],
        },
    ),
    "fr": (
        "Le président Emmanuel Macron a reçu lundi à Paris le chancelier Olaf Scholz. Selon le ministère de "
        "l'Intérieur, plus de deux mille personnes ont manifesté à Marseille contre la réforme des retraites."
        " Les syndicats, dont la CGT, appellent à une nouvelle journée de grève. « Nous ne reculerons pas », "
        "a déclaré Élisabeth Borne devant l'Assemblée nationale. La Commission européenne, à Bruxelles, n'a "
        "pas souhaité commenter. Dans les rues de Lyon, les commerçants ont baissé leurs rideaux.",
        {
            "person": ["Emmanuel Macron", "Olaf Scholz", "Élisabeth Borne"],
            "organisation": ["CGT"],
            "place": ["Paris", "Marseille", "Bruxelles", "Lyon"],
        },
    ),
    "es": (
        "El presidente del Gobierno, Pedro Sánchez, viajó el martes a Bruselas para reunirse con Ursula von "
        "der Leyen. Según fuentes del Ministerio de Hacienda, España recibirá los fondos europeos antes de "
        "fin de año. El Partido Popular criticó el acuerdo y pidió explicaciones en el Congreso. En "
        "Barcelona, miles de personas salieron a la calle. La empresa Telefónica anunció que cerrará dos "
        "oficinas en Sevilla. También hubo protestas en Argentina y en México.",
        {
            "person": ["Pedro Sánchez", "Ursula von der Leyen"],
            "organisation": ["Ministerio de Hacienda", "Partido Popular", "Telefónica"],
            "place": ["Bruselas", "España", "Barcelona", "Sevilla", "Argentina", "México"],
        },
    ),
    "it": (
        "Il presidente del Consiglio Giorgia Meloni ha incontrato a Roma il segretario generale della Nato. "
        "Nel corso della riunione si è parlato anche della crisi in Ucraina. Il Partito Democratico ha "
        "chiesto le dimissioni del ministro. La Fiat aprirà uno stabilimento vicino a Torino, come ha detto "
        "l'amministratore delegato. Migliaia di turisti sono arrivati a Venezia per il Carnevale, più di "
        "quanto si aspettasse il sindaco.",
        {
            "person": ["Giorgia Meloni"],
            "organisation": ["Nato", "Partito Democratico", "Fiat"],
            "place": ["Roma", "Ucraina", "Torino", "Venezia"],
        },
    ),
    "pt": (
        "O presidente Luiz Inácio Lula da Silva disse nesta quarta-feira em Brasília que o governo não vai "
        "mudar a meta fiscal. A Petrobras anunciou um aumento dos preços e os postos de São Paulo já cobram "
        "mais. Em Lisboa, o primeiro-ministro António Costa reuniu-se com os sindicatos. O Ministério da "
        "Saúde informou que não há falta de vacinas. Os moradores do Rio de Janeiro também foram afetados "
        "pelas chuvas.",
        {
            "person": ["Luiz Inácio Lula da Silva", "António Costa"],
            "organisation": ["Petrobras", "Ministério da Saúde"],
            "place": ["Brasília", "São Paulo", "Lisboa", "Rio de Janeiro"],
        },
    ),
    "nl": (
        "Premier Mark Rutte heeft dinsdag in Den Haag gezegd dat het kabinet niet aftreedt. De Tweede Kamer "
        "debatteert woensdag over de stikstofcrisis. Volgens het ministerie van Landbouw is er meer tijd "
        "nodig. Bij Philips in Eindhoven verdwijnen ruim duizend banen. De burgemeester van Amsterdam, Femke "
        "Halsema, riep bewoners op om thuis te blijven. In België wordt ook gestaakt.",
        {
            "person": ["Mark Rutte", "Femke Halsema"],
            "organisation": ["Philips"],
            "place": ["Den Haag", "Eindhoven", "Amsterdam", "België"],
        },
    ),
    "pl": (
        "Premier Donald Tusk spotkał się we wtorek w Warszawie z prezydentem Ukrainy Wołodymyrem Zełenskim. "
        "Rząd zapowiedział, że budżet zostanie uchwalony przed końcem roku. Według Ministerstwa Zdrowia w "
        "szpitalach brakuje lekarzy. Prawo i Sprawiedliwość złożyło wniosek o wotum nieufności. W Krakowie i "
        "w Gdańsku odbyły się protesty. Orlen obniżył ceny paliw, a Komisja Europejska bada sprawę.",
        {
            "person": ["Donald Tusk"],
            "organisation": ["Ministerstwa Zdrowia", "Komisja Europejska"],
            "place": ["Warszawie", "Ukrainy", "Krakowie", "Gdańsku"],
        },
    ),
    "tr": (
        "Cumhurbaşkanı Recep Tayyip Erdoğan, salı günü Ankara'da Rusya Devlet Başkanı Vladimir Putin ile "
        "telefonda görüştü. Görüşmede Ukrayna'daki savaş ve tahıl koridoru ele alındı. Türk Hava Yolları yeni"
        " uçak siparişi verdi. İstanbul Büyükşehir Belediye Başkanı Ekrem İmamoğlu, karara itiraz edeceğini "
        "söyledi. Merkez Bankası faizi yüzde kırk beşte tuttu. Deprem bölgesinde çalışmalar sürüyor ve halk "
        "yardım bekliyor.",
        {
            "person": ["Recep Tayyip Erdoğan", "Vladimir Putin", "Ekrem İmamoğlu"],
            "organisation": ["Türk Hava Yolları", "Merkez Bankası"],
            "place": ["Ankara", "Rusya", "Ukrayna", "İstanbul"],
        },
    ),
    "sv": (
        "Statsminister Ulf Kristersson träffade på tisdagen Natos generalsekreterare Jens Stoltenberg i "
        "Stockholm. Regeringen vill att riksdagen ska rösta om förslaget före jul. Socialdemokraterna "
        "kritiserade beslutet och Magdalena Andersson sade att det inte räcker. Volvo varslar femhundra "
        "anställda i Göteborg. I Norge och Finland är läget ett annat, enligt Försvarsmakten. Också skolorna "
        "har ont om pengar.",
        {
            "person": ["Ulf Kristersson", "Jens Stoltenberg", "Magdalena Andersson"],
            "organisation": ["Natos", "Volvo"],
            "place": ["Stockholm", "Göteborg", "Norge", "Finland"],
        },
    ),
    "id": (
        "Presiden Joko Widodo pada Selasa bertemu dengan Perdana Menteri Jepang di Jakarta. Menurut "
        "Kementerian Keuangan, anggaran negara akan naik tahun depan. Prabowo Subianto mengatakan bahwa "
        "pertahanan harus diperkuat. Banjir melanda beberapa wilayah di Jawa Tengah dan ribuan warga "
        "mengungsi. Perusahaan Pertamina menurunkan harga bahan bakar. Polisi menangkap tiga orang di "
        "Surabaya.",
        {
            "person": ["Joko Widodo", "Prabowo Subianto"],
            "organisation": ["Kementerian Keuangan"],
            "place": ["Jepang", "Jakarta", "Jawa Tengah", "Surabaya"],
        },
    ),
    "vi": (
        "Thủ tướng Phạm Minh Chính đã tiếp Tổng thống Hàn Quốc tại Hà Nội hôm thứ Ba. Bộ Y tế cho biết số ca "
        "nhiễm đang giảm. Tập đoàn Vingroup sẽ mở nhà máy mới ở Hải Phòng. Nhiều người dân Thành phố Hồ Chí "
        "Minh phải đi làm muộn vì mưa lớn. Ông Nguyễn Phú Trọng nói rằng cuộc đấu tranh chống tham nhũng sẽ "
        "tiếp tục.",
        {
            "person": ["Phạm Minh Chính", "Nguyễn Phú Trọng"],
            "place": ["Hàn Quốc", "Hà Nội", "Hải Phòng", "Hồ Chí Minh"],
        },
    ),
}
"""Text and all that may be marked in it, by type: no sentence's first word, no German noun, no month, no title."""

OTHER = {
    "ru": (
        "Президент России Владимир Путин встретился в Москве с Джо Байденом. Компания Apple и банк Goldman "
        "Sachs ушли с рынка, сообщает Reuters. Ранее NATO заявило об учениях. В магазинах продают iPhone и "
        "Windows Vista, пишет издание The Bell. Курс USD вырос.",
        ["Apple", "Goldman Sachs", "Reuters", "NATO", "iPhone", "Windows Vista"],
    ),
    "uk": (
        "Президент Володимир Зеленський прибув до Києва. Twitter заблокував акаунти, повідомляє Reuters.",
        ["Twitter", "Reuters"],
    ),
    "ar": (
        "التقى الرئيس الأمريكي جو بايدن في القدس مع رئيس الوزراء. وقالت شركة Apple إن CNN نشرت الخبر في New "
        "York.",
        ["Apple", "CNN", "New York"],
    ),
    "he": (
        "ראש הממשלה נפגש עם נשיא ארצות הברית בירושלים. חברת Google הודיעה על פיטורים, כך דווח ב-Reuters.",
        ["Google", "Reuters"],
    ),
    "zh": (
        "习近平在北京会见了美国总统。Apple公司和Goldman Sachs银行表示,Breaking News 将于下周发布。",
        ["Apple", "Goldman Sachs"],
    ),
    "ja": (
        "岸田首相は東京で会談した。Toyotaは新工場をAlabamaに建設する。This Is Great Stuff です。",
        ["Toyota", "Alabama"],
    ),
    "ko": (
        "윤석열 대통령은 화요일 서울에서 조 바이든 대통령을 만났다. Samsung Electronics 는 새 공장을 Texas 에 짓는다.",
        ["Samsung", "Texas"],
    ),
    "th": (
        "นายกรัฐมนตรีพบกับประธานาธิบดี Joe Biden ที่กรุงเทพฯ เมื่อวันอังคาร บริษัท Apple ประกาศ",
        ["Joe Biden", "Apple"],
    ),
    "hi": (
        "प्रधानमंत्री नरेंद्र मोदी ने मंगलवार को नई दिल्ली में Joe Biden से मुलाकात की। Google Pay और Tata "
        "Motors ने घोषणा की।",
        ["Joe Biden", "Google", "Tata Motors"],
    ),
    "el": (
        "Ο πρωθυπουργός Κυριάκος Μητσοτάκης συναντήθηκε στην Αθήνα με τον Joe Biden. Η Google και το Big Data"
        " θα φέρουν Smart City.",
        ["Joe Biden", "Google"],
    ),
}
"""Text in other letters, and the names in Latin ones that are surely names."""


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
@pytest.mark.parametrize("language", LATIN)
def test_names_are_found_and_nothing_else(language: str, told: bool) -> None:
    """Where nobody says the language, the small words tell it, if there are enough."""
    text, wanted = LATIN[language]
    if not told:
        if likely_language(text) is None:
            return
        assert likely_language(text) == language
    found: dict[str, list[str]] = {}
    for mention in default_recogniser().recognise(text, language if told else None):
        found.setdefault(mention.type, []).append(mention.text)
    assert found == wanted


@pytest.mark.parametrize("language", OTHER)
def test_other_letters_stay_plain(language: str) -> None:
    text, wanted = OTHER[language]
    assert not is_in_latin_letters(text)
    for told in (language, None):
        assert [mention.text for mention in default_recogniser().recognise(text, told)] == wanted


def test_a_surname_is_its_persons_again() -> None:
    text = LATIN["de"][0] + " Scholz und Macron sprachen auch über Afrika. Später flog Scholz nach Rom."
    people = [m.text for m in default_recogniser().recognise(text, "de") if m.type == "person"]
    assert people == ["Olaf Scholz", "Emmanuel Macron", "Scholz", "Macron", "Scholz"]


def test_english_that_was_taken_for_another_language_is_read_as_english() -> None:
    """Scores, tables and quotations mislead who detects languages."""
    for text in (
        "The spokesman of the ministry said that Mr Larsson had gone to Kingsbridge with the others.",
        "MATCH - RESULTS\nLeeds 2 Arsenal 1\nDundee United 0 Celtic 3\nJohn Brown 12, Peter Smith 40",
    ):
        found = default_recogniser().recognise(text, "nl")
        assert found == default_recogniser().recognise(text, "en") == default_recogniser().recognise(text)


_FRAGMENTS = "Olaf Scholz Den Haag l'Italie d' Herr von der AG NATO Ministerio de Bé\u0301 北京 . , \n".split(
    " "
)


@settings(max_examples=200, deadline=None)
@given(
    st.text("Aa Éß.'’-\n\u0301БЖ北ー", max_size=80)
    | st.lists(st.sampled_from(_FRAGMENTS), max_size=30).map(" ".join),
    st.sampled_from(["de", "fr", "vi", "ru", "zz", ""]),
)
def test_offsets_hold_in_any_language(text: str, language: str) -> None:
    end = 0
    for mention in default_recogniser().recognise(text, language):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() and "\n" not in mention.text
        end = mention.end
