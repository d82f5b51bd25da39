"""Do questions in three languages find their answers in articles of three languages? On one text in all of them.

Asks QUESTIONS of the Debian Administrator's Handbook (its folder `html`, with `en-US`, `es-ES` and `pt-BR`; Debian's package
debian-handbook 11 holds it), which answers them, and squad2's dev questions, which it doesn't; says the share answered.

Run: python -m evals.languages path/to/html path/to/sets     an index a language is built first, some minutes
"""

import random
import sys
import tempfile
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.outside import load_set
from index.build import build_index

LANGUAGES = {"en": "en-US", "es": "es-ES", "pt": "pt-BR"}
SECTIONS = """the-debian-project sect.foundation-documents sect.debian-internals sect.release-lifecycle preface case-study
sect.follow-debian-news sect.role-of-distributions sect.linux-mint sect.knoppix sect.kali sect.raspbian sect.devuan
sect.backup sect.filesystem-hierarchy sect.quotas""".split()
FAR = 60
"""Questions on other matters, in each language."""

QUESTIONS = (  # the same in English, Spanish and Portuguese
    ("Who created Debian?", "¿Quién creó Debian?", "Quem criou o Debian?"),
    ("What is the Debian Social Contract?", "¿Qué es el contrato social de Debian?", "O que é o contrato social do Debian?"),
    (
        "What are the free software guidelines?",
        "¿Qué son las directrices de software libre?",
        "O que são as diretrizes de software livre?",
    ),
    ("How is the project leader elected?", "¿Cómo se elige al líder del proyecto?", "Como é eleito o líder do projeto?"),
    ("What does the technical committee do?", "¿Qué hace el comité técnico?", "O que faz o comitê técnico?"),
    (
        "Which film do the code names of Debian come from?",
        "¿De qué película vienen los nombres clave de Debian?",
        "De que filme vêm os codinomes do Debian?",
    ),
    ("What is Knoppix?", "¿Qué es Knoppix?", "O que é Knoppix?"),
    ("What is Linux Mint based on?", "¿En qué se basa Linux Mint?", "Em que se baseia o Linux Mint?"),
    ("What is Kali Linux for?", "¿Para qué sirve Kali Linux?", "Para que serve o Kali Linux?"),
    (
        "What computer is Raspbian made for?",
        "¿Para qué ordenador está hecho Raspbian?",
        "Para que computador é feito o Raspbian?",
    ),
    ("Why was Devuan started?", "¿Por qué se inició Devuan?", "Por que o Devuan foi iniciado?"),
    (
        "Which company is the case study about?",
        "¿De qué empresa trata el caso de estudio?",
        "De que empresa trata o estudo de caso?",
    ),
    ("What is the directory /tmp used for?", "¿Para qué se usa el directorio /tmp?", "Para que é usado o diretório /tmp?"),
    ("What are disk quotas good for?", "¿Para qué sirven las cuotas de disco?", "Para que servem as cotas de disco?"),
    (
        "How do packages move from Unstable to Testing?",
        "¿Cómo pasan los paquetes de Unstable a Testing?",
        "Como os pacotes passam de Unstable para Testing?",
    ),
    ("What is Experimental used for?", "¿Para qué se usa Experimental?", "Para que é usada a Experimental?"),
    ("What is the role of a distribution?", "¿Cuál es el papel de una distribución?", "Qual é o papel de uma distribuição?"),
    ("What does a package maintainer do?", "¿Qué hace el responsable de un paquete?", "O que faz o mantenedor de um pacote?"),
    ("How are bugs reported?", "¿Cómo se informan los errores?", "Como são relatados os bugs?"),
    (
        "Why should backups be kept in another place?",
        "¿Por qué se deben guardar las copias de seguridad en otro lugar?",
        "Por que as cópias de segurança devem ficar em outro lugar?",
    ),
    (
        "How often is the developers' news published?",
        "¿Con qué frecuencia se publican las noticias de los desarrolladores?",
        "Com que frequência são publicadas as notícias dos desenvolvedores?",
    ),
    (
        "How many developers does Debian have?",
        "¿Cuántos desarrolladores tiene Debian?",
        "Quantos desenvolvedores tem o Debian?",
    ),
    ("What is the Debian Policy?", "¿Qué es la normativa de Debian?", "O que é a política Debian?"),
    ("What does the security team do?", "¿Qué hace el equipo de seguridad?", "O que faz a equipe de segurança?"),
)


def share_answered(assistant: Assistant, questions: list[str]) -> float:
    """Of the questions, 0 to 1."""
    return sum(isinstance(assistant.ask(question), Answer) for question in questions) / len(questions)


def far(sets: Path, language: str) -> list[str]:
    """Questions on other matters, always the same ones."""
    dev = [q.question for q in load_set(f"squad2-{language}", sets).questions if q.split == "dev"]
    return random.Random(3).sample(dev, FAR)  # noqa: S311


def main(handbook: Path, sets: Path) -> None:
    """Build, ask, say."""
    others = {language: far(sets, language) for language in LANGUAGES}
    for articles in LANGUAGES.values():
        with tempfile.TemporaryDirectory() as made:
            settings = Settings.from_environment(home=Path(made), chroma_url="", reader="quotes")
            build_index(settings, [handbook / articles / f"{section}.html" for section in SECTIONS])
            with Assistant.open(settings) as assistant:
                for n, language in enumerate(LANGUAGES):
                    right = share_answered(assistant, [texts[n] for texts in QUESTIONS])
                    wrong = share_answered(assistant, others[language])
                    sys.stdout.write(f"{language} asked of {articles}: answered {right:.2f}, far answered {wrong:.2f}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
