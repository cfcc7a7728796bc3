"""Public names of summaries that the graph writes itself."""

_PLACES = {
    "graph_summaries": "audio generic graph histogram image import_event initialize scalar",
    "graph_writers": "SummaryWriter create_db_writer create_file_writer create_summary_file_writer eval_dir flush "
                     "summary_writer_initializer_op",
    "recording": "always_record_summaries never_record_summaries record_summaries_every_n_global_steps "
                 "should_record_summaries",
}
PATHS = {f"contrib.summary.{name}": f"summary.{module}.{name}"
         for module, names in _PLACES.items() for name in names.split()}
PATHS["contrib.summary.all_summary_ops summary.all_v2_summary_ops"] = "summary.graph_summaries.all_v2_summary_ops"
PATHS["summary.initialize"] = "summary.graph_summaries.initialize"
