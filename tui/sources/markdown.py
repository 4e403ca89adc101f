"""Markdown as it reads: the marks go, the words stay. Not a renderer: what it doesn't know stays as it is."""

from __future__ import annotations

import html
import re

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
RULE = re.compile(r"[ \t]*([-*_=~+#^])(?:[ \t]*\1){2,}[ \t]*$")
_SIGNS_OF_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6} \S|```|~~~|!\[)|\[[^\]\n]+\]\((?:https?:|/|\.|#|mailto:)|\*\*\w[^*\n]*\*\*",
    re.MULTILINE,
)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:([-*+•])|(\d{1,9}[.)]))[ \t]+(?=\S)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*[\"')])?[ \t]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_INLINE = re.compile(r"[\\`*_\[\]<&~]")
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(?!`)(.+?)(?<!`)\2(?!`)|<((?:https?|mailto):[^\s<>]+)>")
_IMAGE = re.compile(
    r"!\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\[\]]*\])"
)
_LINK = re.compile(
    r"\[([^\[\]]*)\](?:\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\[\]]*\])"
)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,2000})?\s*/?>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}|~~)(?=\S)((?:(?!\1).)+?)(?<=\S)\1(?!\*)(?:(?<!_)|(?!\w))")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PLACE = 0xF0000  # Private use: stands for a literal while the marks around it are taken out.
_PLACES = re.compile(f"[{chr(_PLACE)}-{chr(_PLACE + 0xFFFD)}]")


def is_markdown(text: str) -> bool:
    """Whether a text that doesn't say so by its name is written in Markdown."""
    return _SIGNS_OF_MARKDOWN.search(text) is not None


def unescape_entities(text: str) -> str:
    """`&amp;` and `&#8217;` as the characters they stand for; what has no semicolon is left alone, as in
    `AT&T`.
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text) if "&" in text else text


def blocks(lines: list[str]) -> list[list[str]]:
    """The lines, without the marks of blocks, in groups: what stands in one group is one paragraph, wrapped
    or not.

    A heading, an item of a list, a row of a table and a line of code are each a group of one.
    """
    groups: list[list[str]] = [[]]
    fence: str | None = None
    for line in _without_comments(lines):
        opening = _FENCE.match(line)
        if opening and (fence is None or opening[1].startswith(fence)):
            fence = None if fence else opening[1]
            groups.append([])
            continue
        if fence:
            groups += [[line.strip()], []]
            continue
        line = _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line
        if not line.strip():
            groups.append([])
        elif heading := HEADING.match(line):
            groups += [[heading[2]], []]
        elif (
            (UNDERLINE.match(line) and len(groups[-1]) == 1)
            or RULE.match(line)
            or _TABLE_RULE.match(line)
            or _DEFINITION.match(line)
        ):
            groups.append([])
        elif item := _ITEM.match(line):
            bullet = "• " if item[1] else item[2] + " "
            groups.append([bullet + _TASK.sub("", line[item.end() :], count=1)])
        elif footnote := _FOOTNOTE.match(line):
            groups.append([f"{footnote[1]}. {line[footnote.end() :]}"])
        elif line.lstrip().startswith("|"):
            groups += [[" | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))], []]
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def plain(text: str) -> str:
    """A paragraph of Markdown without its inline marks: links as their text, emphasis as its words."""
    if not _INLINE.search(text):
        return text
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if len(literals) > 0xFFF0:
            return match.group()
        literals.append(match[1] or match[3] or match[4])
        return chr(_PLACE + len(literals) - 1)

    text = _LITERAL.sub(keep, _PLACES.sub("", text))
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _FOOTNOTE_MARK.sub("", text)
    text = _TAG.sub(" ", text) if "<" in text else text
    for _ in range(3):  # Emphasis in emphasis in emphasis.
        shorter = _EMPHASIS.sub(r"\2", text)
        if shorter == text:
            break
        text = shorter
    text = unescape_entities(text)
    return _PLACES.sub(lambda place: _literal(literals, place.group()), text)


def _literal(literals: list[str], place: str) -> str:
    number = ord(place) - _PLACE
    return literals[number] if number < len(literals) else ""


def _without_comments(lines: list[str]) -> list[str]:
    if not any("<!--" in line for line in lines):
        return lines
    return _COMMENT.sub("", "\n".join(lines)).split("\n")
