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
LIBRARIES = (*_ALWAYS, *_X11)


class NoDisplayError(UserError):
    """There is no screen to open a window on."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no display, so the window cannot open."),
            _("Every command works without one: see “cityplanner --help”."),
        )


class MissingLibraryError(UserError):
    """Qt cannot load for want of system libraries."""

    def __init__(self, missing: str) -> None:
        debian = " ".join(library.debian for library in LIBRARIES)
        fedora = " ".join(library.fedora for library in LIBRARIES)
        super().__init__(
            _("The window cannot open: the system lacks {missing}.").format(missing=missing),
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
    chosen = known.get("QT_QPA_PLATFORM", "")
    x11 = chosen.startswith("xcb") or (not chosen and not known.get("WAYLAND_DISPLAY"))
    return [library for library in (LIBRARIES if x11 else _ALWAYS) if not _loads(library.file)]


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
        raise MissingLibraryError(", ".join(library.file for library in missing))


def explained(error: ImportError) -> UserError:
    """Why Qt could not be imported, in words."""
    text = str(error)
    if "cannot open shared object file" in text:
        return MissingLibraryError(text.split(":", 1)[0])
    return UserError(
        _("The window cannot be loaded: {detail}").format(detail=text),
        _("Install CityPlanner again; all other commands work without the window."),
    )
