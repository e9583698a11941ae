// What a chosen mark says: one place, or the list of those that stand at the same spot.
"use strict";

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
