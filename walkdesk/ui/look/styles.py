"""The one style sheet: what Qt's own widgets need; our parts paint themselves."""

from __future__ import annotations

from string import Template

from walkdesk.ui.look.tokens import Tokens

_TONES = ("ink", "ink2", "ink3", "accent", "ok", "warn", "danger", "onaccent", "sat", "sun")

_SHEET = Template("""
QMainWindow, QWidget#page { background: $canvas; }
QLabel { color: $ink; background: transparent; }
QLineEdit, QPlainTextEdit, QAbstractSpinBox {
    border: none; background: transparent; color: $ink; padding: 0;
    placeholder-text-color: $ink3;
    selection-background-color: $accent; selection-color: $onaccent;
    lineedit-password-character: 9679;
}
QLineEdit:disabled, QPlainTextEdit:disabled { color: $ink3; }
QAbstractScrollArea { background: transparent; border: none; }
QAbstractScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QTableView {
    background: transparent; border: none; gridline-color: $line; color: $ink;
    selection-background-color: $soft; selection-color: $ink; outline: none;
}
QTableCornerButton::section, QHeaderView, QHeaderView::section { background: transparent; border: none; }
QComboBox QAbstractItemView {
    background: $surface; color: $ink; border: 1px solid $line2; outline: none; padding: 4px;
    selection-background-color: $soft; selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: 34px; padding-left: 10px; color: $ink; }
QComboBox QAbstractItemView::item:selected { background: $soft; color: $ink; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $ink3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line2; padding: 6px 8px; }
QMenu { background: $surface; color: $ink; border: 1px solid $line2; padding: 4px; }
QMenu::item { padding: 8px 16px; border-radius: 4px; }
QMenu::item:selected { background: $soft; color: $ink; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The style sheet in the colours of a scheme."""
    values = {name: tokens.of(name) for name in ("canvas", "surface", "line", "line2", "soft", *_TONES)}  # type: ignore[arg-type]
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {values[tone]}; }}' for tone in _TONES)
    return _SHEET.substitute(values) + tones
