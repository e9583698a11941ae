// Watches a sending. Without scripts the page reads itself again.
(() => {
  const seen = document.querySelector("[data-sending-goes-on]");
  if (!seen) return;

  const look = async () => {
    try {
      const answer = await fetch(window.location.href);
      // Logged out, or no longer allowed: the page itself says it.
      if (!answer.ok || answer.redirected) return window.location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-sending]");
      if (!now || !("sendingGoesOn" in now.dataset)) return window.location.reload();
      if (now.innerHTML !== seen.innerHTML) seen.innerHTML = now.innerHTML;
    } catch {
      // The server may be starting again: look once more.
    }
    window.setTimeout(look, 3000);
  };
  window.setTimeout(look, 2000);
})();
