"""Public names of sessions that look after themselves, their hooks and their threads."""

_HOOKS = {
    "checkpoint_hook": "CheckpointSaverHook CheckpointSaverListener",
    "logging_hook": "LoggingTensorHook",
    "profiler_hook": "ProfilerHook",
    "nan_hook": "NanLossDuringTrainingError NanTensorHook",
    "small_hooks": "FeedFnHook FinalOpsHook GlobalStepWaiterHook",
    "step_counter_hook": "StepCounterHook",
    "stop_hook": "StopAtStepHook",
    "summary_hook": "SummarySaverHook",
    "timer": "SecondOrStepTimer",
    "session_run_hook": "SessionRunArgs SessionRunContext SessionRunHook SessionRunValues",
    "coordinator": "Coordinator LooperThread",
    "scaffold": "Scaffold",
    "session_manager": "SessionManager",
    "monitored_session": "ChiefSessionCreator MonitoredSession MonitoredTrainingSession SessionCreator "
                         "SingularMonitoredSession WorkerSessionCreator",
}

PATHS = {f"train.{name}": f"train.{module}.{name}" for module, names in _HOOKS.items() for name in names.split()}
PATHS["train.summary_iterator"] = "summary.reading.summary_iterator"
PATHS |= {f"summary.{name}": f"summary.writer.{name}" for name in ("FileWriter", "FileWriterCache")}
