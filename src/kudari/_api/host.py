"""Public names of what runs in Python: the program's own functions, and printing."""

PATHS = {
    "Print": "functions.printing.print_and_pass",
    "numpy_function": "functions.python_functions.numpy_function",
    "print": "functions.printing.print_op",
    "py_func": "functions.python_functions.py_func",
    "strings.format": "functions.printing.string_format",
}
