// What a search may find, offered while one types: an editable combobox whose list is chosen from by
// hand (ARIA Authoring Practices). Sending the form goes on searching for what was typed.

const PAUSE = 200;
const SHORTEST = 3;

export function offer(field) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.offers);
  list.hidden = true;
  const told = document.createElement("span");
  told.className = "vh";
  told.setAttribute("role", "status");
  field.parentElement.append(list, told);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  let asked = null;
  let waiting = 0;

  function close() {
    asked?.abort();
    clearTimeout(waiting);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    for (const option of list.children) option.setAttribute("aria-selected", "false");
  }

  function show({ said, suggestions }) {
    list.replaceChildren(
      ...suggestions.map((suggestion, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = suggestion.url;
        const title = document.createElement("bdi");
        title.lang = suggestion.language;
        title.textContent = suggestion.title;
        const kind = document.createElement("span");
        kind.className = "meta";
        kind.textContent = suggestion.kind;
        option.append(title, " ", kind);
        return option;
      }),
    );
    field.removeAttribute("aria-activedescendant");
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = said;
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const question = new URLSearchParams({ q: field.value });
    try {
      const answer = await fetch(`${field.dataset.suggestions}?${question}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === field) show(await answer.json());
    } catch (error) {
      // The form still searches.
      if (error.name !== "AbortError") close();
    }
  }

  function choose(step) {
    const options = [...list.children];
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    // Past either end stands the field itself.
    const next = now < 0 && step < 0 ? options.length - 1 : now + step;
    options[now]?.setAttribute("aria-selected", "false");
    if (!options[next]) return field.removeAttribute("aria-activedescendant");
    options[next].setAttribute("aria-selected", "true");
    options[next].scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", options[next].id);
  }

  function typed() {
    clearTimeout(waiting);
    if (field.value.trim().length < SHORTEST) close();
    else waiting = setTimeout(ask, PAUSE);
  }

  field.addEventListener("input", typed);

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen) location.assign(chosen.dataset.url);
    else return;
    event.preventDefault();
  });

  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
  // This file may come after the first letters; a question that the page came with is answered.
  if (field.value !== field.defaultValue) typed();
}
