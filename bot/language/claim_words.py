"""The words by which news says whose claim something is: English, with the basics of Spanish and Russian.

General lists of reporting verbs and nouns, as grammars of reported speech give them (Quirk et al., "A
Comprehensive Grammar of the English Language", 1985, 14.28-14.35 and 16.31), not made for any event.
"""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SAYING = _words(
    """
    said says saying told tells telling announced announces announcing confirmed confirms confirming declared declares
    declaring insisted insists insisting claimed claims claiming reported reports reporting acknowledged acknowledges
    acknowledging admitted admits admitting affirmed affirms affirming added adds adding explained explains explaining
    stressed stresses stressing emphasized emphasised emphasizes denied denies denying argued argues arguing alleged
    alleges alleging asserted asserts assured assures assuring warned warns warning wrote writes writing tweeted noted
    notes noting revealed reveals recalled recalls testified testifies estimated estimates predicted predicts promised
    promises promising vowed vows pledged pledges pledging complained complains maintained maintains suggested suggests
    suggesting indicated indicates indicating concluded concludes replied replies answered remarked remarks observed
    expressed expresses pointed points blamed blames blaming accused accuses accusing ruled guaranteed believed
    believes stated states stating informed informs commented asked counted counts conceded concedes contended contends
    reiterated reiterates underlined underlines cautioned cautions disclosed discloses criticised criticized condemned
    condemns demanded demands justified justifies proposed appealed agree agreed manifested sustained specified
    detailed clarified recounted
    recounts
    dijo dijeron dice dicen afirmó afirmaron afirma afirman declaró declararon declara aseguró aseguraron asegura
    aseguran informó informaron informa anunció anunciaron anuncia señaló señalaron señala indicó indicaron indica
    explicó explica confirmó confirmaron confirma negó niega admitió admite admiten denunció denunciaron
    denuncia lamentó relató manifestó
    sostuvo sostiene consideró considera consideran cuenta cuentan contó añadió añade agregó agrega insistió insiste
    advirtió advierte reconoció reconoce estimó estima reportó prometió
    сказал сказала сказали говорит говорят заявил заявила заявили заявило заявляет заявляют сообщил сообщила сообщили
    сообщило сообщает сообщают отметил отметила отметили подчеркнул подчеркнула объявил объявила объявили добавил
    добавила добавили утверждает утверждают утверждал утверждала утверждали пояснил пояснила объяснил объяснила
    рассказал рассказала рассказали признал признала признали подтвердил подтвердила подтвердили опроверг опровергла
    отвечает отвечают ответил ответила уточнил уточнила доложил доложила считает считают написал написала обещал
    """
)
SAYING_PLURAL = _words(
    """
    say tell announce confirm declare insist claim report acknowledge admit affirm explain stress deny argue allege
    assert warn write note estimate predict promise complain maintain suggest believe state count blame accuse assure
    contend concede point agree demand
    """
)
"""Forms that need a subject right before them, since they are infinitives, too."""
SPEAKING_OF = _words("spoke speaks speak spoken talked talks talk writes wrote hablaba hablaban habló habla hablan "
                     "говорил говорила говорили говорит")  # fmt: skip
OF = _words("of about de о об примерно")
PUTTING = _words("put puts putting gave gives give given set sets cifró cifra")
CALLING = _words(
    "described describes describe called calls call defined defines define characterised characterized branded "
    "dubbed termed calificó califica назвал назвала назвали называет"
)
SHOWING = _words("show shows showed shown suggest suggests suggested indicate indicates find finds found put puts give "
                 "gives gave mean means list lists listed record records recorded")  # fmt: skip
INVERTIBLE = _words(
    """
    said says told added adds explained explains insisted insists asked announced argued warned wrote recalled replied
    remarked complained stressed noted declared confirmed concluded reported claimed acknowledged admitted agreed
    dijo dijeron dice dicen afirmó declaró aseguró informó anunció señaló indicó explicó cuenta contó añadió
    agregó denunció
    lamentó relató manifestó reconoció admitió sostuvo
    insistió advirtió сказал сказала сказали говорит говорят заявил заявила заявили сообщил сообщила сообщили сообщает
    отметил отметила добавил добавила рассказал рассказала пояснил пояснила
    """
)
"""Verbs that may stand before their subject after what is said: "…, said the mayor"."""
ALSO_NOUNS = _words(
    "reports report claims claim states state counts count estimates estimate notes note promises promise points point "
    "demands demand stresses stress pledges remarks calls call suggests cuenta talks talk"
)
"""Nouns unless that, a number or a quotation follows."""
NEEDS_THAT = _words(
    "manifested sustained specified detailed clarified proposed proposes demanded demands demand observed "
    "observes maintained maintains maintain agree agreed found"
)
"""Verbs that report only with "that", or at the end of what is said."""
ALSO_PARTICIPLES = _words(
    """
    announced reported confirmed declared described claimed promised denied revealed estimated predicted acknowledged
    called defined noted alleged expressed dismissed condemned justified proposed demanded
    pledged believed counted listed recorded found shown given put set stated asserted disclosed
    """
)
"""They may follow a noun as its attribute ("measures announced on Monday"), with nobody saying anything."""
DOCUMENTS = re.compile(
    r"\b(?:figures?|data|statistics|numbers?|decree|report|reports|results?|poll|polls|survey|tally|count|list|law|"
    r"documents?|census|estimates?|records?|chart|study|order|charter|constitution|indictment|toll|balance|"
    r"cifras|datos|informe|decreto|lista|указ\w*|данны\w+|доклад\w*|сводк\w+)\b",
    re.IGNORECASE,
)

PRONOUNS = _words("he she they it él ella ellos ellas он она они")
NOBODY = _words(
    """
    i we you neither nobody none nothing everyone everybody anyone anybody someone this that there what which
    no not these
    those us me let yo nosotros nadie я мы ты вы никто
    """
)
"""What is never named as a source: the speaker's own "I", and words that name nobody."""
DETERMINERS = _words(
    "the a an his her its their our my your this that these those some any no every each another several many few all "
    "both el la los las un una unos unas su sus"
)
PREPOSITIONS = _words(
    "of in on at by for from with to into over under between among against about after before during since until "
    "through within without near across de en por con para desde hasta в на с о из от для после до"
)
PERHAPS_AFTER = PREPOSITIONS | _words(
    "late early last this earlier when while as following quoting citing and adding later again recently today "
    "yesterday monday tuesday wednesday thursday friday saturday sunday el ayer hoy"
)
"""What may follow a reporting verb that stands behind what was said."""
BETWEEN = _words(
    """
    has have had also later then now again further earlier previously still already repeatedly only once himself
    herself themselves itself yet first even just simply therefore thus both all ha han había habían también
    además ya ранее также позже тоже уже
    """
)
"""What may stand between a subject and its reporting verb."""
PASSIVE = _words("was were is are be been being am")
NEGATIVE = _words("not never no nor neither without cannot don't doesn't didn't hasn't haven't hadn't wouldn't won't "
                  "couldn't can't didn’t doesn’t don’t hasn’t haven’t won’t no nunca jamás не ни")  # fmt: skip
UNREAL = _words("to may might would could should must can will shall if whether did does do por para будет могут")
THAT = _words("that que что")
RELATIVE = _words("who which whose whom where")
CLAUSE_STARTS = _words(
    """
    that because while when whether if although though what how why whereas since after before until as but than
    que porque mientras cuando si aunque pero что когда если хотя но потому пока
    """
)
FINITE = _words(
    """
    is are was were has have had will would can could may might must should did does do said says told tells died fell
    rose went came took made began became left lost won ran stood lay held kept brought sent saw felt broke knew
    struck sank drove flew threw caught chose sold tore swept slid shook sought stole withdrew drew grew blew woke
    met paid read led got found thought gave put showed spoke isn't aren't wasn't weren't hasn't haven't hadn't
    didn't doesn't don't es son fue fueron era eran está están estaba ha han había habían murió murieron hay hubo
    был была было были есть погиб погибла погибли стал стала стали
    """
)
TIME_NOUN = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|aug|sept?|oct|nov|dec|morning|afternoon|evening|night|noon|midnight|day|days|week"
    r"|weekend|month|months|year|years|hour|hours|today|yesterday|(?:19|20)\d\d|spring|summer|autumn|winter|time"
    r"|moment|past|beginning|end|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana|mes|año|понедельник|вторник|среду"
    r"|четверг|пятницу|субботу|воскресенье|начале|конце|января|февраля|марта|апреля|мая|июня|июля|августа"
    r"|сентября|октября|ноября|декабря"
)
_OCCASION = (
    r"statement|speech|address|interview|briefing|conference|report|telegram|tweet|post|letter|video|broadcast|message"
    r"|announcement|television|tv|radio|twitter|facebook|telegram|instagram|youtube|x|meeting|session|call|videoconference"
    r"|communiqué|comunicado|rueda de prensa|conferencia de prensa|заявлении|брифинге|интервью|phone|telephone"
    r"|email|link"
)
_BY = r"phone|telephone|email|e-mail|video link|videoconference|video|letter|post|teléfono"
_FILL = r"(?:(?!(?:that|said|says|told|and)\b)[^\W_][\w'’/-]*\s+){0,4}?"
TIME_OR_OCCASION = re.compile(
    rf"\s*(?:(?:(?:on|in|at|since|until|during|over|late|early|earlier|later|last|next|this|from|via|through|el|la|en"
    rf"|в|на)\s+{_FILL}(?:{TIME_NOUN}|{_OCCASION})|by\s+(?:{TIME_NOUN}|{_BY}))"
    rf"(?:(?<=начале)\s+\w+|(?<=конце)\s+\w+)?(?:\s+(?:\d{{1,2}}(?:st|nd|rd|th)?(?!\d|[.,]\d)|(?:{TIME_NOUN})))*|today|yesterday|ayer|hoy|вчера|сегодня)\b",
    re.IGNORECASE,
)
"""When or where something was said: "on Sunday", "in a televised address", "by phone"."""
LEADING = re.compile(
    rf"\s*(?:{TIME_OR_OCCASION.pattern}|(?:and|but|or|y|pero|и|а|но|also|however|meanwhile|later|earlier|then|still"
    rf"|now|yesterday|today|finally|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?= the\b)|in (?:summary|turn"
    rf"|addition|response)|for (?:his|her|its|their) part|instead|besides"
    rf"|in (?:the (?:capital|city|region|country)|[A-ZÀ-Þ][\w'’-]+(?=\s+(?:[a-z]|the\b))))\b)(?=\s)",
    re.IGNORECASE,
)
"""What stands before a subject without belonging to it."""
ACCORDING_TO = re.compile(
    r"\b(?:according to|as per|in the (?:words|view|opinion|estimation) of|by the (?:\w+ )?(?:count|account|estimate"
    r"|reckoning) of|(?:citing|quoting)|(?:attributed|credited) to|según|de acuerdo con|en palabras de|a juicio de"
    r"|conforme a|по (?:словам|данным|информации|мнению|сообщению|сведениям|подсчётам|подсчетам|утверждению|заявлению)"
    r"|согласно|со ссылкой на|(?:según|como) (?:informó|dijo|anunció|indicó|señaló|confirmó|explicó|declaró)"
    r"|как (?:об этом )?(?:ранее )?(?:сообщ|объяв|заяв|отмет|рассказ|подтверд)\w+)(?=\s)",
    re.IGNORECASE,
)
REPORTED_BY = re.compile(
    r"\b(?:reported|confirmed|announced|cited|quoted|stressed|denied|claimed|published|released|issued|given|provided"
    r"|compiled|emphasi[sz]ed|said|mentioned|disclosed|estimated|put out|made public) (?:\w+ly )?by(?=\s)",
    re.IGNORECASE,
)
COUNT_OF = re.compile(
    r"\bby (?P<who>(?:the |its |their |his |her )?[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,5}?)(?:['’]s|(?<=s)['’])"
    r"(?: (?:own|latest|official|last|first|preliminary))? (?:count|account|tally|estimate|reckoning|figures?)\b",
    re.IGNORECASE,
)
FIGURE_IS = re.compile(
    r"(?P<who>(?:(?:the|a) )?(?:[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,4}?(?:['’]s|(?<=s)['’])|its|his|her|their)"
    r"(?: (?:own|latest|official|last|first|preliminary|new|current))? (?:count|figure|tally|estimate|toll))"
    r" (?:is|was|stands at|stood at|had been|has been|remains|rose to|fell to|comes to|came to|shows|puts|gives)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r",\s*(?:(?:many |far |slightly |much )?(?:fewer|more|less|higher|lower|up|down) (?:than|from)\b"
    r"|(?:but|although|though|yet|and)\b(?! that\b)[^,;]{0,60}?\b(?:not|no|never|neither|nothing|cannot|\w+n['’]t)\b)",
    re.IGNORECASE,
)
"""Where a report ends and the article compares or doubts: ", up from 12 on Monday", ", but gave no details"."""
CONTRAST = re.compile(r"(?:;|[,—–]\s*(?:while|whereas|but|and|although|though|mientras|а|но))(?=\s)", re.IGNORECASE)
SOURCE_HEAD = re.compile(
    r"(?:ministry|ministries|minister|police|army|military|officials?|president|presidency|government|authorit(?:y|ies)|court"
    r"|prosecutors?|committee|commission|council|agency|agencies|media|office|spokes\w+|department|company|operator"
    r"|group|groups|organi[sz]ations?|organi[sz]ers?|witness\w*|residents?|doctors|hospitals?|union|bank|airline"
    r"|service|services|governor|mayor|king|queen|prince|pope|experts?|analysts?|economists?|observers?|lawyers?"
    r"|families|people|newspaper|channel|station|television|radio|embassy|alliance|party|parliament|leaders?|chief"
    r"|general|colonel|judge|firm|chamber|exchange|forces|driver|officer|teacher|lawyer|doctor|worker|farmer|soldier|researcher"
    r"|reporter|adviser|ambassador|director|prosecutor|commander|editor|author|professor|engineer|survivor|neighbour|command|staff|team|rescuers|ngo|un|eu"
    r"|\w+(?:man|men|woman|women|ists?|ians|ors|ers))",
    re.IGNORECASE,
)
"""Nouns for those who can say something."""
