"""Bytes → text, whatever the encoding: a byte order mark, UTF-8, UTF-16 and 32 without a mark, then older
ones.

An encoding can't be known from the bytes, only made likely. So: UTF-8 wherever it is possible at all (text in
another encoding is practically never valid UTF-8), Windows-1252 where that reads as Western European text,
and only then a statistical detector, on a sample, because it is slow.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from tui.sources.refusal import NotAnArticle

SAMPLE = 8_192
"""Bytes that are looked at where all of them would take too long."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP, or an office document"), (b"\x1f\x8b", "gzip"),
    (b"BZh9", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"),
    (b"\x7fELF", "a program"), (b"MZ\x90\x00", "a program"), (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"), (b"SQLite format 3\x00", "SQLite"),
    (b"OggS", "Ogg"), (b"ID3\x03", "MP3"), (b"ID3\x04", "MP3"), (b"fLaC", "FLAC"),
    (b"RIFF", "sound or pictures"),
)  # fmt: skip
_NOT_PLAIN = re.compile(rb"\s*(?:<\?xml\b|<!doctype\s+html|<html\b|\{\\rtf)", re.IGNORECASE)

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\f\r\x1b") | {127})
# Letters of Western European languages in Windows-1252. Not ð þ ý, which in Windows-1254 are Turkish ğ ş ı,
# nor ¿-like signs inside a word, where other encodings have letters.
_WESTERN_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ"
_TURKISH_LETTERS = "çğıöşüÇĞİÖŞÜâîûÂÎÛ"
_CENTRAL_LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäôĺľŕÄÔĹĽŔöőüűÖŐÜŰđĐăâîşţĂÂÎŞŢß"
_SIGNS = "€‚„…‘’“”•–—™\xa0¡£§©«®°²³´·»½¿"
# Where a sign can't be: inside a word, a pound before letters, a cube of anything but metres.
_SIGN_OUT_OF_PLACE = re.compile(
    r"[^\W\d_][€‚„…‘“”•™¡£§©«®°²³´·»½¿][^\W\d_]|[€£][^\W\d_]|[^\Wm\d_][²³]|[²³´][^\W\d_]"
)
# In this order: 1254 has Turkish letters where 1252 has Icelandic ones, and Icelandic has others too.
_WESTERN = (
    ("cp1252", re.compile(rf"[^\x00-\x7f{_WESTERN_LETTERS}{_SIGNS}]")),
    ("cp1254", re.compile(rf"[^\x00-\x7f{_TURKISH_LETTERS}{_SIGNS}]")),
    ("cp1252", re.compile(rf"[^\x00-\x7f{_WESTERN_LETTERS}{_SIGNS}ðþýÐÞÝ]")),
    ("cp1250", re.compile(rf"[^\x00-\x7f{_CENTRAL_LETTERS}{_SIGNS}]")),
)
_LIKELY = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r",
    "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "gb18030", "big5", "cp932", "euc_jp",
    "cp949", "euc_kr", "mac_roman", "mac_cyrillic", "cp437", "cp850", "cp866", "cp874",
)  # fmt: skip


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text that the bytes hold, and what has to be said about it.

    Raises:
        NotAnArticle: empty, binary, or text in no encoding that is known here.
    """
    if not data.strip():
        raise NotAnArticle("empty")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise NotAnArticle(f"binary ({kind})")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if markup := _NOT_PLAIN.match(data):
        kind = (
            "RTF"
            if b"rtf" in markup.group().lower()
            else "XML"
            if b"xml" in markup.group().lower()
            else "HTML"
        )
        raise NotAnArticle(f"{kind}, not plain text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_otherwise(data)
    # English in UTF-16 is half NULs, Russian half \x04, and both are valid UTF-8. A text may hold a NUL or two.
    if "\x00" in text and _share_of_controls(data) > 0.2:
        wide = _decode_wide(data)
        if wide is not None:
            return wide, ()
    _refuse_controls(data)
    return text, ()


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
        warnings: tuple[str, ...] = ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        if text.count("\N{REPLACEMENT CHARACTER}") > len(text) // 10 + 1:
            raise NotAnArticle(f"binary: begins like {encoding.upper()} and isn't") from None
        warnings = (_replaced(text, encoding.removesuffix("-sig").upper()),)
    if not text.strip("\ufeff \t\r\n"):
        raise NotAnArticle("empty")
    _refuse_controls(text.encode("utf-8", "replace"))
    return text.removeprefix("\ufeff"), warnings


def _decode_otherwise(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text that isn't quite UTF-8, or not at all."""
    if b"\x00" in data:
        wide = _decode_wide(data)
        if wide is not None:
            return wide, ()
    _refuse_controls(data)
    try:
        return data.decode("utf-8", "surrogatepass"), ()
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\N{REPLACEMENT CHARACTER}")
    if sum(not character.isascii() for character in damaged[:1_000_000]) > 10 * broken:
        return damaged, (_replaced(damaged, "UTF-8"),)
    western = _decode_western(data)
    if western is not None:
        return western, ()
    return _decode_by_statistics(data)


def _replaced(text: str, encoding: str) -> str:
    return f"{text.count(chr(0xFFFD))} places that aren't {encoding} stand as \N{REPLACEMENT CHARACTER}"


def _refuse_controls(data: bytes) -> None:
    """Refuse what is full of control characters; a few are somebody's attack, and `harmless` takes them out."""
    # A real text may be dense with them only where it is short: somebody's test of exactly this.
    if _share_of_controls(data) > (0.5 if len(data) < 1_000 else 0.1):
        raise NotAnArticle("binary")


def _share_of_controls(data: bytes) -> float:
    sample = (
        data if len(data) <= 4 * SAMPLE else data[:SAMPLE] + data[len(data) // 2 :][:SAMPLE] + data[-SAMPLE:]
    )
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample)


def _decode_wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark: tried in all four forms, the most plausible one is it."""
    best, best_score = None, 0.95
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = len(data) // width * width
        if len(data) - whole > 0 and width == 4:
            continue
        try:
            sample = data[: min(whole, SAMPLE)].decode(encoding, "ignore")
        except UnicodeDecodeError:
            continue
        score = _plausibility(sample, len(data[: min(whole, SAMPLE)]) // width)
        if score > best_score:
            best, best_score = data[:whole].decode(encoding, "replace"), score
    return best


def _plausibility(text: str, units: int) -> float:
    """The share of characters that a text consists of: letters, digits, spaces, punctuation; 0 without a
    space.
    """
    if not text or len(text) < 0.9 * units or not any(character.isspace() for character in text):
        return 0
    good = sum(
        unicodedata.category(character)[0] in "LNPZ" or character in "\t\r\n$+<=>|~^`°" for character in text
    )
    return good / units


def _decode_western(data: bytes) -> str | None:
    """The text in Windows-1252, 1254 or 1250, where that reads as a European language or as Turkish."""
    foreign = len(data.translate(None, bytes(range(128))))
    if foreign > 0.25 * len(data):
        return None
    for encoding, other_letter in _WESTERN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if other_letter.search(text) or _SIGN_OUT_OF_PLACE.search(text):
            continue
        if text.count("¿") <= text.count("?"):
            return text
    return None


def _decode_by_statistics(data: bytes) -> tuple[str, tuple[str, ...]]:
    # Here and not on top: 30 ms that no UTF-8 text needs.
    from charset_normalizer import from_bytes

    sample = _sample_with_most_to_say(data)
    best = from_bytes(
        sample, steps=4, chunk_size=512, cp_isolation=list(_LIKELY), preemptive_behaviour=False
    ).best()
    for encoding in (best.encoding if best else None, "cp1252"):
        if encoding is None:
            continue
        text = data.decode(encoding, "replace")
        broken = text.count("\N{REPLACEMENT CHARACTER}")
        if broken <= len(text) // 200:
            return text, (_replaced(text, encoding),) if broken else ()
    raise NotAnArticle("not text in any encoding that is known")


def _sample_with_most_to_say(data: bytes) -> bytes:
    """A stretch of whole lines that begins where the first foreign characters stand."""
    if len(data) <= SAMPLE:
        return data
    first = next((place for place, byte in enumerate(data[:1_000_000]) if byte > 127), 0)
    begin = data.rfind(b"\n", 0, first) + 1
    if first - begin > SAMPLE // 2:
        begin = first
    end = data.find(b"\n", begin + SAMPLE, begin + 2 * SAMPLE)
    return data[begin : end if end > 0 else begin + SAMPLE]
