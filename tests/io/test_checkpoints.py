"""What TensorFlow 1.3, 1.15 and 2.21 wrote is read; what is damaged is refused by name."""

import json
import os
import pathlib
import random

import numpy as np
import pytest

from kudari import errors
from kudari.dtypes import float32, int64, string
from kudari.io.bundle import Bundle
from kudari.io.bundle_writer import Piece, merge_bundles, write_bundle
from kudari.io.checkpoint import open_checkpoint
from kudari.io.old_checkpoint import OldCheckpoint, write_old
from kudari.io.slices import Slice
from kudari.io.snappy import decompressed
from kudari.io.table import Table, write_table

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "checkpoints"
RELEASES = sorted(path.name for path in GOLDEN.iterdir())
PIECES = [
    Piece("a", float32, np.arange(6, dtype=np.float32).reshape(2, 3)),
    Piece("b/c", int64, np.array(7)),
    Piece("texts", string, np.array([b"x", b"", b"yy" * 300], object)),
    Piece("part", float32, np.ones((3, 2), np.float32), (5, 2), Slice.parsed("0,3:0,2")),
    Piece("part", float32, np.full((2, 2), 2, np.float32), (5, 2), Slice.parsed("3,2:-")),
]


def plainly(value):
    if value.dtype == object:
        return [item.decode() for item in value]
    return (value.astype(np.float64) if value.dtype.kind not in "biu" else value).tolist()


def wanted_values(release):
    values = json.loads((GOLDEN / release / "values.json").read_text())
    whole = {}
    for name, value in values.items():
        base = name
        for part in ("part_0", "part_1"):
            if f"/{part}" in name:
                base = name.replace(f"/{part}", "")
        whole[base] = whole.get(base, []) + value if base != name else value
    return whole


@pytest.mark.parametrize("name", ["model-3", "sharded-3", "old"])
@pytest.mark.parametrize("release", RELEASES)
def test_what_tensorflow_wrote_is_read(release, name):
    wanted = wanted_values(release)
    with open_checkpoint(str(GOLDEN / release / name)) as checkpoint:
        found = {tensor: plainly(checkpoint.read(tensor)) for tensor in checkpoint.names()}
    assert len(found) >= 8
    assert found == {tensor: wanted[tensor] for tensor in found}
    if name != "old":
        assert set(found) == set(wanted)


@pytest.mark.parametrize("spec", ["0,2:-", "2,3:1,1", "4,1:0,2", "-:-"])
def test_a_part_is_read_from_whatever_parts_it_lies_in(spec, tmp_path):
    write_bundle(str(tmp_path / "m"), PIECES)
    write_old(str(tmp_path / "old"), PIECES)
    whole = np.repeat([1, 2], [3, 2])[:, None] * np.ones((5, 2))
    part = Slice.parsed(spec)
    for path in ("m", "old"):
        with open_checkpoint(str(tmp_path / path)) as checkpoint:
            assert checkpoint.read("part", part).tolist() == whole[part.within((5, 2))].tolist()


def test_saving_again_replaces_all_at_once(tmp_path):
    prefix = str(tmp_path / "m")
    for round_ in range(3):
        write_bundle(prefix, [Piece("a", float32, np.full(3, round_, np.float32))])
        with Bundle(prefix) as bundle:
            assert bundle.read("a").tolist() == [round_] * 3
        assert len(os.listdir(tmp_path)) == 2


def test_until_the_index_is_there_the_old_checkpoint_stays(tmp_path, monkeypatch):
    prefix = str(tmp_path / "m")
    write_bundle(prefix, [Piece("a", float32, np.zeros(3, np.float32))])
    monkeypatch.setattr("kudari.io.bundle_writer._write_index", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_bundle(prefix, [Piece("a", float32, np.ones(3, np.float32))])
    with Bundle(prefix) as bundle:
        assert bundle.read("a").tolist() == [0, 0, 0]


def test_parts_of_a_model_become_one_checkpoint(tmp_path):
    prefixes = [str(tmp_path / "parts" / f"p{i}") for i in range(2)]
    write_bundle(prefixes[0], PIECES[:2] + PIECES[3:4])
    write_bundle(prefixes[1], PIECES[2:3] + PIECES[4:])
    merge_bundles(prefixes, str(tmp_path / "m"))
    assert sorted(os.listdir(tmp_path)) == ["m.data-00000-of-00002", "m.data-00001-of-00002", "m.index"]
    with Bundle(str(tmp_path / "m")) as bundle:
        assert bundle.names() == ["a", "b/c", "part", "texts"]
        assert bundle.read("part")[:, 0].tolist() == [1, 1, 1, 2, 2]
        assert bundle.read("texts").tolist() == PIECES[2].value.tolist()
    with pytest.raises(errors.NotFoundError, match=r"p0\.index; No such file"):
        merge_bundles(prefixes, str(tmp_path / "n"))


def test_many_keys_take_several_blocks(tmp_path):
    rows = {b"%08d" % i: bytes([i % 256]) * 50 for i in range(9000)}
    with open(tmp_path / "table", "wb") as file:
        write_table(file, iter(sorted(rows.items())))
    table = Table((tmp_path / "table").read_bytes(), "table")
    assert dict(table) == rows
    assert table.get(b"00004321") == rows[b"00004321"] and table.get(b"5") is None


def test_snappy():
    assert decompressed(b"\x0b\x28hello world") == b"hello world"
    assert decompressed(b"\x0a\x00a\x15\x01") == b"a" * 10
    assert decompressed(b"\x09\x08abc\x16\x03\x00") == b"abcabcabc"
    with pytest.raises(ValueError, match="damaged"):
        decompressed(b"\x05\x00a\x15\x02")


@pytest.mark.parametrize(("text", "words"), [("0", "Expected a pair of numbers"), ("-1,2", "Expected non-negative start"),
                                              ("0,0", "Expected non-negative start"), ("x,1", "Expected a pair")])
def test_a_bad_slice(text, words):
    with pytest.raises(errors.InvalidArgumentError, match=words):
        Slice.parsed(text)


def test_what_is_not_there_is_named(tmp_path):
    prefix = str(tmp_path / "m")
    with pytest.raises(errors.NotFoundError, match="Failed to find any matching files for"):
        open_checkpoint(prefix)
    write_bundle(prefix, PIECES)
    with Bundle(prefix) as bundle:
        with pytest.raises(errors.NotFoundError, match="Key z not found in checkpoint"):
            bundle.read("z")
        with pytest.raises(errors.InternalError, match=r"Extent in dimension 0 out of bounds: shape = \[2,3\], slice"):
            bundle.read("a", Slice.parsed("1,2:-"))
    with pytest.raises(errors.InvalidArgumentError, match="Adding duplicate key: a"):
        write_bundle(prefix, [PIECES[0], PIECES[0]])


def checked(prefix):
    """Every value of a checkpoint, or the error that says which file is wrong."""
    with open_checkpoint(prefix) as checkpoint:
        return {name: checkpoint.read(name).tolist() for name in checkpoint.names()}


def mutated(data, rng):
    kind = rng.randrange(3)
    if kind == 0:
        return data[:rng.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(1 if kind == 1 else rng.randrange(2, 9)):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("old", [False, True])
def test_damage_is_found(old, tmp_path, pytestconfig):
    prefix = str(tmp_path / "m")
    (write_old if old else write_bundle)(prefix, PIECES)
    wanted, rng = checked(prefix), random.Random(0)
    paths = sorted(tmp_path.iterdir())
    for round_ in range(5000 if pytestconfig.getoption("--bench") else 300):
        path = paths[round_ % len(paths)]
        before = path.read_bytes()
        path.write_bytes(mutated(before, rng))
        try:
            assert checked(prefix) == wanted
        except (errors.DataLossError, errors.InvalidArgumentError, errors.NotFoundError) as error:
            assert prefix in str(error)
        path.write_bytes(before)


def test_an_old_checkpoint_in_several_files(tmp_path):
    for i, piece in enumerate(PIECES[:2]):
        write_old(str(tmp_path / f"old-0000{i}-of-00002"), [piece])
    with OldCheckpoint(str(tmp_path / "old-?????-of-00002")) as checkpoint:
        assert checkpoint.names() == ["a", "b/c"] and checkpoint.read("b/c") == 7
