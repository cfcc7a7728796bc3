"""Public name of embeddings of rows that may be empty."""

PATHS = {"nn.safe_embedding_lookup_sparse": "functions.safe_embedding.safe_embedding_lookup_sparse"}
