"""Makes `index/language_axis.json`: the direction in which questions of other languages lie off from English ones.

Run: python -m evals.language_axis
"""

import json
from pathlib import Path

import numpy as np

import index.embedder

TRIPLES = [  # the same question in English, Spanish and Portuguese; on no corpus in particular
    ("Who founded the company?", "¿Quién fundó la empresa?", "Quem fundou a empresa?"),
    ("When did the war begin?", "¿Cuándo empezó la guerra?", "Quando começou a guerra?"),
    ("Where was the president born?", "¿Dónde nació el presidente?", "Onde nasceu o presidente?"),
    ("How many people live in the city?", "¿Cuántas personas viven en la ciudad?", "Quantas pessoas vivem na cidade?"),
    (
        "Why did prices rise last year?",
        "¿Por qué subieron los precios el año pasado?",
        "Por que os preços subiram no ano passado?",
    ),
    ("What is the name of the river?", "¿Cómo se llama el río?", "Qual é o nome do rio?"),
    ("Which language is spoken in the north?", "¿Qué idioma se habla en el norte?", "Que língua se fala no norte?"),
    ("How much money was stolen?", "¿Cuánto dinero fue robado?", "Quanto dinheiro foi roubado?"),
    ("What does the report say about health?", "¿Qué dice el informe sobre la salud?", "O que diz o relatório sobre a saúde?"),
    ("Who wrote the book?", "¿Quién escribió el libro?", "Quem escreveu o livro?"),
    ("In what year was the law passed?", "¿En qué año se aprobó la ley?", "Em que ano a lei foi aprovada?"),
    ("What are the plants used for?", "¿Para qué se usan las plantas?", "Para que são usadas as plantas?"),
    ("How does the machine work?", "¿Cómo funciona la máquina?", "Como funciona a máquina?"),
    (
        "What percentage of the students passed?",
        "¿Qué porcentaje de los estudiantes aprobó?",
        "Que porcentagem dos estudantes passou?",
    ),
    ("Which team won the final?", "¿Qué equipo ganó la final?", "Que equipe ganhou a final?"),
    ("What caused the fire in the building?", "¿Qué causó el incendio en el edificio?", "O que causou o incêndio no prédio?"),
    ("Who was arrested by the police?", "¿A quién arrestó la policía?", "Quem foi preso pela polícia?"),
    (
        "What is the difference between the two methods?",
        "¿Cuál es la diferencia entre los dos métodos?",
        "Qual é a diferença entre os dois métodos?",
    ),
    ("How long did the journey take?", "¿Cuánto tiempo duró el viaje?", "Quanto tempo durou a viagem?"),
    ("Which countries signed the treaty?", "¿Qué países firmaron el tratado?", "Que países assinaram o tratado?"),
    ("What did the scientists discover?", "¿Qué descubrieron los científicos?", "O que os cientistas descobriram?"),
    ("Where do the birds go in winter?", "¿A dónde van los pájaros en invierno?", "Para onde vão os pássaros no inverno?"),
    (
        "What is the main religion of the region?",
        "¿Cuál es la religión principal de la región?",
        "Qual é a principal religião da região?",
    ),
    ("How old is the oldest church?", "¿Qué edad tiene la iglesia más antigua?", "Que idade tem a igreja mais antiga?"),
]


def main() -> None:
    """axis = unit(mean over TRIPLES of (Spanish + Portuguese - 2 x English)), of questions as the bare model embeds them."""
    model = index.embedder.E5Embedding(axis=())
    en, es, pt = (np.array([model.get_query_embedding(t[i]) for t in TRIPLES]) for i in range(3))
    axis = (es + pt - 2 * en).mean(axis=0)
    axis /= np.linalg.norm(axis)
    rounded = [round(float(x), 5) for x in axis]
    made = {"made_by": "python -m evals.language_axis", "model": model.model_name, "axis": rounded}
    Path(index.embedder.AXIS_FILE).write_text(json.dumps(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
