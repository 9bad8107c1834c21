"""The words in which news counts people: what befell them, and whom of them a figure is about.

English first, with the stems of Spanish and Russian that leave no doubt. A word list and no model, on
purpose: what it does not know is left to the reader's score.
"""

import re
from collections.abc import Iterator
from enum import StrEnum


class Event(StrEnum):
    """What is counted of people."""

    DEATH = "death"
    INJURY = "injury"
    DETENTION = "detention"
    MISSING = "missing"
    DISPLACEMENT = "displacement"
    RELEASE = "release"
    INFECTION = "infection"
    CHARGE = "charge"
    RESCUE = "rescue"
    ABDUCTION = "abduction"


class Group(StrEnum):
    """Whom a figure is about, where that is fewer than all people."""

    SECURITY = "security forces"
    CIVILIANS = "civilians"
    ATTACKERS = "attackers"
    PROTESTERS = "protesters"
    CHILDREN = "children"
    WOMEN = "women"
    FOREIGNERS = "foreigners"
    JOURNALISTS = "journalists"
    RESCUERS = "rescuers"
    MEDICS = "medics"
    WORKERS = "workers"
    OFFICIALS = "officials"


_EVENTS = {
    Event.DEATH: r"dead|die[sd]?|dying|deaths?|killed|kills?|killing|slain|fatal\w*|perish\w*|corpses?|bodies"
    r"|los(?:t|ing|e) (?:their|his|her) li(?:ves|fe)|lives lost|loss(?:es)? of (?:life|citizens|lives)|mortal\w*"
    r"|claimed (?:\w+ ){0,3}lives|shot dead|drowned|suffocated|murdered|massacred"
    r"|tortured to death|muert\w*|murieron|falleci\w*|погиб\w*|умер\w*|убит\w*",
    Event.INJURY: r"injur\w+|wound\w+|hurt|maimed|sought (?:medical )?(?:treatment|help)|hospitali[sz]ed"
    r"|in hospital|to (?:the )?hospitals?"
    r"|(?:need|needs|needed|needing|received?|required?) (?:medical )?treatment|treated (?:for|at|in)"
    r"|(?:(?<=those )|(?<=were )|(?<=was )|(?<=been ))admitted"
    r"|herid\w+|lesionad\w+|ранен\w*|пострада\w*|травм\w*",
    Event.DETENTION: r"detain\w*|detention\w*|arrest\w*|rounded up|in custody|taken into custody|jailed|imprison\w*"
    r"|(?:who|people|persons|men|women|suspects|them) (?:(?:were|was|are|is|have|had|been|being|still) )+held\b"
    r"(?! (?:hostage|captive|up|off|back|on|out|to)\b)"
    r"|behind bars|deteni\w+|arrestad\w+|задерж\w*|арест\w*",
    Event.MISSING: r"missing|unaccounted for|disappeared|desaparecid\w+|пропа(?:л|вш)\w*",
    Event.DISPLACEMENT: r"displaced|homeless|evacuat\w+|fled|refugees?|left without homes?"
    r"|(?:leave|left|leaving|lost|losing|flee|fleeing|from) (?:their|his|her) homes?"
    r"|desplazad\w+|evacuad\w+|эвакуир\w*|бежен\w*",
    Event.RELEASE: r"released|freed|set free|liberad\w+|освобо[жд]\w*",
    Event.INFECTION: r"infected|infections?|tested positive|cases of|confirmed cases|contagi\w+|заболе\w*|заражен\w*",
    Event.CHARGE: r"charged|indicted|prosecuted|sentenced|convicted|criminal cases|condenad\w+|осужд\w*",
    Event.RESCUE: r"rescued|saved|surviv(?:ed|ors?)|(?:brought|taken|pulled) to safety|pulled (?:\w+ )?from"
    r"|(?:from|out of) the (?:water|sea|rubble|debris|wreckage|ruins)"
    r"|rescatad\w+|sobreviv\w+|спас(?:ен|ли|ён)\w*|выжи(?:л|вш)\w*",
    Event.ABDUCTION: r"kidnapp(?:ed|ings?)|abduct(?:ed|ions?)"
    r"|(?:hostages?|captives?)(?!['’-]| (?:tak|crisis|drama|negotia|rescue|situation|stand))"
    r"|secuestrad\w+|rehenes|похищен\w*|заложник\w*",
}

_GROUPS = {
    Group.SECURITY: r"police ?(?:officers?|men|man|women)?|officers|security (?:forces?|officers|personnel|men|service)"
    r"|law enforcement|soldiers?|service(?:men|man|members?)|troops|national guards?(?:men)?|guardsm[ae]n|military"
    r"|peacekeepers|policías?|soldados?|agentes|силовик\w*|полицейск\w*|военнослужащ\w*|солдат\w*",
    Group.CIVILIANS: r"civilians?|bystanders?|passers-by|civiles|мирн\w+ (?:жител|граждан)\w*",
    Group.ATTACKERS: r"attackers?|militants?|gunm[ae]n|terrorists?|assailants?|bandits?|rioters?|rebels?|insurgents?"
    r"|(?:armed )?criminals?|fighters|attacking|atacantes|боевик\w*|террорист\w*",
    Group.PROTESTERS: r"protest[eo]rs?|demonstrators?|strikers?|striking|manifestantes|протестующ\w*|демонстрант\w*",
    Group.CHILDREN: r"child(?:ren)?|minors?|bab(?:y|ies)|infants?|boys?|girls?|teenagers?"
    r"|under[- ]?(?:age|(?:the age of )?1[0-8])s?|niñ[oa]s?|menores|дет(?:и|ей|ям)|несовершеннолетн\w*",
    Group.WOMEN: r"wom[ae]n|female|mujer(?:es)?|женщин\w*",
    Group.FOREIGNERS: r"foreigners?|foreign (?:citizens?|nationals?|workers?)|extranjeros?|иностран\w*",
    Group.JOURNALISTS: r"journalists?|reporters?|correspondents?|periodistas?|журналист\w*",
    Group.RESCUERS: r"fire ?(?:fighters?|m[ae]n)|rescuers?|rescue workers?|bomberos?|пожарн\w*|спасател\w*",
    Group.MEDICS: r"doctors?|nurses?|medics?|paramedics?|médicos?|врач\w*|медик\w*",
    Group.WORKERS: r"(?:oil |factory )?workers?|miners?|employees|trabajadores|mineros|рабоч\w*|шахтёр\w*",
    Group.OFFICIALS: r"officials|lawmakers|deputies|ministers|funcionarios|чиновник\w*|депутат\w*",
}


def _compiled(patterns: dict[str, str]) -> re.Pattern[str]:
    named = (f"(?P<{name.replace(' ', '_')}>{pattern})" for name, pattern in patterns.items())
    return re.compile(rf"\b(?:{'|'.join(named)})\b", re.IGNORECASE)


_EVENT = _compiled({event.value: pattern for event, pattern in _EVENTS.items()})
_GROUP = _compiled({group.value: pattern for group, pattern in _GROUPS.items()})
_BELONGINGS = re.compile(
    r"['’]?s? ?(?:cars?|vehicles?|vans?|trucks?|bus(?:es)?|trains?|planes?|aircraft|helicopters?|ships?|boats?|tanks?"
    r"|stations?|posts?|checkpoints?|cordons?|buildings?|offices?|headquarters|bases?|barracks|schools?|hospitals?|homes?"
    r"|houses?|famil(?:y|ies)|relatives|weapons?|guns?|rifles?|helmets?|shields?|uniforms?|operations?|raids?|exercises?"
    r"|unions?|rights|groups?|camps?|reports?|records?)\b",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"[ -](?:cent(?:re|er)s?|camps?|facilit(?:y|ies)|cells?|warrants?|row|penalt(?:y|ies)|threats?|squads?"
    r"|certificates?|zones?|fields?|sprees?|orders?|plans?|rules?|routes?)\b",
    re.IGNORECASE,
)
"""Behind a word for what befalls people: nothing befell those who wait at a "detention centre"."""


def events_in(text: str) -> Iterator[tuple[int, int, Event]]:
    """Where `text` says what befell people, in order: (start, end, event); in "refugee camp" it says nothing."""
    for match in _EVENT.finditer(text):
        if _NAMED_AFTER.match(text, match.end()):
            continue
        yield match.start(), match.end(), Event(str(match.lastgroup))


def groups_in(text: str) -> Iterator[tuple[int, int, Group]]:
    """Where `text` names a group of people, in order: (start, end, group); in "police cars" it names none."""
    for match in _GROUP.finditer(text):
        if _BELONGINGS.match(text, match.end()):
            continue
        yield match.start(), match.end(), Group(str(match.lastgroup).replace("_", " "))
