"""Where a plan is kept: on this computer, in a folder that a service copies away, or on a network share."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

SERVICES: Mapping[str, str] = {
    "OneDrive": r"onedrive([ -].*)?",
    "Dropbox": r"dropbox([ -].*)?",
    "Google Drive": r"google[ -]?drive([ -].*)?|googledrive-.*|my drive|drivefs",
    "iCloud Drive": r"icloud ?drive([ -].*)?|icloudphotos|com~apple~clouddocs|mobile documents",
    "Box": r"box|box sync|box-box",
    "Nextcloud": r"nextcloud([ -].*)?",
    "ownCloud": r"owncloud([ -].*)?",
    "Proton Drive": r"proton ?drive([ -].*)?",
    "MEGA": r"mega|megasync( downloads)?",
    "pCloud": r"pcloud ?drive|pcloud ?sync",
    "Syncthing": r"syncthing",
}
"""Services by the names of the folders they keep, on Windows, macOS and Linux."""
MARKS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
}
"""Services by what they leave in a folder of any name that they keep."""
VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORKS = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "9p",
    "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "macfuse", "osxfuse",
}  # fmt: skip
"""The kinds of file system that are on another computer."""
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which a plan is not as safe as on this computer: what service copies it, if one does."""

    service: str = ""


def service_of(path: PurePath) -> str:
    """The service in whose folder a file is, by the names of the folders above it; empty where it is none."""
    for part in path.parent.parts:
        for service, names in SERVICES.items():
            if re.fullmatch(names, part, re.IGNORECASE):
                return service
    return ""


def unsafe_place(path: Path, file_system: str = "") -> Place | None:
    """What is doubtful about the folder of a plan; None where nothing is. May wait for a slow disk.

    `file_system` is what the system calls the kind of the disk, where that is known.
    """
    service = service_of(path) or _marked(path) or _set_up(path)
    if service:
        return Place(service)
    return Place() if file_system.lower() in NETWORKS or is_share(path) else None


def is_share(path: PurePath) -> bool:
    """Whether a path of Windows leads to another computer, or one of Linux through its desktop's mounts."""
    if isinstance(path, PureWindowsPath):
        return path.drive.startswith("\\\\") or _is_remote(path.drive)
    return re.match(r"/run/user/\d+/gvfs/", str(path)) is not None


def _marked(path: Path) -> str:
    for folder in path.resolve().parents:
        for mark, service in MARKS.items():
            if (folder / mark).exists() and folder != Path.home():
                return service
    return ""


def _set_up(path: Path) -> str:
    roots = [os.environ[name] for name in VARIABLES if os.environ.get(name)]
    return "OneDrive" if any(path.is_relative_to(root) for root in roots) else ""


def _is_remote(drive: str) -> bool:
    """Whether a letter of Windows stands for a folder on another computer."""
    if os.name != "nt" or not drive:
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE)  # type: ignore[attr-defined,unused-ignore]
