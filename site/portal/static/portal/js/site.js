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

// What only a script can do waits hidden for it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A voice of the telephone itself reads the page: one that sends the text elsewhere is not asked.
const reader = document.querySelector("[data-listen]");

function ownVoice() {
  const language = reader.dataset.listen;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
}

function offerReading() {
  reader.hidden = !ownVoice();
}

if (reader && "speechSynthesis" in window) {
  offerReading();
  speechSynthesis.addEventListener("voiceschanged", offerReading);
  reader.addEventListener("click", () => {
    const isReading = reader.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    reader.setAttribute("aria-pressed", String(!isReading));
    if (isReading) return;
    // Sentence by sentence: long texts are cut short by some voices.
    const texts = [...document.querySelectorAll("[data-read]")].map((part) => part.innerText);
    const sentences = texts.join("\n").match(/[^.!?\n]+[.!?]?/g) ?? [];
    const voice = ownVoice();
    sentences.forEach((sentence, at) => {
      const said = new SpeechSynthesisUtterance(sentence);
      said.voice = voice;
      said.lang = voice.lang;
      if (at === sentences.length - 1) said.onend = () => reader.setAttribute("aria-pressed", "false");
      speechSynthesis.speak(said);
    });
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

// What a search may find is offered while one types: nobody downloads it who does not search.
for (const field of document.querySelectorAll("[data-suggestions]")) {
  field.addEventListener("focus", async () => (await import(field.dataset.script)).offer(field), { once: true });
}

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
