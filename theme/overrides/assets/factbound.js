/* What a page can do beyond being read: filter the timeline by kind, show the law as of a day. Without script
   everything stands there. Nothing is stored, nothing is fetched. */
(function () {
  "use strict";

  function filter(list) {
    const kinds = new Map();
    for (const tag of list.querySelectorAll("[data-kind]")) kinds.set(tag.dataset.kind, tag.textContent);
    const box = document.createElement("div");
    box.className = "fb-controls";
    box.setAttribute("role", "group");
    for (const [kind, name] of kinds) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "md-button";
      button.textContent = name;
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", function () {
        const shown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(shown));
        for (const tag of list.querySelectorAll("[data-kind]")) {
          if (tag.dataset.kind === kind) tag.closest("li").hidden = !shown;
        }
      });
      box.append(button);
    }
    list.before(box);
  }

  function asOf(box) {
    const label = document.createElement("label");
    label.textContent = box.dataset.label + " ";
    const input = document.createElement("input");
    input.type = "date";
    label.append(input);
    box.append(label);
    input.addEventListener("change", function () {
      for (const answer of document.querySelectorAll("[data-since]")) {
        const later = Boolean(input.value) && answer.dataset.since > input.value;
        answer.classList.toggle("fb-later", later);
        const note = answer.querySelector(".fb-later-note");
        if (later && !note) {
          const text = document.createElement("small");
          text.className = "fb-later-note";
          text.textContent = " (" + box.dataset.later + ")";
          answer.append(text);
        } else if (!later && note) {
          note.remove();
        }
      }
    });
  }

  document.querySelectorAll("[data-fb-filter]").forEach(filter);
  document.querySelectorAll("[data-fb-asof]").forEach(asOf);
})();
