from labelapp.background import task


@task()
def purge_bin() -> None:
    """Remove datasets that have lain in the bin for 30 days, and contents that nothing shows."""
    from labelapp.catalog import blobs, services

    services.purge_bin()
    blobs.drop_orphans()
