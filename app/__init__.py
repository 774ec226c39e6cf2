"""The explorer: reads the published snapshot, nothing else."""
