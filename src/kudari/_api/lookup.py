"""Public names of lookup tables."""

_CONTRIB = ("HashTable", "HasherSpec", "FastHashSpec", "IdTableWithHashBuckets", "KeyValueTensorInitializer",
            "MutableHashTable", "StrongHashSpec", "TextFileIdTableInitializer", "TextFileIndex", "TextFileInitializer",
            "TextFileStringTableInitializer", "index_table_from_file", "index_to_string_table_from_file")
_PUBLIC = ("KeyValueTensorInitializer", "StaticHashTable", "StaticVocabularyTable", "TextFileIndex", "TextFileInitializer")

PATHS = {
    "initialize_all_tables": "functions.lookup.initialize_all_tables",
    "contrib.lookup.index_to_string_table_from_tensor": "functions.lookup.index_to_string_table_from_mapping",
    "contrib.lookup.index_table_from_tensor": "functions.lookup.index_table_from_mapping",
    "tables_initializer initializers.tables_initializer": "functions.lookup.tables_initializer",
}
PATHS.update({f"contrib.lookup.{name}": f"functions.lookup.{name}" for name in _CONTRIB})
PATHS.update({f"lookup.{name}": f"functions.lookup.{name}" for name in _PUBLIC})
