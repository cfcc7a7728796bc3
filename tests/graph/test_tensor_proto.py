"""TensorProtos as TensorFlow 1.15 writes and reads them."""

import numpy as np
import pytest
from google.protobuf import text_format

import kudari as tf
from kudari.protos import proto


def parsed(message):
    return text_format.Parse(message, proto("TensorProto")())


@pytest.mark.parametrize("arguments, expected", [
    ((1.5,), "dtype: DT_FLOAT tensor_shape { } float_val: 1.5"),
    (([1.0, 2.0],), r'dtype: DT_FLOAT tensor_shape { dim { size: 2 } } tensor_content: "\000\000\200?\000\000\000@"'),
    ((0, tf.float32, [2, 3]), "dtype: DT_FLOAT tensor_shape { dim { size: 2 } dim { size: 3 } } float_val: 0"),
    (([7], None, [1]), "dtype: DT_INT32 tensor_shape { dim { size: 1 } } int_val: 7"),
    (([True, False],), "dtype: DT_BOOL tensor_shape { dim { size: 2 } } bool_val: true bool_val: false"),
    (([1, 2], tf.uint16), "dtype: DT_UINT16 tensor_shape { dim { size: 2 } } int_val: 1 int_val: 2"),
    (([1, 2], tf.bfloat16), "dtype: DT_BFLOAT16 tensor_shape { dim { size: 2 } } half_val: 16256 half_val: 16384"),
    (([1 + 2j, 2], tf.complex64), "dtype: DT_COMPLEX64 tensor_shape { dim { size: 2 } } scomplex_val: 1 "
                                  "scomplex_val: 2 scomplex_val: 2 scomplex_val: 0"),
    (([],), "dtype: DT_FLOAT tensor_shape { dim { } }"),
    ((5.0, None, [0]), "dtype: DT_FLOAT tensor_shape { dim { } }"),
    (("x", None, [3]), 'dtype: DT_STRING tensor_shape { dim { size: 3 } } string_val: "x"'),
])
def test_make_tensor_proto(arguments, expected):
    assert tf.make_tensor_proto(*arguments) == parsed(expected)


def test_a_proto_is_returned_as_it_is():
    message = tf.make_tensor_proto(1.0)
    assert tf.make_tensor_proto(message) is message


@pytest.mark.parametrize("options, error, words", [
    (dict(values=[1, 2], shape=[1]), ValueError, "Too many elements provided. Needed at most 1, but received 2"),
    (dict(values=[1, 2], shape=[2, 1], verify_shape=True), TypeError, "Expected Tensor's shape: (2, 1), got (2,)."),
    (dict(values=[1, 2], shape=[4], allow_broadcast=True), TypeError, "Expected Tensor's shape: (4,), got (2,)."),
    (dict(values=1, verify_shape=True, allow_broadcast=True), ValueError,
     "allow_broadcast and verify_shape are not both allowed."),
    (dict(values=None), ValueError, "None values not supported."),
])
def test_wrong_values(options, error, words):
    with pytest.raises(error) as caught:
        tf.make_tensor_proto(**options)
    assert str(caught.value) == words


@pytest.mark.parametrize("message, expected", [
    ("dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: 1.5", [1.5, 1.5, 1.5]),
    ("dtype: DT_INT32 tensor_shape { dim { size: 4 } } int_val: 1 int_val: 2", [1, 2, 2, 2]),
    ("dtype: DT_FLOAT tensor_shape { dim { size: 2 } }", [0.0, 0.0]),
    ("dtype: DT_HALF tensor_shape { } half_val: 15360", 1.0),
    ("dtype: DT_COMPLEX64 tensor_shape { } scomplex_val: 1 scomplex_val: 2", 1 + 2j),
    ('dtype: DT_STRING tensor_shape { dim { size: 2 } } string_val: "a" string_val: ""', [b"a", b""]),
])
def test_make_ndarray(message, expected):
    array = tf.make_ndarray(parsed(message))
    assert array.tolist() == expected
    array[...] = array  # a program may change what it was given


def test_a_type_without_values_is_refused():
    with pytest.raises(TypeError, match="Unsupported tensor type: 20"):
        tf.make_ndarray(proto("TensorProto")(dtype=20))
    with pytest.raises(TypeError):
        tf.make_tensor_proto(np.array([object()], dtype=object))
