"""Markdown as it reads: the marks go, the words stay. Not a renderer: what it doesn't know stays as it is."""

from __future__ import annotations

import html
import re

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
RULE = re.compile(r"[ \t]*([-*_=~+#^])(?:[ \t]*\1){2,}[ \t]*$")
_SIGNS_OF_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6} \S|```|~~~|!\[)|\[[^\[\]\n]{1,300}\]\((?:https?:|/|\.|#|mailto:)|\*\*\w[^*\n]*\*\*",
    re.MULTILINE,
)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:([-*+•])|(\d{1,9}[.)]))[ \t]+(?=\S)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*[\"')])?[ \t]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_INLINE = re.compile(r"[\\`*_\[\]<&~]")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)|<((?:https?|mailto):[^\s<>]+)>")
_IMAGE = re.compile(
    r"!\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\[\]]*\])"
)
_LINK = re.compile(
    r"\[([^\[\]]*)\](?:\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\[\]]*\])"
)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,20})(?:\s[^<>]{0,2000})?\s*/?>")
_DELIMITER = re.compile(r"\*+|_+|~~")
_BREAKING_TAGS = frozenset("br p div li ul ol td th tr table hr h1 h2 h3 h4 h5 h6 blockquote pre".split())
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PLACE = 0xF0000  # Private use: stands for a literal while the marks around it are taken out.
_PLACES = re.compile(f"[{chr(_PLACE)}-{chr(_PLACE + 0xFFFD)}]")


def is_markdown(text: str) -> bool:
    """Whether a text that doesn't say so by its name is written in Markdown."""
    return _SIGNS_OF_MARKDOWN.search(text) is not None


def heading_of(line: str) -> str | None:
    """The words of a heading that begins with `#`; None where the line isn't one, or has no words."""
    opening = _HEADING.match(line)
    if not opening:
        return None
    words = line[opening.end() :].strip()
    # Not one expression: a lazy match before trailing spaces and signs takes quadratic time on a long blank line.
    closed = words.rstrip("#")
    return (closed.rstrip() if closed != closed.rstrip() else words) or None


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
    for line in lines:
        opening = _FENCE.match(line)
        if opening and (fence is None or opening[1].startswith(fence)):
            fence = None if fence else opening[1]
            groups.append([])
            continue
        if fence:
            groups += [[_SIGN.sub(r"\\\g<0>", line.strip())], []]
            continue
        line = _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line
        if not line.strip():
            groups.append([])
        elif heading := heading_of(line):
            groups += [[heading], []]
        elif (
            (UNDERLINE.match(line) and len(groups[-1]) == 1)
            or RULE.match(line)
            or _is_table_rule(line)
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


def _is_table_rule(line: str) -> bool:
    return "--" in line and not line.strip("|:- \t")


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
    text = _TAG.sub(_space_for_break, text) if "<" in text else text
    text = _without_emphasis(text)
    text = unescape_entities(text)
    return _PLACES.sub(lambda place: _literal(literals, place.group()), text)


def _without_emphasis(text: str) -> str:
    """Take out pairs of `*`, `_` and `~~` in one pass: an expression takes quadratic time on openers alone."""
    runs = list(_DELIMITER.finditer(text))
    left = [len(run.group()) for run in runs]
    open_runs: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    for number, run in enumerate(runs):
        sign = run.group()[0]
        before = text[run.start() - 1 : run.start()] or " "
        after = text[run.end() : run.end() + 1] or " "
        openers = open_runs[sign]
        if not before.isspace() and not _joins(sign, after):
            while openers and left[number]:
                pair = min(left[number], left[openers[-1]])
                left[number] -= pair
                left[openers[-1]] -= pair
                if not left[openers[-1]]:
                    openers.pop()
        if left[number] and not after.isspace() and not _joins(sign, before):
            openers.append(number)
    parts = []
    end = 0
    for run, length in zip(runs, left, strict=True):
        parts += [text[end : run.start()], run.group()[:length]]
        end = run.end()
    return "".join([*parts, text[end:]])


def _joins(sign: str, neighbour: str) -> bool:
    """Whether the sign belongs to what stands beside it: snake_case, 2*3."""
    return neighbour.isalnum() if sign == "_" else neighbour.isdecimal()


def _space_for_break(tag: re.Match[str]) -> str:
    return " " if tag[1].lower() in _BREAKING_TAGS else ""


def _literal(literals: list[str], place: str) -> str:
    number = ord(place) - _PLACE
    return literals[number] if number < len(literals) else ""


def without_comments(lines: list[str]) -> list[str]:
    """The lines without `<!-- comments -->`."""
    if not any("<!--" in line for line in lines):
        return lines
    return _COMMENT.sub("", "\n".join(lines)).split("\n")
