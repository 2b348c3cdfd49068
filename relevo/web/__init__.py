"""Pages: they ask answers, write through the Desk's actions, and say it in HTML, SVG, CSV and JSON."""
