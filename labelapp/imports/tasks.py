from labelapp.background import task


@task(minutes=24 * 60)
def run_import(import_id: str) -> None:
    """Check an import and carry it out when nothing is left to ask."""
    from labelapp.imports.running import run

    run(import_id)


@task()
def sweep_imports() -> None:
    """Ring again for imports that nobody works on."""
    from labelapp.imports import services

    services.sweep_imports()


@task()
def tidy_imports() -> None:
    """Remove uploads that nobody went on with."""
    from labelapp.imports import services

    services.tidy_imports()
