// Draws the places of the list on a map. The list says the same without this file.
"use strict";

// What a chosen mark says: one place, or the list of those that stand at the same spot.
PlacesMap.Cards = (() => {
  const { element, counted, spoken, line } = PlacesMap;

  function card({ id, properties }, words, isOne) {
    const { name, language, url, address, said } = properties;
    const where = line(id) && element("a", { href: `#${line(id).id}`, "data-line": id }, words.inList);
    return element(
      isOne ? "div" : "li",
      {},
      element("p", {}, element("a", { href: url, lang: language, dir: "auto" }, element("b", {}, name))),
      address && element("p", {}, spoken(address, words.language)),
      said && element("p", {}, said),
      where && element("p", {}, where),
    );
  }

  return class Cards {
    constructor(section, map) {
      Object.assign(this, { section, map, words: section.dataset, popup: null, from: null });
      section.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.popup) this.close();
      });
      section.addEventListener("click", (event) => {
        const asked = event.target.closest?.("[data-line]");
        const there = asked && line(asked.dataset.line);
        if (!there) return;
        event.preventDefault();
        this.close({ back: false });
        there.scrollIntoView({ block: "center", behavior: PlacesMap.isQuiet() ? "auto" : "smooth" });
        there.querySelector("a[href]").focus({ preventScroll: true });
      });
      map.on("popupclose", ({ popup }) => {
        if (popup !== this.popup) return;
        const within = popup.getElement()?.contains(document.activeElement);
        this.popup = null;
        // Closed from within: the reader goes back to where they were.
        if (within) this.back();
      });
    }

    // `marker`: what it hangs on; `features`: one place, or several; `from`: where Escape leads back.
    open(marker, features, { focus = true, from = null } = {}) {
      const one = features.length === 1;
      const box = one
        ? card(features[0], this.words, true)
        : element(
            "div",
            {},
            element("p", { class: "count" }, counted(this.section, "gathered", features.length)),
            element("ul", { class: "gathered" }, ...features.map((feature) => card(feature, this.words, false))),
          );
      this.from = from ?? marker;
      const popup = L.popup({
        offset: [0, one ? -38 : -20],
        minWidth: 200,
        maxWidth: 280,
        maxHeight: Math.min(280, this.map.getSize().y - 60),
        autoPanPaddingTopLeft: [16, 16],
        autoPanPaddingBottomRight: [72, 16],
      });
      popup.setLatLng(marker.getLatLng()).setContent(box);
      this.map.openPopup(popup);
      this.popup = popup;
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close?.setAttribute("aria-label", this.words.close);
      if (close) close.title = this.words.close;
      if (focus) box.querySelector("a[href]").focus({ preventScroll: true });
    }

    close({ back = true } = {}) {
      const popup = this.popup;
      this.popup = null;
      if (popup) this.map.closePopup(popup);
      if (back) this.back();
    }

    back() {
      const place = this.from instanceof Element ? this.from : this.from?.getElement?.();
      if (place?.isConnected) place.focus({ preventScroll: !(this.from instanceof Element) });
      else this.map.getContainer().focus({ preventScroll: true });
    }
  };
})();

(() => {
  const { isQuiet, element, counted, Marks, Cards } = PlacesMap;
  // `#lieu-…`: the place that the address names.
  const PLACE = "#lieu-";
  const CLOSE_UP = 16;

  function draw(section) {
    const words = section.dataset;
    section.classList.add("ready");
    const map = L.map(section.querySelector("[data-canvas]"), {
      zoomControl: false,
      attributionControl: Boolean(words.tiles),
      zoomAnimation: !isQuiet(),
      fadeAnimation: !isQuiet(),
      markerZoomAnimation: !isQuiet(),
      maxZoom: 18,
      // Scrolling the page over the map must not zoom it; two fingers move it on a phone.
      scrollWheelZoom: false,
      dragging: !matchMedia("(pointer: coarse)").matches,
    });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.setView([46.6, 2.4], 5);
    PlacesMap.ground(section, map);
    PlacesMap.position(section, map);

    // The way of a route, under its stops.
    const ways = L.geoJSON(null, { interactive: false, style: { className: "way" } }).addTo(map);
    const cards = new Cards(section, map);
    const marks = new Marks(section, map, choose);

    function choose({ properties, geometry }, marker, options) {
      if (!properties.cluster) return cards.open(marker, [marker.feature], options);
      const zoom = marks.parts(properties.cluster_id);
      if (!zoom) return cards.open(marker, marks.leaves(properties.cluster_id), options);
      const [longitude, latitude] = geometry.coordinates;
      map.setView([latitude, longitude], zoom, { animate: !isQuiet() });
    }

    // « Voir sur la carte », and an address that names a place.
    function show(id, from = null) {
      const feature = marks.features?.get(id);
      if (!feature) return;
      const [longitude, latitude] = feature.geometry.coordinates;
      map.setView([latitude, longitude], Math.max(map.getZoom(), CLOSE_UP), { animate: false });
      for (let zoom = map.getZoom(); zoom < map.getMaxZoom() && marks.under(id)?.feature.properties.cluster; ) map.setZoom(++zoom, { animate: false });
      section.scrollIntoView({ block: "nearest", behavior: isQuiet() ? "auto" : "smooth" });
      cards.open(marks.under(id), [feature], { from });
    }
    const named = () => decodeURIComponent(location.hash).startsWith(PLACE) && decodeURIComponent(location.hash).slice(PLACE.length);

    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("[data-show]");
      if (!link || !section.isConnected || !marks.features?.has(link.dataset.show)) return;
      event.preventDefault();
      show(link.dataset.show, link);
    });
    addEventListener("hashchange", () => section.isConnected && show(named()));

    for (const button of section.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => map.setZoom(map.getZoom() + Number(button.dataset.zoom)));
    }

    // Said once the map stands still, and only when it changes.
    const status = section.querySelector("[data-in-sight]");
    let pause = null;
    function tell() {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const said = counted(section, "here", marks.count());
        if (status.textContent !== said) status.textContent = said;
      }, 400);
    }
    if (status) map.on("moveend", tell);

    function fail() {
      section.append(element("p", { class: "failed", role: "status" }, words.failed));
    }

    async function load() {
      section.querySelector(".failed")?.remove();
      const answer = await fetch(words.geojson);
      if (!answer.ok) throw new Error(answer.statusText);
      const { features: all } = await answer.json();
      const features = all.filter(({ geometry }) => geometry.type === "Point");
      ways.clearLayers().addData(all.filter((feature) => !features.includes(feature)));
      marks.load(features);
      const here = new Set(features.map(({ properties }) => (properties.events ? "events" : properties.category)));
      for (const item of section.querySelectorAll("[data-category]")) item.hidden = !here.has(item.dataset.category);
      const folded = section.querySelector("[data-legend]");
      if (folded) folded.hidden = !folded.querySelector("li:not([hidden])");
      if (features.length) map.fitBounds(marks.bounds, { padding: [32, 52], maxZoom: 15, animate: false });
      if (named()) show(named());
    }
    const read = () => load().catch(fail);
    read();
    return { section, read };
  }

  let drawn = null;
  function start() {
    const section = document.querySelector("[data-map]");
    if (section && section !== drawn?.section && window.L) drawn = draw(section);
  }
  start();
  // The filters have answered: another map, or the same one with other places.
  document.addEventListener("swapped", ({ detail }) => {
    const fresh = detail?.querySelector("[data-map]");
    if (drawn?.section.isConnected && fresh && fresh.dataset.geojson !== drawn.section.dataset.geojson) {
      drawn.section.dataset.geojson = fresh.dataset.geojson;
      drawn.read();
    } else start();
  });
})();
