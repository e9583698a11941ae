// What lies under the marks: tiles where the site has some, the priority neighbourhoods, the names of
// communes, a scale. Without tiles nothing is asked of anybody else.
"use strict";

PlacesMap.ground = (() => {
  const { spoken } = PlacesMap;

  function name(layer, words, className) {
    const tip = L.tooltip({ permanent: true, direction: "center", className, interactive: false, pane: "names" });
    return layer.bindTooltip(tip.setContent(spoken(words, "fr")));
  }

  function neighbourhoods(map, collection) {
    return L.geoJSON(collection, {
      interactive: false,
      pane: "grounds",
      style: () => ({ className: "neighbourhood" }),
      // A commune is a point: only its name is written.
      pointToLayer: (_feature, where) => L.marker(where, { icon: L.divIcon({ html: "", iconSize: [0, 0] }), interactive: false, keyboard: false, pane: "names" }),
      onEachFeature: ({ geometry, properties }, layer) => name(layer, properties.name, geometry.type === "Point" ? "commune-name" : "neighbourhood-name"),
    });
  }

  function toggle(button, map, layer) {
    const show = (isShown) => {
      button.setAttribute("aria-pressed", String(isShown));
      if (isShown) layer.addTo(map);
      else layer.remove();
    };
    button.hidden = false;
    button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
    show(true);
  }

  async function quarters(section, map) {
    const button = section.querySelector("[data-toggle-quarters]");
    if (!button || !section.dataset.quarters) return;
    const answer = await fetch(section.dataset.quarters);
    if (!answer.ok) return;
    const { features } = await answer.json();
    const isCommune = ({ geometry }) => geometry.type === "Point";
    // Tiles say the names of communes themselves.
    if (!section.dataset.tiles) neighbourhoods(map, features.filter(isCommune)).addTo(map);
    const drawn = features.filter((feature) => !isCommune(feature));
    if (!drawn.length) return;
    section.querySelector("[data-legend-quarters]")?.removeAttribute("hidden");
    toggle(button, map, neighbourhoods(map, drawn));
  }

  return (section, map) => {
    const words = section.dataset;
    map.createPane("grounds").style.zIndex = 300;
    map.createPane("names").style.zIndex = 350;
    if (words.tiles) {
      // The server of the tiles learns which site shows them, never which page nor what was asked.
      L.tileLayer(words.tiles, { attribution: words.attribution, maxZoom: 19, referrerPolicy: "origin" }).addTo(map);
      map.attributionControl.setPrefix(false);
    }
    L.control.scale({ imperial: false, updateWhenIdle: true, position: "bottomleft" }).addTo(map);
    // What lies under is no reason to say that the map does not show.
    quarters(section, map).catch(() => {});
  };
})();

// « Autour de moi »: where somebody stands is asked when they want it, rounded to about a hundred
// metres, shown here, and sent to nobody before they follow the link. Nothing is kept.
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
