"""How the window looks: colors, distances and text sizes, light and dark, decided here and nowhere else.

Widgets ask `colours(self.palette())` for a color and mark labels with `set_role`; nothing needs a
reference to the `Theme` object, which only applies a choice to the whole application.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cityplanner.base import paths
from cityplanner.base.language import N_
from cityplanner.base.settings import THEME, Setting, Settings

ZOOM = Setting("zoom", 100)
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)

# Distances in pixels at 100 %; use these and no others.
HAIR, NARROW, SMALL, MEDIUM, LARGE, WIDE, HUGE = 2, 4, 8, 12, 16, 24, 40
RADIUS = 6
READING_WIDTH = 720


class Scheme(StrEnum):
    """What the user may choose."""

    SYSTEM = N_("system")
    LIGHT = N_("light")
    DARK = N_("dark")


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


def set_role(label: QWidget, role: Role) -> None:
    """Say what a text is; its size and color follow the theme from then on."""
    label.setProperty("role", role.value)
    if label.isVisible():
        label.style().unpolish(label)
        label.style().polish(label)


def text_label(text: str, role: Role | None = None, *, wrap: bool = False) -> QLabel:
    """A label that shows `text` as it stands, never as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(text)
    if role is not None:
        set_role(label, role)
    return label


def set_card(widget: QWidget) -> None:
    """Give a plain QWidget or QFrame the look of a card: surface, thin border, round corners."""
    widget.setProperty("card", True)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)


def set_roomy(view: QWidget) -> None:
    """Give the rows of a list or tree room above and below."""
    view.setProperty("roomy", True)


class Theme(QObject):
    """Applies the user's choice of scheme and zoom to the application and follows the system."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._plain_size = app.font().pointSizeF()
        app.setStyle("Fusion")
        self.apply()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        chosen = self._settings.get(THEME)
        return Scheme(chosen) if chosen in set(Scheme) else Scheme.SYSTEM

    @property
    def zoom(self) -> int:
        """The size of all text in per cent."""
        return min(max(self._settings.get(ZOOM), ZOOMS[0]), ZOOMS[-1])

    @property
    def colours(self) -> Colours:
        """The colors in use."""
        if self.scheme is Scheme.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.scheme is Scheme.DARK else LIGHT

    def choose(self, scheme: Scheme) -> None:
        """Switch to light, dark or whatever the system shows, and remember it."""
        self._settings.set(THEME, scheme.value)
        self.apply()

    def magnify(self, zoom: int) -> None:
        """Set the size of all text in per cent, and remember it."""
        self._settings.set(ZOOM, min(max(zoom, ZOOMS[0]), ZOOMS[-1]))
        self.apply()

    def step(self, by: int) -> None:
        """One size larger (1) or smaller (-1)."""
        nearest = min(range(len(ZOOMS)), key=lambda at: abs(ZOOMS[at] - self.zoom))
        self.magnify(ZOOMS[min(max(nearest + by, 0), len(ZOOMS) - 1)])

    def apply(self) -> None:
        """Put palette, font and style sheet in force."""
        font = QFont(self._app.font())
        font.setPointSizeF(self._plain_size * self.zoom / 100)
        self._app.setFont(font)
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours, font.pointSizeF()))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self.apply()


def style_sheet(of: Colours, size: float) -> str:
    """The few rules that Fusion and a palette cannot express; `size` is the font size in points."""
    rules = [_role_rule(of, role, size) for role in Role]
    rules += [
        f"*[card='true'] {{ background: {of.surface}; border: 1px solid {of.border};"
        f" border-radius: {RADIUS}px; }}",
        f"QToolTip {{ color: {of.text}; background: {of.surface}; border: 1px solid {of.border};"
        f" padding: {NARROW}px; }}",
        _input_rules(of),
        _choice_rules(of),
        _button_rules(of),
        _rail_rules(of),
        _bar_rules(of),
    ]
    return "\n".join(rules)


def _role_rule(of: Colours, role: Role, size: float) -> str:
    colour = {
        Role.MUTED: of.muted,
        Role.SMALL: of.muted,
        Role.DANGER: of.danger,
        Role.WARNING: of.warning,
        Role.SUCCESS: of.success,
    }.get(role)
    parts = [f"color: {colour};" if colour else ""]
    if role in SIZES:
        parts.append(f"font-size: {size * SIZES[role]:.1f}pt;")
    if role in BOLD:
        parts.append("font-weight: 600;")
    return f"*[role='{role.value}'] {{ {' '.join(filter(None, parts))} }}"


def _input_rules(of: Colours) -> str:
    """Fusion outlines inputs so faintly in the dark that their edges cannot be seen (WCAG 1.4.11)."""
    inputs = ("QLineEdit", "QPlainTextEdit", "QTextEdit")

    def all_of(state: str) -> str:
        return ", ".join(f"{name}{state}" for name in inputs)

    return (
        f"{all_of('')} {{ border: 1px solid {of.outline}; border-radius: {NARROW}px;"
        f" padding: {NARROW - 1}px {NARROW}px; background: {of.surface}; color: {of.text};"
        f" placeholder-text-color: {of.muted};"
        f" selection-background-color: {of.selection}; selection-color: {of.selection_text}; }}"
        f"{all_of(':focus')} {{ border: 2px solid {of.accent}; padding: {NARROW - 2}px {NARROW - 1}px; }}"
        f"{all_of(':disabled')}, {all_of(':read-only')} {{ background: {of.window};"
        f" border-color: {of.border}; }}"
        f"{all_of(':disabled')} {{ color: {of.disabled}; }}"
        f"*[roomy='true']::item {{ padding: {NARROW}px {HAIR}px; }}"
    )


def _choice_rules(of: Colours) -> str:
    """Drop-down boxes, check boxes and round buttons, outlined as inputs are."""
    look = "dark" if of.dark else "light"
    arrow, tick = (_picture(f"{name}-{look}.svg") for name in ("arrow", "tick"))
    mark = f"width: 14px; height: 14px; border: 1px solid {of.outline}; background: {of.surface};"
    both = "QCheckBox::indicator{state}, QRadioButton::indicator{state}"
    return (
        f"QComboBox {{ border: 1px solid {of.outline}; border-radius: {NARROW}px;"
        f" padding: {NARROW - 1}px {NARROW}px; background: {of.surface}; color: {of.text}; }}"
        f"QComboBox:focus, QComboBox:on {{ border: 2px solid {of.accent};"
        f" padding: {NARROW - 2}px {NARROW - 1}px; }}"
        f"QComboBox:disabled {{ background: {of.window}; border-color: {of.border}; color: {of.disabled}; }}"
        f"QComboBox::drop-down {{ border: none; width: {LARGE + NARROW}px; }}"
        f"QComboBox::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}"
        "QComboBox QLineEdit, QComboBox QLineEdit:focus, QComboBox QLineEdit:read-only"
        " { border: none; padding: 0; background: transparent; }"
        f"QCheckBox::indicator {{ {mark} border-radius: {HAIR + 1}px; }}"
        f"QRadioButton::indicator {{ {mark} border-radius: 8px; }}"
        f"QCheckBox::indicator:checked {{ background: {of.accent}; border-color: {of.accent};"
        f" image: url({tick}); }}"
        f"QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {of.accent}; }}"
        f"{both.format(state=':focus')} {{ border-color: {of.accent}; }}"
        f"{both.format(state=':disabled')} {{ border-color: {of.border}; background: {of.window}; }}"
    )


def _button_rules(of: Colours) -> str:
    look = f"border-radius: {NARROW}px; padding: {NARROW}px {MEDIUM}px; color: {of.text};"
    return (
        f"QPushButton {{ {look} border: 1px solid {of.outline}; background: {of.surface}; }}"
        f"QPushButton:hover {{ background: {of.accent_soft}; }}"
        f"QPushButton:pressed, QPushButton:checked {{ background: {of.accent_soft};"
        f" border-color: {of.accent}; }}"
        f"QPushButton:default {{ border-color: {of.accent}; }}"
        f"QPushButton:focus {{ border: 2px solid {of.accent};"
        f" padding: {NARROW - 1}px {MEDIUM - 1}px; }}"
        f"QPushButton:disabled {{ color: {of.disabled}; border-color: {of.border};"
        f" background: {of.window}; }}"
    )


def _picture(name: str) -> str:
    """The path of a picture as a style sheet takes it."""
    return f'"{(paths.resources() / "styles" / name).as_posix()}"'


def _rail_rules(of: Colours) -> str:
    item = f"padding: {SMALL}px {MEDIUM}px; border-radius: {RADIUS}px; border: 1px solid transparent;"
    return (
        f"#rail {{ background: {of.rail}; border: none; outline: none; padding: {SMALL}px; }}"
        f"#rail::item {{ {item} color: {of.text}; }}"
        f"#rail::item:hover {{ background: {of.surface}; }}"
        f"#rail::item:selected {{ background: {of.accent_soft}; color: {of.accent}; }}"
        f"#rail:focus::item:selected {{ border-color: {of.accent}; }}"
        f"#rail_frame {{ background: {of.rail}; border: none; }}"
    )


def _bar_rules(of: Colours) -> str:
    button = f"border: 1px solid transparent; border-radius: {RADIUS}px; padding: {NARROW}px {SMALL}px;"
    return (
        f"#top_bar {{ background: {of.surface}; border: none; border-bottom: 1px solid {of.border}; }}"
        f"#top_bar QToolButton {{ {button} background: transparent; color: {of.text}; }}"
        f"#top_bar QToolButton:hover {{ background: {of.accent_soft}; }}"
        f"#top_bar QToolButton:focus {{ border-color: {of.accent}; }}"
        f"#top_bar QToolButton:disabled {{ color: {of.disabled}; }}"
        f"#search {{ {button} text-align: left; background: {of.window}; color: {of.muted};"
        f" border-color: {of.outline}; }}"
        f"#search:hover, #search:focus {{ border-color: {of.accent}; }}"
        f"#message_bar {{ background: {of.surface}; border: none; border-top: 1px solid {of.border}; }}"
        f"*[primary='true'] {{ {button} padding: {SMALL}px {LARGE}px; background: {of.accent};"
        f" color: {of.accent_text}; font-weight: 600; }}"
        f"*[primary='true']:hover {{ background: {of.selection}; color: {of.selection_text}; }}"
        f"*[primary='true']:focus {{ border: 2px solid {of.text}; }}"
        f"*[primary='true']:disabled {{ background: {of.border}; color: {of.muted}; }}"
    )
