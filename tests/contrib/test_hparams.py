"""Hyperparameters are parsed, cast and refused as in TensorFlow 1.15, whose answers these are."""

import pytest

import kudari as tf

parse_values = tf.contrib.training.parse_values


def params(**more):
    return tf.contrib.training.HParams(rate=0.1, size=3, name="x", deep=False, sizes=[1, 2], names=["a"], **more)


@pytest.mark.parametrize("text, changed", [
    ("rate=0.5,size=7", {"rate": 0.5, "size": 7}),
    ("rate=1, size = 2,deep=1,name=foo bar", {"rate": 1.0, "size": 2, "deep": True, "name": "foo bar"}),
    ("sizes=[3,4 5],names=[]", {"sizes": [3, 4, 5], "names": []}),
    ("name=", {"name": ""}),
])
def test_text_sets_values(text, changed):
    assert params().parse(text).values() == {**params().values(), **changed}


@pytest.mark.parametrize("text, words", [
    ("deep=maybe", "Could not parse hparam 'deep' of type 'bool' with value 'maybe' in deep=maybe"),
    ("size=1.5", "Could not parse hparam 'size' of type 'int' with value '1.5' in size=1.5"),
    ("other=3", "Unknown hyperparameter type for other"),
    ("rate", "Malformed hyperparameter value: rate"),
    ("name=[x", "Malformed hyperparameter value: name=[x"),
    ("rate=1,rate=2", "Multiple assignments to variable 'rate' in rate=1,rate=2"),
    ("size=[1,2]", "Must not pass a list for single-valued parameter: size"),
    ("sizes=3", "Must pass a list for multi-valued parameter: sizes."),
])
def test_wrong_text_says_why(text, words):
    with pytest.raises(ValueError) as error:
        params().parse(text)
    assert str(error.value) == words


def test_indices_make_dictionaries():
    assert parse_values("a[0]=1,a[2]=3,b=2.5", {"a": int, "b": float}) == {"a": {0: 1, 2: 3}, "b": 2.5}
    assert parse_values("a=1,c=3", {"a": int}, ignore_unknown=True) == {"a": 1}
    for text, words in (("a[0]=1,a[0]=3", r"variable 'a\[0\]'"), ("a[0]=[1]", "Assignment of a list to a list index.")):
        with pytest.raises(ValueError, match=words):
            parse_values(text, {"a": int})


@pytest.mark.parametrize("act, words", [
    (lambda: params(parse=3), "Hyperparameter name is reserved: parse"),
    (lambda: params(empty=[]), "Multi-valued hyperparameters cannot be empty: empty"),
    (lambda: params().set_hparam("size", 2.5), "Could not cast hparam 'size' of type '<class 'int'>' from value 2.5"),
    (lambda: params().set_hparam("deep", 1), "Could not cast hparam 'deep'"),
    (lambda: params().set_hparam("name", 3), "Could not cast hparam 'name'"),
    (lambda: params().get("rate", "a"), "Hparam 'rate' of type '<class 'float'>' is incompatible with default=a. Could not"),
    (lambda: params().get("sizes", 1), "Hparam 'sizes' of type 'list<<class 'int'>>' is incompatible with default=1"),
])
def test_wrong_calls_say_why(act, words):
    with pytest.raises(ValueError) as error:
        act()
    assert str(error.value).startswith(words)


def test_values_are_attributes_and_text():
    held = params()
    assert held.rate == held.get("rate", 2) == 0.1 and held.get("none", 5) == 5 and "rate" in held and "none" not in held
    assert str(held) == "rate=0.1,size=3,name=x,deep=False,sizes=[1, 2],names=['a']"
    assert repr(held).startswith("HParams([('deep', False), ('name', 'x'), ")
    assert held.parse_json('{"rate": 3}').rate == 3.0
    held.del_hparam("rate")
    assert held.to_json(sort_keys=True) == '{"deep": false, "name": "x", "names": ["a"], "size": 3, "sizes": [1, 2]}'


def test_messages_are_those_of_tensorflow():
    message = params().to_proto()
    assert message.hparam["size"].int64_value == 3 and list(message.hparam["names"].bytes_list.value) == [b"a"]
    written = (b"\n\x15\n\x05sizes\x12\x0c\"\n\n\x08\x01\x02\x03\x04\x05\x06\x07\x08")  # by TensorFlow 1.15
    assert type(message).FromString(written).hparam["sizes"].int64_list.value == list(range(1, 9))
    again = tf.contrib.training.HParams.from_proto(message)
    assert again.values() == {**params().values(), "rate": pytest.approx(0.1)}
    with pytest.raises(ValueError, match="mutually exclusive"):
        tf.contrib.training.HParams(message, rate=1.0)
