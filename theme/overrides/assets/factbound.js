/* What a page can do beyond being read: show a definition or a reference beside its link, open its menu and search by
   key, filter the timeline, show the law as of a day. Without script everything stands on the page. Nothing is stored,
   nothing is fetched. */
(function () {
  "use strict";

  /* ----- definitions and references beside their links ----- */

  const LINKS = ".fb-term, .footnote-ref";
  const box = document.createElement("div");
  box.className = "fb-pop md-typeset";
  box.id = "fb-pop";
  box.hidden = true;
  let shownFor = null;
  let timer = 0;

  // A title is plain text; the link names the phrases of another language in it, "ja 灯台;ko 등대", in their order.
  function spoken(words, foreign) {
    const text = document.createElement("p");
    for (const [lang, phrase] of foreign ? foreign.split(";").map((one) => one.split(/ (.*)/)) : []) {
      const at = words.indexOf(phrase);
      const marked = document.createElement("span");
      marked.lang = lang;
      marked.textContent = phrase;
      text.append(words.slice(0, at), marked);
      words = words.slice(at + phrase.length);
    }
    text.append(words);
    return text;
  }

  function fill(link) {
    box.replaceChildren();
    if (link.dataset.fbNote) {
      const text = spoken(link.dataset.fbNote, link.dataset.foreign);
      const more = document.createElement("a");
      more.href = link.href;
      more.append(...link.cloneNode(true).childNodes, " ›");
      more.className = "fb-pop-more";
      box.append(text, more);
      return true;
    }
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note) return false;
    for (const child of note.cloneNode(true).childNodes) {
      if (child.nodeType !== 1) continue;
      child.querySelectorAll(".footnote-backref").forEach((back) => back.remove());
      box.append(child);
    }
    return true;
  }

  function place(link) {
    // Below the line that is being read, or above it; never over it, and a link may stand on two lines. Beside the text
    // other links stand, which it leaves free.
    const line = link.getBoundingClientRect();
    const room = Math.min(document.documentElement.clientWidth, box.parentElement.getBoundingClientRect().right);
    const width = Math.min(box.offsetWidth, room - 16);
    const head = document.querySelector(".md-header").offsetHeight;
    const below = line.bottom + 6 + box.offsetHeight < innerHeight || line.top - 6 - head < box.offsetHeight;
    const left = Math.max(8, Math.min(line.left - 12, room - width - 8));
    box.style.left = left + scrollX + "px";
    box.style.top = (below ? line.bottom + 6 : line.top - 6 - box.offsetHeight) + scrollY + "px";
  }

  function show(link) {
    clearTimeout(timer);
    if (shownFor === link) return;
    hide();
    if (!fill(link)) return;
    shownFor = link;
    box.hidden = false;
    link.setAttribute("aria-describedby", box.id);
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    box.hidden = true;
  }

  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, 200);
  }

  function annotate() {
    const links = document.querySelectorAll(LINKS);
    if (!links.length) return;
    for (const link of links) {
      if (link.title) {
        link.dataset.fbNote = link.title;
        link.removeAttribute("title");
      }
      let touched = false;
      link.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "mouse") return;
        clearTimeout(timer);
        timer = setTimeout(show, 120, link);
      });
      link.addEventListener("pointerleave", hideSoon);
      link.addEventListener("focus", () => { if (link.matches(":focus-visible")) show(link); });
      link.addEventListener("blur", hideSoon);
      // A finger has no hover: the first tap shows, the second follows, as does the link inside. Who hears the page
      // would not find that link.
      link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
      link.addEventListener("click", (event) => {
        // A key gives a click without a count, whatever was tapped before.
        if (!touched || !event.detail || shownFor === link) return;
        event.preventDefault();
        show(link);
      });
    }
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", hideSoon);
    document.querySelector(".md-content").append(box);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("pointerdown", (event) => {
      if (shownFor && !box.contains(event.target) && !event.target.closest(LINKS)) hide();
    });
    addEventListener("resize", hide);
  }

  /* ----- the menu, the search and the colours by key ----- */

  // The theme opens them by labels, which no key reaches: a button in the label, named after what it opens.
  function openByKey(name, panel, words) {
    const toggle = document.getElementById("__" + name);
    const label = document.querySelector(`.md-header__button[for="__${name}"]`);
    const button = document.createElement("button");
    button.type = "button";
    panel.id = "fb-" + name;
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-controls", panel.id);
    button.setAttribute("aria-expanded", "false");
    button.append(...label.childNodes);
    label.append(button);
    button.addEventListener("click", () => toggle.click());
    toggle.addEventListener("change", () => {
      button.setAttribute("aria-expanded", String(toggle.checked));
      const focused = document.activeElement;
      if (toggle.checked) panel.querySelector("a, input").focus({ preventScroll: true });
      else if (focused === document.body || panel.contains(focused)) button.focus();
    });
    return { toggle, button };
  }

  function menu() {
    const panel = document.querySelector(".md-sidebar--primary");
    const { toggle, button } = openByKey("drawer", panel, panel.querySelector("nav").getAttribute("aria-label"));
    const close = () => { if (toggle.checked) toggle.click(); };
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    // Open, it lies over the page: it closes behind who goes on to the page.
    document.addEventListener("focusin", (event) => {
      if (event.target !== button && !panel.contains(event.target)) close();
    });
  }

  function search() {
    const field = document.querySelector(".md-search__input");
    if (!field) return;
    const { button } = openByKey("search", field.closest(".md-search__inner"), field.getAttribute("aria-label"));
    // Where the button stands, the field is out of sight, and would open over the page as soon as Tab came to it.
    const fit = () => { field.tabIndex = button.offsetParent ? -1 : 0; };
    fit();
    addEventListener("resize", fit);
  }

  // The theme hears Enter on the colours, and a radio button that is chosen already does not hear Space.
  function colours() {
    document.querySelectorAll(".md-option").forEach((option) => option.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      const other = option.nextElementSibling.control;
      other.click();
      other.focus();
    }));
  }

  /* ----- the timeline by kind ----- */

  function filter(list) {
    const kinds = new Map();
    for (const tag of list.querySelectorAll("[data-kind]")) kinds.set(tag.dataset.kind, tag.textContent);
    const group = document.createElement("div");
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    group.className = "fb-controls";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", list.dataset.label);
    for (const [kind, name] of kinds) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fb-button";
      button.textContent = name;
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(shown));
        for (const tag of list.querySelectorAll("[data-kind]")) {
          if (tag.dataset.kind === kind) tag.closest("li").hidden = !shown;
        }
        told.textContent = list.dataset.told + " " + list.querySelectorAll("li:not([hidden]) > [data-kind]").length;
      });
      group.append(button);
    }
    list.before(group, told);
  }

  /* ----- the law as of a day ----- */

  function asOf(holder) {
    const label = document.createElement("label");
    label.textContent = holder.dataset.label + " ";
    const input = document.createElement("input");
    input.type = "date";
    label.append(input);
    holder.append(label);
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    holder.append(told);
    input.addEventListener("change", () => {
      const day = input.value;
      let later = 0;
      for (const answer of document.querySelectorAll("[data-since]")) {
        const { since, surely } = answer.dataset;
        const status = answer.querySelector(".fb-status");
        const waits = Boolean(day && since) && since > day;
        // What a law waits for on the day of this page may have come by the day that is asked for.
        if (status) status.hidden = Boolean(day && since) && !waits;
        answer.classList.toggle("fb-later", waits);
        answer.querySelector(".fb-later-note")?.remove();
        const open = Boolean(day) && !waits && !(surely && surely <= day);
        const note = waits ? holder.dataset.later : open ? holder.dataset[since ? "perhaps" : "unknown"] : "";
        // A status of its own says enough.
        if (note && !(status && !status.hidden)) {
          const text = document.createElement("small");
          text.className = "fb-later-note";
          text.textContent = " (" + note + ")";
          answer.append(text);
        }
        later += waits;
      }
      told.textContent = day ? holder.dataset.told + " " + later : "";
      if (day > holder.dataset.today) told.textContent += ". " + holder.dataset.known;
    });
  }

  /* ----- tables that are wider than the screen: reached and scrolled by keyboard ----- */

  function reachable() {
    for (const table of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset table:not([class])")) {
      if (table.scrollWidth > table.clientWidth + 1) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    }
  }

  annotate();
  if (document.querySelector(".md-header__button[for]")) [menu, search, colours].forEach((one) => one());
  document.querySelectorAll("[data-fb-filter]").forEach(filter);
  document.querySelectorAll("[data-fb-asof]").forEach(asOf);
  reachable();
  addEventListener("resize", reachable);
})();
