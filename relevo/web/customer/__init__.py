"""The page of one customer: its head, its picture, and a tab for everything else."""
