"""Light, dark or high contrast.

Chooses the scheme and brings it into Qt as palette, style sheet and fonts.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from walkdesk.resources.fonts import font_file
from walkdesk.ui.look import paint
from walkdesk.ui.look.focus import FocusRing
from walkdesk.ui.look.styles import style_sheet
from walkdesk.ui.look.tokens import BODY, CONTRAST, DARK, LIGHT, Tokens, Tone


class Scheme(StrEnum):
    """Which colours a person wants; ``SYSTEM`` follows the PC while the program runs."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """The theme of one application.

    Made by ``apply``; ``choose`` changes the scheme while windows are open.
    """

    def __init__(self, app: QApplication, scheme: Scheme) -> None:
        super().__init__(app)
        self._app = app
        self._ring = FocusRing(app)
        self.scheme = scheme
        _load_fonts()
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(paint.font(BODY))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(scheme)

    def choose(self, scheme: Scheme) -> None:
        """Changes the scheme of every open window."""
        self.scheme = scheme
        tokens = tokens_of(scheme)
        paint.put_in_force(tokens)
        self._app.setPalette(_palette())
        sheet = style_sheet(tokens)
        if sheet != self._app.styleSheet():  # the same one again would have every part of every window styled anew
            self._app.setStyleSheet(sheet)

    def _follow(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self.choose(Scheme.SYSTEM)


def apply(app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> Theme:
    """Gives an application our look. Called once more, it only changes the scheme.

    Raises ``Problem("fonts.missing")`` when the fonts of the screens are not on this PC.
    """
    theme = app.findChild(Theme)
    if theme is None:
        return Theme(app, scheme)
    theme.choose(scheme)
    return theme


def tokens_of(scheme: Scheme) -> Tokens:
    """The colours of a scheme; for ``SYSTEM`` those that the PC asks for now."""
    if scheme is Scheme.SYSTEM:
        hints = QGuiApplication.styleHints()
        accessibility = hints.accessibility()
        if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}[scheme]


def _load_fonts() -> None:
    for role in ("gothic", "gothic_bold", "fallback"):
        QFontDatabase.addApplicationFont(str(font_file(role)))


def _palette() -> QPalette:
    roles: dict[QPalette.ColorRole, Tone] = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "ink3",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "onaccent",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "onaccent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent2",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Mid: "line2",
        QPalette.ColorRole.Dark: "line2",
        QPalette.ColorRole.Shadow: "line2",
    }
    palette = QPalette()
    for role, tone in roles.items():
        palette.setColor(role, paint.color(tone))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, paint.color("ink3"))
    return palette
