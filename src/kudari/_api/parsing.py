"""Public names of what reads examples, tables, bytes and files."""

_READING = {
    "decode_compressed": "io", "decode_csv": "io", "decode_raw": "io", "matching_files": "io", "parse_tensor": "io",
    "read_file": "io", "serialize_tensor": "io", "write_file": "io",
}
_PARSING = ("FixedLenFeature", "FixedLenSequenceFeature", "SparseFeature", "VarLenFeature", "parse_example",
            "parse_single_example", "parse_single_sequence_example")

PATHS = {f"{name} {space}.{name}": f"functions.reading.{name}" for name, space in _READING.items()}
PATHS.update({f"{name} io.{name}": f"functions.parsing.{name}" for name in _PARSING})
