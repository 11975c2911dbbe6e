"""The closed list of what may go through the pipe: a question has one type and one type of answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """One registered message and the type of its answer."""

    name: str
    message: type
    answer: type


QUESTIONS: dict[str, Question] = {}
"""Every message that the room decodes, by the name of its class. What is not here is refused."""


def asks(answer: type) -> Callable[[type[T]], type[T]]:
    """Registers a frozen dataclass as a message whose answer is of the type ``answer``."""

    def register(message: type[T]) -> type[T]:
        name = message.__name__
        if name in QUESTIONS:
            raise ValueError(f"the message {name} is registered twice")
        QUESTIONS[name] = Question(name, message, answer)
        return message

    return register
