"""A page of a served site in a browser in; what is wrong with it there out: by axe's rules in each width and colour
scheme, and what it asks of other hosts, stores, or complains of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from .findings import Finding
from .tools import AXE

WIDTHS = (1280, 320)
SCHEMES: Mapping[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}
"""What a reader's system asks for -> how the theme names it."""

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]},
    # axe leaves these two out unless it is asked for them.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "preload": False,
    "iframes": False,
    "resultTypes": ["violations"],
}  # fmt: skip
_OF_COLOUR = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
_COLOUR_RULES = {**_RULES, "runOnly": {"type": "rule", "values": _OF_COLOUR}}
"""The second scheme has the same elements in other colours."""

_OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
_SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const one of document.getAnimations()) try { one.finish() } catch { one.cancel() }
    done()
})))"""
"""Sizes and colours as they stay: no rule may see a colour on its way to another."""
_ASK_AXE = """async rules => (await axe.run(document, rules)).violations.flatMap(
    ({id, help, nodes}) => nodes.map(node => [id, node.target.flat().join(' '), help, node.failureSummary || ''])
)"""
_HAS_SCHEME = """name => document.body.dataset.mdColorScheme === name
    || !document.querySelector('input[data-md-color-scheme]')"""
"""A theme without a switch goes by the system alone."""
_SWITCH = """name => document.querySelector(`input[data-md-color-scheme="${name}"]`)?.click()"""
_STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
    ...(await indexedDB.databases()).map(one => one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
]"""
_FORGET = "() => localStorage.clear()"


def _open_search(page: Page) -> None:
    page.locator(".md-search__input").focus()
    page.keyboard.insert_text(page.title().split()[0])
    page.keyboard.press("End")
    page.locator(".md-search-result__item").first.wait_for()


def _open_box(page: Page, link: str) -> None:
    page.locator(f"article {link}").first.hover()
    page.locator("#fb-pop:not([hidden])").wait_for()


_OPENED: Mapping[str, tuple[int, Callable[[Page], None]]] = {
    "the search": (1280, _open_search),
    "the menu": (320, lambda page: page.locator(".md-header__button[for=__drawer] button").click()),
    "a definition": (1280, lambda page: _open_box(page, ".fb-term")),
    "a reference": (320, lambda page: _open_box(page, ".footnote-ref")),
}
"""What a reader opens -> the width in which it is looked at, and how it opens."""


class Tab:
    """A tab that goes from page to page, as a reader does who has read nothing yet."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self._faults: list[tuple[str, str, str]] = []
        self._asked = ""
        self._context = browser.new_context(reduced_motion="reduce")
        # Not as a tag: the page's policy lets only its own scripts in.
        self._context.add_init_script(path=AXE)
        self._page = self._context.new_page()
        self._page.on("request", self._on_request)
        self._page.on("response", self._on_response)
        self._page.on("console", self._on_console)
        self._page.on("pageerror", lambda error: self._fault("script", "an error", str(error)))

    def audit(self, name: str) -> list[Finding]:
        """Everything that is wrong with one page of the site, by its file."""
        self._faults.clear()
        self._open(name)
        seen: dict[tuple[str, str, str], list[str]] = {}
        for scheme in SCHEMES:
            self._show(scheme)
            for width in WIDTHS if scheme == "light" else reversed(WIDTHS):
                self._page.set_viewport_size({"width": width, "height": 800})
                self._page.evaluate(_SETTLED)
                for fault in _violations(self._page, _RULES if scheme == "light" else _COLOUR_RULES):
                    seen.setdefault(fault, []).append(f"{width} px {scheme}")
        self._look_at_what_is_kept()
        return [
            *(Finding(name, *fault) for fault in dict.fromkeys(self._faults)),
            *(Finding(name, *fault, views=_told_views(fault[0], views)) for fault, views in seen.items()),
        ]

    def audit_opened(self, name: str) -> list[Finding]:
        """What axe finds on a page of Factbound's theme, once with each part open that a reader can open."""
        found: list[Finding] = []
        for what, (width, opens) in _OPENED.items():
            self._open(name)
            self._page.set_viewport_size({"width": width, "height": 800})
            opens(self._page)
            for scheme in SCHEMES:
                self._show(scheme)
                self._page.evaluate(_SETTLED)
                rules = _RULES if scheme == "light" else _COLOUR_RULES
                view = f"{what} open, {width} px {scheme}"
                found += (Finding(name, *fault, views=(view,)) for fault in _violations(self._page, rules))
        return found

    def _open(self, name: str) -> None:
        # A host sends 404.html for what it does not have, at any depth.
        self._asked = self.address + (
            "no/such/page/" if name == "404.html" else name.removesuffix("index.html")
        )
        self._page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        self._page.emulate_media(color_scheme="light")
        self._page.goto(self._asked)
        self._page.evaluate(_OPEN_ALL)

    def _show(self, scheme: Literal["light", "dark"]) -> None:
        """The scheme that a system asks for; where the page does not follow at once, by its own switch."""
        self._page.emulate_media(color_scheme=scheme)
        if not self._page.evaluate(_HAS_SCHEME, SCHEMES[scheme]):
            self._page.evaluate(_SWITCH, SCHEMES[scheme])
            self._page.wait_for_function(_HAS_SCHEME, arg=SCHEMES[scheme])

    def _look_at_what_is_kept(self) -> None:
        kept = [key for key in self._page.evaluate(_STORED) if not key.endswith(".__palette")]
        kept += [str(one.get("name")) for one in self._context.cookies()]
        for key in kept:
            self._fault("storage", key, "a page keeps nothing but the colour scheme (do not store this)")
        self._page.evaluate(_FORGET)
        self._context.clear_cookies()

    def _fault(self, rule: str, element: str, advice: str) -> None:
        self._faults.append((f"page/{rule}", element, advice))

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._fault("host", request.url, "a page asks nothing of another host (bring it into the site)")

    def _on_response(self, answer: Response) -> None:
        if answer.status >= 400 and answer.url != self._asked:
            self._fault("answer", answer.url.removeprefix(self.address), f"answered with {answer.status}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # What was not answered is told by `_on_response`, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._fault("console", "a message", message.text)


def _violations(page: Page, rules: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for id, target, help, summary in page.evaluate(_ASK_AXE, rules):
        steps = "; ".join(line.strip() for line in summary.splitlines()[1:])
        yield f"axe/{id}", target, f"{help} ({steps})" if steps else help


def _told_views(rule: str, views: list[str]) -> tuple[str, ...]:
    """Nothing for what is the same wherever its rule was asked."""
    asked = len(WIDTHS) * (len(SCHEMES) if rule.removeprefix("axe/") in _OF_COLOUR else 1)
    return () if len(views) == asked else tuple(views)
