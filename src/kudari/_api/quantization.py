"""Public names of the functions that round numbers to few bits."""

_FAKED = ("fake_quant_with_min_max_args", "fake_quant_with_min_max_vars", "fake_quant_with_min_max_vars_per_channel")

PATHS = {
    **{f"{name} quantization.{name}": f"ops.fake_quantization.{name}"
       for faked in _FAKED for name in (faked, f"{faked}_gradient")},
    "quantize quantization.quantize": "functions.quantizing.quantize",
    "quantize_v2": "functions.quantizing.old_quantize",
    "dequantize quantization.dequantize": "ops.quantized_integers.dequantize",
    "quantization.quantize_and_dequantize": "functions.quantizing.quantize_and_dequantize",
}
