"""Pictures as Vega-Lite specifications made from answers. The same specification serves screen, print and mail."""
