"""Reports built on other machines, through a scheduler of dask.distributed."""
