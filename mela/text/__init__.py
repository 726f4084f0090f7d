"""How characters and words are read: from raw text to clean text, plain language and measures."""
