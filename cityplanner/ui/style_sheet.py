"""The style sheet: the few rules that Fusion and a palette cannot express, made of the look's values."""

from __future__ import annotations

from cityplanner.base import paths
from cityplanner.ui.look import BOLD, HAIR, LARGE, MEDIUM, NARROW, RADIUS, SIZES, SMALL, Colours, Role


def style_sheet(of: Colours, size: float) -> str:
    """The whole sheet of a scheme; `size` is the font size in points."""
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
        f"QTableCornerButton::section {{ background: {of.surface_alt}; border: none; }}"
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
        "QCheckBox::indicator, QListView::indicator, QTreeView::indicator"
        f" {{ {mark} border-radius: {HAIR + 1}px; }}"
        f"QRadioButton::indicator {{ {mark} border-radius: 8px; }}"
        "QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked"
        f" {{ background: {of.accent}; border-color: {of.accent};"
        f" image: url({tick}); }}"
        f"QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {of.accent}; }}"
        f"QTreeView::indicator:indeterminate {{ width: 6px; height: 6px; border: 5px solid {of.surface};"
        f" background: {of.accent}; }}"
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
        f"*[primary='true']:focus {{ border: 2px solid {of.text}; padding: {SMALL - 1}px {LARGE - 1}px; }}"
        f"*[primary='true']:disabled {{ background: {of.border}; color: {of.muted}; }}"
    )
