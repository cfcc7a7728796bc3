"""Public names of flags, logging and starting a program."""

_FLAGS = """
    ArgumentParser ArgumentSerializer BaseListParser BooleanFlag BooleanParser CantOpenFlagFileError CsvListSerializer
    DEFINE DEFINE_alias DEFINE_bool DEFINE_boolean DEFINE_enum DEFINE_enum_class DEFINE_flag DEFINE_float
    DEFINE_integer DEFINE_list DEFINE_multi DEFINE_multi_enum DEFINE_multi_enum_class DEFINE_multi_float
    DEFINE_multi_integer DEFINE_multi_string DEFINE_spaceseplist DEFINE_string DuplicateFlagError EnumClassFlag
    EnumClassListSerializer EnumClassParser EnumClassSerializer EnumFlag EnumParser Error FLAGS Flag FlagHolder
    FlagNameConflictsWithMethodError FlagValues FloatParser IllegalFlagValueError IntegerParser ListParser
    ListSerializer MultiEnumClassFlag MultiFlag UnparsedFlagAccessError UnrecognizedFlagError ValidationError
    WhitespaceSeparatedListParser adopt_module_key_flags declare_key_flag disclaim_key_flags doc_to_help
    flag_dict_to_args get_help_width mark_bool_flags_as_mutual_exclusive mark_flag_as_required
    mark_flags_as_mutual_exclusive mark_flags_as_required multi_flags_validator override_value
    register_multi_flags_validator register_validator set_default text_wrap validator"""

_LOGGING = """DEBUG ERROR FATAL INFO TaskLevelStatusMessage WARN debug error fatal flush get_verbosity info log log_every_n
    log_first_n log_if set_verbosity vlog warn warning"""

PATHS = {
    "app.run": "platform.app.run",
    "get_logger": "platform.logging.get_logger",
    **{f"flags.{name} app.flags.{name}": f"platform.flags.{name}" for name in _FLAGS.split()},
    **{f"logging.{name}": f"platform.logging.{name}" for name in _LOGGING.split()},
}
