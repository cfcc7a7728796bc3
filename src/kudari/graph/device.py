"""Device names, in whole and in part."""

from __future__ import annotations

from typing import Any

_PARTS = ("job", "replica", "task", "device_type", "device_index")


class DeviceSpec:
    """A device name in parts, any of which may be left open.

    Args:
      job: name of the job.
      replica: index of the replica.
      task: index of the task.
      device_type: `"CPU"`, `"GPU"`, ….
      device_index: index of the device of that type.
    """

    def __init__(self, job: str | None = None, replica: int | None = None, task: int | None = None,
                 device_type: str | None = None, device_index: int | None = None):
        self.job = job
        self.replica = None if replica is None else int(replica)
        self.task = None if task is None else int(task)
        self.device_type = device_type.upper() if device_type in ("cpu", "gpu") else device_type
        self.device_index = None if device_index is None else int(device_index)

    @classmethod
    def from_string(cls, spec: str) -> DeviceSpec:
        """Return the parts of a device name such as `"/job:worker/task:1/device:GPU:0"` or `"/gpu:0"`.

        Raises:
          ValueError: if `spec` is not a device name.
        """
        return cls().parse_from_string(spec)

    def parse_from_string(self, spec: str) -> DeviceSpec:
        """Take the parts of the device name `spec`, and return this object."""
        self.__init__()  # type: ignore[misc]
        for part in filter(None, (piece.split(":") for piece in spec.split("/"))):
            if part != [""]:
                self._take(part, spec)
        return self

    def _take(self, part: list[str], spec: str) -> None:
        key, count = part[0], len(part)
        if count == 2 and key == "job":
            self.job = part[1]
        elif count == 2 and key == "replica":
            self.replica = int(part[1])
        elif count == 2 and key == "task":
            self.task = int(part[1])
        elif count in (1, 2) and key.upper() in ("CPU", "GPU", "TPU"):
            self._set_device(key.upper(), part[1] if count == 2 else "*", spec)
        elif count == 3 and key == "device":
            self._set_device(part[1], part[2], spec)
        else:
            raise ValueError(f"Unknown attribute: '{key}' in '{spec}'")

    def _set_device(self, device_type: str, index: str, spec: str) -> None:
        if self.device_type is not None:
            raise ValueError(f"Cannot specify multiple device types: {spec}")
        self.device_type, self.device_index = device_type, None if index == "*" else int(index)

    def merge_from(self, dev: DeviceSpec) -> None:
        """Take every part that `dev` says."""
        for part in _PARTS:
            if getattr(dev, part) is not None:
                setattr(self, part, getattr(dev, part))

    def make_merged_spec(self, dev: DeviceSpec) -> DeviceSpec:
        """Return a new spec with the parts of this one, and over them every part that `dev` says."""
        merged = self.replace()
        merged.merge_from(dev)
        return merged

    def replace(self, **kwargs: Any) -> DeviceSpec:
        """Return a new spec with the parts of this one, except for those given by name."""
        return type(self)(**{part: getattr(self, part) for part in _PARTS} | kwargs)

    def to_string(self) -> str:
        """Return the full spelling of the name."""
        named = [(key, getattr(self, key)) for key in ("job", "replica", "task")]
        text = "".join(f"/{key}:{value}" for key, value in named if value is not None)
        if self.device_type is None:
            return text
        return f"{text}/device:{self.device_type}:{'*' if self.device_index is None else self.device_index}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeviceSpec) and self.to_string() == other.to_string()

    def __hash__(self) -> int:
        return hash(self.to_string())


def canonical_name(device: Any) -> str:
    """Return the full spelling of a device name or `DeviceSpec`; `None` is no device."""
    if device is None:
        return ""
    return device.to_string() if isinstance(device, DeviceSpec) else DeviceSpec.from_string(device).to_string()


def device_text(device: Any) -> str:
    """Return the name that a device function gave, as it is.

    Raises:
      TypeError: if it gave no name.
    """
    if isinstance(device, DeviceSpec):
        return device.to_string()
    if not isinstance(device, str | bytes):
        raise TypeError(f"Expected binary or unicode string, got {device!r}")
    return device.decode() if isinstance(device, bytes) else device


def merge_device(outer: str, inner: Any) -> str:
    """Return the device `outer` with the parts that `inner` says put over it."""
    spec = DeviceSpec.from_string(canonical_name(inner))
    base = DeviceSpec.from_string(outer)
    spec_over = DeviceSpec.from_string(base.to_string())
    spec_over.merge_from(spec)
    return spec_over.to_string()
