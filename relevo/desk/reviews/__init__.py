"""Peer reviews: what is drawn, who reviews it, what each found, what the reviewed person says, and coaching."""
