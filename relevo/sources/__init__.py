"""Sources: systems that are read. Each folder yields rows of canonical tables and writes nowhere else."""
