"""What people decide and record here: users, sign-in links, the audit, house rules. The only Django models.

Models are read anywhere above; they are written only by the `actions` module of each app.
"""
