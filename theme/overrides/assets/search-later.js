/* The search index is fetched when somebody searches: the theme asks for it on every page, and that request waits here
   until the search is opened, by click, key or an address with ?q=. And what is typed is taken as a question: words that
   say nothing are left out, and of the pages found those come first that hold all the others, or else most of them. What
   has signs of the worker's own (+, -, quotes) goes to it as it is. */
(function () {
  "use strict";
  const { open, send } = XMLHttpRequest.prototype;
  const waiting = [];
  let wanted = new URLSearchParams(location.search).has("q");

  XMLHttpRequest.prototype.open = function (method, url) {
    this.fbWaits = String(url).endsWith("/search/search_index.json");
    return open.apply(this, arguments);
  };
  XMLHttpRequest.prototype.send = function () {
    if (wanted || !this.fbWaits) return send.apply(this, arguments);
    waiting.push(() => send.apply(this, arguments));
  };

  function fetchNow() {
    wanted = true;
    waiting.splice(0).forEach((go) => go());
  }

  const SAYS_NOTHING = new Set(document.documentElement.lang.startsWith("en") ? (
    "a an the this that these those some any and or but if so than then of in on at to for from by with about into as " +
    "i i'm me my mine myself we our you your he him his she her it its they them their " +
    "someone somebody anyone anybody everyone who whose what which when where why how " +
    "is isn't not are aren't was were be been being am do don't does doesn't did didn't has have had having " +
    "can can't could should would will shall might must made get gets got go goes there here please"
  ).split(" ") : []);
  const OWN_SIGNS = /["~^*:\\]|(^|\s)[+-]\S/;
  const JAPANESE = /[\u3041-\u30ff\p{sc=Han}]/u;
  // A Japanese word of several scripts is looked up by its parts, since the index holds those.
  const SCRIPTS = /[\u30a1-\u30fa\u30fc]+|[\u3041-\u309f]+|\p{sc=Han}+|[^\u3041-\u30ff\p{sc=Han}]+/gu;

  /* The worker finds words that begin like those asked for, so the singular finds the plural too; a word that is just as
     asked for counts more. */
  function telling(typed) {
    const words = typed.replace(/\u2019/g, "'").split(/\s+/)
      .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").replace(/'s$/i, ""));
    const kept = words.filter((word) => word && !SAYS_NOTHING.has(word.toLowerCase()));
    const asked = (kept.length ? kept : words).map((word) => word.replace(/^(.{3,}[^s])s$/i, "$1"));
    return asked.map((word) => word && `${word} ${word}^4`).join(" ");
  }

  /* A result is a page as the list of its sections; each says of the words asked for which it holds. */
  function held(page) {
    return new Set(page.flatMap(({ terms }) => Object.keys(terms).filter((word) => terms[word]))).size;
  }

  const QUERY = 2, RESULT = 3;
  window.Worker = class extends Worker {
    constructor(...where) {
      super(...where);
      this.addEventListener("message", ({ data }) => {
        if (!data || data.type !== RESULT) return;
        const pages = data.data.items;
        const most = this.fbPlain ? Math.max(...pages.map(held)) : 0;
        const called = ([{ title }]) => title.replace(/<[^>]*>/g, "").toLowerCase() === this.fbTyped;
        data.data.items = pages.filter((page) => held(page) >= (most > 2 ? most - 1 : most))
          .sort((a, b) => called(b) - called(a) || (this.fbPlain ? held(b) - held(a) : 0));
        // The words by which a page is found may be none that it would use itself.
        pages.flat().forEach((section) => { delete section.tags; });
      });
    }

    postMessage(message, ...rest) {
      if (message && message.type === QUERY && typeof message.data === "string") {
        const typed = message.data;
        this.fbTyped = typed.trim().toLowerCase();
        this.fbPlain = !OWN_SIGNS.test(typed) && !JAPANESE.test(typed);
        message = { ...message, data: this.fbPlain ? telling(typed) : (typed.match(SCRIPTS) || []).join(" ") };
      }
      super.postMessage(message, ...rest);
    }
  };

  // A menu or a search that was open stays closed after a reload, in browsers that remember what was ticked.
  document.querySelectorAll("[data-md-toggle]").forEach((toggle) => { toggle.checked = false; });

  document.addEventListener("focusin", (event) => { if (event.target.closest(".md-search")) fetchNow(); });
  document.addEventListener("change", (event) => { if (event.target.id === "__search") fetchNow(); });
})();
