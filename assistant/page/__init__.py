"""The chat page: a Gradio app between routes of its own."""
