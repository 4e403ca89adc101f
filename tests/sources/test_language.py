"""The language of article-length text is told right, and that of a few words is not guessed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tui.sources import detect_language

TEXTS = {
    "en": "The ministers met on Thursday in the old customs house and said that they had made good progress, but that "
    "the talks would go on for another week.",
    "de": "Die Minister trafen sich am Donnerstag im alten Zollhaus und sagten, dass sie gut vorangekommen seien, die "
    "Gespräche aber noch eine Woche dauern werden und nicht öffentlich sind.",
    "fr": "Les ministres se sont réunis jeudi dans l'ancienne douane et ont déclaré que des progrès avaient été "
    "accomplis, mais que les pourparlers se poursuivraient pendant une semaine avec leurs alliés.",
    "es": "Los ministros se reunieron el jueves en la antigua aduana y dijeron que habían avanzado, pero que las "
    "conversaciones seguirán una semana más y que también hablarán con los aliados.",
    "it": "I ministri si sono incontrati giovedì nella vecchia dogana e hanno detto che sono stati fatti progressi, ma "
    "che il negoziato della prossima settimana è più difficile, anche per gli alleati.",
    "pt": "Os ministros reuniram-se na quinta-feira na antiga alfândega e disseram que não houve muito progresso, mas "
    "que as conversas serão retomadas em uma semana e também pela manhã.",
    "nl": "De ministers kwamen donderdag bijeen in het oude douanehuis en zeiden dat er vooruitgang is geboekt, maar "
    "dat de gesprekken nog een week duren en niet voor het publiek zijn.",
    "ru": "Министры встретились в четверг в старой таможне и сказали, что это было непросто, но что переговоры "
    "продолжатся ещё неделю, после чего они также обсудят другие вопросы.",
    "uk": "Міністри зустрілися у четвер у старій митниці та сказали, що це було непросто, але що переговори тривають "
    "ще тиждень, після чого вони обговорять інші питання, які вже відомі.",
    "ar": "التقى الوزراء يوم الخميس في مبنى الجمارك القديم وقالوا إن المحادثات التي بدأت هذا الأسبوع كانت صعبة وستستمر "
    "من أجل التوصل إلى اتفاق مع الحلفاء.",
    "zh": "部长们周四在旧海关大楼会面，表示会谈取得了进展，但将再持续一周。港口的居民从未见过这么多黑色轿车。",
    "ja": "大臣たちは木曜日に古い税関の建物で会談し、協議は建設的だったが、もう一週間続くと述べた。",
    "ko": "장관들은 목요일 옛 세관 건물에서 만나 회담이 건설적이었지만 한 주 더 계속될 것이라고 말했다.",
    "tr": "Bakanlar perşembe günü eski gümrük binasında bir araya geldi ve görüşmelerin çok zor olduğunu, daha bir "
    "hafta süreceğini, bunun için müttefikler ile konuşacaklarını söyledi.",
    "pl": "Ministrowie spotkali się w czwartek w starym urzędzie celnym i powiedzieli, że rozmowy są trudne oraz że "
    "potrwają jeszcze tydzień, także przez weekend, dla dobra sojuszników.",
}
RARER = {
    "cs": "Ministři se ve čtvrtek sešli ve staré celnici a řekli, že jednání byla těžká a že budou pokračovat ještě "
    "jeden týden, protože spojenci chtějí víc času.",
    "fi": "Ministerit tapasivat torstaina vanhassa tullitalossa ja sanoivat, että neuvottelut olivat vaikeita ja "
    "jatkuvat vielä viikon ajan liittolaisten kanssa.",
    "fa": "وزیران روز پنجشنبه در ساختمان قدیمی گمرک دیدار کردند و گفتند که مذاکرات دشوار بوده است و یک هفته دیگر "
    "ادامه خواهد داشت.",
    "bg": "Министрите се срещнаха в четвъртък в старата митница и казаха, че разговорите са трудни и ще продължат още "
    "една седмица със съюзниците.",
    "el": "Οι υπουργοί συναντήθηκαν την Πέμπτη στο παλιό τελωνείο και είπαν ότι οι συνομιλίες θα συνεχιστούν.",
    "ca": "Els ministres es van reunir dijous a l'antiga duana i van dir que les converses havien estat difícils i que "
    "continuaran una setmana més amb els aliats.",
}


@pytest.mark.parametrize("language", [*TEXTS, *RARER])
def test_articles(language: str) -> None:
    assert detect_language({**TEXTS, **RARER}[language] * 3) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_short_report(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Nato", "Yes, and no.", "12,345 67 890 " * 40, "北京", "---" * 100])
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) is None


def test_common_languages_need_no_model() -> None:
    code = (
        "import sys, json; from tui.sources import detect_language\n"
        "found = [detect_language(text) for text in json.load(sys.stdin)]\n"
        "assert not {'numpy', 'py3langid', 'charset_normalizer'} & set(sys.modules)\n"
        "print(*found)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(list(TEXTS.values())), text=True, capture_output=True
    )
    assert ran.stdout.split() == list(TEXTS), ran.stderr
