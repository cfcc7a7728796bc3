"""`tf.TensorArray` in a loop as recurrent networks use it, and its methods, with gradients."""

X = [[0.0, 0.1, 0.2], [0.3, 0.4, 0.5], [0.6, 0.7, 0.8]]
STEPS = [(["init"], {})] + [
    (["outputs", "g", "parts", "g_parts:0", "split", "g_split:0", "growing", "g_growing:0", "some", "g_some:0"],
     {"x:0": x}) for x in (X, [*X, [0.9, 1.0, 1.1]])]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    w = tf.Variable([[0.5, 0.0, 0.25], [0.0, 0.5, 0.0], [-0.25, 0.0, 0.5]], name="w")
    time = tf.shape(x)[0]
    inputs = tf.TensorArray(tf.float32, size=time, tensor_array_name="inputs").unstack(x)
    outputs = tf.TensorArray(tf.float32, size=time, name="outputs")

    def step(i, h, out):
        h = tf.tanh(tf.matmul(tf.expand_dims(inputs.read(i), 0), w) + h)
        return i + 1, h, out.write(i, h)

    _, last, outputs = tf.while_loop(lambda i, *_: i < time, step, [0, tf.zeros([1, 3]), outputs])
    outputs = outputs.stack()
    g = tf.gradients(tf.reduce_sum(outputs * outputs) + tf.reduce_sum(last), [x, w])
    parts = tf.TensorArray(tf.float32, size=2, infer_shape=False).write(0, x).write(1, x * 2).concat()
    tf.identity(tf.gradients(parts * parts, x)[0], name="g_parts")
    split = tf.TensorArray(tf.float32, size=2).split(tf.reshape(x, [-1])[:6], [3, 3]).stack()
    tf.identity(tf.gradients(split * split, x)[0], name="g_split")
    growing = tf.while_loop(
        lambda i, a: i < time * 2, lambda i, a: (i + 1, a.write(i, tf.cast(i, tf.float32) * x[0, 1])),
        [0, tf.TensorArray(tf.float32, size=0, dynamic_size=True)])[1].stack()
    tf.identity(tf.gradients(growing * growing, x)[0], name="g_growing")
    some = tf.TensorArray(tf.float32, size=3, clear_after_read=False).unstack(x[:3]).gather([1, 0])
    tf.identity(tf.gradients(some * some, x)[0], name="g_some")
    tf.global_variables_initializer()
    return {"outputs": outputs, "g": g, "parts": parts, "split": split, "growing": growing, "some": some}
