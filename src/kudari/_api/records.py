"""Public names of TFRecord files and `tf.gfile`."""

_RECORDS = ("TFRecordCompressionType", "TFRecordOptions", "TFRecordWriter", "tf_record_iterator")
_FILES = {"Copy": "copy", "DeleteRecursively": "delete_recursively", "Exists": "exists", "GFile": "GFile", "Glob": "glob",
          "IsDirectory": "is_directory", "ListDirectory": "list_directory", "MakeDirs": "make_dirs", "MkDir": "mkdir",
          "Open": "GFile", "Remove": "remove", "Rename": "rename", "Stat": "stat", "Walk": "walk", "FastGFile": "FastGFile"}
_FUNCTIONS = ("copy", "exists", "glob", "isdir", "listdir", "makedirs", "mkdir", "remove", "rename", "rmtree", "stat",
              "walk")

PATHS = {
    **{f"python_io.{name} io.{name}": f"io.records.{name}" for name in _RECORDS},
    **{f"gfile.{name}": f"io.file_access.{path}" for name, path in _FILES.items()},
    **{f"io.gfile.{name}": f"io.file_functions.{name}" for name in _FUNCTIONS},
    "io.gfile.GFile": "io.file_access.GFile",
}
