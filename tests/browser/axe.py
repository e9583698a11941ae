"""axe-core, sparing what it does again and again: with colours alone, most of its time.

What it finds is the same. It parses each colour of each element anew, through a library of colour
spaces; and it was written for browsers without private fields, so that each of its colours is kept
in seven weak maps.
"""

from axe_playwright_python.base import AXE_SCRIPT

# In place of the browser's for axe alone: a value is kept on its key.
KEPT_ON_THEIR_KEYS = """
class WeakMap {
    constructor() { this.name = Symbol(); }
    has(key) { return this.name in key; }
    get(key) { return key[this.name]; }
    set(key, value) { key[this.name] = value; return this; }
    delete(key) { return delete key[this.name]; }
}
class WeakSet {
    constructor() { this.name = Symbol(); }
    has(key) { return this.name in key; }
    add(key) { key[this.name] = true; return this; }
    delete(key) { return delete key[this.name]; }
}
"""
PARSED_ONCE = """
const { Color } = axe.commons.color;
const parse = Color.prototype.parseString;
const known = new Map();
Color.prototype.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    parse.call(this, text);
    const { r, g, b, alpha } = this;
    known.set(text, { r, g, b, alpha });
    return this;
};
"""
# An expression that leaves `axe` on the page.
AXE = f"(() => {{{KEPT_ON_THEIR_KEYS}{AXE_SCRIPT};{PARSED_ONCE}}})()"
