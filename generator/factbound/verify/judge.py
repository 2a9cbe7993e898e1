"""What a page answered in; for each quote of it, whether its words stand there, and if not, why, out.

Gone is only what a page itself shows to be gone. A host that refuses us, fails or stays silent says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from ..fetch import Answer, host_of
from ..verified import Quoted, Verdict
from .extract import PageText, read_page, words_in_scripts
from .match import Folded, fold, nearest, places_of

_NO_SUCH_PAGE = re.compile(
    r"(?:^|/ )\W*(?:error|エラー|http)?\W*(?:404|410)(?=\W*$|\s*[^\w\s]|\W+(?:not|error|page|file|gone|seite|erreur)\b)|エラー\W*(?:404|410)"
    r"|\b(?:page|article|story|document|file|site|content|url)(?: (?:that|this|you|we|were|are|is|was|looking|for|requested|has|could|can|does|do|did))*"
    r" (?:not|cannot|(?:can|could|does|is|was).?n?.?t)\b.{0,9}\b(?:found|exist|available)"
    r"|\b(?:can.?t|cannot|couldn.?t|unable to) find\b.{0,20}\b(?:page|article|story)\b|\b(?:page|article|story) no longer exists"
    r"|(?:^|[|/:(\u2013\u2014-])\s*(?:not|nothing) found\b|\bno longer (?:available|exists?)\b"
    r"|見つかりません|お探しの(?:ページ|記事)|(?:ページ|記事|URL|アドレス|ファイル).{0,8}(?:存在しません|(?:あり|ござい)ません|削除されました|削除されています|削除された可能性)"
    r"|(?:掲載|公開)(?:期間)?[はをが]?終了"
    r"|nicht gefunden|existiert nicht|introuvable|non trouvée|n.existe (?:pas|plus)|no encontrad[ao]|no existe"
    r"|non trovata|não encontrad[ao]|niet gevonden|ikke fundet|hittades inte|не найдена?|찾을 수 없|页面不存在|找不到|未找到",
    re.IGNORECASE,
)
_ASKS_FOR_PROOF = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|captcha|access denied|security check|verify(?:ing)? you are human",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|signon|sso|auth|authorize|consent|captcha|subscribe)(?:[/._-]|$)",
    re.IGNORECASE,
)
"""Paths of pages at which readers sign in, pay or consent before they are led back."""
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|default|home)\.\w+)?", re.IGNORECASE)


def judge(
    quotes: Iterable[Quoted], asked: str, answer: Answer, *, paywalled: bool = False
) -> dict[Quoted, tuple[Verdict, str]]:
    """For each quote of one page: the verdict, and with it why, or the new address, or the passage that is nearest.

    `asked` is the address that was asked for; it may have led elsewhere.
    """
    if why := _unanswered(answer):
        return dict.fromkeys(quotes, ("unknown", why))
    if answer.status in (404, 410):
        return dict.fromkeys(quotes, ("gone", f"it answers {answer.status}"))
    page = read_page(answer.body, answer.content_type)
    folded = fold(page.text)
    absent = _absent(asked, answer, page, paywalled or page.paid)
    return {quoted: _verdict(quoted, page, folded, answer, absent) for quoted in quotes}


def _unanswered(answer: Answer) -> str:
    """Why an answer says nothing about its page; empty where it does."""
    if answer.trouble and answer.trouble != "size":
        return answer.why
    return "" if answer.status in (200, 404, 410) else f"it answers {answer.status}"


def _verdict(
    quoted: Quoted, page: PageText, folded: Folded, answer: Answer, absent: tuple[Verdict, str] | None
) -> tuple[Verdict, str]:
    _source, quote, prefix, suffix = quoted
    if found := places_of(folded, quote, prefix, suffix):
        if answer.moved:
            return "moved", answer.moved
        return "there", f"it stands {len(found)} times" if len(found) > 1 else ""
    if absent:
        return absent
    if passage := nearest(folded, f"{prefix} {quote} {suffix}".strip()):
        return "reworded", passage
    if places_of(_scripts_of(page), quote, prefix, suffix):
        return "unknown", "the words stand in its scripts only, which may show them"
    return "gone", "nothing like it stands there"


@lru_cache(1)
def _scripts_of(page: PageText) -> Folded:
    return fold(words_in_scripts(page))


def _absent(asked: str, answer: Answer, page: PageText, paywalled: bool) -> tuple[Verdict, str] | None:
    """What the whole page says about quotes that were not found on it; None where each must be looked for."""
    if found := instead(asked, answer, page.title):
        return found
    if paywalled:
        return "unknown", "it is behind a paywall"
    if answer.trouble == "size":
        return "unknown", answer.why
    if page.unread:
        return "unknown", page.unread
    if _site(answer.url) != _site(answer.moved or asked):
        return "unknown", f"it leads to '{host_of(answer.url)}' for now"
    return None


def instead(asked: str, answer: Answer, title: str) -> tuple[Literal["gone", "unknown"], str] | None:
    """What a page says that came in the place of the one that was asked for; None where it may be that one."""
    if _NO_SUCH_PAGE.search(title):
        return "gone", "its title says that there is no such page"
    if _ASKS_WHO.search(urlsplit(answer.url).path) and not _ASKS_WHO.search(urlsplit(asked).path):
        return "unknown", "it asks its readers to sign in, to pay or to consent first"
    if _is_front(answer.url) and not _is_front(asked):
        return "gone", "it leads to the front page of a site"
    if _ASKS_FOR_PROOF.search(title):
        return "unknown", "it asks for a proof that no program reads it"
    return None


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None
