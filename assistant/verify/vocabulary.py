"""Words that a claim needs no leave for: function words and the few that tie a paraphrase together."""

from collections.abc import Iterable

from assistant.verify.tokens import Token
from index.lexical import STOP_WORDS

_LONGEST, _SHORTEST = 6, 4  # letters of a stem

GLUE = frozenset(
    """also such like so if but however while whereas although though because since after before during until through among
    against between within under over about around across toward towards via per more less than other others another some
    any each every both several many few most all one ones only just even still yet now again too very much well rather
    first second third finally additionally furthermore moreover meanwhile instead therefore thus hence overall here
    despite unlike besides along amid within throughout following given apart beyond upon whether unless toward towards
    whose whom pese incluso mediante salvo junto apesar inclusive alem someone somebody something anyone anybody anything us
    him me my mine own himself herself itself themselves my our let lot
    make makes made making use uses used using
    include includes including included become becomes became becoming get gets got getting go goes went going take takes
    took taken taking come comes came give gives gave given say says said saying tell tells told according report reports
    reported state states stated note notes noted explain explains explained describe describes described mention mentions
    mentioned add adds added call calls called known know serve serves served part way ways kind type example examples
    example instance thing things people person group groups article articles source sources text
    today currently previously later earlier ago once already ever away back up down out off do doing done been cannot
    pero sino aunque porque cuando desde hasta durante antes despues tambien ademas asi muy mas menos otro otra otros otras
    cada todo toda todos todas algunos algunas varios varias mismo misma ya solo segun ante bajo contra entre hacia tras
    dijo dice dicen decir afirma afirmo senala senalo explica explico tras luego hay habia haber hace hacer tiene tienen
    tener usa usan usar utilizan utiliza parte forma manera tipo ejemplo personas persona grupo grupos articulo
    mas porem embora porque desde ate durante antes depois tambem alem assim muito menos outro outra outros outras cada todo
    toda todos todas alguns algumas varios varias mesmo mesma ja so segundo conforme perante contra entre apos disse diz dizem
    afirma afirmou aponta apontou explica explicou ha havia faz fazer tem tinha ter usa usam usar utilizam parte forma modo
    tipo exemplo pessoas pessoa grupo grupos artigo""".split()
)

COMMON = frozenset(
    """members people users customers buyers sellers officials authorities police investigators researchers experts analysts
    companies firms businesses banks governments countries nations states cities regions agencies institutions organisations
    organizations criminals gangs cartels mafias traffickers dealers smugglers hackers attackers terrorists killers assassins
    victims targets rivals opponents critics journalists bloggers prosecutors lawyers judges soldiers workers engineers
    programmers scientists students children women men families leaders bosses founders owners money cash sums payments
    transactions losses costs prices sales profits revenues markets trade crime crimes violence attacks threats murders killings
    kidnappings arrests drugs weapons photos pictures images videos films posts messages pages accounts profiles networks sites
    websites forums platforms services tools devices phones smartphones computers systems software technology data information
    access growth demand supply research studies surveys findings evidence results numbers figures figure estimates methods
    schemes campaigns operations activities efforts measures laws rules steps cooperation training young old new large small
    big major main modern local foreign international national global regional digital online virtual popular real true
    miembros usuarios clientes autoridades policias investigadores expertos empresas bancos gobiernos paises ciudades agencias
    criminales bandas carteles traficantes hackers atacantes terroristas victimas periodistas mujeres hombres jovenes dinero
    pagos perdidas precios ventas mercados crimen violencia ataques amenazas drogas armas fotos imagenes videos mensajes redes
    sitios servicios herramientas dispositivos datos informacion
    membros autoridades policiais pesquisadores especialistas governos cidades criminosos gangues ataques ameacas mulheres
    homens jovens dinheiro perdas precos vendas crime imagens mensagens ferramentas dados informacoes vitimas""".split()
)
"""Words that begin sentences and are nobody's name: their capital there says nothing."""


def is_plain(word: str) -> bool:
    """Whether a folded word says nothing of its own."""
    return word in STOP_WORDS or word in GLUE or len(word) == 1


def stem(word: str) -> str:
    """A word without its ending, at most six letters of it: plurals, tenses and cognates meet."""
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
            break
    return word[:_LONGEST]


def content(words: Iterable[Token]) -> list[str]:
    """The stems of the words and numbers that say something, in their order."""
    return [stem(t.folded) for t in words if t.kind != "sign" and not is_plain(t.folded)]
