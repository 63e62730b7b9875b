"""The rooms that know only the text; `pipeline.extract.rooms` calls them in order."""
