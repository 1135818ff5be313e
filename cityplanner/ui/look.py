"""The look as values: colors of both schemes, distances, and the roles of texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette

# Distances in pixels at 100 %; use these and no others.
HAIR, NARROW, SMALL, MEDIUM, LARGE, WIDE, HUGE = 2, 4, 8, 12, 16, 24, 40
RADIUS = 6
READING_WIDTH = 720


class Role(StrEnum):
    """What a text is in the order of importance; each has a size relative to the application's font."""

    DISPLAY = "display"
    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"
    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"


SIZES = {Role.DISPLAY: 1.8, Role.TITLE: 1.45, Role.HEADING: 1.15, Role.SMALL: 0.9}
BOLD = frozenset({Role.DISPLAY, Role.TITLE, Role.HEADING, Role.STRONG})


@dataclass(frozen=True, slots=True)
class Colours:
    """The colors of one scheme, as #rrggbb. Text colors reach 4.5:1 on every ground they may stand on."""

    dark: bool
    window: str
    surface: str
    surface_alt: str
    rail: str
    text: str
    muted: str
    disabled: str
    border: str
    outline: str
    accent: str
    accent_text: str
    accent_soft: str
    selection: str
    selection_text: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str

    def grounds(self) -> tuple[str, ...]:
        """The grounds that any text may stand on."""
        return (self.window, self.surface, self.surface_alt, self.rail)


LIGHT = Colours(
    dark=False,
    window="#f3f5f8",
    surface="#ffffff",
    surface_alt="#f7f9fb",
    rail="#e8ecf2",
    text="#1b2027",
    muted="#515b67",
    disabled="#8c949e",
    border="#d3d9e1",
    outline="#7f8894",
    accent="#1a5a9e",
    accent_text="#ffffff",
    accent_soft="#d9e7f6",
    selection="#1f62ab",
    selection_text="#ffffff",
    danger="#a8201a",
    danger_soft="#fbe5e3",
    warning="#7d4a00",
    warning_soft="#fcefd2",
    success="#17663a",
    success_soft="#ddf1e4",
)
DARK = Colours(
    dark=True,
    window="#1a1d22",
    surface="#22262d",
    surface_alt="#272c34",
    rail="#15181c",
    text="#e7eaee",
    muted="#abb4c0",
    disabled="#6f7885",
    border="#39414c",
    outline="#7a8594",
    accent="#85b9f2",
    accent_text="#0b1a2b",
    accent_soft="#22374f",
    selection="#2b5f9e",
    selection_text="#ffffff",
    danger="#ff9e94",
    danger_soft="#46211e",
    warning="#f2bd62",
    warning_soft="#3f301a",
    success="#80d69f",
    success_soft="#1c3928",
)


def colours(palette: QPalette) -> Colours:
    """The colors that belong to a palette: `colours(self.palette()).danger`."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast of two colors, 1 to 21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette(of: Colours) -> QPalette:
    """The Qt palette of a scheme, with every role that Fusion reads set explicitly."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: of.window,
        roles.WindowText: of.text,
        roles.Base: of.surface,
        roles.AlternateBase: of.surface_alt,
        roles.Text: of.text,
        roles.PlaceholderText: of.muted,
        roles.Button: of.surface_alt,
        roles.ButtonText: of.text,
        roles.BrightText: of.danger,
        roles.ToolTipBase: of.surface,
        roles.ToolTipText: of.text,
        roles.Highlight: of.selection,
        roles.HighlightedText: of.selection_text,
        roles.Accent: of.accent,
        roles.Link: of.accent,
        roles.LinkVisited: of.accent,
        roles.Light: of.surface,
        roles.Midlight: of.surface_alt,
        roles.Mid: of.border,
        roles.Dark: of.outline,
        roles.Shadow: "#000000",
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(of.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(of.border))
    return made
