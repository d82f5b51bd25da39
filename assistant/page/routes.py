"""The page's own routes: is it alive, its script and style, and an article with a place in it."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse

from assistant.assistant import Assistant
from assistant.page.render import mark
from index.article import Article
from index.errors import FootnoteError

_FOLDER = Path(__file__).parent
_FRESH = {"Cache-Control": "no-cache"}


def build_routes(assistant: Assistant) -> APIRouter:
    """Routes that come before Gradio's. They run in threads, so that a slow disk doesn't hold up the page."""
    routes = APIRouter()

    @routes.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz() -> JSONResponse:
        """Questions can be answered: 200 with the number of articles, or 503 with what is wrong."""
        try:
            return JSONResponse({"status": "ready", "articles": len(assistant.articles())})
        except FootnoteError as error:
            return JSONResponse({"status": "not ready", "error": str(error)}, 503)

    @routes.get("/ui/app.js")
    def script() -> FileResponse:
        """The page's script."""
        return FileResponse(_FOLDER / "app.js", media_type="text/javascript", headers=_FRESH)

    @routes.get("/ui/app.css")
    def style() -> FileResponse:
        """The page's style."""
        return FileResponse(_FOLDER / "app.css", media_type="text/css", headers=_FRESH)

    @routes.get("/ui/article")
    def article(id: str = "", start: int = 0, end: int = 0) -> JSONResponse:
        """An article, and the mark of its `text[start:end]`; 404 for an unknown id, 503 when the index can't be read."""
        try:
            return JSONResponse(_shown(assistant.article(id), start, end), headers={"Cache-Control": "no-store"})
        except KeyError:
            return JSONResponse({"error": "There is no such article in the index now."}, 404)
        except FootnoteError as error:
            return JSONResponse({"error": str(error)}, 503)

    return routes


def _shown(article: Article, start: int, end: int) -> dict[str, Any]:
    """All offsets count Unicode code points, which JavaScript's strings do not."""
    stated = ("id", "title", "publisher", "url", "published", "language", "text")
    return {name: getattr(article, name) for name in stated} | {
        "paragraphs": [{"start": s.start, "end": s.end, "kind": s.kind} for s in article.stretches],
        "mark": mark(article.text[max(0, start) : max(0, end)]),
    }
