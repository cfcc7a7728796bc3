"""Profiles by types of op."""

from __future__ import annotations

from typing import Any

from .measured import COUNTED, Node, Profile
from .messages import message
from .showing import ROOT, UNITS, Options, Shown, columns, duration, in_order, spelled, titles
from .tree_views import as_message, shapes_text

_UNITS = {**UNITS, "float_ops": " float_ops"}


class _Type(Shown):
    """The nodes of one type of op."""

    def __init__(self, name: str, nodes: list[Node], options: Options):
        found = [node.counts(options.step) for node in nodes]
        types = {each for node in nodes for each in node.types}
        super().__init__(name, {key: sum(each[key] for each in found) for key in found[0]}, None, types,
                         options.accounts(types))
        self.nodes = sorted(nodes, key=lambda node: node.name)
        self.totals, self.total_runs = dict(self.own), len(nodes)  # to be sorted by


def type_view(profile: Profile, options: Options) -> tuple[str, Any]:
    """Return the types of op, each with the totals of itself and those after it, as text and as a message."""
    by_type: dict[str, list[Node]] = {}
    for node in profile.nodes.values():
        by_type.setdefault(node.op.type, []).append(node)
    entries = in_order([_Type(name, by_type[name], options) for name in sorted(by_type)], options)
    counted = [entry for entry in entries if entry.is_accounted]
    root = Shown(ROOT, {})
    _add_up(root, counted)
    start = next((i for i, each in enumerate(counted) if options.matches("start_name_regexes", each.name)), len(counted))
    shown = []
    for depth, entry in enumerate(counted[start:]):
        if depth > options.max_depth or options.matches("trim_name_regexes", entry.name):
            break
        if entry.is_shown(options, depth, by_totals=True):
            shown.append(entry)
    if options.counts_shown_only:
        _add_up(root, shown)
    rows = "".join(_row(entry, root, options) for entry in shown)
    return f"{titles(options, 'op occurrence (run|defined)')}\n{rows}", _as_message(root, shown, options)


def _add_up(root: Shown, entries: list[_Type]) -> None:
    after: _Type | None = None
    for entry in reversed(entries):
        entry.reset(counts_itself=True)
        if after is not None:
            entry.add(after)
        after = entry
    root.reset()
    if after is not None:
        root.add(after)


def _row(entry: _Type, root: Shown, options: Options) -> str:
    found = [f"{_share(entry, root, key):>30}" for key in columns(options)]
    if "device" in options.select:
        found.append("|".join(sorted({device for node in entry.nodes for device in node.devices})))
    if "op_types" in options.select:
        found.append("|".join(sorted(entry.types)))
    if "occurrence" in options.select:
        found.append(f"{f'{entry.run_count}|{len(entry.nodes)}':>10}")
    row = f"{entry.name:<25}{', '.join(found)}\n"
    return f"{row}\n{_by_shapes(entry, options)}\n\n" if "input_shapes" in options.select else row


def _share(entry: _Type, root: Shown, key: str) -> str:
    whole = root.totals[key]
    percents = [100 * part / whole if whole else 0.0 for part in (entry.totals[key], entry.own[key])]
    return f"{spelled(key, entry.own[key])}{_UNITS.get(key, '')} ({percents[0]:.2f}%, {percents[1]:.2f}%)"


def _by_shapes(entry: _Type, options: Options) -> str:
    """The nodes gathered by the shapes of their inputs, the slowest first."""
    groups: dict[str, list[int]] = {}
    for node in entry.nodes:
        counts = node.counts(options.step)
        group = groups.setdefault(shapes_text(node, ",\t"), [0, 0, 0])
        for i, value in enumerate((counts["run_count"], 1, counts["exec_micros"])):
            group[i] += value
    rows = sorted(groups.items(), key=lambda item: (-item[1][2], item[0]))
    return "\n".join(f"input_type: {shapes}\t(run*{runs}|defined*{made})\texec_time: {duration(micros)}"
                     for shapes, (runs, made, micros) in rows)


def _as_message(root: Shown, shown: list[_Type], options: Options) -> Any:
    """A `MultiGraphNodeProto`, in which each type holds the next."""
    found = here = message("MultiGraphNodeProto")(name=ROOT)
    for entry in (root, *shown):
        if isinstance(entry, _Type):
            here = here.children.add(name=entry.name)
            for node in entry.nodes:
                member = Shown(node.name, node.counts(options.step), node, node.types)
                member.reset(counts_itself=True)
                here.graph_nodes.append(as_message(member))
        for key in COUNTED:
            setattr(here, key, entry.own[key])
            setattr(here, f"total_{key}", entry.totals[key])
    return found
