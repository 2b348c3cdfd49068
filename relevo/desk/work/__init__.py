"""What people work with here: notes about customers, tasks, saved views."""
