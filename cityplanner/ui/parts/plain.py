"""Text that must stay text: tool tips without markup, labels without mnemonics."""

from __future__ import annotations

from html import escape


def tool_tip(text: str) -> str:
    """A tool tip that shows `text` as it stands; Qt would read `<b>` in a bare one as markup."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def caption(text: str) -> str:
    """A text for a button, label or menu entry, in which `&` stays `&` and underlines nothing."""
    return text.replace("&", "&&")


def capitalized(text: str) -> str:
    """The text with a capital first letter; the rest is left alone (`SDGs`, `e-mail`)."""
    return text[:1].upper() + text[1:]


def dots(*words: str | None) -> str:
    """What is said about something in one line, with a dot between; what is empty is left out."""
    return " · ".join(filter(None, words))
