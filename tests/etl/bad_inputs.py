"""Files that are wrong in one way each: made from the starter files, one change a case."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CANCER = "nci_cancer/us_county_cancer_death_rates_1999_2003.csv.gz"
PEOPLE = "census_pep/co-est2019-alldata.csv.gz"
SURVEY = "census_acs/acs5_2019_county.json.gz"
INFANTS = "nchs_infant_mortality/infant_mortality_black_white_1915_2013.csv.gz"
TRACTS = "census_2010/race_by_tract_2010.parquet"
RURAL = "usda_rucc/rucc_2013.csv.gz"
SHAPES = "boundaries/counties_2019.topojson.gz"
TOWNS = "gazetteer/places_to_county.csv.gz"
PAGE = b"<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head></html>\n"


class BadInput(NamedTuple):
    """A wrong file: what is wrong with it, which starter file it replaces, how it is made of it.

    source is what the build is asked for; name, where it is another, what the file is called.
    """

    what: str
    file: str
    change: Callable[[bytes], bytes]
    name: str = ""

    @property
    def source(self) -> str:
        """The source that reads the file; any one reads the places and the shapes."""
        folder = self.file.partition("/")[0]
        return "nci_cancer" if folder in ("boundaries", "gazetteer") else folder


def packed(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Make a change inside a gzip file."""
    return lambda raw: gzip.compress(change(gzip.decompress(raw)), 1)


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """Make a change to the lines inside a gzip file."""
    return packed(lambda raw: b"\n".join(change(raw.rstrip().split(b"\n"))) + b"\n")


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """Replace the first occurrence of some text inside a gzip file."""

    def replace(raw: bytes) -> bytes:
        assert old.encode() in raw, old
        return raw.replace(old.encode(), new.encode(), 1)

    return packed(replace)


def zipped(*names: str) -> Callable[[bytes], bytes]:
    """Put what is inside a gzip file into a zip archive, once under each name."""

    def zip_up(raw: bytes) -> bytes:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
            for name in names:
                members.writestr(name, gzip.decompress(raw)[:10_000])
        return archive.getvalue()

    return zip_up


def always(raw: bytes) -> Callable[[bytes], bytes]:
    """Replace the whole file."""
    return lambda _: raw


BAD_INPUTS = [
    BadInput("a web page in place of a CSV file", CANCER, always(PAGE)),
    BadInput("a web page packed as the file should be", CANCER, always(gzip.compress(PAGE))),
    BadInput("a web page in place of an API's answer", SURVEY, always(PAGE)),
    BadInput("an empty file", CANCER, always(b"")),
    BadInput("nothing but line ends", CANCER, always(gzip.compress(b"\r\n\r\n"))),
    BadInput("a header and no rows", CANCER, lines(lambda rows: rows[:1])),
    BadInput("rows and no header", CANCER, lines(lambda rows: rows[1:])),
    BadInput("a column renamed", CANCER, replaced("ci95_upper", "upper_ci")),
    BadInput("semicolons in place of commas", CANCER, packed(lambda raw: raw.replace(b",", b";"))),
    BadInput(
        "cut short at the end of a row",
        RURAL,
        lines(lambda rows: rows[: len(rows) * 7 // 10]),
    ),
    BadInput("cut short in the middle of a row", CANCER, packed(lambda raw: raw[:-30])),
    BadInput("a gzip file cut short", CANCER, lambda raw: raw[: len(raw) // 2]),
    BadInput(
        "a gzip file with a damaged middle",
        CANCER,
        lambda raw: raw[:9000] + b"\0" * 500 + raw[9500:],
    ),
    BadInput("UTF-16 in place of UTF-8", CANCER, packed(lambda raw: raw.decode().encode("utf-16"))),
    BadInput(
        "one Latin-1 letter in UTF-8 text",
        CANCER,
        packed(lambda raw: raw.replace(b"Baldwin", b"Do\xf1a", 1)),
    ),
    BadInput(
        "a row with a column too many", CANCER, replaced("01001,Alabama,", "01001,Alabama,USA,")
    ),
    BadInput("text where a number should be", CANCER, replaced("173.6", "about 170")),
    BadInput("NaN where a number should be", CANCER, replaced("173.6", "NaN")),
    BadInput("an infinite number", CANCER, replaced("173.6", "inf")),
    BadInput(
        "a value out of the measure's range",
        CANCER,
        replaced("173.6,149.8,200.3", "2736,2498,3003"),
    ),
    BadInput(
        "a negative count of people",
        PEOPLE,
        replaced(",4779736,4780125,4785437", ",4779736,4780125,-4785437"),
    ),
    BadInput(
        "an interval that does not hold its value",
        CANCER,
        replaced("173.6,149.8,200.3", "173.6,180.1,200.3"),
    ),
    BadInput("a status nobody knows", CANCER, replaced("200.3,reported", "200.3,withheld")),
    BadInput("reported, but without a value", CANCER, replaced("173.6,149.8,200.3", ",,")),
    BadInput(
        "suppressed, but with a value", CANCER, replaced("200.3,reported", "200.3,suppressed")
    ),
    BadInput("a county that does not exist", CANCER, replaced("01001,", "01999,")),
    BadInput("county codes that lost their leading zero", CANCER, replaced("01001,", "1001,")),
    BadInput("the same county twice", CANCER, lines(lambda rows: [*rows, rows[1]])),
    BadInput(
        "two sets of county codes mixed",
        CANCER,
        lines(lambda rows: [*rows, rows[1].replace(b"01001", b"09110")]),
    ),
    BadInput("a group of people nobody described", CANCER, replaced("Female", "Martian")),
    BadInput("a year that is none", INFANTS, replaced("1915", "1915*")),
    BadInput("a class that does not exist", RURAL, replaced("54571,2,", "54571,22,")),
    BadInput("an API's answer cut short", SURVEY, packed(lambda raw: raw[: len(raw) // 2])),
    BadInput("an API's answer that is an error", SURVEY, always(b'{"error": "unknown variable"}')),
    BadInput("a Parquet file cut short", TRACTS, lambda raw: raw[: len(raw) // 2]),
    BadInput(
        "a zip archive with two files",
        RURAL,
        zipped("a.csv", "b.csv"),
        "rucc_2013.csv.zip",
    ),
    BadInput(
        "a zip archive cut short",
        RURAL,
        lambda raw: zipped("a.csv")(raw)[:1000],
        "rucc_2013.csv.zip",
    ),
    BadInput(
        "a small file that unpacks to a huge one", CANCER, always(gzip.compress(b"\0" * 30_000_000))
    ),
    BadInput(
        "a damaged .xls workbook",
        "census_saipe/est23all.xls",
        always(b"\xd0\xcf\x11\xe0" + b"\0" * 5000),
    ),
    BadInput(
        "a damaged .xlsx workbook", "bls_laus/laucnty24.xlsx", always(b"PK\x03\x04" + b"\0" * 5000)
    ),
    BadInput("a file of another publisher", CANCER, lambda raw: raw, "something_else.csv.gz"),
    BadInput(
        "a file name that cannot be printed",
        CANCER,
        lambda raw: raw,
        "us_county_cancer_death_rates_\x1b[2J.csv.gz",
    ),
    BadInput("county shapes cut short", SHAPES, packed(lambda raw: raw[:-5000])),
    BadInput("county shapes that are a web page", SHAPES, always(PAGE)),
    BadInput("county shapes without counties", SHAPES, replaced('"counties"', '"states"')),
    BadInput("a town in a county that does not exist", TOWNS, replaced(",02016,", ",02999,")),
    BadInput("towns without their county", TOWNS, replaced("county_fips,", "county,")),
]


def put(bad: BadInput, starter: Path, folder: Path) -> None:
    """Put a wrong file into a folder laid out as data/starter, in place of the right one."""
    right, wrong = starter / bad.file, folder / bad.file
    raw = bad.change(right.read_bytes() if right.exists() else b"")
    wrong.parent.mkdir(parents=True, exist_ok=True)
    wrong.unlink(missing_ok=True)
    wrong.with_name(bad.name or wrong.name).write_bytes(raw)
