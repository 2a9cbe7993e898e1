"""The site's settings of two states in; what stands around the text of every page and is otherwise now, in words, out."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Site, Words
from .teller import Teller
from .told import Told

_WORDS = ("title", "description", "licence")
"""Settings whose words every page shows, above or below its text or to those who look for it."""
_NAVIGATION = ("collections", "pages", "overviews")
"""Settings that make the navigation of every page."""


def settings_told(then: Teller, now: Teller) -> Iterator[Told]:
    """What changed in content/site.yml that a reader meets on every page."""
    old, new = _site(then), _site(now)
    for name in _WORDS:
        yield from _words(name, getattr(old, name), getattr(new, name), then, now)
    was, is_ = ", ".join(_navigation(then)), ", ".join(_navigation(now))
    if was != is_:
        yield _changed("navigation", was, is_)


def other_settings(then: Teller, now: Teller) -> list[str]:
    """The keys of content/site.yml that are otherwise too, of which pages may show nothing."""
    old, new = _site(then), _site(now)
    names = (
        (field.alias or name, name) for name, field in Site.model_fields.items() if name not in (*_WORDS, *_NAVIGATION)
    )  # fmt: skip
    return [key for key, name in names if getattr(old, name) != getattr(new, name)]


def _site(teller: Teller) -> Site:
    assert teller.library.site is not None
    return teller.library.site


def _words(name: str, old: Words | None, new: Words | None, then: Teller, now: Teller) -> Iterator[Told]:
    before, after = old.by_lang if old else {}, new.by_lang if new else {}
    for lang in dict.fromkeys((*before, *after)):
        if before.get(lang) != after.get(lang):
            was = then.text(old, before[lang]) if old and lang in before else "nothing"
            is_ = now.text(new, after[lang]) if new and lang in after else "nothing"
            yield _changed(f"{name} in {now.writer.language(lang)}" if lang else name, was, is_)


def _navigation(teller: Teller) -> Iterator[str]:
    site, words = _site(teller), teller.say.words
    yield from (words.get(f"collection.{name}", name) for name in site.collections)
    yield from map(teller.record, site.pages)
    yield from (words.get(f"overview.{name}", name) for name in site.overviews)


def _changed(field: str, was: str, is_: str) -> Told:
    return Told("changed", f"site.{field.partition(' ')[0]}", "setting", "", field, was, is_)
