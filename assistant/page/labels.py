"""The words around a reply, in the language of its question."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's words. `{n}` is a number of articles, `{subject}` a heading."""

    searching: tuple[str, str]
    searched: tuple[str, str]
    sources: str
    closest: str
    incomplete: str
    quotes_only: str
    stopped: str
    failed: str
    about: str
    meant: str
    waiting: str
    checking: str
    nothing: str
    older: str

    def count(self, forms: tuple[str, str], n: int) -> str:
        """The singular or the plural of `forms`, with the number in it."""
        return forms[n != 1].format(n=f"{n:,}")


_LABELS = {
    "en": Labels(
        searching=("Searching {n} article…", "Searching {n} articles…"),
        searched=("{n} article was searched.", "{n} articles were searched."),
        sources="Sources",
        closest="Closest passages, as reading – not an answer",
        incomplete="This answer is incomplete.",
        quotes_only="Quotes only: the model did not answer.",
        stopped="Stopped.",
        failed="Something went wrong on the server; it is in its log.",
        about="What do the articles say about “{subject}”?",
        meant="What is “{subject}”?",
        waiting="One moment…",
        checking="Checking quotes…",
        nothing="No article is within the limits of this chat; take them off, or widen them.",
        older="The newest index is damaged; the one before it answered.",
    ),
    "es": Labels(
        searching=("Buscando en {n} artículo…", "Buscando en {n} artículos…"),
        searched=("Se buscó en {n} artículo.", "Se buscó en {n} artículos."),
        sources="Fuentes",
        closest="Pasajes más cercanos, como lectura; no son una respuesta",
        incomplete="Esta respuesta está incompleta.",
        quotes_only="Solo citas: el modelo no respondió.",
        stopped="Detenido.",
        failed="Algo falló en el servidor; está en su registro.",
        about="¿Qué dicen los artículos sobre «{subject}»?",
        meant="¿Qué es «{subject}»?",
        waiting="Un momento…",
        checking="Comprobando las citas…",
        nothing="Ningún artículo está dentro de los límites de este chat; quítelos o amplíelos.",
        older="El índice más reciente está dañado; respondió el anterior.",
    ),
    "pt": Labels(
        searching=("Buscando em {n} artigo…", "Buscando em {n} artigos…"),
        searched=("A busca incluiu {n} artigo.", "A busca incluiu {n} artigos."),
        sources="Fontes",
        closest="Passagens mais próximas, como leitura; não são uma resposta",
        incomplete="Esta resposta está incompleta.",
        quotes_only="Só citações: o modelo não respondeu.",
        stopped="Interrompido.",
        failed="Algo falhou no servidor; está no seu registro.",
        about="O que os artigos dizem sobre “{subject}”?",
        meant="O que é “{subject}”?",
        waiting="Um momento…",
        checking="Verificando as citações…",
        nothing="Nenhum artigo está dentro dos limites desta conversa; retire-os ou amplie-os.",
        older="O índice mais recente está danificado; respondeu o anterior.",
    ),
}


def labels(language: str | None) -> Labels:
    """The words of a language (ISO 639-1); English where there are none."""
    return _LABELS.get(language or "en", _LABELS["en"])
