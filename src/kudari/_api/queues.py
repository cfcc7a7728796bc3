"""Public names of queues, of what fills them, and of readers."""

_ALSO_IO = ("PaddingFIFOQueue", "PriorityQueue", "QueueBase", "RandomShuffleQueue")
_READERS = ("FixedLengthRecordReader", "IdentityReader", "ReaderBase", "TFRecordReader", "TextLineReader", "WholeFileReader")
_RUNNERS = ("QueueRunner", "add_queue_runner", "start_queue_runners")
_PRODUCERS = ("input_producer", "limit_epochs", "range_input_producer", "slice_input_producer", "string_input_producer")
_BATCHES = ("batch", "batch_join", "maybe_batch", "maybe_batch_join", "maybe_shuffle_batch", "maybe_shuffle_batch_join",
            "shuffle_batch", "shuffle_batch_join")

PATHS = {
    "FIFOQueue queue.FIFOQueue": "functions.queues.FIFOQueue",
    **{f"{name} queue.{name} io.{name}": f"functions.queues.{name}" for name in _ALSO_IO},
    **{name: f"functions.accumulators.{name}" for name in ("ConditionalAccumulator", "ConditionalAccumulatorBase")},
    "SparseConditionalAccumulator sparse.SparseConditionalAccumulator":
        "functions.accumulators.SparseConditionalAccumulator",
    "contrib.staging.StagingArea": "functions.staging.StagingArea",
    **{name: f"functions.readers.{name}" for name in _READERS},
    **{f"train.{name} train.queue_runner.{name}": f"train.queue_threads.{name}" for name in _RUNNERS},
    "train.match_filenames_once io.match_filenames_once": "train.input_producers.match_filenames_once",
    **{f"train.{name}": f"train.input_producers.{name}" for name in _PRODUCERS},
    **{f"train.{name}": f"train.batching.{name}" for name in _BATCHES},
}
