// In the form of an event, only the fields of a date that matter to what is chosen. A field that
// holds something stays in sight, and without this script all do.
(() => {
  const REPEATS = ["daily", "weekly", "monthly_weekday", "monthly_last_weekday", "monthly_day", "yearly"];
  const OF_ONE = ["cancelled", "moved", "full", "note", ""];
  // By the field that is chosen: the fields that it rules, and for which choices.
  const RULES = {
    repeat: { interval: REPEATS, weekdays: ["weekly"], until: REPEATS, days: ["list"] },
    kind: { original: OF_ONE, start: ["moved", "added"], end: ["moved", "added"] },
    is_action: { runs_from: ["on"], runs_until: ["on"] },
  };
  const RULERS = "[name^='dates-'][name$='-repeat'], [name^='changes-'][name$='-kind'], [name='is_action']";

  const isFilled = (field) =>
    field.type === "checkbox" ? field.checked : !["", field.type === "number" ? "1" : ""].includes(field.value);

  const arrange = (ruler) => {
    const [, prefix, name] = ruler.name.match(/^(.*-)?([a-z_]+)$/);
    const chosen = ruler.type === "checkbox" ? (ruler.checked ? "on" : "") : ruler.value;
    for (const [ruled, choices] of Object.entries(RULES[name])) {
      const fields = [...document.getElementsByName(`${prefix ?? ""}${ruled}`)];
      const place = fields[0]?.closest(".w-panel__wrapper");
      if (place) {
        const matters = choices.includes(chosen) || fields.some(isFilled);
        place.hidden = !matters && !place.querySelector(".error-message");
      }
    }
  };
  const arrangeAll = () => document.querySelectorAll(RULERS).forEach(arrange);

  const start = () => {
    arrangeAll();
    document.addEventListener("change", ({ target }) => target.matches(RULERS) && arrange(target));
    for (const lines of document.querySelectorAll("#id_dates-FORMS, #id_changes-FORMS")) {
      new MutationObserver(arrangeAll).observe(lines, { childList: true });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
