// Watches the making of a territory. Without scripts the page reads itself again.
(() => {
  const run = document.querySelector("[data-provisioning-state]");
  if (!run) return;
  const bar = run.querySelector("progress");
  const count = run.querySelector("[data-provisioning-count]");
  const step = run.querySelector("[data-provisioning-step]");

  const look = async () => {
    try {
      const answer = await fetch(run.dataset.provisioningState);
      // Logged out, or no longer allowed: the page itself says it.
      if (!answer.ok || answer.redirected) return window.location.reload();
      const told = await answer.json();
      if (!told.goes_on) return window.location.reload();
      bar.value = told.done;
      count.textContent = `${told.done}/${told.total}`;
      // Written only when it changes: it is read aloud.
      if (told.done && step.textContent !== `${told.step}…`) step.textContent = `${told.step}…`;
    } catch {
      // The server may be starting again: look once more.
    }
    window.setTimeout(look, 1000);
  };
  window.setTimeout(look, 500);
})();
