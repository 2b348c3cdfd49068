"""What is planted in the demo company, one module per truth; each states its constants and where they act."""
