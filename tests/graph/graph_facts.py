"""Small questions about graphs, asked of TensorFlow 1.15 (tests/golden/graph_facts.json) and of Kudari alike.

Kept to Python 3.6, because the recorder runs them under TensorFlow 1.
"""

import contextlib


def described(value):
    """An answer as JSON: tensors and operations by their representation, lists as lists."""
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    return value if isinstance(value, (str, int, bool, type(None))) else repr(value)


def answer(question, *args, **options):
    try:
        return described(question(*args, **options))
    except Exception as error:
        return {"error": type(error).__name__, "words": str(error)}


class Facts:
    """Questions in the order they are asked, each in its own words."""

    def __init__(self, tf):
        self.tf, self.graph, self.other = tf, tf.Graph(), tf.Graph()
        self.answers = {}
        with self.other.as_default():
            self.foreign = tf.constant(1.0, name="foreign")
        with self.graph.as_default():
            self.c = tf.constant(1.0, name="c")
            self.u, self.v = tf.unstack(tf.constant([1, 2], name="both"), name="u")

    def ask(self, text, question, *args, **options):
        assert text not in self.answers, text
        with self.graph.as_default():
            self.answers[text] = answer(question, *args, **options)


def elements(facts):
    graph, c = facts.graph, facts.c
    readers = [("tensor", graph.get_tensor_by_name), ("operation", graph.get_operation_by_name),
               ("element", graph.as_graph_element)]
    for name in ("c", "c:0", "c:1", "u:1", "zz", "zz:0", "c:x", "c:0:0", ":0", "c:", "", "^c", None, 3, c, c.op):
        for kind, read in readers:
            facts.ask(f"{kind} {name!r}", read, name)
    facts.ask("element of another graph", lambda: graph.as_graph_element(facts.foreign))
    facts.ask("element c, no tensors", lambda: graph.as_graph_element(c, allow_tensor=False))
    facts.ask("element c.op, no operations", lambda: graph.as_graph_element(c.op, allow_operation=False))
    facts.ask("element, nothing allowed", lambda: graph.as_graph_element(c, False, False))


def scopes(facts):
    tf = facts.tf

    def inside(*names):
        with contextlib.ExitStack() as stack:
            opened = [stack.enter_context(tf.name_scope(name)) for name in names]
            return [*opened, tf.constant(1).name, tf.get_default_graph().get_name_scope() or ""]

    def named(name):
        return tf.constant(1, name=name).name

    for i, names in enumerate((["a"], ["a"], ["A"], ["a/b"], ["_x"], ["a b"], [""], ["a/"], [None], ["1x"], [".x"],
                               ["a:b"], ["b/c/"], ["b"], ["top", "_x"], ["top", "-y"], ["top", "a b"], ["top", "top/"],
                               ["top", ""], ["top", "a"], ["top/", "a"])):
        facts.ask(f"scope {i} {names}", inside, *names)
    for i, (name, mark) in enumerate((("c", True), ("c", True), ("C", True), ("c", False), ("c", False), ("c_1", True),
                                      ("new/x", True), ("new", True), ("new", True))):
        facts.ask(f"unique {i} {name} {mark}", facts.graph.unique_name, name, mark_as_used=mark)
    for name in ("c", "_c", "x y", "x/y/", "-x", ".x", "Const"):
        facts.ask(f"constant named {name!r}", named, name)


def control(facts):
    tf, graph, c = facts.tf, facts.graph, facts.c

    def waits(items):
        with graph.control_dependencies(items):
            return [op.name for op in tf.constant(2.0).op.control_inputs]

    variable = tf.Variable(1.0, name="v")
    for text, items in (("tensor", [c]), ("twice", [c.op, c]), ("name", ["c"]), ("tensor name", ["c:0"]), ("int", [3]),
                        ("foreign", [facts.foreign]), ("None", None), ("nothing", []), ("variable", [variable])):
        facts.ask(f"control {text}", waits, items)

    def nested():
        made = []
        with graph.control_dependencies([c]):
            made.append(tf.no_op(name="na"))
            with graph.control_dependencies([made[0]]):
                made.append(tf.no_op(name="nb"))
                with graph.control_dependencies(None):
                    made.append(tf.no_op(name="nc"))
                    with graph.control_dependencies([facts.u]):
                        made.append(tf.no_op(name="nd"))
                with graph.control_dependencies([facts.u]):
                    made.append(tf.no_op(name="ne"))
                    made.append(tf.identity(facts.u, name="nf").op)
                    made.append(tf.identity(made[-1].outputs[0], name="ng").op)
            made.append(tf.identity(c, name="nh").op)
            made.append(tf.identity(made[-1].outputs[0], name="ni").op)
        return [(op.name, sorted(other.name for other in op.control_inputs)) for op in made]

    facts.ask("control nested", nested)


def places(facts):
    tf, graph = facts.tf, facts.graph

    def device(*names):
        with contextlib.ExitStack() as stack:
            for name in names:
                stack.enter_context(graph.device(name))
            return tf.constant(1.0).device

    for names in (["/gpu:0"], ["/cpu:0", "/gpu:1"], ["/job:w", "/task:1", "/cpu:0"], ["/gpu:0", None], [""], ["/foo:1"],
                  ["/device:GPU:0", "/job:a/replica:2/task:3"], ["gpu:0"], ["/gpu:*"], ["/GPU:1"], ["/device:TPU:0"],
                  ["cpu"], ["/job:worker/cpu"], ["/cpu:0/gpu:0"]):
        facts.ask(f"device {names}", device, *names)
    facts.ask("device function", lambda: device("/job:ps/task:0", lambda op: "/cpu:1"))
    facts.ask("device function on type", lambda: device(lambda op: "/gpu:0" if op.type == "Const" else ""))
    facts.ask("device function around", device, lambda op: op.device + "/gpu:7", "/job:w")
    facts.ask("device function between", device, "/task:3", lambda op: op.device + "/gpu:7", "/job:w")
    facts.ask("device function without a name", device, lambda op: None)

    def colocated():
        a = tf.constant(1.0, name="ca")
        with graph.device("/gpu:1"):
            placed = tf.constant(1.0, name="cp")
        made = [a]
        with graph.colocate_with(a):
            b = tf.constant(2.0, name="cb")
            with graph.colocate_with(facts.u):
                made.append(tf.constant(3.0, name="cc"))
            with graph.colocate_with(facts.u, ignore_existing=True):
                made.append(tf.constant(3.0, name="cd"))
            with graph.colocate_with(None, ignore_existing=True):
                made.append(tf.constant(3.0, name="ce"))
            with graph.colocate_with(b):
                made.append(tf.constant(3.0, name="cf"))
        with graph.device("/cpu:0"), graph.colocate_with(placed):
            made.append(tf.constant(1.0, name="cg"))
        with graph.colocate_with(placed), graph.device("/cpu:0"):
            made.append(tf.constant(1.0, name="ch"))
        return [(t.op.name, t.op.colocation_groups(), t.device) for t in made]

    facts.ask("colocated", colocated)

    def enter(manager):
        with manager:
            return None

    facts.ask("colocate with nothing", lambda: enter(graph.colocate_with(None)))
    facts.ask("override by a number", lambda: enter(graph.gradient_override_map(3)))
    facts.ask("override of a number", lambda: enter(graph.gradient_override_map({1: "x"})))
    facts.ask("override with a number", lambda: enter(graph.gradient_override_map({"Identity": 2})))


def collections(facts):
    graph, c = facts.graph, facts.c
    graph.add_to_collection("k", 1)
    graph.add_to_collections(["k", "m"], 2)
    graph.add_to_collections("n", 3)
    graph.add_to_collection(5, c)
    for item in (c, facts.u, 9):
        graph.add_to_collection("t", item)
    for name, scope in (("k", None), ("m", None), ("n", None), ("zz", None), ("t", None), ("t", "c"), ("t", "u"),
                        ("t", ".*:0"), ("t", ":0"), ("t", "")):
        facts.ask(f"collection {name} {scope!r}", graph.get_collection, name, scope)
    facts.ask("collection keys", lambda: sorted(set(graph.get_all_collection_keys()) & set("kmntz")))
    graph.get_collection_ref("new").append(1)
    facts.ask("collection made by reference", lambda: graph.get_collection("new"))
    graph.clear_collection("k")
    facts.ask("collection cleared", lambda: graph.get_collection("k"))


def tensors(facts):
    tf, c = facts.tf, facts.c
    for text, question in (
            ("set_shape", lambda: c.set_shape([1])), ("consumers", lambda: facts.u.consumers()),
            ("len", lambda: len(c)), ("outputs", lambda: c.op.outputs), ("values", lambda: c.op.values()),
            ("str", lambda: str(c)), ("repr", lambda: repr(c)), ("repr op", lambda: repr(c.op)),
            ("index", lambda: facts.v.value_index), ("eval", lambda: c.eval()),
            ("both graphs", lambda: tf.add(c, facts.foreign)),
            ("both graphs, reversed", lambda: tf.add(facts.foreign, c)),
            ("reset inside a graph", tf.reset_default_graph)):
        facts.ask(f"tensor {text}", question)


def finalized(facts):
    tf, graph = facts.tf, facts.graph
    facts.ask("not finalized", lambda: graph.finalized)
    graph.prevent_feeding(facts.c)
    facts.ask("feedable", lambda: [graph.is_feedable(facts.c), graph.is_feedable(facts.u)])
    graph.prevent_fetching(facts.c.op)
    facts.ask("fetchable", lambda: [graph.is_fetchable(facts.c), graph.is_fetchable(facts.u)])
    graph.finalize()
    for text, question in (
            ("constant", lambda: tf.constant(1)), ("add_to_collection", lambda: graph.add_to_collection("k", 1)),
            ("add_to_collections", lambda: graph.add_to_collections(["k"], 1)),
            ("clear_collection", lambda: graph.clear_collection("k")),
            ("get_collection_ref", lambda: graph.get_collection_ref("k")), ("flag", lambda: graph.finalized)):
        facts.ask(f"finalized {text}", question)


def answers(tf):
    """Every question with its answer."""
    facts = Facts(tf)
    with facts.graph.as_default():
        for ask_about in (elements, scopes, control, places, collections, tensors, finalized):
            ask_about(facts)
    return facts.answers
