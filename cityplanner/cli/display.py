"""Can a window open here? Asked before Qt is loaded, which would end the process without a word."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from cityplanner.base.errors import UserError
from cityplanner.base.language import _


@dataclass(frozen=True, slots=True)
class Library:
    """A system library Qt needs, and the packages that hold it on Debian/Ubuntu and Fedora."""

    file: str
    debian: str
    fedora: str


_ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
_X11 = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
)
_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)
LIBRARIES = (*_ALWAYS, *_X11)
"""What a newcomer is told to install; with Wayland its own two are there already."""


class NoDisplayError(UserError):
    """There is no screen to open a window on, or the one that is named does not answer."""

    def __init__(self, name: str = "") -> None:
        silent = _("The display “{name}” does not answer, so the window cannot open.").format(name=name)
        super().__init__(
            silent if name else _("There is no display, so the window cannot open."),
            _("Every command works without one: see “cityplanner --help”."),
        )


class MissingLibraryError(UserError):
    """Qt cannot load for want of system libraries."""

    def __init__(self, *missing: str) -> None:
        told = [*LIBRARIES, *(library for library in _WAYLAND if library.file in missing)]
        debian = " ".join(library.debian for library in told)
        fedora = " ".join(library.fedora for library in told)
        super().__init__(
            _("The window cannot open: the system lacks {missing}.").format(missing=", ".join(missing)),
            _("Install what Qt needs, then try again. All other commands work without it.")
            + f"\n  Debian, Ubuntu:  sudo apt-get install {debian}\n  Fedora:          sudo dnf install {fedora}",
        )


def has_display(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether there is a screen; systems other than Linux and its kin always have one."""
    known = os.environ if environment is None else environment
    return platform in ("win32", "darwin") or bool(known.get("DISPLAY") or known.get("WAYLAND_DISPLAY"))


def missing_libraries(
    environment: Mapping[str, str] | None = None, platform: str = sys.platform
) -> list[Library]:
    """The libraries that Qt will ask for here and not find; those of X11 only where it is what Qt will use."""
    known = os.environ if environment is None else environment
    if platform in ("win32", "darwin"):
        return []
    wanted = [*_ALWAYS, *(_X11 if _uses_x11(known) else _WAYLAND if _uses_wayland(known) else ())]
    return [library for library in wanted if not _loads(library.file)]


def _uses_x11(environment: Mapping[str, str]) -> bool:
    chosen = environment.get("QT_QPA_PLATFORM", "")
    return chosen.startswith("xcb") or (not chosen and not environment.get("WAYLAND_DISPLAY"))


def _uses_wayland(environment: Mapping[str, str]) -> bool:
    chosen = environment.get("QT_QPA_PLATFORM", "")
    return chosen.startswith("wayland") or (not chosen and bool(environment.get("WAYLAND_DISPLAY")))


def answers(display: str) -> bool:
    """Whether an X server listens on a display; Qt would end the process where none does."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # a missing library is reported as such
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    works = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return works


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def require_window() -> None:
    """Raise `NoDisplayError` or `MissingLibraryError` where no window can open."""
    if not os.environ.get("QT_QPA_PLATFORM") and not has_display():
        raise NoDisplayError
    missing = missing_libraries()
    if missing:
        raise MissingLibraryError(*(library.file for library in missing))
    display = os.environ.get("DISPLAY", "")
    if sys.platform not in ("win32", "darwin") and display and _uses_x11(os.environ) and not answers(display):
        raise NoDisplayError(display)


def explained(error: ImportError) -> UserError:
    """Why Qt could not be imported, in words."""
    text = str(error)
    if "cannot open shared object file" in text:
        return MissingLibraryError(text.split(":", 1)[0])
    return UserError(
        _("The window cannot be loaded: {detail}").format(detail=text),
        _("Install CityPlanner again; all other commands work without the window."),
    )
