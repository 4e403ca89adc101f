"""The fields of a header while it is being read, and the ways to write one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.sources import dates
from tui.sources.dates import When

URL = re.compile(r"[ \t]*<?(https?://[^\s<>]+)>?[ \t]*$", re.IGNORECASE)
KEYED = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,24}?)[ \t]*(?::[ \t]+|:$|=[ \t]*)(.*)$")
"""A line with a key; `field_name` says whether it is one of ours."""

_FIELDS = {
    "title": "title headline",
    "date": "date published publisheddate publishdate datepublished publishedat publishedon "
    "publicationdate pubdate posted postedon datetime created timestamp",
    "url": "url link canonical canonicalurl permalink sourceurl original originalurl articleurl",
    "author": "author authors by byline creator writer",
    "source": "source site sitename publisher publication outlet website newspaper",
}
_FIELD_OF = {key: name for name, keys in _FIELDS.items() for key in keys.split()}


@dataclass(slots=True)
class Header:
    """What was found; every field None until it is."""

    title: str | None = None
    when: When | None = None
    url: str | None = None
    author: str | None = None
    source: str | None = None
    body: list[str] = field(default_factory=list)
    """The lines that are left."""

    def take_date(self, when: When | None) -> None:
        """Keep the first date that the calendar has; failing that, the first that it hasn't."""
        if when and (self.when is None or (self.when.date is None and when.date)):
            self.when = when

    def take(self, name: str, value: str) -> bool:
        """Put the value of a named field where it belongs, the first that comes; False where it can't be
        that.
        """
        if name == "date":
            when = dates.read_date(value)
            self.take_date(when)
            return when is not None
        if name == "url" or (name == "source" and URL.match(value)):
            address = URL.match(value)
            if address:
                self.url = self.url or address[1]
            return address is not None
        if name == "title":
            self.title = self.title or value
        elif name == "author":
            self.author = self.author or value
        else:
            self.source = self.source or value
        return True


def field_name(key: str) -> str | None:
    """The field of `Header` that a key stands for: "Published on" is `date`."""
    return _FIELD_OF.get(re.sub(r"[ _-]", "", key).lower())


def unquoted(value: str) -> str:
    """A value without YAML's or TOML's quotes, brackets and comment."""
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):
        return ""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        return value[1:-1].replace('\\"', '"') if quote == '"' else value[1:-1].replace("''", "'")
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(unquoted(part) for part in value[1:-1].split(","))
    return re.sub(r"\s+#\s.*$", "", value)
