"""Articles -> passages -> sentences -> vectors -> Chroma. Knows nothing about answering questions."""
