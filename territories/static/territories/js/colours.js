// Beside each colour written as text, the browser's palette: what is chosen in one shows in other.
(() => {
  const tell = (field) => {
    for (const name of ["input", "change"]) {
      field.dispatchEvent(new Event(name, { bubbles: true }));
    }
  };
  const join = (palette) => {
    const text = document.getElementById(palette.dataset.paletteOf);
    palette.hidden = false;
    palette.addEventListener("input", () => {
      text.value = palette.value;
      tell(text);
    });
    text.addEventListener("input", () => {
      if (/^#[0-9a-f]{6}$/i.test(text.value)) palette.value = text.value.toLowerCase();
    });
  };
  const start = () => document.querySelectorAll("[data-palette-of]").forEach(join);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
