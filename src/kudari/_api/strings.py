"""Public names of functions on texts."""

PATHS = {
    "as_string strings.as_string dtypes.as_string": "functions.strings.as_string",
    "decode_base64 io.decode_base64": "functions.strings.decode_base64",
    "encode_base64 io.encode_base64": "functions.strings.encode_base64",
    "reduce_join strings.reduce_join": "functions.strings.reduce_join",
    "regex_replace strings.regex_replace": "functions.strings.regex_replace",
    "string_join strings.join": "functions.strings.string_join",
    "string_split": "functions.strings.string_split",
    "string_strip strings.strip": "functions.strings.string_strip",
    "string_to_hash_bucket strings.to_hash_bucket": "functions.strings.string_to_hash_bucket",
    "string_to_hash_bucket_fast strings.to_hash_bucket_fast": "functions.strings.string_to_hash_bucket_fast",
    "string_to_hash_bucket_strong strings.to_hash_bucket_strong": "functions.strings.string_to_hash_bucket_strong",
    "string_to_number strings.to_number": "functions.strings.string_to_number",
    "strings.length": "functions.strings.string_length",
    "strings.lower": "functions.strings.string_lower",
    "strings.regex_full_match": "functions.strings.regex_full_match",
    "strings.split": "functions.strings.split",
    "strings.unsorted_segment_join": "functions.strings.unsorted_segment_join",
    "strings.upper": "functions.strings.string_upper",
    "substr strings.substr": "functions.strings.substr",
}
