"""Prompt templates for the model that may write answers. There is none yet: the default reader only quotes."""
