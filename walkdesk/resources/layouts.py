"""The layouts that lie in ``resources/layouts``: windows of envelopes, sheets of labels, envelopes, points cards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from walkdesk.domain.cardlayouts import CardLayout, check_card
from walkdesk.domain.layouts import Box, EnvelopeFormat, LabelFormat, WindowLayout, check_window
from walkdesk.resources import FOLDER


@cache
def window_layouts() -> Mapping[str, WindowLayout]:
    """Every window envelope (窓付き封筒) by its key, in the file's order."""
    return MappingProxyType(
        {
            key: WindowLayout(key, check_window(Box(*table["window"])), tuple(table["folds"]))
            for key, table in _tables("windows").items()
        }
    )


@cache
def label_formats() -> Mapping[str, LabelFormat]:
    """Every sheet of labels (宛名ラベル) by its key, in the file's order."""
    return MappingProxyType({key: LabelFormat(key, **table) for key, table in _tables("labels").items()})


@cache
def envelope_formats() -> Mapping[str, EnvelopeFormat]:
    """Every envelope that is printed itself by its key, in the file's order."""
    return MappingProxyType(
        {
            key: EnvelopeFormat(
                key, table["width"], table["height"], *(Box(*table[part]) for part in ("postcode", "address", "sender"))
            )
            for key, table in _tables("envelopes").items()
        }
    )


@cache
def card_layouts() -> Mapping[str, CardLayout]:
    """Every points card (台紙) by its key, in the file's order."""
    return MappingProxyType({key: check_card(parse_card(key, table)) for key, table in _tables("points_card").items()})


def parse_card(key: str, table: Mapping[str, Any]) -> CardLayout:
    """The layout of one table: lists of four are boxes, everything else is a figure."""
    values: dict[str, Any] = {name: Box(*one) if isinstance(one, list) else one for name, one in table.items()}
    return CardLayout(key, **values)


def _tables(name: str) -> Mapping[str, Any]:
    with (FOLDER / "layouts" / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)
