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
