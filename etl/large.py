"""Read delimited files too large to hold in memory: block by block, keeping only the rows asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from etl.reading import WrongFile

BLOCK = 1 << 22


def kept_rows(
    path: Path,
    lines: BinaryIO,
    *,
    columns: list[str],
    keep: Callable[[pa.RecordBatch], pa.Array],
    header: int = 1,
) -> pd.DataFrame:
    """Give the rows of a comma-separated file that keep says yes to, as text without spaces around.

    lines is the open file; path names it in messages; header is the line that names the columns.
    keep sees a block of the columns asked for. The column `line` is each row's line.
    """
    kept, first = [], header + 1
    try:
        for block in blocks(lines, columns, header):
            numbered = pa.Table.from_batches([block]).append_column(
                "line", pa.array(range(first, first + len(block)))
            )
            kept.append(numbered.filter(keep(block)))
            first += len(block)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise WrongFile(
            path, f"A column is missing or the file is cut short: {error}.", line=header
        ) from error
    if first == header + 1:
        raise WrongFile(path, "There are no rows under the header.", line=header)
    rows = pa.concat_tables(kept).to_pandas()
    return rows[columns].apply(lambda cells: cells.str.strip()).assign(line=rows["line"])


def blocks(lines: BinaryIO, columns: list[str], header: int) -> csv.CSVStreamingReader:
    """Open a file as a stream of blocks of some of its columns, all text."""
    return csv.open_csv(
        lines,
        read_options=csv.ReadOptions(skip_rows=header - 1, block_size=BLOCK),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            include_columns=columns, column_types=dict.fromkeys(columns, pa.string())
        ),
    )
