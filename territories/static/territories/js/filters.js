// The filters of a list answer at once. Without this file, the button of the form does it.
"use strict";

(() => {
  const form = document.querySelector("[data-filters]");
  if (!form) return;
  let asked = null;

  // What is empty says nothing, and would make another address of the same list.
  function address() {
    const parameters = new URLSearchParams(
      [...new FormData(form)].filter(([name, value]) => value && (name !== "rayon" || form.elements.pres?.value)),
    );
    // Two dates are a period of their own.
    if (parameters.has("du") || parameters.has("au")) parameters.delete("periode");
    return parameters.size ? `${form.action.split("?")[0]}?${parameters}` : form.action.split("?")[0];
  }

  function sameControl(old) {
    if (!old?.name) return null;
    return [...form.elements].find(
      (control) => control.name === old.name && control.type === old.type && (old.type !== "checkbox" || control.value === old.value),
    );
  }

  function show(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    const changed = document.activeElement;
    const was = form.contains(changed) ? { name: changed.name, type: changed.type, value: changed.value } : null;
    for (const part of document.querySelectorAll("[data-swap]")) {
      const fresh = read.querySelector(`[data-swap="${part.dataset.swap}"]`);
      // The node that announces the count stays: a voice reads what changes within.
      if (fresh) part.replaceChildren(...fresh.childNodes);
    }
    document.title = read.title;
    if (!changed.isConnected) (sameControl(was) ?? form.querySelector("button[type=submit]")).focus();
    return read;
  }

  async function go(url, { keep = true } = {}) {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const read = show(await answer.text());
      if (keep) history.pushState({}, "", url);
      return read;
    } catch (error) {
      if (error.name !== "AbortError") document.querySelector('[data-swap="count"]').textContent = form.dataset.failed;
      return null;
    }
  }

  form.addEventListener("change", () => go(address()));

  addEventListener("popstate", async () => {
    const read = await go(location.href, { keep: false });
    // The fields that are not swapped say again what the address says.
    for (const control of read?.querySelectorAll("[data-filters] :is(input[type=date], select)") ?? []) {
      if (form.elements[control.name]) form.elements[control.name].value = control.value;
    }
  });

  // Where somebody stands is asked when they want it, rounded to a kilometre, and kept nowhere.
  const here = form.querySelector("[data-locate]");
  if (here && "geolocation" in navigator) {
    here.hidden = false;
    here.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
          const option = new Option(here.dataset.label, value, true, true);
          const places = form.elements.pres;
          places.querySelector("option[data-here]")?.remove();
          option.dataset.here = "";
          places.options[0].after(option);
          go(address());
        },
        () => {
          document.querySelector('[data-swap="count"]').textContent = here.dataset.failed;
        },
      );
    });
  }
})();
