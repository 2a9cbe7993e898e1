/* The search index is fetched when somebody searches: the theme asks for it on every page, and that request waits here
   until the search is opened, by click, key or an address with ?q=. And a Japanese word of several scripts is looked
   up by its parts, since the index holds those. */
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
  const QUERY = 2;
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message && message.type === QUERY && typeof message.data === "string") {
      const parts = message.data.match(/[\u30a1-\u30fa\u30fc]+|[\u3041-\u309f]+|\p{sc=Han}+|[^\u3041-\u30ff\p{sc=Han}]+/gu);
      message = { ...message, data: (parts || []).join(" ") };
    }
    return post.call(this, message, ...rest);
  };

  // A menu or a search that was open stays closed after a reload, in browsers that remember what was ticked.
  document.querySelectorAll("[data-md-toggle]").forEach((toggle) => { toggle.checked = false; });

  document.addEventListener("focusin", (event) => { if (event.target.closest(".md-search")) fetchNow(); });
  document.addEventListener("change", (event) => { if (event.target.id === "__search") fetchNow(); });
})();
