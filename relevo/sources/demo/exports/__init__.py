"""The demo company as the systems of a company would export it: the same truth in many shapes and ways of writing."""

from relevo.sources.demo.exports.every import BILLING, EXPORTS, REDUCED, SELLING, SERVICE
from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.demo.exports.story import story, write_truth
from relevo.sources.demo.exports.ways import MACHINE, WAYS, Way
from relevo.sources.demo.exports.write import write_exports
from relevo.sources.demo.exports.writing import write_export, write_parquet

__all__ = [
    "BILLING", "EXPORTS", "MACHINE", "REDUCED", "SELLING", "SERVICE", "WAYS", "Export", "Sheet", "Way", "story",
    "write_export", "write_exports", "write_parquet", "write_truth",
]  # fmt: skip
