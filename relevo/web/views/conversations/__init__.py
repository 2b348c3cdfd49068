"""The pages of Conversations."""
