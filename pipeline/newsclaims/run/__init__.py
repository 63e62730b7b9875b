"""A run: articles in, a dataset out; on this machine, in shards, or on a Ray cluster."""
