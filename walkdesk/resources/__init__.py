"""Finds what lies in the top-level folder ``resources/``: texts in two languages, fonts, wording, icons."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources"
"""The folder of everything that people may want to look at or change without code."""
