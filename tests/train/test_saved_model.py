"""Models written to folders and loaded again; node names, words and files as TensorFlow 1.15 has them."""

import pytest

import kudari as tf
from kudari.train.saved_model import parse_saved_model

SERVING = [tf.saved_model.tag_constants.SERVING]


def model(tmp_path):
    """A model whose main operation notes where a file is."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "words.txt").write_text("one\n")
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    w = tf.get_variable("w", initializer=[[1.0], [2.0]])
    y = tf.add(tf.matmul(x, w), tf.get_variable("r", initializer=3.0, use_resource=True), name="y")
    path = tf.constant(str(tmp_path / "source" / "words.txt"))
    tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, path)
    seen = tf.get_variable("seen", initializer="", dtype=tf.string, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return x, y, tf.assign(seen, path).op


def started():
    session = tf.Session()
    session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    return session


@pytest.fixture
def folder(tmp_path):
    x, y, op = model(tmp_path)
    tf.saved_model.simple_save(started(), tmp_path / "model", {"x": x}, {"y": y}, legacy_init_op=op)
    return tmp_path / "model"


@pytest.mark.parametrize("scope", [None, "copy"])
def test_a_model_comes_back_with_its_variables_signature_and_files(folder, scope):
    with tf.Graph().as_default(), tf.Session() as session:
        meta = tf.saved_model.loader.load(session, SERVING, folder, import_scope=scope)
        signature = meta.signature_def[tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY]
        assert signature.method_name == "tensorflow/serving/predict" and tf.saved_model.is_valid_signature(signature)
        x, y = (tf.saved_model.utils.get_tensor_from_tensor_info(info, import_scope=scope)
                for info in (signature.inputs["x"], signature.outputs["y"]))
        assert session.run(y, {x: [[1, 1], [2, 0]]}).tolist() == [[6], [5]]
        seen = session.run("copy/seen:0" if scope else "seen:0")
    assert seen.decode() == str(folder / "assets" / "words.txt") and (folder / "assets" / "words.txt").read_text() == "one\n"


def test_the_folder_holds_what_tensorflow_writes(folder):
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {"saved_model.pb", "assets/words.txt", "variables/variables.index",
                     "variables/variables.data-00000-of-00001"}
    is_there = tf.saved_model.maybe_saved_model_directory
    assert is_there(folder) and not is_there(folder.parent)
    collected = parse_saved_model(folder).meta_graphs[0].collection_def
    asset, = collected["saved_model_assets"].any_list.value
    assert asset.type_url == "type.googleapis.com/tensorflow.AssetFileDef"  # TensorFlow refuses another name
    assert list(collected["saved_model_main_op"].node_list.value) == ["Assign"]


def test_several_graphs_share_variables_also_as_text(tmp_path):
    v = tf.get_variable("v", initializer=5.0)
    builder, session = tf.saved_model.builder.SavedModelBuilder(tmp_path / "m"), started()
    with pytest.raises(AssertionError, match="has not been saved yet"):
        builder.add_meta_graph(["serve"])
    builder.add_meta_graph_and_variables(session, ["train"])
    with pytest.raises(AssertionError, match="has already been saved"):
        builder.add_meta_graph_and_variables(session, ["train"])
    tf.negative(v, name="minus")
    builder.add_meta_graph(["serve", "gpu"], strip_default_attrs=True)
    assert builder.save(as_text=True) == str(tmp_path / "m" / "saved_model.pbtxt").encode()
    with tf.Graph().as_default(), tf.Session() as other:
        tf.saved_model.load(other, ["gpu", "serve"], tmp_path / "m")
        assert other.run("minus:0") == -5
    with tf.Graph().as_default() as graph, tf.Session() as other:
        tf.saved_model.load(other, ["train"], tmp_path / "m")
        assert "minus" not in {op.name for op in graph.get_operations()}


def test_a_model_without_variables(tmp_path):
    y = tf.constant(1.0, name="y")
    builder = tf.saved_model.Builder(tmp_path / "m")
    builder.add_meta_graph_and_variables(tf.Session(), ["serve"], main_op=tf.no_op("start"))
    builder.save()
    with tf.Graph().as_default(), tf.Session() as session:
        tf.saved_model.load(session, {"serve"}, tmp_path / "m")
        assert session.run(y.name) == 1


def test_files_of_one_name_are_kept_apart(tmp_path):
    constants = []
    for place in ("a", "b", "c"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "f").write_text("same" if place != "b" else "other")
        constants.append(tf.constant(str(tmp_path / place / "f")))
    builder = tf.saved_model.Builder(tmp_path / "m")
    builder.add_meta_graph_and_variables(tf.Session(), ["serve"], assets_collection=constants)
    assert {path.name: path.read_text() for path in (tmp_path / "m" / "assets").iterdir()} == {"f": "same", "f_1": "other"}


def test_what_is_wrong_is_said_in_the_words_of_tensorflow(folder, tmp_path):
    load = tf.saved_model.loader.load
    with pytest.raises(AssertionError, match="Export directory already exists, and isn't empty"):
        tf.saved_model.Builder(folder)
    with tf.Graph().as_default(), tf.Session() as session:
        with pytest.raises(RuntimeError) as caught:
            load(session, ["no"], folder)
        assert str(caught.value) == (
            "MetaGraphDef associated with tags 'no' could not be found in SavedModel. To inspect available tag-sets in the "
            "SavedModel, please use the SavedModel CLI: `saved_model_cli`\navailable_tags: [{'serve'}]")
        with pytest.raises(OSError, match=r"SavedModel file does not exist at: .*/no/\{saved_model.pbtxt\|saved_model.pb\}"):
            load(session, ["no"], tmp_path / "no")
        (folder / "saved_model.pb").write_bytes(b"\xff\xff")
        with pytest.raises(OSError, match="Cannot parse file"):
            load(session, SERVING, folder)


def test_arguments_of_builders_are_checked(tmp_path):
    builder, session = tf.saved_model.Builder(tmp_path), tf.Session()

    def add(**settings):
        builder.add_meta_graph_and_variables(session, ["serve"], **settings)

    unnamed = tf.saved_model.build_signature_def({"x": tf.saved_model.build_tensor_info(tf.constant(1))}, {}, "m")
    with pytest.raises(KeyError, match="reserved for initialization"):
        add(signature_def_map={"__saved_model_init_op": unnamed})
    unnamed.inputs["x"].ClearField("name")
    with pytest.raises(AssertionError, match="must have one of the 'encoding' fields"):
        add(signature_def_map={"x": unnamed})
    for wrong, words in ((1, "must be a Tensor"), (tf.placeholder(tf.string), "must be of type constant"),
                         (tf.constant(1), "must be of dtype string"), (tf.constant(["a", "b"]), "must be a scalar")):
        with pytest.raises(TypeError, match=words):
            add(assets_collection=[wrong])
    with pytest.raises(TypeError, match="main_op needs to be an Operation"):
        add(main_op="start")
    tf.add_to_collection("legacy_init_op", tf.no_op())
    with pytest.raises(ValueError, match="already contains one or more main ops under the collection legacy_init_op"):
        add(main_op=tf.no_op())


def test_signatures():
    module = tf.saved_model.signature_def_utils
    text, number = tf.placeholder(tf.string, name="text"), tf.placeholder(tf.float32, name="number")
    regression = module.regression_signature_def(text, number)
    classes = module.classification_signature_def(text, text, number)
    assert (regression.outputs["outputs"].name, classes.outputs["scores"].name) == ("number:0", "number:0")
    assert module.is_valid_signature(regression) and module.is_valid_signature(classes)
    classes.outputs["more"].CopyFrom(classes.outputs["scores"])
    assert not module.is_valid_signature(classes) and not module.is_valid_signature(None)
    for build, words in (
            (lambda: module.predict_signature_def({}, {"y": text}), "Prediction inputs cannot be None or empty."),
            (lambda: module.regression_signature_def(None, number), "Regression examples cannot be None."),
            (lambda: module.regression_signature_def(number, number), "Regression examples must be a string Tensor."),
            (lambda: module.regression_signature_def(text, text), "Regression output must be a float Tensor."),
            (lambda: module.classification_signature_def(text, None, None),
             "Classification classes and scores cannot both be None.")):
        with pytest.raises(ValueError) as caught:
            build()
        assert str(caught.value) == words


def test_sparse_tensors_in_signatures():
    sparse = tf.sparse_placeholder(tf.float32, [2, 3])
    found = tf.saved_model.get_tensor_from_tensor_info(tf.saved_model.build_tensor_info(sparse))
    assert found.indices is sparse.indices and found.dense_shape is sparse.dense_shape


def test_the_operation_that_initializes_everything():
    v, seen = tf.Variable(4.0), tf.get_variable("seen", [], collections=[tf.GraphKeys.LOCAL_VARIABLES])
    other = tf.no_op("other")
    both = tf.saved_model.main_op.main_op_with_restore(other)
    with tf.Session() as session:
        session.run(both)
        assert session.run(tf.report_uninitialized_variables([v, seen])).size == 0 and session.run(v) == 4
    assert [op.name for op in both.control_inputs] == ["group_deps", "other"]
