"""Public names of tests, of texts, of what is installed and of the switches to TensorFlow 2."""

from __future__ import annotations

import importlib
import sys

_MACHINE = ("assert_equal_graph_def get_temp_dir gpu_device_name is_built_with_cuda is_built_with_gpu_support "
            "is_built_with_rocm is_gpu_available main create_local_cluster test_src_dir_path")
_TEXT = ("as_bytes as_str as_str_any as_text bytes_or_text_types complex_types forward_compatibility_horizon "
         "forward_compatible integral_types path_to_str real_types")
_INSTALLED = "CXX11_ABI_FLAG MONOLITHIC_BUILD get_compile_flags get_include get_lib get_link_flags"
_FILES = "get_data_files_path get_path_to_datafile get_root_dir_with_all_resources load_resource readahead_file_path"
_BEHAVIOR = ("control_flow_v2_enabled disable_control_flow_v2 disable_eager_execution disable_tensor_equality "
             "disable_v2_behavior disable_v2_tensorshape enable_control_flow_v2 enable_eager_execution "
             "enable_tensor_equality enable_v2_behavior enable_v2_tensorshape executing_eagerly")

PATHS = {
    **{name: f"platform.behavior.{name}" for name in _BEHAVIOR.split()},
    "test.TestCase": "testing.case.TestCase",
    "test.Benchmark": "testing.benchmark.Benchmark",
    "test.benchmark_config": "testing.benchmark.benchmark_config",
    "test.StubOutForTesting": "testing.stubs.StubOutForTesting",
    "user_ops.my_fact": "functions.user_ops.my_fact",
    **{f"test.{name}": f"testing.machine.{name}" for name in _MACHINE.split()},
    **{f"compat.{name}": f"platform.text.{name}" for name in _TEXT.split()},
    **{f"sysconfig.{name}": f"platform.installation.{name}" for name in _INSTALLED.split()},
    **{f"resource_loader.{name}": f"platform.resources.{name}" for name in _FILES.split()},
}
LAZY_NAMES = {
    "test.mock": lambda: importlib.import_module("unittest.mock"),
    "compat.v1": lambda: sys.modules["kudari"],
}
