// Comfort only: every page works without this file.
"use strict";

const popUps = "details.pop";

function closePopUps(except) {
  for (const popUp of document.querySelectorAll(popUps + "[open]")) {
    if (popUp !== except) popUp.open = false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(popUps + "[open]");
  if (!open) return;
  // Focus inside a closing list would be lost.
  if (open.contains(document.activeElement)) open.querySelector("summary").focus();
  closePopUps();
});

document.addEventListener("click", (event) => closePopUps(event.target.closest(popUps)));

// A phone shows the results first; beside a list, filters are open. The page comes with them folded:
// what is folded after the first paint makes the page jump.
const wide = matchMedia("(min-width: 62rem)");

function foldFilters() {
  for (const filters of document.querySelectorAll("details.filters")) filters.open = wide.matches;
}

foldFilters();
wide.addEventListener("change", foldFilters);

// A form came back with errors: read their list first.
document.querySelector("[data-focus]")?.focus();

// Sending a page to somebody: the links of messages work without this.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.closest("section").querySelector("[data-copied]").textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break;
  button.parentElement.hidden = false;
  // Whoever changes their mind is right.
  button.addEventListener("click", () =>
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {}),
  );
}
