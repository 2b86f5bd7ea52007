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
        studies: name of the raw studies table; gets the column `accession_derived`.
        ancestry: name of the raw ancestry table.

    Returns:
        How many rows were given an accession.
    """
    connection.execute(
        f"""
        UPDATE {studies} SET study_accession = found.accession, accession_derived = TRUE
        FROM (
            SELECT here.line, there.accession
            FROM (SELECT {_KEY}, min(source_line) FROM {studies} GROUP BY ALL
                  HAVING count(*) = 1) AS here(pubmed_id, initial, replication, line)
            JOIN (SELECT {_KEY}, min(study_accession) FROM {ancestry} GROUP BY ALL
                  HAVING count(DISTINCT study_accession) = 1)
                 AS there(pubmed_id, initial, replication, accession)
            USING (pubmed_id, initial, replication)
        ) AS found
        WHERE {studies}.source_line = found.line AND {studies}.study_accession IS NULL
        """
    )
    row = connection.execute(f"SELECT count_if(accession_derived) FROM {studies}").fetchall()[0]
    return int(row[0])
