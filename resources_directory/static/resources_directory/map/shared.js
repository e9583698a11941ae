// What the parts of the map share. Each is a plain script that adds itself to `PlacesMap`: there is
// nothing to build, and the public pages run no script but ours.
"use strict";

window.PlacesMap = (() => {
  const isQuiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Built node by node: what a coordinator typed is never read as HTML.
  function element(name, attributes = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...inside.filter(Boolean));
    return made;
  }

  // « 12 lieux »: the sentence of each plural form stands in the page, as gettext gives it.
  const language = document.documentElement.lang;
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const sentences = new Map();

  function counted(section, name, count) {
    const said = section.dataset[name] ?? "{}";
    if (!sentences.has(said)) sentences.set(said, JSON.parse(said));
    const forms = sentences.get(said);
    return (forms[rules.select(count)] ?? forms.other ?? "%(count)s").replace("%(count)s", numbers.format(count));
  }

  // A name says its language where it is not the page's.
  const spoken = (words, language, name = "span") => element(name, { lang: language, dir: "auto" }, words);

  const line = (id) => document.querySelector(`[data-place="${CSS.escape(id)}"]`);

  return { isQuiet, element, counted, spoken, line };
})();
