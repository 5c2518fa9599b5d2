"""The folders of one embedded database: what stays in the home, and where the server keeps its files."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from core.db.embedded.account import Account, server_account
from core.db.embedded.errors import DatabaseFolderUnusableError, DatabaseStartFailedError
from core.db.embedded.programs import MAJOR, find_programs, installed_programs
from core.db.embedded.secret_file import read_or_create
from core.db.roles import SUPERUSER

# As root the server runs as another account, which cannot enter a closed home such as /root: then it lives here.
SYSTEM_FOLDER = Path("/var/lib/expediter")
LOCK_SECONDS = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """`folder` (home/postgres) is ours: lock, secrets, port, location. `place` is the server's: data, log."""

    folder: Path
    place: Path
    account: Account

    @property
    def data_dir(self) -> Path:
        """The PostgreSQL data folder."""
        return self.place / "data"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.place / "server.log"

    @property
    def secrets(self) -> Path:
        """The passwords, readable by the owner of the home only."""
        return self.folder / "secrets.json"

    @property
    def port_file(self) -> Path:
        """The port of the last start, taken again when it is free so that clients can come back to it."""
        return self.folder / "port"

    def run(self, *command: str | Path, text_in: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as the server's account, away from our environment and terminal."""
        account = self.account
        return subprocess.run(
            command,
            cwd=self.place,
            user=account.uid,
            group=account.gid,
            extra_groups=account.extra_groups,
            umask=0o077,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            input=text_in if text_in is not None else "",
            capture_output=True,
            text=True,
            check=False,
        )


def lock_of(home: Path) -> FileLock:
    """One process at a time starts, stops or erases the database of a home. The kernel frees it when we die."""
    folder = _own_folder(home)
    return FileLock(folder / "lock", timeout=LOCK_SECONDS, mode=0o600)


def locked_too_long(home: Path, error: Timeout) -> DatabaseStartFailedError:
    """The refusal when another process holds the lock beyond all reason."""
    return DatabaseStartFailedError(
        f"another process has held {error.lock_file!r} for {LOCK_SECONDS:.0f} seconds; end it and try again"
    )


def find_cluster(home: Path) -> Cluster:
    """The cluster of a home as it was placed, or as it would be placed inside the home. Writes nothing."""
    folder = home.resolve() / "postgres"
    location = folder / "location"
    place = Path(location.read_text(encoding="utf-8").strip()) if location.exists() else folder / "cluster"
    return Cluster(folder=folder, place=place, account=server_account(place / "data"))


def open_cluster(home: Path, *, system_folder: Path) -> tuple[Cluster, Path]:
    """The cluster, created when it is not there, and the programs that run it. Call it with the lock held."""
    cluster = _placed(home, system_folder)
    bin_dir = find_programs(cluster.account, cluster.place.parent, bin_dir=installed_programs())
    if not cluster.data_dir.exists():
        _create(cluster, bin_dir)
    version_file = cluster.data_dir / "PG_VERSION"
    version = version_file.read_text(encoding="utf-8").strip() if version_file.exists() else "none"
    if version != MAJOR:
        raise DatabaseFolderUnusableError(
            cluster.data_dir,
            f"it holds data of PostgreSQL version {version!r}",
            accepted=f"only data of version {MAJOR!r} or a folder that does not exist yet is accepted",
        )
    return cluster, bin_dir


def _placed(home: Path, system_folder: Path) -> Cluster:
    cluster = find_cluster(home)
    location = cluster.folder / "location"
    if location.exists() and not cluster.data_dir.exists():
        raise DatabaseFolderUnusableError(
            cluster.data_dir,
            f"{str(location)!r} says the data are there, but nothing is",
            accepted=f"restore it, or delete {str(cluster.folder)!r} to begin with an empty database",
        )
    if not location.exists() and not cluster.account.can_enter(cluster.folder):
        name = hashlib.sha256(str(cluster.folder).encode()).hexdigest()[:16]
        place = system_folder / name / "cluster"
        cluster = Cluster(folder=cluster.folder, place=place, account=server_account(place / "data"))
    _make_place(cluster)
    return cluster


def _make_place(cluster: Cluster) -> None:
    place, account = cluster.place, cluster.account
    try:
        for folder in (place.parent.parent, place.parent):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o711 if account.uid is not None else 0o700)
        if not place.exists():
            place.mkdir(mode=0o700)
            account.own(place)
    except OSError as error:
        raise DatabaseFolderUnusableError(
            place, f"it cannot be created ({error.strerror})", accepted="set EXPEDITER_HOME to a writable folder"
        ) from error
    if not account.can_enter(place):
        raise DatabaseFolderUnusableError(
            place,
            f"the account {account.uid!r}, which runs the server because PostgreSQL refuses root, cannot enter it",
            accepted="set EXPEDITER_HOME to a folder whose parents everyone may enter (mode o+x)",
        )


def _create(cluster: Cluster, bin_dir: Path) -> None:
    """Make the data folder beside its place and move it there when complete: a crash leaves nothing half-made."""
    for left in cluster.place.glob("data.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: the initdb of a killed starter may still be writing.
    partial = cluster.place / f"data.new-{os.getpid()}"
    password_file = cluster.place / "password.new"
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    password_file.write_text(read_or_create(cluster.secrets)[SUPERUSER], encoding="utf-8")
    cluster.account.own(password_file)
    made = cluster.run(
        *(bin_dir / "initdb", "-D", partial, f"--username={SUPERUSER}", f"--pwfile={password_file}"),
        *("--auth-host=scram-sha-256", "--auth-local=scram-sha-256", "--encoding=UTF8", "--data-checksums"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"),
    )
    password_file.unlink()
    if made.returncode != 0:
        raise DatabaseStartFailedError("initdb refused", tail=(made.stderr or made.stdout).strip())
    partial.rename(cluster.data_dir)
    if cluster.place.parent != cluster.folder:
        (cluster.folder / "location").write_text(f"{cluster.place}\n", encoding="utf-8")


def _own_folder(home: Path) -> Path:
    folder = home.resolve() / "postgres"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise DatabaseFolderUnusableError(
            folder,
            f"it cannot be created or written ({error.strerror})",
            accepted="set EXPEDITER_HOME to a folder you may write to",
        ) from error
    return folder
