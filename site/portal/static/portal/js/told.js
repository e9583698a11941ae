// Says how a search ended: no answer, left as it was, or something opened. Never who searched.
"use strict";

(() => {
  const answers = document.querySelector("[data-told]");
  const [arrival] = performance.getEntriesByType("navigation");
  // A page that is read again, or come back to, was told already.
  if (!answers || arrival?.type !== "navigate") return;
  let { ending } = answers.dataset;

  function tell() {
    if (!ending) return;
    const said = new URLSearchParams({ stamp: answers.dataset.stamp, ending });
    navigator.sendBeacon(answers.dataset.told, said);
    ending = "";
  }

  function follow(event) {
    const link = event.target.closest("a[href]");
    // Filters and further pages go on with the same search.
    if (link && ending) ending = link.pathname === location.pathname ? "" : "opened";
  }

  if (ending === "without_result") tell();
  answers.addEventListener("click", follow);
  answers.addEventListener("auxclick", follow);
  answers.addEventListener("submit", () => {
    ending = "";
  });
  addEventListener("pagehide", tell);
})();
