"""What is wrong in the HTML of a page: its syntax, its ids, and what points at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as SENTENCES

# Attributes that name one id or several of the same page.
REFERENCES = (
    *("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details"),
    *("aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"),
    *("for", "form", "headers", "list", "popovertarget"),
)
# Elements that a phrase may not hold, which no parser minds.
BLOCKS = {
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol"),
    *("p", "pre", "section", "table", "ul"),
}
PHRASES = {
    *("abbr", "b", "bdi", "bdo", "button", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "i", "kbd", "label", "mark", "p", "q", "s", "small", "span", "strong", "sub"),
    *("sup", "time", "u", "var"),
}
INTERACTIVE = {"a", "button", "details", "iframe", "input", "label", "select", "textarea"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "select": {"option", "optgroup", "hr"},
}
OBSOLETE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign"}


def faults(html: str) -> list[str]:
    """Sentences, none when the page is right."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    found = [f"line {line}: {SENTENCES[code] % data}" for (line, _), code, data in parser.errors]
    return [*found, *faults_of_ids(tree), *faults_of_nesting(tree)]


def faults_of_ids(tree: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    yield from (f"two elements have the id {name!r}" for name, count in ids.items() if count > 1)
    yield from (
        f"the id {name!r} is empty or holds a space" for name in ids if name.split() != [name]
    )
    for element in tree.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}={name!r}> points at nothing"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in {*ids, "", "top"}:
            yield f"<a href={target!r}> leads nowhere on the page"


def faults_of_nesting(tree: Element, above: tuple[str, ...] = ()) -> Iterator[str]:
    for child in tree:
        if not isinstance(child.tag, str):
            continue
        inside = (*above, tree.tag)
        parent = inside[-1]
        if child.tag in BLOCKS and parent in PHRASES:
            yield f"<{child.tag}> stands in <{parent}>: {words_of(child)!r}"
        if child.tag in INTERACTIVE and child.get("type") != "hidden":
            around = {"a", "button"} & set(inside)
            # A label holds the field that it names.
            if around or ("label" in inside and child.tag in {"a", "button", "label"}):
                yield f"<{child.tag}> stands in {around or 'a label'}: {words_of(child)!r}"
        if parent in CHILDREN and child.tag not in CHILDREN[parent]:
            yield f"<{child.tag}> stands right in <{parent}>: {words_of(child)!r}"
        for name in sorted(OBSOLETE.intersection(child.keys())):
            yield f"<{child.tag} {name}> is obsolete"
        if child.tag == "img" and child.get("alt") is None:
            yield f"<img src={child.get('src')!r}> has no alternative text"
        yield from faults_of_nesting(child, inside)


def words_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:60]
