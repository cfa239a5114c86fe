"""The house rules that no linter knows. Each has a failing sample, so that the rule itself is tried."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("labelapp", "qa", "ml")
LONGEST_FILE = 400


def modules(name: str = "*.py") -> Iterator[Path]:
    for folder in OURS:
        yield from (path for path in (ROOT / folder).rglob(name) if "migrations" not in path.parts)


def touches_managers(source: str) -> bool:
    """Whether code reads or writes rows by itself (`.objects`)."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager"}
        for node in ast.walk(ast.parse(source))
    )


def imports_of(source: str) -> set[str]:
    """The top-level packages that a module imports at its top."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_views_and_serializers_reach_rows_only_through_selectors_and_services() -> None:
    assert touches_managers("Job.objects.get(pk=1)")
    guilty = [
        str(path.relative_to(ROOT))
        for name in ("api.py", "urls.py")
        for path in modules(name)
        if touches_managers(path.read_text())
    ]
    assert guilty == []


def test_no_file_outgrows_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in [
            *modules(),
            *(ROOT / "tests").rglob("*.py"),
            *(ROOT / "benchmarks").rglob("*.py"),
        ]
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_tasks_import_their_services_inside_the_function() -> None:
    assert imports_of("from qa.jobs.services import start\n") == {"qa"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in modules("tasks.py")
        if any(
            "services" in line or "torch" in line
            for line in path.read_text().splitlines()
            if line.startswith(("import ", "from "))
        )
    ]
    assert guilty == []


def test_the_pure_packages_say_so_in_their_first_line() -> None:
    pure = [ROOT / "qa" / "analysis" / "__init__.py", *(ROOT / "qa" / "analysis").glob("[a-z]*.py")]
    assert len(pure) > 3
    for path in pure:
        assert "No Django here" in path.read_text().splitlines()[0], path


@pytest.mark.parametrize(
    "heavy", ["torch", "segment_anything", "onnxruntime", "sklearn", "scipy.stats"]
)
def test_the_web_process_never_imports(heavy: str) -> None:
    script = (
        "import labelapp.wsgi, sys\n"
        "from django.urls import get_resolver\n"
        "assert get_resolver().url_patterns\n"
        f"print({heavy!r} in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False"]


def test_importing_the_settings_creates_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-c", "import labelapp.settings"],
        cwd=ROOT,
        env={"PATH": "/usr/bin", "DATA_DIR": str(data)},
        check=True,
    )
    assert not data.exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "http", "PORT='http': use a whole number"),
        ("DEBUG", "yes", "DEBUG='yes': use 0 or 1"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL: use postgres://"),
        ("PICTURE_STORAGE", "ftp", "PICTURE_STORAGE='ftp': use local or s3"),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start(name: str, value: str, words: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import labelapp.settings"],
        cwd=ROOT,
        env={"PATH": "/usr/bin", name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert words in told.stderr


def test_no_two_apps_migrations_depend_on_each_other_in_a_circle() -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    arrows = {
        (app, needed)
        for (app, _), migration in loader.disk_migrations.items()
        for needed, _ in migration.dependencies
        if needed not in {app, "__setting__"}
    }
    assert {(one, other) for one, other in arrows if (other, one) in arrows} == set()
