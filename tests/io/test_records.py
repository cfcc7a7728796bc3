"""TFRecord files and `tf.gfile`."""

import hashlib

import pytest

import kudari as tf

RECORDS = [b"", b"abc", bytes(range(256)) * 300]


@pytest.mark.parametrize("kind", ["", "GZIP", "ZLIB"])
def test_what_is_written_is_read(tmp_path, kind):
    path = str(tmp_path / "a")
    with tf.python_io.TFRecordWriter(path, tf.python_io.TFRecordOptions(kind)) as writer:
        for record in RECORDS:
            writer.write(record)
    assert list(tf.python_io.tf_record_iterator(path, tf.python_io.TFRecordOptions(kind))) == RECORDS


def test_a_damaged_record_is_refused(tmp_path):
    path = tmp_path / "a"
    with tf.python_io.TFRecordWriter(str(path)) as writer:
        writer.write(b"abc")
    whole = path.read_bytes()
    for data, words in ((whole[:-1], "truncated record at 0"), (whole[:12] + b"x" + whole[13:], "corrupted record at 0")):
        path.write_bytes(data)
        with pytest.raises(tf.errors.DataLossError, match=words):
            list(tf.python_io.tf_record_iterator(str(path)))


def test_the_bytes_are_tensorflows(tmp_path):
    path = tmp_path / "a"
    with tf.python_io.TFRecordWriter(str(path)) as writer:
        writer.write("abc")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == "b8f41c69b2dec3d02ae055db4755f562b3015c11413aad8898278609d24502f6"


def test_a_file_is_written_and_read(tmp_path):
    path = str(tmp_path / "folder" / "a.txt")
    tf.gfile.MakeDirs(str(tmp_path / "folder"))
    with tf.gfile.GFile(path, "w") as file:
        file.write("one\ntwo\n")
    assert list(tf.gfile.Open(path)) == ["one\n", "two\n"]
    assert tf.gfile.FastGFile(path, "rb").read(3) == b"one"
    assert tf.gfile.Glob(str(tmp_path / "*" / "*.txt")) == [path]
    assert tf.gfile.Stat(path).length == 8
    with pytest.raises(tf.errors.AlreadyExistsError, match="file already exists"):
        tf.gfile.Copy(path, path)
    with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
        tf.gfile.GFile(path + "x").read()
    tf.gfile.DeleteRecursively(str(tmp_path / "folder"))
    assert not tf.gfile.Exists(path)


def test_files_by_the_names_of_os(tmp_path):
    gfile, folder = tf.io.gfile, str(tmp_path / "a" / "b")
    gfile.makedirs(folder)
    with gfile.GFile(folder + "/one", "w") as file:
        file.write("text")
    gfile.copy(folder + "/one", folder + "/two")
    gfile.rename(folder + "/two", folder + "/three")
    gfile.mkdir(folder + "/inner")
    assert gfile.isdir(folder + "/inner") and gfile.exists(folder + "/one") and gfile.stat(folder + "/one").length == 4
    assert sorted(gfile.listdir(folder)) == ["inner", "one", "three"]
    assert gfile.glob(folder + "/t*") == [folder + "/three"]
    assert [sorted(names) for _, _, names in gfile.walk(folder)] == [["one", "three"], []]
    with pytest.raises(tf.errors.AlreadyExistsError):
        gfile.copy(folder + "/one", folder + "/three")
    gfile.remove(folder + "/three")
    gfile.rmtree(folder)
    with pytest.raises(tf.errors.NotFoundError):
        gfile.remove(folder + "/one")
