"""Raw text -> a clean view with a map back to the raw offsets -> what the view's lines say."""
