"""The rooms that know only the text; `newsclaims.extract.rooms` calls them in order."""
