// Draws the places of the list on a map. The list says the same without this file.
"use strict";

(() => {
  const section = document.querySelector("[data-map]");
  if (!section || !window.L) return;
  const words = section.dataset;
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;

  section.classList.add("ready");
  const map = L.map(section.querySelector("[data-canvas]"), {
    zoomControl: false,
    attributionControl: Boolean(words.tiles),
    zoomAnimation: !quiet,
    fadeAnimation: !quiet,
    markerZoomAnimation: !quiet,
    maxZoom: 18,
    // Scrolling the page over the map must not zoom it; two fingers move it on a phone.
    scrollWheelZoom: false,
    dragging: !matchMedia("(pointer: coarse)").matches,
  });
  L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (words.tiles) L.tileLayer(words.tiles, { attribution: words.attribution, maxZoom: 19 }).addTo(map);
  if (map.attributionControl) map.attributionControl.setPrefix(false);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  // Leaflet hears the Escape key only when the map itself has the focus, not what is in a pop-up.
  let opened = null;
  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) opened.closePopup();
  });

  // The pictogram is the one of the list.
  function pictogram(id) {
    const drawn = document.querySelector(`[data-place="${CSS.escape(id)}"] .pict .i`);
    if (!drawn) return null;
    const copy = drawn.cloneNode(true);
    copy.classList.remove("l");
    return copy;
  }

  // A drop with the pictogram of the place; where events are, the lit window of the look, with how
  // many.
  function pin(id, events) {
    const drop = document.createElement("span");
    drop.className = events ? "pin event" : "pin";
    const drawn = events ? document.createTextNode(events) : pictogram(id);
    if (drawn) drop.append(drawn);
    return L.divIcon({ className: "marker", html: drop, iconSize: [40, 48], iconAnchor: [20, 48], popupAnchor: [0, -44] });
  }

  // Built node by node: what a coordinator typed is never read as HTML.
  function card({ name, language, url, address, said }) {
    const box = document.createElement("div");
    const title = document.createElement("p");
    const link = document.createElement("a");
    const strong = document.createElement("b");
    link.href = url;
    link.dir = "auto";
    link.lang = language;
    strong.textContent = name;
    link.append(strong);
    title.append(link);
    box.append(title);
    if (address) {
      const where = document.createElement("p");
      where.dir = "auto";
      where.textContent = address;
      box.append(where);
    }
    if (said) {
      const what = document.createElement("p");
      what.textContent = said;
      box.append(what);
    }
    return box;
  }

  function place({ id, geometry, properties }) {
    const [longitude, latitude] = geometry.coordinates;
    const name = [properties.name, properties.said].filter(Boolean).join(", ");
    const marker = L.marker([latitude, longitude], {
      icon: pin(id, properties.events),
      title: name,
      alt: name,
      riseOnHover: true,
    });
    marker.bindPopup(() => card(properties), { minWidth: 200, autoPanPaddingTopLeft: [16, 16], autoPanPaddingBottomRight: [72, 16] });
    marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
    marker.on("popupopen", ({ popup }) => {
      opened = marker;
      const box = popup.getElement();
      const close = box.querySelector(".leaflet-popup-close-button");
      if (close) {
        close.setAttribute("aria-label", words.close);
        close.title = words.close;
      }
      if (document.activeElement === marker.getElement()) box.querySelector("a[href]").focus();
    });
    marker.on("popupclose", ({ popup }) => {
      opened = null;
      // Closed from within: the reader goes back to where they were.
      if (popup.getElement()?.contains(document.activeElement)) marker.getElement()?.focus();
    });
    return marker;
  }

  function fail() {
    const sorry = document.createElement("p");
    sorry.className = "failed";
    sorry.setAttribute("role", "status");
    sorry.textContent = words.failed;
    section.append(sorry);
  }

  map.setView([46.6, 2.4], 5);
  fetch(words.geojson)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(({ features }) => {
      const markers = L.featureGroup(features.map(place)).addTo(map);
      if (features.length) map.fitBounds(markers.getBounds(), { padding: [48, 64], maxZoom: 15, animate: false });
    })
    .catch(fail);
})();
