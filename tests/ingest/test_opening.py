"""A file, a folder, a pattern, standard input, an archive: what is in it is read, and traps are refused alone."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import resource
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.opening import opened
from longarm.ingest.unpacking import Limits


@pytest.fixture(scope="module", autouse=True)
def within_a_gigabyte() -> Iterator[None]:
    """Whatever is opened here: it takes no gigabyte more than this process has held already."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 1024 * 1024  # KiB


DAY = "2026-11-24"
SMALL = Limits(total=50_000_000, spooled=20_000_000, free=1_000_000, members=50)


def taken(
    source: Path | str, limits: Limits = SMALL, stdin: io.BytesIO | None = None
) -> tuple[dict[str, bytes], list[Reject]]:
    """What a source gives: name after the last slash or mark → bytes; and what it refused."""
    found: dict[str, bytes] = {}
    refused: list[Reject] = []
    try:
        for each in opened(source, retrieved=DAY, refuse=refused.append, limits=limits, stdin=stdin):
            assert each.retrieved == DAY
            try:
                with each.open() as stream:
                    found[each.name.rpartition("/")[2]] = stream.read()
                with each.open() as stream:  # from the start each time
                    assert stream.read(3) == found[each.name.rpartition("/")[2]][:3]
            except SourceError as fault:
                refused.append(Reject(each.name, 0, fault.message, ""))
    except SourceError as fault:
        if not refused:
            refused.append(Reject(str(source), 0, fault.message, ""))
    return found, refused


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip, names as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name) if isinstance(name, str) else name
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def tarred(entries: Iterable[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w") -> bytes:
    """A tar, names as they are."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in entries:
            entry = tarfile.TarInfo(name) if isinstance(name, str) else name
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    """Packed as zstd."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as out:
        out.write(data)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


TEXT = b"id,name\n1,Norhaven Quays\n" * 40
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd,
}


@pytest.mark.parametrize("kind", [*PACKERS, "plain"])
def test_a_packed_file_is_read_as_what_it_holds(tmp_path: Path, kind: str) -> None:
    """By its first bytes: the name says nothing."""
    (tmp_path / "rows.bin").write_bytes(PACKERS.get(kind, bytes)(TEXT))
    assert taken(tmp_path / "rows.bin") == ({"rows.bin": TEXT}, [])


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
def test_packed_streams_one_behind_the_other_are_one(tmp_path: Path, kind: str) -> None:
    """As `cat a.gz b.gz` makes them."""
    (tmp_path / "two").write_bytes(PACKERS[kind](TEXT) + PACKERS[kind](b"end"))
    assert taken(tmp_path / "two")[0] == {"two": TEXT + b"end"}


@pytest.mark.parametrize("kind", PACKERS)
def test_a_stream_that_is_cut_off_says_so_when_it_is_read(tmp_path: Path, kind: str) -> None:
    """With its name, as a fault of the source."""
    (tmp_path / "rows").write_bytes(PACKERS[kind](bytes(range(256)) * 4000)[:-9])
    found, refused = taken(tmp_path / "rows")
    assert not found
    assert len(refused) == 1


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_gives_its_members_in_order(tmp_path: Path, mode: str) -> None:
    """However it is packed."""
    (tmp_path / "a.tar").write_bytes(tarred([("x/b.csv", TEXT), ("x/a.json", b"{}")], mode))
    assert taken(tmp_path / "a.tar") == ({"b.csv": TEXT, "a.json": b"{}"}, [])


def test_names_of_members_say_where_they_lie(tmp_path: Path) -> None:
    """`outer.zip!inner.zip!rows.csv`."""
    inner = zipped([("rows.csv", TEXT)])
    (tmp_path / "outer.zip").write_bytes(zipped([("inner.zip", inner), ("packed.csv.gz", gzip.compress(TEXT))]))
    names = [i.name for i in opened(tmp_path / "outer.zip", retrieved=DAY, refuse=pytest.fail)]
    outer = f"{tmp_path}/outer.zip"
    assert names == [f"{outer}!inner.zip!rows.csv", f"{outer}!packed.csv.gz"]


def test_an_office_file_is_one_file(tmp_path: Path) -> None:
    """Though it is a zip."""
    sheet = zipped([("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<y/>")])
    (tmp_path / "book.xlsx").write_bytes(sheet)
    assert taken(tmp_path / "book.xlsx") == ({"book.xlsx": sheet}, [])


def test_a_folder_gives_its_files_and_refuses_links_that_lead_out(tmp_path: Path) -> None:
    """Hidden files are passed by."""
    (tmp_path / "secret").write_bytes(b"no")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.csv").write_bytes(TEXT)
    (folder / "sub" / "a.csv").write_bytes(b"a")
    (folder / ".hidden").write_bytes(b"no")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder)
    (folder / "nothing").symlink_to(folder / "gone")
    found, refused = taken(folder)
    assert found == {"b.csv": TEXT, "a.csv": b"a"}
    assert {Path(r.file).name for r in refused} == {"out", "nothing"}


def test_a_pattern_gives_what_fits_it(tmp_path: Path) -> None:
    """Sorted; one that fits nothing is an error."""
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert list(taken(f"{tmp_path}/*.csv")[0]) == ["a.csv", "b.csv"]
    with pytest.raises(SourceError, match="pattern"):
        list(opened(f"{tmp_path}/*.xml", retrieved=DAY, refuse=pytest.fail))


def test_standard_input_may_be_packed() -> None:
    """It is kept aside once, so that it can be read twice."""
    assert taken("-", stdin=io.BytesIO(gzip.compress(TEXT))) == ({"standard input": TEXT}, [])


def test_a_source_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """In a sentence; an empty folder, too."""
    with pytest.raises(SourceError, match="no file or folder"):
        list(opened(tmp_path / "x", retrieved=DAY, refuse=pytest.fail))
    with pytest.raises(SourceError, match="no file"):
        list(opened(tmp_path, retrieved=DAY, refuse=pytest.fail))


@pytest.mark.parametrize("bad", ["../up.csv", "/abs.csv", "C:\\x.csv", "a/../../b.csv", "..\\up.csv"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_climbs_is_refused_and_the_others_are_read(
    tmp_path: Path, bad: str, pack: Callable[..., bytes]
) -> None:
    """Alone, with the reason."""
    (tmp_path / "a").write_bytes(pack([(bad, b"x"), ("good.csv", TEXT)]))
    found, refused = taken(tmp_path / "a")
    assert found == {"a!good.csv": TEXT}
    assert ["climbs out" in r.reason for r in refused] == [True]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_the_second_of_two_members_of_one_name_is_refused(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    """Nobody could say which is meant; the first is read."""
    (tmp_path / "a").write_bytes(pack([("one.csv", b"1"), ("./one.csv", b"2"), ("one.csv", b"3")]))
    found, refused = taken(tmp_path / "a")
    assert found == {"a!one.csv": b"1"}
    assert ["twice" in r.reason for r in refused] == [True, True]


def test_links_devices_and_locked_members_are_refused(tmp_path: Path) -> None:
    """Each with its reason."""
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    data = bytearray(zipped([(link, b"/etc/passwd"), ("locked", b"x" * 50), ("good", b"y")]))
    at = data.index(b"locked", data.index(b"PK\x01\x02"))
    data[at - 46 + 8] |= 1  # the flag in the directory
    (tmp_path / "a.zip").write_bytes(data)
    found, refused = taken(tmp_path / "a.zip")
    assert found == {"a.zip!good": b"y"}
    assert [r.reason.split(";")[0] for r in refused] == ["it is a link", "it is encrypted"]
    entries = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        entry = tarfile.TarInfo(f"of{kind!r}")
        entry.type, entry.linkname = kind, "/etc/passwd"
        entries.append((entry, b""))
    (tmp_path / "a.tar").write_bytes(tarred([*entries, ("good", b"y")]))
    found, refused = taken(tmp_path / "a.tar")
    assert found == {"a.tar!good": b"y"}
    assert len(refused) == 4


def test_a_truncated_archive_gives_what_it_can(tmp_path: Path) -> None:
    """A zip without its directory gives nothing; a tar what stands before the cut."""
    (tmp_path / "a.zip").write_bytes(zipped([("a", TEXT), ("b", TEXT)])[:-30])
    assert taken(tmp_path / "a.zip")[0] == {}
    whole = tarred([("a", TEXT), ("b", bytes(5000))])
    (tmp_path / "a.tar").write_bytes(whole[: len(TEXT) + 512 + 2000])
    found, refused = taken(tmp_path / "a.tar")
    assert found == {"a.tar!a": TEXT}
    assert refused


@pytest.mark.parametrize("kind", PACKERS)
def test_a_packed_bomb_is_refused_while_it_is_read(tmp_path: Path, kind: str) -> None:
    """A hundred megabytes of nothing: refused once the ratio shows."""
    (tmp_path / "bomb").write_bytes(PACKERS[kind](bytes(100_000_000)))
    found, refused = taken(tmp_path / "bomb")
    assert not found
    assert "times its size" in refused[0].reason or "over" in refused[0].reason


def test_bombs_in_archives_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    """One member large, many overlapping, many nested: of the kind of 42.zip."""
    bomb = zipped([("large", bytes(40_000_000)), ("good", b"y")])
    (tmp_path / "a.zip").write_bytes(bomb)
    found, refused = taken(tmp_path / "a.zip")
    assert found == {"a.zip!good": b"y"}
    assert "times its size" in refused[0].reason
    nested = zipped([("leaf", bytes(900_000))])
    for _ in range(5):
        nested = zipped([(f"{i}.zip", nested) for i in range(16)])
    (tmp_path / "42.zip").write_bytes(nested)
    found, refused = taken(tmp_path / "42.zip", Limits(members=1000))
    assert not found
    assert refused
    assert all("deep" in r.reason or "nothing in" in r.reason for r in refused)


def test_a_zip_whose_members_overlap_is_refused(tmp_path: Path) -> None:
    """All entries of the directory point at one kernel."""
    data = zipped([("a", bytes(range(256)) * 3000)])
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = b"".join(
        data[start:end].replace(b"a", bytes([65 + i]), 1) if b"a" in data[start:end] else b"" for i in range(20)
    )
    tail = bytearray(data[end:])
    tail[8:12] = (20).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data[:start] + directory + tail)
    found, refused = taken(tmp_path / "a.zip")
    assert not found
    assert "overlap" in refused[0].reason


def test_a_tar_header_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    """A long name that claims eight gigabytes, from zeros that pack to nothing."""
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 7_000_000_000
    (tmp_path / "a.tar").write_bytes(tarred([("good", b"y")])[:1024] + entry.tobuf(tarfile.GNU_FORMAT) + bytes(9000))
    found, refused = taken(tmp_path / "a.tar")
    assert found == {"a.tar!good": b"y"}
    assert "header" in refused[0].reason


def test_a_zip_with_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A million empty entries would fill the memory."""
    count = 800_000
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"x"
    size = len(entry) * count
    tail = b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(4) + bytes(2)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + entry * count + tail)
    found, refused = taken(tmp_path / "a.zip")
    assert not found
    assert "directory is too large" in refused[0].reason


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    """Those before the limit are read."""
    (tmp_path / "a.zip").write_bytes(zipped([(f"{i}.csv", b"x") for i in range(60)]))
    found, refused = taken(tmp_path / "a.zip")
    assert len(found) == 50
    assert "over 50 files" in refused[0].reason


def test_xz_may_not_ask_for_gigabytes_of_memory(tmp_path: Path) -> None:
    """The dictionary is in the header, and allocated at once."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(TEXT, lzma.FORMAT_XZ, lzma.CHECK_NONE, filters=filters))
    # Block header: size, flags, filter id, size of properties, then the dictionary as one byte; then its CRC32.
    data[12 + 4] = 40
    header = bytes(data[12 : 12 + (data[12] + 1) * 4 - 4])
    import zlib

    data[12 + len(header) : 12 + len(header) + 4] = zlib.crc32(header).to_bytes(4, "little")
    (tmp_path / "a.xz").write_bytes(data)
    found, refused = taken(tmp_path / "a.xz")
    assert not found
    assert "memory" in refused[0].reason


SEEDS = [
    zipped([("a/b.csv", TEXT), ("c", b"x")]),
    tarred([("a", TEXT), ("b", b"x")]),
    *(p(TEXT) for p in PACKERS.values()),
]


@settings(max_examples=150, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    cuts=st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=4)), max_size=4),
    length=st.integers(0, 12000),
)
def test_no_bytes_bring_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, seed: bytes, cuts: list[tuple[int, bytes]], length: int
) -> None:
    """Whatever is broken in an archive: what comes out is members or reasons."""
    data = bytearray(seed)
    for at, put in cuts:
        at %= len(data)
        data[at : at + len(put)] = put
    path = tmp_path_factory.mktemp("fuzz") / "x"
    path.write_bytes(data[:length])
    found, refused = taken(path)
    assert found or refused
