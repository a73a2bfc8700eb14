"""Translation of everything the user reads: English message ids, Chinese catalogue."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterable
from functools import cache, reduce

from tracker.paths import resources

LANGUAGES = ("zh_CN", "en")

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def N_(message: str) -> str:  # noqa: N802 (gettext's customary name)
    """Mark a message for extraction without translating it: for declarations read before the language is known."""
    return message


def _(message: str) -> str:
    """Translate into the language in use; the empty string stays empty (gettext would return its header)."""
    return _current.gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Translate with a plural form chosen by `n`."""
    return _current.ngettext(one, many, n)


def listed(words: Iterable[str]) -> str:
    """Words in a row, set apart as the language in use does."""

    def longer(several: str, one: str) -> str:
        return _("{several}, {one}").format(several=several, one=one) if several else one

    return reduce(longer, words, "")


def about(what: object, text: object) -> str:
    """A text under the name of what it is about, set apart as the language in use does."""
    return _("{field}: {text}").format(field=what, text=text)


def everywhere(message: str) -> frozenset[str]:
    """A message in every language, the English id among them."""
    return frozenset(_catalogue(name).gettext(message) for name in LANGUAGES) if message else frozenset()


def in_each(message: str) -> dict[str, str]:
    """A message in each language, by its name."""
    return {name: _catalogue(name).gettext(message) if message else "" for name in LANGUAGES}


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return _language


def use(name: str) -> None:
    """Switch the language of every later `_()`; anything that is not Chinese is English."""
    global _current, _language
    _language = "zh_CN" if name.lower().startswith("zh") else "en"
    _current = _catalogue(_language)
    os.environ["LANGUAGE"] = _language  # by which libraries that speak gettext (click) choose theirs
    gettext.bindtextdomain("tracker", resources() / "locale")
    gettext.textdomain("tracker")


def system_language() -> str:
    """Chinese where the system is Chinese, else English (POSIX variables first, then the platform's own answer)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh_CN" if value.lower().startswith("zh") else "en"
    name = locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":
        return gettext.NullTranslations()
    return gettext.translation("tracker", resources() / "locale", [name])
