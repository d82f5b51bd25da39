"""The chat page: a Gradio app between routes of its own.

    serve(assistant, host, port, ready)      app.py: the server
    build_app(assistant) -> FastAPI          app.py: routes.py first, then chat.py, all behind security.py
    answer(reply, articles) -> Markdown      render.py, in the words of labels.py
    examples(assistant) -> questions         examples.py

In the browser, app.js opens an article at a quote, and app.css is the look.
"""
