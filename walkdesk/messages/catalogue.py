"""Brings every desk's messages into the registry. A new desk adds its module here."""

from __future__ import annotations

from walkdesk.messages import (
    account,
    audit,
    cards,
    closeout,
    contracts,
    countersign,
    door,
    drafts,
    keys,
    papers,
    people,
    printing,
    prizes,
    reception,
    registers,
    releases,
    today,
    wardpapers,
    withdrawal,
    wordings,
)
from walkdesk.messages.registry import QUESTIONS

DESKS = (
    door,
    keys,
    people,
    account,
    contracts,
    today,
    reception,
    withdrawal,
    cards,
    prizes,
    papers,
    wordings,
    printing,
    wardpapers,
    releases,
    countersign,
    registers,
    closeout,
    audit,
    drafts,
)

__all__ = ["DESKS", "QUESTIONS"]
