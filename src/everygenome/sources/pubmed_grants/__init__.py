"""The research grants that PubMed lists for a publication, asked for by PubMed number.

`fetch` asks NCBI, and Europe PMC where NCBI has no answer; `table` reads a table made earlier by
others; `cache` keeps what came, by publication; `arrow` hands it on. A publication that came back
without grants and one that did not come back at all are never the same.
"""
