"""Clusters in words, and the one process that is there."""

import pytest

import kudari as tf


def test_what_a_cluster_has():
    cluster = tf.train.ClusterSpec({"ps": ["a:1", "b:2"], "worker": {1: "c:3", 3: "d:4"}})
    assert cluster.jobs == ["ps", "worker"] and cluster and not tf.train.ClusterSpec({})
    assert cluster.num_tasks("worker") == 2 and cluster.task_indices("worker") == [1, 3]
    assert cluster.job_tasks("worker") == [None, "c:3", None, "d:4"] and cluster.task_address("ps", 1) == "b:2"
    assert cluster.as_dict() == {"ps": ["a:1", "b:2"], "worker": {1: "c:3", 3: "d:4"}}
    assert str(cluster) == "ClusterSpec({'ps': ['a:1', 'b:2'], 'worker': {1: 'c:3', 3: 'd:4'}})"
    assert tf.train.ClusterSpec(cluster.as_cluster_def()) == cluster == tf.train.ClusterSpec(cluster)


@pytest.mark.parametrize(("make", "error", "words"), [
    (lambda: tf.train.ClusterSpec(5), TypeError, "must be a dictionary mapping one or more job names"),
    (lambda: tf.train.ClusterSpec({"a": 5}), TypeError, "The tasks for job 'a' must be a list or a dictionary"),
    (lambda: tf.train.ClusterSpec({"a": [5]}), TypeError, "Task address 5 must be bytes or unicode"),
    (lambda: tf.train.ClusterSpec({5: ["a"]}), TypeError, "Job name 5 must be bytes or unicode"),
    (lambda: tf.train.ClusterSpec({}).num_tasks("a"), ValueError, "No such job in cluster: 'a'"),
    (lambda: tf.train.ClusterSpec({"a": ["b"]}).task_address("a", 1), ValueError, "No task with index 1 in job 'a'"),
    (lambda: tf.train.Server(5), TypeError, "Could not convert `server_or_cluster_def`"),
    (lambda: tf.train.Server({"a": ["b"], "c": ["d"]}), ValueError, "explicit `job_name`"),
    (lambda: tf.train.Server({"a": ["b", "d"]}), ValueError, "explicit `task_index`"),
    (lambda: tf.train.Server({"a": ["b", "d"]}, task_index=0), tf.errors.UnimplementedError, "the cluster has 2 tasks"),
    (lambda: tf.train.replica_device_setter(1, ps_strategy=5), TypeError, "ps_strategy must be callable"),
])
def test_what_no_cluster_is(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_a_server_of_one_process_gives_sessions_their_target():
    server = tf.train.Server.create_local_server()
    with tf.Graph().as_default(), tf.Session(server.target) as session:
        assert session.run(tf.constant(2.0)) == 2.0
    with tf.Graph().as_default():
        tf.Variable(3.0, name="value")
        with tf.train.MonitoredTrainingSession(master=server.target) as session:
            assert session.run("value:0") == 3.0
    assert tf.train.replica_device_setter() is None
