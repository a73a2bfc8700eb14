"""Folders in which a data file is not as safe as on a disk of this computer: shared ones and synchronised ones.

SQLite's own reasons: on a network its locks often do not work, and its log (WAL) cannot be shared between computers
(sqlite.org/howtocorrupt.html 2.1, sqlite.org/wal.html, sqlite.org/useovernet.html); a program that copies a file while
it is written copies a torn one, or puts an old one in its place (howtocorrupt.html 1.2).
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

_NETWORK = frozenset(
    (
        *("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs", "smb2", "smb3"),
        *("smbfs", "vboxsf", "vmhgfs", "webdav"),
    )
)
"""Kinds of file systems that another computer serves, as Linux and macOS name them; Windows says `remote`."""
_SYNCHRONISED = (
    *(
        "onedrive",
        "dropbox",
        "googledrive",
        "google drive",
        "icloud",
        "com~apple~clouddocs",
        "nextcloud",
        "owncloud",
    ),
    *(
        "seafile",
        "megasync",
        "syncthing",
        "nutstore",
        "坚果云",
        "我的坚果云",
        "百度网盘",
        "baidunetdisk",
        "baidusyncdisk",
    ),
    *("百度云同步盘", "微云", "weiyun", "阿里云盘", "aliyundrive", "wps云盘", "wpsdrive", "360云盘"),
)
"""What the names of folders begin with that such a program keeps alike on several computers, in small letters."""


class Place(Enum):
    """What is special about a folder."""

    NETWORK = "network"
    SYNCHRONISED = "synchronised"


def of(path: Path) -> Place | None:
    """What is special about the folder of a file, None where it is an ordinary one as far as can be known."""
    whole = path.absolute()
    names = [part.casefold() for part in whole.parent.parts]
    if any(name.startswith(_SYNCHRONISED) for name in names):
        return Place.SYNCHRONISED
    if str(whole).startswith(("\\\\", "//")):
        return Place.NETWORK
    return Place.NETWORK if _served(whole) else None


def _served(path: Path) -> bool:
    """Whether the disk on which a file lies belongs to another computer."""
    import psutil  # here: it takes 25 ms, and whoever only reads does not need it

    try:
        disks = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):  # a system that does not tell
        return False
    around = [disk for disk in disks if path.is_relative_to(disk.mountpoint)]
    nearest = max(around, key=lambda disk: len(disk.mountpoint), default=None)
    if nearest is None:
        return False
    return nearest.fstype.casefold() in _NETWORK or "remote" in nearest.opts.split(",")
