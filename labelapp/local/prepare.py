"""What must be done in the database before the web server starts: `python -m labelapp.local.prepare`.

A process of its own, so that the supervisor does not hold Django in memory. It talks to the person
at the terminal; first passwords go to DATA_DIR/accounts.txt alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable

import django
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder, write_private

_HEAD = "# First passwords. Change them after signing in; whoever did disappears from this list.\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    django.setup()
    folder = DataFolder.of_environment()
    try:
        folder.create()
        migrate(folder)
        make_accounts(folder)
        list_models()
        load_demo(folder)
    except StartError as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error}".strip())


def migrate(folder: DataFolder) -> None:
    """Brings the tables up to date, after a backup when there is something to lose.

    Raises StartError when the tables are newer than this program.
    """
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    _refuse_newer(applied, executor)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if applied:
        from labelapp.local.backup import before_migration

        print(f"Backup before {len(plan)} migrations: {before_migration(folder)}", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    print(f"Database up to date ({len(plan)} migrations applied).", flush=True)


def make_accounts(folder: DataFolder) -> None:
    """Makes the first accounts, and drops from accounts.txt those whose password was changed."""
    from labelapp.accounts import services

    with transaction.atomic():  # no account is there unless its password stands in the file
        made = services.first_accounts(demo=demo_wanted())
        if made:
            lines = [f"{username:<12} {role:<10} {password}" for username, role, password in made]
            prints = _password_prints(username for username, _, _ in made)
            write_private(folder.run / "first-passwords.json", json.dumps(prints))
            write_private(folder.accounts, _HEAD + "\n".join(lines) + "\n")
    if not made and folder.accounts.exists():
        _drop_changed(folder)


def list_models() -> None:
    """Lists the built-in model."""
    from ml.registry import services

    services.list_shipped()


def load_demo(folder: DataFolder) -> None:
    """Brings in the demo's data on the first start, unless DEMO=0."""
    done = folder.run / "first-start-done"
    if done.exists():
        return
    if demo_wanted() and "demo" in get_commands():
        call_command("demo")
    done.touch()


def demo_wanted() -> bool:
    return os.environ.get("DEMO", "1") != "0"


def _refuse_newer(applied: Iterable[tuple[str, str]], executor: MigrationExecutor) -> None:
    ours = {app for app, _ in executor.loader.disk_migrations}
    unknown = [
        f"{app}.{name}"
        for app, name in applied
        if app in ours
        and (app, name) not in executor.loader.disk_migrations
        and (app, name) not in executor.loader.replacements
    ]
    if unknown:
        raise StartError(
            "This database was written by a newer labelapp; this one does not know"
            f" {', '.join(sorted(unknown))}. Start the newer version, or restore a backup made with"
            " this one: make restore FILE=..."
        )


def _drop_changed(folder: DataFolder) -> None:
    known_file = folder.run / "first-passwords.json"
    known = json.loads(known_file.read_text()) if known_file.exists() else {}
    now = _password_prints(known)
    unchanged = {name for name in known if known[name] == now.get(name)}
    lines = folder.accounts.read_text().splitlines()
    kept = [line for line in lines if line and line.split()[0] in unchanged]
    if kept:
        write_private(folder.accounts, _HEAD + "\n".join(kept) + "\n")
    else:
        folder.accounts.unlink()


def _password_prints(usernames: Iterable[str]) -> dict[str, str]:
    """A fingerprint of each stored password hash: tells a change without trying passwords."""
    from labelapp.accounts.models import User

    rows = User.objects.filter(username__in=list(usernames)).values_list("username", "password")
    return {name: hashlib.sha256(stored.encode()).hexdigest() for name, stored in rows}


if __name__ == "__main__":
    main()
