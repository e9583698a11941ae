// « Autour de moi »: where somebody stands is asked when they want it, rounded to about a hundred
// metres, shown here, and sent to nobody before they follow the link. Nothing is kept.
"use strict";

PlacesMap.position = (() => {
  const DECIMALS = 3;
  const rounded = (degrees) => Number(degrees.toFixed(DECIMALS));

  function near(latitude, longitude) {
    const address = new URL(location.href);
    for (const name of ["page", "rayon"]) address.searchParams.delete(name);
    address.searchParams.set("pres", `${latitude},${longitude}`);
    address.hash = "";
    return address.href.replaceAll("%2C", ",");
  }

  return (section, map) => {
    const button = section.querySelector("[data-locate]");
    const panel = section.querySelector("[data-located]");
    if (!button || !panel || !("geolocation" in navigator)) return;
    const said = panel.querySelector("[data-said]");
    const choices = panel.querySelector("[data-choices]");
    const link = panel.querySelector("[data-near]");
    let here = null;

    const close = () => {
      panel.hidden = true;
      here?.remove();
      here = null;
      button.focus();
    };
    function tell(words, isKnown) {
      panel.hidden = false;
      choices.hidden = !isKnown;
      said.textContent = words;
    }
    function found({ coords }) {
      const latitude = rounded(coords.latitude);
      const longitude = rounded(coords.longitude);
      here?.remove();
      here = L.marker([latitude, longitude], { icon: L.divIcon({ className: "me", iconSize: [24, 24] }), interactive: false, keyboard: false, zIndexOffset: 1000 });
      here.addTo(map);
      map.setView([latitude, longitude], Math.max(map.getZoom(), 14), { animate: !PlacesMap.isQuiet() });
      link.href = near(latitude, longitude);
      tell(panel.dataset.found, true);
      link.focus();
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      tell(panel.dataset.asking, false);
      navigator.geolocation.getCurrentPosition(found, () => tell(panel.dataset.refused, false), { timeout: 10_000, maximumAge: 60_000 });
    });
    panel.querySelector("[data-dismiss]").addEventListener("click", close);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  };
})();
