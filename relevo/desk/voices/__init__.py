"""What customers say of the answers they got: links, votes and invitations."""
