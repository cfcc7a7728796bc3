"""Programs of monitored sessions that note in which order things happen; run under TensorFlow 1.15 and here."""

import os


class Noted:
    """A list of what happened; hooks and listeners made by it add to it."""

    def __init__(self, tf):
        self.tf, self.log = tf, []

    def hook(self, name, stop_at=None, fail_at=None, error=None):
        tf, log = self.tf, self.log

        class Hook(tf.train.SessionRunHook):
            def begin(self):
                self.runs = 0
                log.append("%s.begin finalized=%s" % (name, tf.get_default_graph().finalized))

            def after_create_session(self, session, coord):
                log.append("%s.after_create_session stop=%s" % (name, coord.should_stop()))

            def before_run(self, run_context):
                log.append("%s.before_run %r" % (name, run_context.original_args.feed_dict is None))
                if self.runs == fail_at:
                    self.runs += 1
                    raise error
                return tf.train.SessionRunArgs("global_step:0")

            def after_run(self, run_context, run_values):
                self.runs += 1
                log.append("%s.after_run %d %s" % (name, run_values.results, run_context.stop_requested))
                if self.runs == stop_at:
                    run_context.request_stop()

            def end(self, session):
                log.append("%s.end" % name)

        return Hook()

    def listener(self, stop_at=None):
        tf, log = self.tf, self.log

        class Listener(tf.train.CheckpointSaverListener):
            def begin(self):
                log.append("listener.begin")

            def before_save(self, session, global_step_value):
                log.append("listener.before_save %d" % global_step_value)

            def after_save(self, session, global_step_value):
                log.append("listener.after_save %d" % global_step_value)
                return global_step_value == stop_at

            def end(self, session, global_step_value):
                log.append("listener.end %d" % global_step_value)

        return Listener()

    def outcome(self, action):
        try:
            self.log.append("gave %r" % (action(),))
        except Exception as error:
            self.log.append("%s: %s" % (type(error).__name__, str(error).split("\n")[0]))


def model(tf):
    value = tf.Variable(0.0, name="value")
    step = tf.train.get_or_create_global_step()
    return tf.group(value.assign_add(1.0), tf.assign_add(step, 1))


def two_hooks(tf, folder, noted):
    train = model(tf)
    with tf.train.MonitoredSession(hooks=[noted.hook("a", stop_at=2), noted.hook("b")]) as session:
        while not session.should_stop():
            session.run(train)
        noted.outcome(lambda: session.run(train))
    noted.log.append("finalized %s" % tf.get_default_graph().finalized)
    noted.outcome(session.close)


def stop_at_step(tf, folder, noted):
    train = model(tf)
    for hook in (tf.train.StopAtStepHook(num_steps=2), tf.train.StopAtStepHook(last_step=3)):
        with tf.train.SingularMonitoredSession(hooks=[hook, noted.hook("a")]) as session:
            while not session.should_stop():
                session.run(train)
            noted.log.append("at %d" % session.raw_session().run("global_step:0"))


def checkpoints(tf, folder, noted):
    train = model(tf)
    listener = noted.listener(stop_at=4)
    hook = tf.train.CheckpointSaverHook(folder, save_steps=2, saver=tf.train.Saver(), listeners=[listener])
    with tf.train.MonitoredSession(hooks=[hook, noted.hook("a")]) as session:
        while not session.should_stop():
            session.run(train)
    noted.log.append(sorted(name for name in os.listdir(folder) if name.endswith(".index")))


def training_session(tf, folder, noted):
    train = model(tf)
    tf.summary.scalar("two", 2.0)
    for last in (3, 5):
        hooks = [tf.train.StopAtStepHook(last_step=last), noted.hook("user")]
        with tf.train.MonitoredTrainingSession(checkpoint_dir=folder, hooks=hooks, chief_only_hooks=[noted.hook("chief")],
                                               save_checkpoint_steps=2, save_summaries_steps=1) as session:
            while not session.should_stop():
                session.run(train)
    noted.log.append(sorted(name for name in os.listdir(folder) if name.endswith((".index", ".pbtxt"))))


def recovery(tf, folder, noted):
    train = model(tf)
    lost = tf.errors.AbortedError(None, None, "lost")
    hooks = [noted.hook("a", fail_at=2, error=lost, stop_at=4)]
    with tf.train.MonitoredTrainingSession(checkpoint_dir=folder, hooks=hooks, save_checkpoint_steps=1,
                                           save_summaries_steps=0, log_step_count_steps=0) as session:
        while not session.should_stop():
            session.run(train)


def failure(tf, folder, noted):
    train = model(tf)

    def trained(error, creator):
        with creator(hooks=[noted.hook("a", fail_at=1, error=error), noted.hook("b")]) as session:
            while not session.should_stop():
                session.run(train)

    for error in (ValueError("wrong"), tf.errors.OutOfRangeError(None, None, "end"), StopIteration("stop"),
                  tf.errors.AbortedError(None, None, "lost")):
        noted.outcome(lambda error=error: trained(error, tf.train.SingularMonitoredSession))


def loss_is_nan(tf, folder, noted):
    model(tf)
    loss = tf.placeholder_with_default(float("nan"), [])
    for fails in (True, False):
        def run(fails=fails):
            with tf.train.SingularMonitoredSession(hooks=[tf.train.NanTensorHook(loss, fails), noted.hook("a")]) as session:
                noted.outcome(lambda: int(session.run("global_step:0", {loss: 1.0})))
                session.run("global_step:0")
                return session.should_stop()
        noted.outcome(run)


def step_functions(tf, folder, noted):
    train = model(tf)

    def one(step_context):
        step_context.session.run(train)
        step_context.run_with_hooks(train)
        return step_context.session.run("global_step:0")

    def last(step_context):
        step_context.request_stop()

    with tf.train.MonitoredSession(hooks=[noted.hook("a")]) as session:
        noted.outcome(lambda: int(session.run_step_fn(one)))
        noted.outcome(lambda: session.run_step_fn(lambda other: None))
        session.run_step_fn(last)
        noted.log.append("never")
    noted.log.append("after")


def wrong_calls(tf, folder, noted):
    train = tf.train
    for make in (
        lambda: train.StopAtStepHook(), lambda: train.StopAtStepHook(1, 2), lambda: train.SecondOrStepTimer(),
        lambda: train.SecondOrStepTimer(1, 2), lambda: train.LoggingTensorHook(["a"]),
        lambda: train.LoggingTensorHook(["a"], every_n_iter=0), lambda: train.LoggingTensorHook([], 1, 1),
        lambda: train.CheckpointSaverHook(folder, saver=1, scaffold=2), lambda: train.SummarySaverHook(save_steps=1),
        lambda: train.StepCounterHook(1, 1), lambda: train.StopAtStepHook(1).begin(),
        lambda: train.CheckpointSaverHook(folder, save_steps=1).begin(), lambda: train.Scaffold(copy_from_scaffold=1),
        lambda: train.SessionManager(ready_for_local_init_op=1), lambda: train.LooperThread(1, 1),
        lambda: train.LooperThread(train.Coordinator(), 1, args=[1]),
        lambda: train.SessionManager().prepare_session(""),
        lambda: train.SessionManager().prepare_session("", checkpoint_dir="a", checkpoint_filename_with_path="b"),
    ):
        noted.outcome(make)
    value = tf.Variable(1.0, name="value")
    ready = tf.report_uninitialized_variables()
    noted.outcome(lambda: train.SessionManager(ready_op=ready).prepare_session("", init_op=tf.no_op()))
    noted.outcome(lambda: train.SessionManager(local_init_op=tf.no_op(), ready_for_local_init_op=ready).prepare_session(""))
    waiting = train.SessionManager(ready_op=ready, recovery_wait_secs=0.01)
    noted.outcome(lambda: waiting.wait_for_session("", max_wait_secs=0))
    del value
    two = tf.placeholder(tf.float32)
    feed = tf.train.FeedFnHook(lambda: {two: 1.0})
    with tf.train.SingularMonitoredSession(hooks=[feed], scaffold=train.Scaffold()) as session:
        noted.outcome(lambda: float(session.run(two)))
        noted.outcome(lambda: session.run(two, {two: 2.0}))


def coordinators(tf, folder, noted):
    import threading
    coord = tf.train.Coordinator()

    def fail():
        with coord.stop_on_exception():
            raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    noted.outcome(lambda: coord.join([thread]))
    noted.outcome(lambda: (coord.should_stop(), coord.joined))
    noted.outcome(coord.raise_requested_exception)

    def late():
        try:
            raise KeyError("late")
        except KeyError as error:
            coord.request_stop(error)

    noted.outcome(late)
    coord.clear_stop()
    noted.outcome(lambda: (coord.should_stop(), coord.joined, coord.wait_for_stop(0.01)))
    coord.request_stop(tf.errors.OutOfRangeError(None, None, "end"))
    noted.outcome(coord.join)
    coord.clear_stop()
    until = threading.Event()
    stuck = threading.Thread(target=until.wait, name="stuck")
    stuck.start()
    coord.request_stop()
    noted.outcome(lambda: coord.join([stuck], stop_grace_period_secs=0.05))
    noted.outcome(lambda: coord.join([stuck], stop_grace_period_secs=0.05, ignore_live_threads=True))
    until.set()
    count = []
    coord.clear_stop()

    def tick():
        count.append(1)
        if len(count) == 3:
            coord.request_stop()

    looper = tf.train.LooperThread.loop(coord, 0.001, tick)
    coord.join()
    noted.log.append("%d %s" % (len(count), looper.daemon))


PROGRAMS = [two_hooks, stop_at_step, checkpoints, training_session, recovery, failure, loss_is_nan, step_functions,
            wrong_calls, coordinators]


def run(tf, program, folder):
    """Run one program, and return what it noted."""
    noted = Noted(tf)
    with tf.Graph().as_default():
        program(tf, folder, noted)
    return [str(line).replace(folder, "FOLDER") for line in noted.log]
