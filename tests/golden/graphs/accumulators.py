"""Accumulators of gradients, and a staging area."""

STEPS = [(["apply"], {}), (["count"], {}), (["mean"], {}), (["sparse"], {}), (["sum"], {}), (["put"], {}), (["size"], {}),
         (["get"], {})]


def build(tf):
    mean = tf.ConditionalAccumulator(tf.float32, shape=[2], name="mean")
    total = tf.ConditionalAccumulator(tf.float64, shared_name="shared", reduction_type="SUM")
    sparse = tf.SparseConditionalAccumulator(tf.float32, shape=[4, 1], name="slices")
    apply = [mean.apply_grad([1.0, 2.0]), mean.apply_grad([3.0, 4.0], local_step=tf.constant(1, tf.int64)),
             total.apply_grad(2.5), total.apply_grad(4.0),
             sparse.apply_grad([0, 2], [[1.0], [2.0]]), sparse.apply_grad([2, 3], [[3.0], [4.0]], grad_shape=[4, 1]),
             sparse.apply_indexed_slices_grad(tf.IndexedSlices(tf.constant([[7.0]]), tf.constant([2]), tf.constant([4, 1])))]
    mean.set_global_step(0)
    sparse.set_global_step(tf.constant(0))
    sparse.take_indexed_slices_grad(1, name="taken")
    area = tf.contrib.staging.StagingArea([tf.float32, tf.int32], shapes=[[2], []], names=["x", "y"])
    put = area.put({"x": tf.constant([1.0, 2.0]), "y": tf.constant(3)})
    element = area.get()
    area.peek(0)
    area.clear()
    return {"apply": tf.group(*apply), "count": [mean.num_accumulated(), sparse.num_accumulated()],
            "mean": mean.take_grad(2), "sparse": sparse.take_grad(3), "sum": total.take_grad(1), "put": put,
            "size": area.size(), "get": [element["x"], element["y"]]}
