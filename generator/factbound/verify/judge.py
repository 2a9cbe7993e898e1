"""What a page answered in; for each quote of it, whether its words stand there, and if not, why, out.

Gone is only what a page itself shows to be gone. A host that refuses us, fails or stays silent says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..fetch import Answer, host_of
from ..verified import Quoted, Verdict
from .extract import PageText, read_page
from .match import Folded, fold, nearest, places_of

_NO_SUCH_PAGE = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\b|\b(?:page|article|document|file|site|content)\b.{0,20}\bnot\b.{0,9}\b(?:found|exist|available)"
    r"|\bnot found\b|\bno longer (?:available|exists?)\b|\b(?:does not|doesn.t) exist\b|\bcannot be found\b"
    r"|見つかりません|ページが?(?:存在しません|ありません)|お探しのページ|掲載(?:は|を)?終了"
    r"|nicht gefunden|existiert nicht|introuvable|non trouvée|n.existe (?:pas|plus)|no encontrad[ao]|no existe"
    r"|non trovata|não encontrad[ao]|niet gevonden|ikke fundet|hittades inte|не найдена?|찾을 수 없|页面不存在|找不到|未找到",
    re.IGNORECASE,
)
_ASKS_FOR_PROOF = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|captcha|access denied|security check|verify(?:ing)? you are human",
    re.IGNORECASE,
)
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
    absent = _absent(asked, answer, page, paywalled)
    return {quoted: _verdict(quoted, folded, answer, absent) for quoted in quotes}


def _unanswered(answer: Answer) -> str:
    """Why an answer says nothing about its page; empty where it does."""
    if answer.trouble and answer.trouble != "size":
        return answer.why
    return "" if answer.status in (200, 404, 410) else f"it answers {answer.status}"


def _verdict(
    quoted: Quoted, page: Folded, answer: Answer, absent: tuple[Verdict, str] | None
) -> tuple[Verdict, str]:
    _source, quote, prefix, suffix = quoted
    if found := places_of(page, quote, prefix, suffix):
        if answer.moved:
            return "moved", answer.moved
        return "there", f"it stands {len(found)} times" if len(found) > 1 else ""
    if absent:
        return absent
    if passage := nearest(page, f"{prefix} {quote} {suffix}".strip()):
        return "reworded", passage
    return "gone", "nothing like it stands there"


def _absent(asked: str, answer: Answer, page: PageText, paywalled: bool) -> tuple[Verdict, str] | None:
    """What the whole page says about quotes that were not found on it; None where each must be looked for."""
    if why := shown_gone(asked, answer, page.title):
        return "gone", why
    if paywalled:
        return "unknown", "it is behind a paywall"
    if why := asks_for_proof(page.title):
        return "unknown", why
    if answer.trouble == "size":
        return "unknown", answer.why
    if page.unread:
        return "unknown", page.unread
    if _site(answer.url) != _site(answer.moved or asked):
        return "unknown", f"it leads to '{host_of(answer.url)}' for now"
    return None


def shown_gone(asked: str, answer: Answer, title: str) -> str:
    """Why a page that came is not the one that was asked for, but says that there is none; empty where it may be."""
    if _NO_SUCH_PAGE.search(title):
        return "its title says that there is no such page"
    if _is_front(answer.url) and not _is_front(asked):
        return "it leads to the front page of a site"
    return ""


def asks_for_proof(title: str) -> str:
    """Why nothing is known of a page that keeps programs out; empty for others."""
    return "it asks for a proof that no program reads it" if _ASKS_FOR_PROOF.search(title) else ""


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None
