"""How deals go: the conventional figures of selling, which say how fast somebody works and not what came of it."""
