"""Words that say what stands beside them, in the languages of `foreign`."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
POSSESSIVE_S = frozenset({"de", "sv", "da", "no", "nb", "nn", "nl"})
"""Languages whose genitive is an `s` without an apostrophe."""

FUNCTION_WORDS = _words(
    "Der Die Das Den Dem Des Ein Eine Einen Einer Im In Am An Auf Aus Bei Mit Nach Von Vom Zu Zum Zur Und Für Auch Als "
    "Es Er Sie Wir Ich Wie Was Wo Wer Le La Les L Un Une Des Du De Dans Sur Avec Pour Par En Au Aux Et Il Elle Ils Ce "
    "Cette Selon Mais El Los Las Una Del Al Con Por Para Según No Se Su Sus Y Pero Lo Gli I Nel Nella Dal Dalla Di Da "
    "Per Che Non Si O A Os As Um Uma Do Dos Das No Na Nos Nas Em Não Com E Het Een Op Te Van Voor Bij Met Naar Volgens "
    "Er W Z Na Po Do Od Przez Według Jak Nie To Ve Bir Bu O Da De Ile Och Att Det Den Ett En På Av För Med Till Från "
    "Vid Om Jag Vi Yang Di Dan Ke Dari Pada Menurut Ini Itu Untuk Dengan Và Của Các Những Trong Theo Một Ở Khi Cả Van "
    "Do Al El Ber Je Si Na Ten Ta Kde Dan Dit Dat Ook Maar Wat Hoe"
)
"""Small words that begin sentences, some of them first names elsewhere."""

PARTICLES = _words(
    "de da do dos das del della dei delle degli di du des d von der den van dem zu zur la le los las bin ibn al el af "
    "ter ten e y et und of the"
)
"""Small words inside a name."""

TITLES = _words(
    "herr herrn frau doktor señor señora don doña monsieur madame mme mlle signor signora senhor senhora dona pan pani "
    "pana meneer mevrouw herra fru bay bayan bapak ibu pak ông bà anh chị sayın dr prof"
)
"""Before a person's name; a name of one word counts behind them."""

ELIDED = _words("l d dell all nell sull dall un c qu j n s m t quell quest aujourd jusqu lorsqu puisqu m")

ORGANISATION_FIRST = _words(
    "Ministerium Bundesministerium Universität Partei Verband Gewerkschaft Ministère Parti Université Assemblée Banque "
    "Commission Conseil Cour Tribunal Syndicat Ministerio Partido Universidad Banco Comisión Consejo Tribunal Asamblea "
    "Ministero Partito Università Banca Commissione Corte Ministério Universidade Comissão Conselho Supremo Ministerie "
    "Partij Universiteit Ministerstwo Ministerstwa Partia Uniwersytet Komisja Kementerian Partai Universitas "
    "Ministeriet Partiet Universitet Istituto Institut Instituto Fundación Fondation Fondazione Fundação "
    "Federación Fédération Federazione Federação Sindicato Sindacato Confederación Confédération"
)
"""First words of an organisation's name of several words."""

ORGANISATION_LAST = _words(
    "AG GmbH KG SE SA SpA S.p.A. S.A. NV N.V. BV AB ASA Oyj Ltda Partisi Bankası Üniversitesi Bakanlığı Belediyesi "
    "Yolları Holding Kurumu Tbk Corporation Corp. Inc Inc. Ltd Ltd. Group"
)
"""Last words of an organisation's name of several words."""

VIETNAMESE_FAMILIES = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Đinh Trương Đào Tô"
)
"""The family's name stands first there, and few families are most of the people."""

NO_NAMES = _words(
    "Euro Will Gold Star Post Star Service Version Mode Original Video Internet Online Fan Team Liga"
)
"""In lists of names, but ordinary words in many languages."""

NO_ACRONYMS = _words(
    "EUR USD GBP CHF JPY MEZ MESZ UTC GMT UHR III VII VIII XII XIII XIV XVI XVII XVIII XIX XXI XX VII COVID PDF "
    "SMS LED GPS DVD FAQ HTTP HTML URL WWW"
)
