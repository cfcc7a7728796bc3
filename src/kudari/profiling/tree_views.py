"""Profiles as trees: of name scopes, of the inputs of nodes, and of the program's lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .measured import COUNTED, Node, Profile
from .messages import message
from .showing import ROOT, Options, Shown, columns, in_order, own_and_total, titles

Format = Callable[[Shown, Options], str]


def _shown_tree(entries: Iterable[Shown], options: Options, describe: Format, by_totals: bool, depth: int = 1,
                indent: int = 0) -> tuple[list[Shown], dict[Shown, str]]:
    """The entries that the options show, each with those below it, and their lines; others give place to those below."""
    found, lines = [], {}
    for entry in entries:
        is_shown = entry.is_shown(options, depth, by_totals)
        below: list[Shown] = []
        if depth <= options.max_depth and not options.matches("trim_name_regexes", entry.name):
            below, more = _shown_tree(entry.shown, options, describe, by_totals, depth + 1, indent + 2 * is_shown)
            lines.update(more)
        if not is_shown:
            found += below
            continue
        if options.counts_shown_only:
            entry.reset(counts_itself=True)
        entry.shown = in_order(below, options)
        for other in entry.shown if options.counts_shown_only else ():
            entry.add(other)
        lines[entry] = f"{' ' * indent}{entry.name} ({describe(entry, options)})\n"
        found.append(entry)
    return found, lines


def _text(entry: Shown, lines: dict[Shown, str]) -> str:
    return lines[entry] + "".join(_text(other, lines) for other in entry.shown)


def _show(root: Shown, options: Options, describe: Format, occurrence: str, by_totals: bool = False) -> str:
    _, lines = _shown_tree([root], options, describe, by_totals)
    return f"{titles(options, occurrence)}\n{_text(root, lines)}"


def _roots(entries: Iterable[Shown], options: Options, seen: set[str]) -> list[Shown]:
    """The first entries on each way down whose names match where to start."""
    found = []
    for entry in entries:
        if entry.name not in seen:
            seen.add(entry.name)
            starts = options.matches("start_name_regexes", entry.name)
            found += [entry] if starts else _roots(entry.shown, options, seen)
    return found


def _details(entry: Shown, options: Options) -> str:
    found, node = [own_and_total(entry, key) for key in columns(options)], entry.node
    if "params" in options.select and node is not None and node.shape:
        found.insert([*columns(options)].index("parameters"), "x".join(map(str, node.shape)))
    if "device" in options.select and node is not None and node.device:
        found.append(node.device)
    if "op_types" in options.select:
        found.append("|".join(sorted(entry.types)))
    if "occurrence" in options.select:
        runs, once = (str(entry.run_count), "1") if entry.is_accounted and entry.name != ROOT else ("--", "--")
        found.append(f"{runs}/{entry.total_runs}|{once}/{entry.total_definitions}")
    if "input_shapes" in options.select:
        found.append(shapes_text(node, "|"))
    return ", ".join(found)


def shapes_text(node: Node | None, separator: str) -> str:
    """Return the shapes of a node's inputs by their numbers."""
    shapes = node.input_shapes if node is not None else []
    return separator.join(f"{i}:{'x'.join(map(str, shape)) or 'unknown'}" for i, shape in enumerate(shapes))


def as_message(entry: Shown) -> Any:
    """Return an entry, and those shown below it, as a `GraphNodeProto`."""
    found = message("GraphNodeProto")(name=entry.name, total_run_count=entry.total_runs,
                                      total_definition_count=entry.total_definitions, run_count=entry.run_count)
    for key in COUNTED:
        setattr(found, key, entry.own[key])
        setattr(found, f"total_{key}", entry.totals[key])
    if entry.node is not None:
        found.devices.extend(sorted(entry.node.devices))
        for i, shape in enumerate(entry.node.input_shapes):
            for size in shape:
                found.input_shapes[i].dim.add(size=size)
    for other in entry.shown:
        found.children.append(as_message(other))
    return found


def _entry(node: Node, options: Options) -> Shown:
    return Shown(node.name, node.counts(options.step), node, node.types, options.accounts(node.types))


def scope_view(profile: Profile, options: Options) -> tuple[str, Any]:
    """Return the nodes by their name scopes, as text and as a message."""
    entries = {name: _entry(node, options) for name, node in profile.nodes.items()}
    parent = {"_kTFScopeParent"}
    root = Shown(ROOT, {}, None, parent)
    for name in sorted(profile.nodes):
        while name and "/" in name:
            name = name.rpartition("/")[0]
            if name not in entries:
                entries[name] = Shown(name, {}, None, parent, options.accounts(parent))
    for name in sorted(entries):
        entries.get(name.rpartition("/")[0], root).children.append(entries[name])
    _add_up(root)
    root.shown = _roots(root.shown, options, set())
    return _show(root, options, _details, "op count (run|defined)"), as_message(root)


def _add_up(entry: Shown) -> None:
    """Give an entry the totals of itself and all below it, if it or anything below it is accounted."""
    for other in entry.children:
        _add_up(other)
    counts = entry.is_accounted or any(other.total_definitions for other in entry.children)
    entry.reset(counts_itself=counts and entry.name != ROOT)
    for other in entry.children:
        entry.add(other)
    entry.shown = list(entry.children)


def graph_view(profile: Profile, options: Options) -> tuple[str, Any]:
    """Return the nodes by what uses them, as text and as a message; one that several use stands below the first."""
    entries = {name: _entry(node, options) for name, node in profile.nodes.items()}
    used: set[str] = set()
    for name, node in profile.nodes.items():
        inputs = [*(tensor.op for tensor in node.op.inputs), *node.op.control_inputs]
        entries[name].children = [entries[op.name] for op in inputs]
        used.update(op.name for op in inputs)
    root = Shown(ROOT, {}, None, {"_TFGraphParent"})
    root.children = [entries[name] for name in sorted(set(entries) - used)]
    root.shown = _first_users(root.children, set())
    for entry in root.shown:
        root.add(entry)
    if options.regexes["start_name_regexes"] != [".*"]:
        root.shown = _roots(root.shown, options, set())
    return _show(root, options, _details, "op count (run|defined)"), as_message(root)


def _first_users(entries: list[Shown], seen: set[str]) -> list[Shown]:
    """The accounted entries, each with the totals of the inputs that nothing before it uses."""
    found = []
    for entry in entries:
        if entry.name in seen:
            continue
        seen.add(entry.name)
        below = _first_users(entry.children, seen)
        if not entry.is_accounted:
            found += below
            continue
        entry.reset(counts_itself=True)
        for other in below:
            entry.add(other)
        entry.shown = below
        found.append(entry)
    return found


def code_view(profile: Profile, options: Options) -> tuple[str, Any]:
    """Return the nodes by the lines that made them, as text and as a message."""
    places: dict[tuple[str, ...], list[Node]] = {(): []}
    for node in profile.nodes.values():
        for depth in range(1, len(node.trace) + 1):
            places.setdefault(tuple(node.trace[:depth]), [])
        places[tuple(node.trace)].append(node)
    members: dict[Shown, list[Node]] = {}
    entries: dict[tuple[str, ...], Shown] = {}
    for place in sorted(places):
        nodes = [node for node in places[place] if options.accounts(node.types)]
        counts: dict[str, int] = {}
        for node in nodes:
            for key, value in node.counts(options.step).items():
                counts[key] = counts.get(key, 0) + value
        types = {each for node in nodes for each in node.types}
        entry = entries[place] = Shown(place[-1] if place else ROOT, counts, None, types)
        members[entry] = nodes
        if place:
            entries[place[:-1]].children.append(entry)
    root = entries[()]
    _add_up(root)
    root.shown = _roots(root.shown, options, set())
    return _show(root, options, _line_details, "op occurrence (run|defined)", by_totals=True), _lines_message(root, members)


def _line_details(entry: Shown, options: Options) -> str:
    found = [own_and_total(entry, key) for key in columns(options)]
    if "device" in options.select:
        found.append("")
    if "op_types" in options.select and entry.types:
        found.append("|".join(sorted(entry.types)))
    found += [f"{key} N/A in code view" for key in ("occurrence", "input_shapes") if key in options.select]
    return ", ".join(found)


def _lines_message(entry: Shown, members: dict[Shown, list[Node]]) -> Any:
    found = message("MultiGraphNodeProto")(name=entry.name)
    for key in COUNTED:
        setattr(found, key, entry.own[key])
        setattr(found, f"total_{key}", entry.totals[key])
    for node in members[entry]:
        found.graph_nodes.add(name=node.name)
    for other in entry.shown:
        found.children.append(_lines_message(other, members))
    return found
