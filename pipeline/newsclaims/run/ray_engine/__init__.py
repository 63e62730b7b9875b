"""A run on a Ray cluster: the same extraction mapped over Ray Data, and a dataset in parts.

The machine where the command runs reads the input and writes the output; the cluster computes. So
reading is that of any run, with its ids, warnings and errors, and no file system need be shared:

1. `stages.Reader` reads the articles in input order and hands on chunks of them.
2. `stages.Extractor`, an actor a core, extracts a chunk in a worker process of its own, so that
   what an article does to its process is a row in ``errors.jsonl`` here as in any run. A chunk
   whose actor or node died is done again by another: that is Ray's part.
3. The copies of articles are found from the signatures of all.
4. `stages.PartMaker` makes the files of a part of the dataset, in input order.

What 2 gives waits in Ray's object store, which spills to disk. The output folder appears when all
is written. Its files are folders of parts, such as ``people.parquet/part-00000.parquet``; put
together, they hold the rows (those of JSON Lines: the bytes) of an ordinary run.
"""

from newsclaims.run.ray_engine.driver import run_on_ray

__all__ = ["run_on_ray"]
