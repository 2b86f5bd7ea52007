"""The oldest studies layout (v1.0) has no accessions: take them from the ancestry file.

Both files carry the PubMed number and the two sample descriptions. Where that triple
belongs to one row of the studies file and one accession of the ancestry file, the
accession is certain; otherwise it is left missing and the row goes to quarantine, for a
paper's studies of several traits in one sample cannot be told apart.
"""

import duckdb

_KEY = "pubmed_id, coalesce(initial_sample_stated, ''), coalesce(replication_sample_stated, '')"


def derive_accessions(connection: duckdb.DuckDBPyConnection, *, studies: str, ancestry: str) -> int:
    """Fill missing accessions of a raw studies table from a raw ancestry table.

    Args:
        connection: the engine.
        studies: the view over the raw studies, whose rows are in `{studies}_rows`.
        ancestry: the view over the raw ancestry rows.

    Returns:
        How many rows were given an accession.
    """
    connection.execute(
        f"""
        UPDATE {studies}_rows SET study_accession = found.accession, accession_derived = TRUE
        FROM (
            SELECT here.row, there.accession
            FROM (SELECT {_KEY}, min(rowid) FROM {studies}_rows GROUP BY ALL
                  HAVING count(*) = 1) AS here(pubmed_id, initial, replication, row)
            JOIN (SELECT {_KEY}, min(study_accession) FROM {ancestry} GROUP BY ALL
                  HAVING count(DISTINCT study_accession) = 1)
                 AS there(pubmed_id, initial, replication, accession)
            USING (pubmed_id, initial, replication)
        ) AS found
        WHERE {studies}_rows.rowid = found.row AND {studies}_rows.study_accession IS NULL
        """
    )
    row = connection.execute(f"SELECT count_if(accession_derived) FROM {studies}").fetchall()[0]
    return int(row[0])
