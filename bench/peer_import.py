"""The peer of the import benchmark: what an analyst would script with pandas, without any of our checks.

Reads the workbook with the same parser, melts it to long rows and appends them to a table. It validates
nothing, keeps no source, no vintage and no difference, and stores binary floats.
"""

from __future__ import annotations

import sys

import pandas
import sqlalchemy

workbook, url = sys.argv[1:3]
wide = pandas.read_excel(workbook, engine="calamine", dtype={"统一社会信用代码": str})
long = wide.melt(id_vars=["企业名称", "统一社会信用代码"], var_name="metric", value_name="number")
engine = sqlalchemy.create_engine(url)
with engine.begin() as connection:
    long.to_sql("observation", connection, if_exists="replace", index=False, chunksize=50_000)
    connection.execute(sqlalchemy.text("CREATE INDEX peer_key ON observation (统一社会信用代码, metric)"))
print(len(long), "rows")
