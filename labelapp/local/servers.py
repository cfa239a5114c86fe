"""The two servers of a data folder: ours when no address is given, somebody else's when one is."""

from __future__ import annotations

import os
from pathlib import Path

from labelapp.local import postgres, valkey
from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder
from labelapp.local.spawn import free_port


def given(name: str) -> str | None:
    """The setting from the environment, or from the file that `name_FILE` names."""
    if value := os.environ.get(name):
        return value
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise StartError(f"{name}_FILE: {file} cannot be read ({error.strerror}).") from error
    return None


def cluster(folder: DataFolder) -> postgres.Cluster:
    """The PostgreSQL of this data folder; its port and password are chosen once.

    Raises StartError when there is no PostgreSQL, or the folder is another user's.
    """
    choice = folder.remember(postgres_port=free_port(), postgres_password=postgres.new_password())
    data = folder.path / "postgres"
    identity = postgres.owner(data)
    data = postgres.data_folder(data, identity)
    programs = postgres.reachable(postgres.find_programs(data), identity)
    return postgres.Cluster(
        data=data,
        programs=programs,
        port=_still_free(folder, "postgres_port", choice["postgres_port"]),
        password=choice["postgres_password"],
        identity=identity,
    )


def broker(folder: DataFolder) -> valkey.Broker:
    """The Valkey of this data folder; its port and password are chosen once."""
    choice = folder.remember(valkey_port=free_port(), valkey_password=postgres.new_password())
    return valkey.Broker(
        data=folder.path / "valkey",
        program=valkey.find_program(),
        port=_still_free(folder, "valkey_port", choice["valkey_port"]),
        password=choice["valkey_password"],
    )


def _still_free(folder: DataFolder, name: str, port: int) -> int:
    """The remembered port, or another one when somebody listens there now."""
    chosen = free_port(port)
    if chosen != port:
        folder.change(**{name: chosen})
    return chosen
