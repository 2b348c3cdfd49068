"""The demo company: a believable software company with planted truths, written as a canonical folder."""

from relevo.sources.demo.write import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo"]
