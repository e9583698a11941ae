// The marks of a map: the first of three plain scripts that add themselves to `PlacesMap`, with
// `ground.js` and `start.js`. There is nothing to build, and public pages run no script but ours.
"use strict";

// What the three share.
window.PlacesMap = (() => {
  const isQuiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Built node by node: what a coordinator typed is never read as HTML.
  function element(name, attributes = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...inside.filter(Boolean));
    return made;
  }

  // « 12 lieux »: the sentence of each plural form stands in the page, as gettext gives it.
  const language = document.documentElement.lang;
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const sentences = new Map();

  function counted(section, name, count) {
    const said = section.dataset[name] ?? "{}";
    if (!sentences.has(said)) sentences.set(said, JSON.parse(said));
    const forms = sentences.get(said);
    return (forms[rules.select(count)] ?? forms.other ?? "%(count)s").replace("%(count)s", numbers.format(count));
  }

  // A name says its language where it is not the page's.
  const spoken = (words, language, name = "span") => element(name, { lang: language, dir: "auto" }, words);

  const line = (id) => document.querySelector(`[data-place="${CSS.escape(id)}"]`);

  return { isQuiet, element, counted, spoken, line };
})();

// The marks of the places, gathered where they would cover one another. Only what is in sight stands
// in the document, so that two thousand places cost what forty do.
PlacesMap.Marks = (() => {
  const { element, counted, line } = PlacesMap;
  // A thumb's width: closer than this, places are gathered.
  const RADIUS = 60;
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const STEP = 120;

  const Button = L.Icon.extend({
    createIcon() {
      const button = element("button", { type: "button" }, this.options.drawn);
      this._setIconStyles(button, "icon");
      return button;
    },
    createShadow: () => null,
  });

  // The same mark as in the legend, which knows the needs; else the pictogram of the line.
  function drawing(section, { id, properties }) {
    if (properties.number) return element("span", { class: "pin stop" }, String(properties.number));
    if (properties.events) return element("span", { class: "pin event" }, String(properties.events));
    const known = properties.category && section.querySelector(`[data-category="${CSS.escape(properties.category)}"] .pin`);
    if (known) return known.cloneNode(true);
    const drawn = line(id)?.querySelector(".pict .i")?.cloneNode(true);
    drawn?.classList.remove("l");
    return element("span", { class: "pin tip" }, drawn);
  }

  function iconOf(section, feature) {
    if (feature.properties.cluster) {
      const drawn = element("span", { class: "pin many" }, feature.properties.point_count_abbreviated.toString());
      return new Button({ drawn, className: "marker", iconSize: [52, 52], iconAnchor: [26, 26] });
    }
    const drawn = drawing(section, feature);
    const stands = drawn.matches(".tip, .event");
    return new Button({ drawn, className: "marker", iconSize: [44, 48], iconAnchor: [22, stands ? 48 : 22] });
  }

  return class Marks {
    // `choose(feature, marker)`: somebody wants to know more about a mark.
    constructor(section, map, choose) {
      Object.assign(this, { section, map, choose, shown: new Map(), current: null });
      this.layer = L.layerGroup().addTo(map);
      this.pane = map.getPane("markerPane");
      // One stop of the Tab key for all: the arrows go from one mark to its neighbour.
      this.pane.setAttribute("role", "toolbar");
      this.pane.setAttribute("aria-label", section.dataset.marks ?? "");
      this.pane.addEventListener("keydown", (event) => this.walk(event));
      this.pane.addEventListener("focusin", ({ target }) => this.settle(this.keyOf(target)));
      map.on("moveend", () => this.draw());
    }

    load(features) {
      this.features = new Map(features.map((feature) => [feature.id, feature]));
      // The stops of a route are few, and their numbers are what one looks for: only those of one
      // door are gathered.
      const radius = features.some(({ properties }) => properties.number) ? 0 : RADIUS;
      this.index = new Supercluster({ radius, extent: 256, maxZoom: this.map.getMaxZoom() }).load(features);
      this.layer.clearLayers();
      this.shown.clear();
      this.draw();
    }

    get bounds() {
      return L.latLngBounds([...this.features.values()].map(({ geometry }) => [...geometry.coordinates].reverse()));
    }

    draw() {
      if (!this.index) return;
      const bounds = this.map.getBounds().pad(0.1);
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      const found = new Map(
        this.index.getClusters(box, this.map.getZoom()).map((feature) => [
          // The number of a cluster says its zoom too: it is never another one's.
          feature.properties.cluster ? `cluster-${feature.id}` : feature.id,
          feature,
        ]),
      );
      const lost = document.activeElement;
      const hadFocus = this.pane.contains(lost) && this.shown.get(this.keyOf(lost));
      for (const [key, marker] of this.shown) {
        if (found.has(key)) continue;
        this.layer.removeLayer(marker);
        this.shown.delete(key);
      }
      for (const [key, feature] of found) if (!this.shown.has(key)) this.add(key, feature);
      this.settle(this.current);
      // The mark that had the focus was gathered or parted: the nearest takes it.
      if (hadFocus && !lost.isConnected) this.focus(this.nearest(hadFocus.getLatLng()));
    }

    add(key, feature) {
      const [longitude, latitude] = feature.geometry.coordinates;
      const marker = L.marker([latitude, longitude], { icon: iconOf(this.section, feature), keyboard: false, riseOnHover: true });
      marker.feature = feature;
      marker.on("click", () => this.choose(feature, marker));
      this.layer.addLayer(marker);
      const button = marker.getElement();
      button.dataset.key = key;
      button.tabIndex = -1;
      const words = this.words(feature);
      button.setAttribute("aria-label", words);
      button.title = words;
      this.shown.set(key, marker);
    }

    words({ properties }) {
      if (!properties.cluster) return [properties.name, properties.said].filter(Boolean).join(", ");
      return counted(this.section, this.parts(properties.cluster_id) ? "group" : "stack", properties.point_count);
    }

    // The zoom that parts a cluster; null where its places are one.
    parts(cluster) {
      const zoom = this.index.getClusterExpansionZoom(cluster);
      return zoom <= this.map.getMaxZoom() ? zoom : null;
    }

    leaves(cluster) {
      return this.index.getLeaves(cluster, Infinity);
    }

    // The mark that a place stands under: its own, or that of its cluster.
    under(id) {
      return [...this.shown.values()].find(
        ({ feature }) => feature.id === id || (feature.properties.cluster && this.leaves(feature.properties.cluster_id).some((leaf) => leaf.id === id)),
      );
    }

    get inSight() {
      const bounds = this.map.getBounds();
      return [...this.shown.values()].filter((marker) => bounds.contains(marker.getLatLng()));
    }

    count() {
      return this.inSight.reduce((sum, { feature }) => sum + (feature.properties.point_count ?? 1), 0);
    }

    keyOf(node) {
      return node.closest?.("[data-key]")?.dataset.key ?? null;
    }

    // One mark alone answers the Tab key, and it is in sight.
    settle(key) {
      const seen = this.inSight;
      const kept = this.shown.get(key);
      const next = kept && seen.includes(kept) ? kept : (seen[0] ?? null);
      for (const marker of this.shown.values()) marker.getElement().tabIndex = marker === next ? 0 : -1;
      this.current = next && this.keyOf(next.getElement());
    }

    focus(marker) {
      marker?.getElement()?.focus({ preventScroll: true });
    }

    nearest(where) {
      const from = this.map.latLngToContainerPoint(where);
      const far = (marker) => from.distanceTo(this.map.latLngToContainerPoint(marker.getLatLng()));
      return this.inSight.sort((one, other) => far(one) - far(other))[0];
    }

    // The nearest mark in the direction of the arrow; where there is none, the map moves on.
    walk(event) {
      const arrow = ARROWS[event.key];
      const from = this.shown.get(this.keyOf(event.target));
      if (!arrow || !from) return;
      event.preventDefault();
      event.stopPropagation();
      const here = this.map.latLngToContainerPoint(from.getLatLng());
      let best = null;
      for (const marker of this.inSight) {
        const way = this.map.latLngToContainerPoint(marker.getLatLng()).subtract(here);
        const ahead = way.x * arrow[0] + way.y * arrow[1];
        const aside = Math.abs(way.x * arrow[1]) + Math.abs(way.y * arrow[0]);
        const cost = ahead + 2 * aside;
        if (marker !== from && ahead > 0 && aside <= 2 * ahead && cost < (best?.cost ?? Infinity)) best = { marker, cost };
      }
      if (best) this.focus(best.marker);
      else this.map.panBy([arrow[0] * STEP, arrow[1] * STEP], { animate: !PlacesMap.isQuiet() });
    }
  };
})();
