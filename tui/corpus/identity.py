"""Which files are one article: canonical URLs, ids, and when two texts are versions of one.

The rules for URLs are decided once and carry a version. Changing them means raising `URL_RULES`: a store made
by other rules keeps its ids, and computes its keys anew at the next run.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from tui.article import ArticleId
from tui.folding import fold

URL_RULES = 1
"""The version of the rules in `canonical_url`."""

# What links are decorated with on their way through mail, search and social sites; never part of the article.
_TRACKING = re.compile(
    r"(utm_|at_|pk_|mtm_|ns_|hsa_|oly_|vero_|wt\.)\w*"
    r"|(fb|g|d|y|s|gb)clid|gclsrc|wbraid|gbraid|msclkid|twclid|igshid|mc_[ce]id|_ga|_gl|_hs(enc|mi)|mkt_tok|cmpid|cmp|icid|ito"
    r"|ocid|ref|ref_src|ref_url|referrer|source|src|share|shared|smid|smtyp|sr_share|rss|ftag|taid|spm|xtor|guccounter"
    r"|guce_referrer(_sig)?|partner|campaign_id|emc|nl|regi_id|segment_id|instance_id|amp|outputtype",
    re.IGNORECASE,
)
_SAME_HOST = re.compile(r"^((www\d?|m|mobile|amp|edition)\.)+(?=[^.]+\.)")
_ENDING = re.compile(r"(/(index|default)\.(html?|php|aspx?|jsp)|/amp|\.amp|/amp\.html)+$", re.IGNORECASE)
_PATH_SAFE = "/!$&'()*+,;=:@-._~"

SIMILAR = 0.5
"""Versions share at least this part of the shorter text's shingles; unrelated news share under .02, an article
cut to its first third by a paywall .9."""

_SHINGLE = 3
_COMPARED = 5_000
"""Words of a text that are compared: more would only tell books apart."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)  # each URL is asked for some three times in a row
def canonical_url(url: str | None) -> str | None:
    """One spelling for all addresses of one page; None where the URL doesn't tell one article from another.

    Scheme, `www.`, `m.` and `amp.` hosts, default ports, user names, fragments, tracking parameters, the order of
    parameters, needless percent-escapes, doubled and final slashes, `index.html` and AMP endings go. The path's
    case stays. A home page (no path, no parameters) is nobody's address.

    >>> canonical_url("HTTPS://www.Example.com:443/a//b/?utm_source=x&id=7#top")
    'example.com/a/b?id=7'
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip() if "://" in url else f"//{url.strip()}", scheme="http")
        host, port = (parts.hostname or "").strip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    host = _SAME_HOST.sub("", _ascii_host(host))
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _canonical_path(parts.path)
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
            if not _TRACKING.fullmatch(name)
        ),
        errors="surrogateescape",
    )
    # Some sites route by `#!`; any other fragment is a place in the page.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    if not path and not query and not fragment:
        return None
    return f"{host}{path}{'?' if query else ''}{query}{fragment}"


def _canonical_path(path: str) -> str:
    path = quote(unquote_to_bytes(path), safe=_PATH_SAFE)
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    return _ENDING.sub("", "".join(f"/{segment}" for segment in kept))


def _ascii_host(host: str) -> str:
    host = host.lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def article_id(identity: str) -> ArticleId:
    """The id that an article with this identity is given when it is first met: 16 hex digits."""
    return ArticleId(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())


def identity_digest(identity: str) -> bytes:
    """What the store keeps of an identity, to tell an id that two identities share from one met again."""
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16, person=b"identity").digest()


def url_number(url_key: str) -> int:
    """A canonical URL as a number of 64 bits, by which to look for it: others may share it."""
    return int.from_bytes(
        blake2b(url_key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True
    )


def url_identity(url_key: str) -> str:
    """The identity of the first article of a canonical URL."""
    return f"url:{url_key}"


def page_identity(url_key: str, text_key: bytes) -> str:
    """The identity of a further article that stands under a URL that another has already."""
    return f"url:{url_key}\ntext:{text_key.hex()}"


def text_identity(text_key: bytes) -> str:
    """The identity of an article without a URL."""
    return f"text:{text_key.hex()}"


def similar(one: str, other: str) -> bool:
    """Whether two bodies are versions of one text: half of the shorter one's shingles stand in the longer."""
    if one == other:
        return True
    shingles, others = _shingles(one), _shingles(other)
    shorter, longer = sorted((shingles, others), key=lambda counted: counted.total())
    if not shorter:
        return not longer
    return (shorter & longer).total() >= SIMILAR * shorter.total()


# Of a URL with hundreds of articles, the same ones are compared again and again.
@lru_cache(maxsize=64)
def _shingles(text: str) -> Counter[int]:
    folded = fold(text[: _COMPARED * 20])
    units: list[str] = _WORD.findall(folded)[:_COMPARED]
    # Scripts that don't divide words: single characters say as much as words do.
    if units and len(folded) / len(units) > 15:
        units = [character for character in folded if character.isalnum()][:_COMPARED]
    if len(units) < _SHINGLE:
        return Counter([hash(tuple(units))] if units else [])
    return Counter(map(hash, zip(*(units[start:] for start in range(_SHINGLE)), strict=False)))
