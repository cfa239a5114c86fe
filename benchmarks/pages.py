"""Bytes: what the review route loads, from the built front end, as gzip sends it.

Only what the first paint needs: the page, the scripts it starts with and those of the review route
(followed through their imports), style sheets and fonts. A second load asks for the page alone, since
all else has its content's digest in the name and is kept by the browser.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from benchmarks.figures import Figure
from labelapp.local.folder import ROOT

DIST = ROOT / "frontend" / "dist"
_IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
_LINKED = re.compile(r'(?:src|href)="/(assets/[^"]+|[\w.-]+\.(?:js|svg))"')
_LAZY = re.compile(
    r"""import\(["'`]\./ReviewPage-[^)]*\)(?:(?!import\().)*?__vite__mapDeps\(\[([\d,]*)\]\)""",
    re.DOTALL,
)
_NAMES = re.compile(r"m\.f=\[([^\]]*)\]")


def measure() -> list[Figure]:
    files = _of_review()
    page = _sent(DIST / "index.html")
    scripts = sum(_sent(one) for one in files if one.suffix == ".js")
    rest = sum(_sent(one) for one in files if one.suffix != ".js")
    plain = [one for one in files if one.suffix in {".js", ".css"} and not _has_gzip(one)]
    return [
        Figure(name="first load", value=page + scripts + rest, unit="kB", limit=700, aim=450),
        Figure(name="scripts", value=scripts, unit="kB", limit=220, aim=150),
        Figure(name="second load", value=page, unit="kB", limit=20, aim=10),
        Figure(name="files", value=len(files), unit=""),
        Figure(name="scripts and styles not stored as gzip", value=len(plain), unit="", limit=0),
    ]


def _of_review() -> set[Path]:
    """The files that the page and the review route need."""
    page = (DIST / "index.html").read_text()
    wanted = {DIST / name for name in _LINKED.findall(page)}
    for entry in [one for one in wanted if one.name.startswith("index-") and one.suffix == ".js"]:
        text = entry.read_text()
        names = [one.strip("\"'` ") for one in _first(_NAMES, text).split(",")]
        wanted |= {DIST / names[int(one)] for one in _first(_LAZY, text).split(",") if one}
    wanted |= set((DIST / "assets").glob("ReviewPage-*"))
    while new := {one for file in wanted for one in _imports(file)} - wanted:
        wanted |= new
    styles = "".join(one.read_text() for one in wanted if one.suffix == ".css")
    return {one for one in wanted if not one.name.endswith(".gz")} | {
        DIST / "assets" / name
        for name in re.findall(r"url\(/?(?:assets/|\./)?([\w.-]+\.woff2)", styles)
    }


def _imports(file: Path) -> set[Path]:
    found = _IMPORTED.findall(file.read_text()) if file.suffix == ".js" else []
    return {file.with_name(name) for name in found}


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _has_gzip(file: Path) -> bool:
    return file.with_name(f"{file.name}.gz").exists()


def _sent(file: Path) -> float:
    """Kilobytes on the wire; fonts are compressed as they are."""
    content = file.read_bytes()
    return len(content if file.suffix == ".woff2" else gzip.compress(content, 9)) / 1000
