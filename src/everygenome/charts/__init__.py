"""Charts: rows in, Vega-Lite specification out; no store, no HTTP."""
