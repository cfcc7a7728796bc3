"""Public names of embeddings, candidate samplers and the losses that use them."""

PATHS = {
    "nn.embedding_lookup": "functions.embedding.embedding_lookup",
    "nn.embedding_lookup_sparse": "functions.embedding.embedding_lookup_sparse",
    "nn.uniform_candidate_sampler random.uniform_candidate_sampler": "functions.candidates.uniform_candidate_sampler",
    "nn.log_uniform_candidate_sampler random.log_uniform_candidate_sampler":
        "functions.candidates.log_uniform_candidate_sampler",
    "nn.learned_unigram_candidate_sampler random.learned_unigram_candidate_sampler":
        "functions.candidates.learned_unigram_candidate_sampler",
    "nn.fixed_unigram_candidate_sampler random.fixed_unigram_candidate_sampler":
        "functions.candidates.fixed_unigram_candidate_sampler",
    "nn.all_candidate_sampler random.all_candidate_sampler": "functions.candidates.all_candidate_sampler",
    "nn.compute_accidental_hits": "functions.candidates.compute_accidental_hits",
    "nn.nce_loss": "functions.sampled_losses.nce_loss",
    "nn.sampled_softmax_loss": "functions.sampled_losses.sampled_softmax_loss",
}
