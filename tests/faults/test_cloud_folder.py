"""A plan in a folder that a service copies away, or on a network share, is told of; one on this computer is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from cityplanner.base.places import NETWORKS, Place, is_share, service_of, unsafe_place
from cityplanner.store import sqlite
from cityplanner.store.errors import UnlockableError
from cityplanner.store.plan_file import Plan, open_plan
from tests.store.content import raw

MAC = "/Users/dana/Library/CloudStorage"
FOLDERS: dict[str, tuple[str, str, str]] = {
    "OneDrive": (r"C:\Users\dana\OneDrive - City of Riverton", f"{MAC}/OneDrive-CityofRiverton", "/home/dana/OneDrive"),
    "Dropbox": (r"C:\Users\dana\Dropbox (City)", f"{MAC}/Dropbox", "/home/dana/Dropbox"),
    "Google Drive": (r"G:\My Drive", f"{MAC}/GoogleDrive-dana@example.org/My Drive", "/home/dana/google-drive"),
    "iCloud Drive": (
        r"C:\Users\dana\iCloudDrive",
        "/Users/dana/Library/Mobile Documents/com~apple~CloudDocs",
        "/home/dana/iCloud Drive",
    ),
    "Box": (r"C:\Users\dana\Box", f"{MAC}/Box-Box", "/home/dana/Box Sync"),
    "Nextcloud": (r"C:\Users\dana\Nextcloud", "/Users/dana/Nextcloud", "/home/dana/Nextcloud"),
    "Proton Drive": (r"C:\Users\dana\Proton Drive\dana", f"{MAC}/ProtonDrive-dana", "/home/dana/ProtonDrive"),
    "MEGA": (r"C:\Users\dana\MEGA", "/Users/dana/MEGAsync", "/home/dana/MEGAsync"),
    "ownCloud": (r"C:\Users\dana\ownCloud", "/Users/dana/ownCloud", "/home/dana/ownCloud"),
    "pCloud": (r"C:\Users\dana\pCloud Drive", "/Users/dana/pCloud Drive", "/home/dana/pCloudDrive"),
}  # fmt: skip
LOCAL: list[PurePath] = [
    PureWindowsPath(r"C:\Users\dana\AppData\Local\CityPlanner\Our office.cityplan"),
    PureWindowsPath(r"D:\Boxes\Megaprojects\Our office.cityplan"),
    PurePosixPath("/Users/dana/Library/Application Support/CityPlanner/Our office.cityplan"),
    PurePosixPath("/home/dana/.local/share/CityPlanner/Dropbox.cityplan"),
    PurePosixPath("/home/dana/International/Outbox/plan.cityplan"),
]


@pytest.mark.parametrize("service", FOLDERS)
def test_the_folders_of_the_common_services_are_known_on_each_system(service: str) -> None:
    windows, mac, linux = FOLDERS[service]
    for folder in (PureWindowsPath(windows), PurePosixPath(mac), PurePosixPath(linux)):
        assert service_of(folder / "Our office.cityplan") == service
        assert service_of(folder / "Plans" / "2026" / "Our office.cityplan") == service


@pytest.mark.parametrize("path", LOCAL, ids=str)
def test_a_folder_of_this_computer_is_not_taken_for_one(path: PurePath) -> None:
    assert service_of(path) == ""
    assert not is_share(path)


@pytest.mark.parametrize(("mark", "service"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing")])
def test_a_folder_of_any_name_is_known_by_what_the_service_left_in_it(
    tmp_path: Path, mark: str, service: str
) -> None:
    path = tmp_path / "Shared" / "Plans" / "a.cityplan"
    path.parent.mkdir(parents=True)
    assert unsafe_place(path) is None
    (tmp_path / "Shared" / mark).mkdir()
    assert unsafe_place(path) == Place(service)


def test_a_folder_the_system_tells_of_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "City"))
    assert unsafe_place(tmp_path / "City" / "Plans" / "a.cityplan") == Place("OneDrive")
    assert unsafe_place(tmp_path / "Elsewhere" / "a.cityplan") is None


def test_a_share_of_another_computer_is_known(tmp_path: Path) -> None:
    assert is_share(PureWindowsPath(r"\\server\office\plan.cityplan"))
    assert is_share(PurePosixPath("/run/user/1000/gvfs/smb-share:server=a,share=b/plan.cityplan"))
    for kind in NETWORKS:
        assert unsafe_place(tmp_path / "a.cityplan", kind) == Place()
    assert unsafe_place(tmp_path / "a.cityplan", "ext4") is None


def test_a_plan_whose_journal_cannot_be_kept_safely_is_not_opened_for_writing(plan: Plan) -> None:
    plan.close()
    with raw(plan.path) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        other.execute("SELECT count(*) FROM partner").fetchone()  # in use: the journal cannot be changed now
        with pytest.raises(UnlockableError) as refused:
            open_plan(plan.path)
    assert "read-only" in refused.value.remedy
    with open_plan(plan.path) as opened, opened.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"


def test_what_the_journal_is_kept_as_is_read_back() -> None:
    connection = sqlite3.connect(":memory:")  # a disk that keeps its journal another way, and says so
    with pytest.raises(sqlite3.OperationalError, match="kept as memory"):
        sqlite._set_up(connection, read_only=False)
    connection.close()
