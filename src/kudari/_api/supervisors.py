"""Public names of supervisors."""

PATHS = {f"train.{name}": f"train.supervisor.{name}" for name in ("Supervisor", "basic_train_loop")}
