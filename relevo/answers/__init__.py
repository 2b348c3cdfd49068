"""What one page, endpoint or command says, as a frozen dataclass. Every question is asked through a `Reading`."""
