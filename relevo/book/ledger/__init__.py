"""The ledger of conversations: who waited how long, who replied, what an episode came to, who is credited with a vote.

Handwritten DuckDB SQL over the canonical rows. It depends on no as-of day and no policy: a measure leaves out what had
not happened yet. Methods: support reference, sections 3 and 4.1; `docs/decisions/0024-conversations.md`.
"""
