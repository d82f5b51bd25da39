"""The page's own routes: is it alive, its script and style, articles, and what a conversation can be used for.

They run in threads, so that a slow disk doesn't hold up the page. What goes wrong is JSON: `{"error": "a sentence"}`.
"""

import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, JSONResponse

from assistant import feedback
from assistant.assistant import Assistant
from assistant.errors import QuestionError
from assistant.language import language_of
from assistant.page import export
from assistant.page.limits import filters
from assistant.page.render import mark
from assistant.page.requests import Conversation, Quotation, Shown, Thumb
from assistant.page.suggestions import suggestions
from assistant.quote_check import Part
from assistant.retriever import Filters
from index.article import Article
from index.errors import FootnoteError

_FOLDER = Path(__file__).parent
_FRESH, _NEVER = {"Cache-Control": "no-cache"}, {"Cache-Control": "no-store"}
_FILES = {".js": "text/javascript", ".css": "text/css"}
_SUGGESTING = 2  # at a time: each asks some questions of its own, and the questions of people go first


def build_routes(assistant: Assistant) -> APIRouter:
    """Routes that come before Gradio's."""
    routes = APIRouter()
    _add_files(routes)
    _add_articles(routes, assistant)
    _add_uses(routes, assistant)

    @routes.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz() -> JSONResponse:
        """Questions can be answered: 200 with the number of articles (and a notice, if an older index answers), or 503."""
        try:
            count = len(assistant.articles())
            notice = {"notice": assistant.notice} if assistant.notice else {}
            return JSONResponse({"status": "ready", "articles": count} | notice)
        except FootnoteError as error:
            return JSONResponse({"status": "not ready", "error": str(error)}, 503)

    return routes


def _add_files(routes: APIRouter) -> None:
    """The page's scripts and its style."""
    paths = {path.name: path for path in _FOLDER.iterdir() if path.suffix in _FILES}

    @routes.get("/ui/{name}.{suffix}", response_model=None)
    def file(name: str, suffix: str) -> FileResponse | JSONResponse:
        """One of the files that lie beside this module."""
        path = paths.get(f"{name}.{suffix}")
        if path is None:
            return JSONResponse({"error": "There is no such file."}, 404)
        return FileResponse(path, media_type=_FILES[path.suffix], headers=_FRESH)


def _add_articles(routes: APIRouter, assistant: Assistant) -> None:
    @routes.get("/ui/articles")
    def articles() -> JSONResponse:
        """What is known of every article, without its text."""
        return _answered(lambda: {"articles": assistant.articles()})

    @routes.get("/ui/article")
    def article(id: str = "", place: Annotated[list[str] | None, Query(max_length=200)] = None) -> JSONResponse:
        """An article, and the mark of its text at each `place=start-end`; 404 for an unknown id."""
        return _answered(lambda: _shown(assistant.article(id), place or []) | {"also": _also(assistant, id)})


def _add_uses(routes: APIRouter, assistant: Assistant) -> None:
    suggesting = threading.BoundedSemaphore(_SUGGESTING)

    @routes.post("/ui/check")
    def check(quotation: Quotation) -> JSONResponse:
        """Whether the articles hold a quotation."""
        return _answered(lambda: {"parts": [_part(part) for part in assistant.check_quote(quotation.text)]})

    @routes.post("/ui/suggestions")
    def suggest(shown: Shown) -> JSONResponse:
        """What to ask next; nothing while others are being served that."""
        if not suggesting.acquire(blocking=False):
            return JSONResponse({"suggestions": []}, headers=_NEVER)
        try:
            language = language_of(shown.asked[-1])
            limits = filters(shown.limits)
            return _answered(lambda: {"suggestions": _suggested(assistant, shown, language, limits)})
        finally:
            suggesting.release()

    @routes.post("/ui/export")
    def exported(conversation: Conversation) -> JSONResponse:
        """A conversation, or one answer, as Markdown or HTML."""
        form = export.markdown if conversation.form == "markdown" else export.page
        turns = [(m.role, m.content) for m in conversation.talk]
        return _answered(lambda: {"text": form(conversation.title, turns, assistant.article)})

    @routes.post("/ui/feedback")
    def thumb(given: Thumb) -> JSONResponse:
        """Append a thumb to the log."""

        def noted() -> dict[str, Any]:
            feedback.append(assistant.settings.home, given.feedback())
            return {"status": "noted"}

        return _answered(noted)


def _suggested(assistant: Assistant, shown: Shown, language: str, limits: Filters | None) -> list[str]:
    try:
        return suggestions(assistant, shown.places, shown.asked, language, limits)
    except KeyError:  # an article that was quoted is gone: there is nothing to go on from
        return []


def _answered(answer: Callable[[], dict[str, Any]]) -> JSONResponse:
    """The answer, or what went wrong: 404 an unknown article, 503 what can't be had now.

    That a text can't be used as it is (too short, too long) is an answer too: it is 200 with an `error`.
    """
    try:
        return JSONResponse(answer(), headers=_NEVER)
    except KeyError:
        return JSONResponse({"error": "There is no such article in the index now."}, 404)
    except QuestionError as error:
        return JSONResponse({"error": str(error)}, headers=_NEVER)
    except FootnoteError as error:
        return JSONResponse({"error": str(error)}, 503)


def _shown(article: Article, places: list[str]) -> dict[str, Any]:
    """All offsets count Unicode code points, which JavaScript's strings do not."""
    stated = ("id", "title", "publisher", "url", "published", "language", "text")
    return {name: getattr(article, name) for name in stated} | {
        "paragraphs": [[s.start, s.end, s.kind] for s in article.stretches],
        "marks": {place: _mark_at(article, place) for place in places},
    }


def _also(assistant: Assistant, id: str) -> list[dict[str, Any]]:
    """Where else the article was published."""
    return [asdict(address) for address in assistant.addresses(id)]


def _mark_at(article: Article, place: str) -> str | None:
    start, _, end = place.partition("-")
    whole = start.isdecimal() and end.isdecimal() and len(place) < 40
    return mark(article.text[int(start) : int(end)]) if whole else None


def _part(part: Part) -> dict[str, Any]:
    return asdict(part) | {"places": [asdict(place) | {"mark": mark(place.text)} for place in part.places]}
