"""A problem that a person can do something about."""

from __future__ import annotations

from datetime import date
from typing import Union

ProblemValue = Union[str, int, date]


class Problem(Exception):
    """What went wrong, as a code with values; its sentence stands once, translated, in ``resources/i18n``.

    The code is ``<room>.<name>``: ``cards.over_limit`` is the key ``over_limit`` in the table ``problem`` of
    ``cards.toml``. Values never hold a participant's data that the person at the screen did not just type or see:
    a problem may be shown, but it is never logged with its values.
    """

    def __init__(self, code: str, /, **values: ProblemValue) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __repr__(self) -> str:
        return f"Problem({self.code!r})"
