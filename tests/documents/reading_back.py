"""Documents read back by what reads Markdown and HTML, and texts that would be more than text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from tests.canaries import text_fields

from explorer.record.tables import entries

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</li></ul></main></body></html><h1>Else</h1><!-- ",
    '" onmouseover="alert(1)" \' x=\'',
    "[here](https://evil.example) ![x](https://evil.example/x.png)",
    "[^1] and [^99] ^[mine]\n\n[^1]: not the source",
    "# Heading\n## Another\n\n---\n\n- item\n1. first",
    "one\n===\n\n> quoted\n\n    code\n\n```\nfence",
    "**bold** *it* __b__ _i_ ~~gone~~ `code` ``",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$x$ $$y$$ {.c #i} {{ x }} ~x~ ^x^ [ ] [x] :: : x",
    "https://evil.example www.evil.example evil.com evil@evil.com //evil.com <http://evil.com>",
    "&lt;b&gt; &#60;i&#62; &copy; &amp;lt;",
    "\\ \\\\ \\[ \\` trailing \\",
    "line\rbreaks\x0band\x0cmore\u2028of\u2029them\x85now\x00",
    "\u202ereversed\u2066 and \x1b[31mred\x1b]8;;https://evil.example\x07",
    "- [ ] done",
    "12) twelfth",
    "+ plus",
    "[//]: # (x)\n[a]: https://evil.example",
    "]]> --> ?> <![CDATA[ <?php <!DOCTYPE html>",
    "explorer brief 0123456789ab",
)


def with_every_text(data, text):
    """The dataset with one text in the place of every other; addresses stay."""

    def texts(part):
        named = (name for name in text_fields(type(part)) if name != "address")
        return {
            name: tuple(text for _ in value) if isinstance(value, tuple) else text
            for name in named
            for value in (getattr(part, name),)
        }

    def changed(record):
        tables = {}
        for name, _, entry in entries(record):
            tables[name] = (*tables.get(name, ()), replace(entry, **texts(entry)))
        return replace(record, **texts(record), **tables)

    plurals = ("sources", "delegations", "delegates", "rounds", "issues", "quotes")
    more = ("measures", "figures", "points", "milestones", "conflicts")
    return replace(
        data,
        negotiation=changed(data.negotiation),
        **{name: tuple(map(changed, getattr(data, name))) for name in (*plurals, *more)},
    )


def parser_of(preset):
    made = MarkdownIt(preset, {"html": True, "linkify": preset == "gfm-like"})
    return made.use(footnote_plugin).use(dollarmath_plugin).use(deflist_plugin)


PARSERS = [parser_of("commonmark"), parser_of("gfm-like")]
"""A strict reader, and one that makes links and formulas where it can; both take HTML."""


def flat(tokens):
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def shape(parser, written):
    """What a reader of Markdown makes of a text, less the words."""
    kinds = []
    for token in flat(parser.parse(written)):
        if token.type not in ("text", "text_special"):
            href = token.attrs.get("href", "")
            kinds.append((token.type, token.tag, href))
    return kinds


ALLOWED = {
    "html": {"lang"},
    "head": set(),
    "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(),
    "style": set(),
    "body": set(),
    "main": set(),
    "header": set(),
    "section": {"class"},
    "aside": set(),
    "h1": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "blockquote": set(),
    "p": {"class"},
    "ul": set(),
    "ol": set(),
    "li": {"id"},
    "dl": set(),
    "dt": set(),
    "dd": set(),
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope"},
    "td": set(),
    "br": set(),
    "span": {"class", "lang", "dir"},
    "sup": set(),
    "a": {"id", "href", "rel", "class", "aria-label"},
    "strong": set(),
    "em": set(),
    "code": set(),
}
"""Every tag that a briefing may have, with its attributes."""


class Outline(HTMLParser):
    """The tags of a page as they are nested, and its text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text, self.comments = [], [], [], []

    def handle_starttag(self, tag, attrs):
        assert set(dict(attrs)) <= ALLOWED[tag], (tag, attrs)
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.comments.append(data)


def outline_of_html(written, *, comments=0):
    """The outline of a page; every tag is expected, closed, and every link leads somewhere."""
    outline = Outline()
    outline.feed(written)
    outline.close()
    assert outline.open == []
    assert len(outline.comments) == comments
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in outline.tags:
        href = attrs.get("href", "#")
        assert href[1:] in {*ids, ""} if href.startswith("#") else re.match("https?://", href)
    return outline


def tags_of(outline):
    return [(tag, attrs.get("class"), attrs.get("href")) for tag, attrs in outline.tags]
