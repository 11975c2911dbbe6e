"""The language of the window: one for the whole program, Japanese unless told."""

from __future__ import annotations

from walkdesk.domain.problem import Problem
from walkdesk.resources.texts import Texts


class _InUse:
    texts: Texts | None = None


def use(language: str) -> None:
    """Chooses ``ja`` or ``en`` for every window made from now on."""
    _InUse.texts = Texts(language)


def texts() -> Texts:
    """All texts of the language in use."""
    if _InUse.texts is None:
        _InUse.texts = Texts("ja")
    return _InUse.texts


def tr(key: str, **values: object) -> str:
    """The text of a key, such as ``tr("cards.title")``, in the language in use."""
    return texts().say(key, **values)


def sentence(problem: Problem) -> str:
    """What a problem says to the person: what happened, then what to do."""
    return texts().problem(problem)
