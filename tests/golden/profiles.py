"""What `tf.profiler` says of one model: its report, and the message it returns.

Each case is a view, options, and whether a step's measurements are given. Entries that count as much as others come in any
order in TensorFlow's reports, so most cases sort by what differs. TensorFlow 1 reads this file, too.
"""

EVERYTHING = ["params", "float_ops", "occurrence", "op_types", "device", "input_shapes"]
TIMES = ["micros", "bytes", "peak_bytes", "residual_bytes", "output_bytes"]

# name: (view, options that differ from those of an empty ProfileOptionBuilder, whether a step was measured)
CASES = {
    "scope": ("scope", {"select": EVERYTHING}, False),
    "scope_one_type": ("scope", {"select": EVERYTHING, "account_type_regexes": ["MatMul"]}, False),
    "scope_inner_type": ("scope", {"select": EVERYTHING, "account_type_regexes": ["Const"],
                                   "account_displayed_op_only": True}, False),
    "scope_shown": ("scope", {"select": EVERYTHING, "show_name_regexes": ["fc.*"],
                              "account_displayed_op_only": True}, False),
    "scope_hidden": ("scope", {"select": ["params"], "hide_name_regexes": ["fc"], "max_depth": 2}, False),
    "scope_started": ("scope", {"select": ["params"], "start_name_regexes": ["fc/w.*"]}, False),
    "scope_trimmed": ("scope", {"select": ["params"], "trim_name_regexes": ["fc"], "order_by": "params"}, False),
    "scope_measured": ("scope", {"select": TIMES, "order_by": "micros", "min_micros": 1}, True),
    "scope_long": ("scope", {"select": ["micros", "occurrence", "device"], "min_micros": 1, "order_by": "cpu_micros",
                             "account_displayed_op_only": True}, True),
    "graph": ("graph", {"select": EVERYTHING}, False),
    "graph_started": ("graph", {"select": EVERYTHING, "start_name_regexes": ["l/.*"]}, False),
    "graph_floats": ("graph", {"select": ["float_ops"], "start_name_regexes": ["l/Mean"], "min_float_ops": 1,
                               "account_displayed_op_only": True, "order_by": "float_ops"}, False),
    "graph_trimmed": ("graph", {"select": ["params"], "trim_name_regexes": ["l/mul"], "hide_name_regexes": ["l/Const"]},
                      False),
    "graph_measured": ("graph", {"select": TIMES, "order_by": "micros", "min_micros": 1}, True),
    "op": ("op", {"select": EVERYTHING}, False),
    "op_by_size": ("op", {"select": EVERYTHING, "order_by": "params", "max_depth": 1}, False),
    "op_counted": ("op", {"select": ["params", "occurrence"], "order_by": "occurrence", "max_depth": 1}, False),
    "op_floats": ("op", {"select": ["float_ops"], "order_by": "float_ops",
                         "account_type_regexes": ["MatMul", "Mul"]}, False),
    "op_shown": ("op", {"select": ["float_ops"], "order_by": "float_ops", "show_name_regexes": ["M.*"],
                        "hide_name_regexes": ["Mul"], "account_displayed_op_only": True}, False),
    "op_measured": ("op", {"select": [*TIMES, "occurrence"], "order_by": "micros", "min_micros": 1}, True),
    "op_shapes": ("op", {"select": ["micros", "input_shapes"], "order_by": "bytes", "max_depth": 5}, True),
    "parameters": ("scope", "trainable_variables_parameter", False),
    "floats": ("scope", "float_operation", False),
    "times": ("scope", "time_and_memory", True),
    "times_by_type": ("op", "time_and_memory", True),
}


WITH_TIES = ("floats",)
WITH_MESSAGE = ("graph_floats", "op_by_size", "op_shown", "parameters", "scope_inner_type", "scope_long")


def build(tf):
    """A model with layers of several kinds, their gradients, and a tensor of unknown size."""
    x = tf.placeholder(tf.float32, [2, 64], name="x")
    image = tf.placeholder(tf.float32, [2, 8, 8, 3], name="image")
    with tf.variable_scope("fc"):
        w = tf.get_variable("w", [64, 10], initializer=tf.zeros_initializer())
        y = tf.matmul(x, w)
    with tf.variable_scope("conv"):
        kernel = tf.get_variable("kernel", [3, 3, 3, 4], initializer=tf.ones_initializer())
        bias = tf.get_variable("bias", [4], initializer=tf.ones_initializer())
        h = tf.nn.bias_add(tf.nn.conv2d(image, kernel, [1, 2, 2, 1], "SAME"), bias)
        h = tf.nn.max_pool(tf.nn.relu(h), [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
    with tf.name_scope("l"):
        loss = tf.reduce_mean(y * y) + tf.nn.l2_loss(h)
    tf.gradients(loss, [w, kernel, bias])
    counter = tf.Variable(0, name="counter", trainable=False)
    tf.assign_add(counter, 1)
    tf.placeholder(tf.float32, [None, 3], name="open") * 2.0


def floats(tf):
    """Every kind of op whose arithmetic TensorFlow counts."""
    x = tf.placeholder(tf.float32, [2, 6, 6, 4], name="x")
    for function in (tf.reciprocal, tf.square, tf.rsqrt, tf.log, tf.negative, tf.nn.l2_loss, tf.nn.softmax, tf.sqrt):
        function(x)
    for function in (tf.add, tf.subtract, tf.multiply, tf.realdiv, tf.maximum, tf.minimum, tf.pow, tf.greater_equal,
                     tf.greater, tf.less_equal, tf.less, tf.equal, tf.not_equal, tf.squared_difference):
        function(x, tf.ones([4]))
    tf.reduce_mean(x, [1])
    tf.reduce_sum(x, [1, 2])
    tf.argmax(x, 3)
    tf.argmin(x, 3)
    kernel = tf.Variable(tf.ones([3, 3, 4, 5]), name="kernel")
    y = tf.nn.bias_add(tf.nn.conv2d(x, kernel, [1, 2, 2, 1], "VALID"), tf.ones([5]))
    y = tf.nn.avg_pool(y, [1, 2, 2, 1], [1, 1, 1, 1], "SAME")
    y = tf.nn.max_pool(y, [1, 2, 2, 1], [1, 1, 1, 1], "VALID")
    d = tf.nn.depthwise_conv2d_native(x, tf.ones([2, 2, 4, 3]), [1, 1, 1, 1], "SAME")
    tf.gradients([y, tf.rsqrt(x), d], [x, kernel])
    tf.add_n([x, x, x])
    tf.matmul(tf.ones([3, 4]), tf.ones([3, 5]), transpose_a=True)
    tf.matmul(tf.ones([2, 3, 4]), tf.ones([2, 4, 5]))
    tf.nn.conv3d(tf.ones([1, 4, 4, 4, 2]), tf.ones([2, 2, 2, 2, 3]), [1, 1, 1, 1, 1], "SAME")
    tf.nn.conv2d(tf.ones([1, 2, 4, 4]), tf.ones([1, 1, 2, 3]), [1, 1, 1, 1], "VALID", data_format="NCHW")
    counter = tf.Variable(tf.ones([7]), name="counter")
    tf.assign_add(counter, tf.ones([7]))
    tf.assign_sub(counter, tf.ones([7]))


def measured(tf):
    """What a step took: node, device, microseconds, bytes of its output, bytes it used at most."""
    found = tf.RunMetadata()
    nodes = {"/job:localhost/replica:0/task:0/device:CPU:0": [
        ("x", 3, 512, 512), ("fc/w", 6, 2560, 2560), ("fc/w/read", 1, 0, 0), ("fc/MatMul", 1234, 80, 3000),
        ("l/mul", 20, 80, 80), ("l/Mean", 7, 4, 4), ("fc/MatMul", 766, 80, 3000), ("open", 2, 60, 60), ("mul", 9, 60, 60),
        ("conv/Conv2D", 1500000, 512, 2000000)]}
    start = 1000000
    for device, entries in sorted(nodes.items()):
        stats = found.step_stats.dev_stats.add(device=device)
        for name, micros, output, peak in entries:
            node = stats.node_stats.add(node_name=name, all_start_micros=start, op_start_rel_micros=1,
                                        op_end_rel_micros=micros, all_end_rel_micros=micros + 1)
            start += micros + 1
            memory = node.memory.add(allocator_name="cpu", total_bytes=peak, peak_bytes=peak, live_bytes=output)
            del memory
            description = node.output.add(slot=0).tensor_description
            description.dtype = 1
            for size in {"open": [5, 3], "mul": [5, 3]}.get(name, []):
                description.shape.dim.add(size=size)
            description.allocation_description.requested_bytes = output
            description.allocation_description.allocated_bytes = output
            description.allocation_description.allocator_name = "cpu"
            description.allocation_description.ptr = 4096 * start
    return found


def options(tf, chosen):
    """The options of a case."""
    builder = tf.profiler.ProfileOptionBuilder
    if isinstance(chosen, str):
        return getattr(builder, chosen)()
    made = builder().build()
    made.update(chosen)
    return made


def without_explanations(text):
    """The lines of a report but those that say what the columns mean, which are Kudari's own."""
    lines = text.splitlines()
    return lines[:lines.index("Doc:")] + lines[lines.index("Profile:"):]
