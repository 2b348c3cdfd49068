"""The pages of Conversations: how long customers wait, who carries the work, what it is about."""
