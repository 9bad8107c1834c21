"""Whose claim it is: tables of sentences as agencies, broadcasts and machine translation write them.

An answer stands in braces; beside it, whose claim it is, or None where the article itself says it.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.attribution import attribution_of, is_said_by, resolved_source
from bot.language.question_forms import speaker_asked, speech_asked, yes_no_asked
from bot.language.source_names import spelled_alike
from bot.settings import sample_articles
from corpus.reading import read_article
from index.sentences import split_paragraphs

# Written before any rule was.
AGENCY = [
    ("At least {12} people were killed, the health ministry said on Tuesday.", "the health ministry"),
    ("The health ministry said {12} people were killed.", "The health ministry"),
    ("Police said on Sunday that {40} protesters had been arrested.", "Police"),
    ("{Forty} protesters were arrested, according to police.", "police"),
    ("According to the mayor, Ana Ruiz, {30} houses burned down.", "the mayor"),
    ("According to the governor {30} houses burned down.", "the governor"),
    ("The toll rose to {57}, said Ivan Petrov, head of the rescue service.", "Ivan Petrov"),
    ("Ivan Petrov, head of the rescue service, said the toll rose to {57}.", "Ivan Petrov, head of the rescue service"),
    (
        "{57} people died, Ivan Petrov, head of the rescue service, told reporters.",
        "Ivan Petrov, head of the rescue service",
    ),
    (
        "A spokesman for the army, Colonel Deng, told AFP that {three} soldiers were missing.",
        "A spokesman for the army, Colonel Deng",
    ),
    ("The United Nations put the number of displaced people at {1.2 million}.", "The United Nations"),
    ("Rights groups put the toll at {300}, while the government speaks of 18.", "Rights groups"),
    ("Rights groups put the toll at 300, while the government speaks of {18}.", "the government"),
    ("The ministry said 12 had died, while hospitals counted {19} bodies.", "hospitals"),
    ("The ministry said {12} had died, while hospitals counted 19 bodies.", "The ministry"),
    ("Eighteen people died, according to the ministry, and {26}, according to rights groups.", "rights groups"),
    ("{Eighteen} people died, according to the ministry, and 26, according to rights groups.", "the ministry"),
    ("Officials had spoken of {26} dead, and on Sunday they gave the number of dead as 16.", "Officials"),
    ("Officials had spoken of 26 dead, and on Sunday they gave the number of dead as {16}.", "they"),
    ("By the hospital's own count, {64} people were treated.", "the hospital"),
    ("The fire was caused by {a short circuit}, a spokeswoman confirmed.", "a spokeswoman"),
    ("{The ministry denies that police used rubber bullets}.", "The ministry"),
    ("He {denies that the ship was overloaded}.", "He"),
    ("{The ministry} denies that police used rubber bullets.", None),
    ("The quake struck because {two plates meet there}, the institute said.", "the institute"),
    ("The plane carried {62} people, state media reported, citing the airline.", "state media"),
    ("State television, citing the airline, said the plane carried {62} people.", "State television"),
    ("The vote was postponed to {March}, it was reported by the Tass agency.", "the Tass agency"),
    ("The deaths of {nine} miners were confirmed by the regional governor.", "the regional governor"),
    ("The company, which says it lost {$3 million}, has sued.", "The company"),
    ("In a statement, the embassy said {two} of its nationals were hurt.", "the embassy"),
    ("Figures from the central bank show inflation at {14 percent}.", "Figures from the central bank"),
    ("The ministry's figure is {412}.", "The ministry's figure"),
    ("“We lost {eleven} men,” the commander said.", "the commander"),
    ("“We lost {eleven} men,” said Maria Lopez, a nurse.", "Maria Lopez"),
    ("The commander said: “We lost {eleven} men.”", "The commander"),
    ("Lopez told state radio she had seen {two} tanks and added that no one was hurt.", "Lopez"),
    ("Lopez told state radio she had seen two tanks and added that {nobody} was hurt.", "Lopez"),
    ("The minister resigned on {Friday}.", None),
    ("The minister, who resigned on {Friday}, said that he was ill.", None),
    ("The ministry did not say how {many} people were hurt.", None),
    ("No official has said whether {the bridge} will be rebuilt.", None),
    ("Witnesses reported hearing {shots}.", "Witnesses"),
    ("The army denied that it had fired on {protesters}.", "The army"),
    ("Foreign fighters had taken part, he said, and {Islamists} among them.", "he"),
    ("{Five} of the dead, she added, were children.", "she"),
    ("As the Interior Ministry announced, {the border} stays closed.", "the Interior Ministry"),
    ("The operation left {16} dead, up from 12 a day earlier, officials said.", "officials"),
    ("Officials said the operation left 16 dead, up from {12} a day earlier.", None),
    ("Local media affirm that the fatalities are counted by {dozens}.", "Local media"),
    ("The prime minister was quoted by Interfax as saying that {the crisis} was over.", "The prime minister"),
    ("Tens of thousands marched on {Saturday}, organisers claimed.", "organisers"),
    ("He has promised to rebuild {the school}.", "He"),
    ("Doctors Without Borders says it treated {210} wounded.", "Doctors Without Borders"),
    ("The former banker is said to own {four} houses.", None),
    ("According to the decree, it runs until {19 January}.", "the decree"),
]
MACHINE_TRANSLATED = [
    ('Moreno said that the sum of damages is "not yet known" spoke of {9} injured among the firefighters.', "Moreno"),
    (
        "The President of the Republic, Luis Arana, assured on Monday that {the curfew} was going to be lifted.",
        "The President of the Republic, Luis Arana",
    ),
    ("He assured that that is why {they} defined it as an attempted coup.", "He"),
    (
        "The Minister of Health, of Peru, Oscar Ugarte, had expressed that {the vaccine} was late.",
        "The Minister of Health, of Peru, Oscar Ugarte",
    ),
    (
        "So far there are {83} injured, according to official figures from the Ministry of Health.",
        "official figures from the Ministry of Health",
    ),
    ("The use of {weapons} had never been ordered, this was stressed by Arana.", "Arana"),
    (
        "President Park also said that {hackers} were behind the failure, suggesting the possibility of spies.",
        "President Park",
    ),
    ("Some observers point out that {the reform} is slow.", "Some observers"),
    ("<김민수 / 소방대장> “The fire started in {the kitchen}. It spread fast.”", "김민수"),
    ("<김민수 / 소방대장> “The fire started in the kitchen. It spread {fast}.”", "김민수"),
    ("MINISTER: “We will rebuild {the port}.”", "MINISTER"),
    ("[Anna Berg, resident] It came from {the sea}.", "Anna Berg, resident"),
]
# Written while the rules were tuned on the sample articles.
HARDER = [
    ("A spokesman for the mayor, asked about the fire, said {four} flats were lost.", "A spokesman for the mayor"),
    ("The airline, in a statement, said {all 88} passengers were safe.", "The airline"),
    ("Speaking in Geneva, the envoy, Anna Roth, said {talks} would resume.", "the envoy, Anna Roth"),
    ("It was the worst flood since {1997}, officials said, warning of more rain.", "officials"),
    ("The bank, founded in {1921}, said it had lost $2 billion.", None),
    ("The court heard that the driver told police he was {asleep}.", "the driver"),
    ("Johnson told Merkel that French officials had confirmed {six} cases.", "French officials"),
    ("Residents said soldiers fired on {a crowd}, a claim the army denies.", "Residents"),
    ("The army did not confirm that {six} soldiers were missing.", None),
    ("Until Sunday the ministry had acknowledged {two} deaths.", "the ministry"),
    ("The report says {41 percent} of homes lack water.", "The report"),
    ("The law firm announced on Monday is owned by {a Swiss fund}.", None),
    ("Measures announced on Monday include {a curfew}.", None),
    ("Twelve people reported missing were found {alive}.", None),
    ("“I saw {two men},” Rosa told the BBC. “They ran.”", "Rosa"),
    ("“I saw two men,” Rosa told the BBC. “They ran to {the river}.”", "Rosa"),
    ("“It was dark,” said Rosa, 34. She ran home. “Nobody was on {the street}.”", "Rosa"),
    ("The minister said the fire was out. It began in {a warehouse}.", None),
    ("The governor said two things. “We lost {a bridge}. We will build another.”", "The governor"),
    ("The toll, the governor said, could reach {50}.", "the governor"),
    ("“The bridge,” he said, “was closed in {May}.”", "he"),
    ("He told them to leave {the building}.", None),
    ("Police and prosecutors said {nine} suspects were held.", "Police and prosecutors"),
    ("The ministry reported {310} new infections and the city 45.", "The ministry"),
    ("By Tuesday the hospital had counted {17} dead.", "the hospital"),
    ("The mine employed 300 people, the union says, and {12} are missing.", "the union"),
    ("Witnesses described {explosions} near the port.", "Witnesses"),
    ("The president called the strike {a crime}.", "The president"),
    ("Sources close to the talks said {a deal} was near.", "Sources close to the talks"),
    ("What the government calls {a training camp} is a prison, lawyers say.", "the government"),
    ("What the government calls a training camp is {a prison}, lawyers say.", "lawyers"),
    ("MANILA, Oct 3 (Wire) - A typhoon killed {31} people, the disaster agency said on Monday.", "the disaster agency"),
    ("Asked whether he would resign, Costa said: “{Never}.”", "Costa"),
    ("CHEN: {The water} rose in minutes. Nobody warned us.", "CHEN"),
    ("The mayor had this to say:\n\n“We will stay in {the square}.”", "The mayor"),
    ("“We will stay in the square.\n\n“We will sleep in {tents},” Ortiz said.", "Ortiz"),
    ("Ortiz said: “We will stay in the square.\n\n“We will sleep in {tents}.”", "Ortiz"),
    ("{Nine} died, officials in the region said Sunday.", "officials in the region"),
    ("Tokayev, meanwhile, said {nine} people died.", "Tokayev"),
    ("The channel reports that, according to the navy, {two} ships collided.", "the navy"),
]
# Written after the rules were tuned: of 31 attributions that the rules then gave for these, 29 were right.
FRESH = [
    (
        "Rebels seized the airport, killing {seven} guards, a senior officer told Reuters on condition of anonymity.",
        "a senior officer",
    ),
    (
        "The death toll from the quake has passed {2,000}, Turkey's disaster authority announced late on Friday.",
        "Turkey's disaster authority",
    ),
    ("Prime Minister Elena Costa insisted that {no soldier} had crossed the border.", "Prime Minister Elena Costa"),
    (
        "Survivors interviewed by the commission said the boat carried {about 120} people.",
        "Survivors interviewed by the commission",
    ),
    (
        "About {400,000} homes were without power on Thursday, according to the website PowerOutage.us.",
        "the website PowerOutage.us",
    ),
    ("The strike, which began on {Monday}, has closed every port, the union said.", "the union"),
    ("Analysts at the bank expect a loss of {$4 billion}.", None),
    ("The opposition claims {6,000} of its members are in jail; the government says there are none.", "The opposition"),
    ("The opposition claims 6,000 of its members are in jail; the government says there are {none}.", "the government"),
    ("Human Rights Watch, citing witnesses, put the number of dead at {87}.", "Human Rights Watch"),
    ("“There were {bodies} everywhere,” recalled Ahmed, a baker. “I closed the shop.”", "Ahmed"),
    ("“There were bodies everywhere,” recalled Ahmed, a baker. “I closed {the shop}.”", "Ahmed"),
    ("Asked about the arrests, the interior minister replied: “{Four} of them were armed.”", "the interior minister"),
    ("The UN refugee agency estimates that {90,000} people have fled since May.", "The UN refugee agency"),
    ("A preliminary report blamed {pilot error}.", "A preliminary report"),
    ("The company had earlier said it would cut {1,100} jobs.", "The company"),
    ("Neither side has said how {the clash} began.", None),
    ("The hospital where {the singer} died has not commented.", None),
    ("Mr. Okafor, 52, who was elected in 2019, denied taking {bribes}.", "Mr. Okafor, 52, who was elected in 2019"),
    ("Prosecutors allege she moved {$30 million} to accounts in Cyprus.", "Prosecutors"),
    ("The dam could fail within {hours}, engineers warned.", "engineers"),
    ("Reuters could not independently verify {the claim}.", None),
    ("Volunteers counted {214} graves, twice as many as the 107 the army admits.", "Volunteers"),
    ("In an interview with Der Spiegel, the chancellor ruled out {a coalition}.", "the chancellor"),
    (
        "Nigeria's president, Bola Tinubu, on Tuesday described the attack as {barbaric}.",
        "Nigeria's president, Bola Tinubu",
    ),
    ("Officials confirmed to the BBC that {nine} hostages had been freed.", "Officials"),
    ("The flight landed safely at {4 a.m.} and nobody was hurt.", None),
    (
        "“It is {a disaster},” the head of the fishermen's union, Paolo Neri, told Italian radio.",
        "the head of the fishermen's union, Paolo Neri",
    ),
    (
        "The ministry's spokesman, Lee Jae-won, added that the missile flew {800 km}.",
        "The ministry's spokesman, Lee Jae-won",
    ),
    ("President Duarte manifested that {the armed forces} would guard the polls.", "President Duarte"),
    ("The mayor pointed out that {three schools} will be closed, but he gave no date.", "The mayor"),
    ('[이영희 / 시민] "The water came up to {my knees}. I could not open the door."', "이영희"),
    ("REPORTER PARK: {The road} is closed to traffic.", "REPORTER PARK"),
    ("El Gobierno informó de que {14} personas fueron rescatadas.", "El Gobierno"),
    ("«No nos dieron {agua}», denunció Carmen Ruiz, portavoz de los vecinos.", "Carmen Ruiz"),
    ("Как сообщили в министерстве, пострадали {30} человек.", "в министерстве"),
    ("Губернатор области заявил, что эвакуированы {2000} человек.", "Губернатор области"),
    ("Police said they had arrested {12} people. Among them were two teachers.", "Police"),
    ("Police said they had arrested 12 people. Among them were {two teachers}.", None),
    (
        "The tsunami warning was lifted at {noon}, the weather office said, adding that small waves were possible.",
        "the weather office",
    ),
]
OTHER_LANGUAGES = [
    ("Según la Fiscalía, {19} personas murieron.", "la Fiscalía"),
    ("Murieron {19} personas, según la policía.", "la policía"),
    ("El ministro de Defensa afirmó que {tres} soldados murieron.", "El ministro de Defensa"),
    ("«Perdí {mi casa}», cuenta Raquel, vecina de Lima.", "Raquel"),
    ("По данным полиции, погибли {12} человек.", "полиции"),
    ("По словам министра, погибли {12} человек.", "министра"),
    ("Министр заявил, что погибли {12} человек.", "Министр"),
    ("«Ночью было {тихо}», — говорит жительница города Людмила.", "жительница города Людмила"),
]


def parts(marked: str) -> tuple[str, tuple[int, int]]:
    """The text without its braces, and where the answer stands."""
    before, answer, after = marked.replace("}", "{", 1).split("{", 2)
    return before + answer + after.replace("{", "").replace("}", ""), (len(before), len(before) + len(answer))


def sentence_of(text: str, place: tuple[int, int]) -> tuple[int, int]:
    for paragraph in split_paragraphs(text):
        for sentence in paragraph.sentences:
            if sentence.start <= place[0] < sentence.end:
                return sentence.start, sentence.end
    raise AssertionError(text)


def attributed(marked: str) -> str | None:
    text, answer = parts(marked)
    found = attribution_of(text, sentence_of(text, answer), answer)
    return None if found is None else text[slice(*found.source)]


@pytest.mark.parametrize(("marked", "source"), [*AGENCY, *HARDER, *FRESH, *MACHINE_TRANSLATED, *OTHER_LANGUAGES])
def test_a_claim_is_of_whoever_makes_it(marked: str, source: str | None) -> None:
    assert attributed(marked) == source


SAMPLES = [
    (
        "2022-01-06-sample-wire-dozens-killed-almaty.md",
        "size of the force at about {2,500}",
        "Its secretary general, Stanislav Zas",
    ),
    ("2022-01-07-sample-radio-tulip-without-warning.md", "it said, {18} officers", "it"),
    ("2022-01-07-sample-market-ledger-bitcoin-miners-offline.md", "spoke of {12 percent}", "Other observers"),
    (
        "2022-01-09-sample-wire-164-dead.md",
        "At least {164} people",
        "figures attributed to the Health Ministry and carried by state television",
    ),
    ("2022-01-09-sample-wire-164-dead.md", "Ministry had counted {5,135}", "the Interior Ministry"),
    ("2022-01-10-sample-radio-tulip-attempted-coup.md", "pieces of equipment, fewer than the {2,500}", None),
    (
        "2022-01-10-sample-radio-tulip-attempted-coup.md",
        "there are now {more than 8,000} detainees",
        "the Interior Ministry",
    ),
    ("2022-01-11-sample-capital-post-smailov-nominated.md", "its count was {7,939}", "its count"),
    ("2022-01-13-sample-market-ledger-damage-bill.md", "on Monday of {two to three billion dollars}", "Tokaev"),
    (
        "2022-01-14-obrazets-vestnik-vyvod-odkb.md",
        "примерно о {2500} военных",
        "генеральный секретарь ОДКБ Станислав Зась",
    ),
    ("2022-01-14-obrazets-vestnik-vyvod-odkb.md", "Чем скорее {уедут}", "Её сосед Арман"),
    ("2022-01-15-sample-wire-225-bodies.md", "The bodies of {225} people", "the office of the prosecutor general"),
    ("2022-01-20-sample-almaty-herald-chronology.md", "Ministry: {18} officers", "The Interior Ministry"),
    ("2022-06-06-sample-radio-tulip-referendum-explained.md", "at that time, {232} people", "the prosecutors"),
    ("2022-08-17-muestra-diario-lista-238-muertos.md", "encontré una {inicial}", "Raisa"),
    ("2022-08-17-muestra-diario-lista-238-muertos.md", "muertos hay {19} miembros", None),
    (
        "2022-09-05-sample-steppe-courier-editorial-names.md",
        "told parliament {230}",
        "the prosecutor general, Berik Asylov",
    ),
    ("2022-09-05-sample-steppe-courier-editorial-names.md", "On 15 January it was {225}", None),
]


def in_article(text: str, marked: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The sentence and the answer that a marked piece of an article names."""
    piece, (start, end) = parts(marked)
    at = text.index(piece)
    place = (at + start, at + end)
    return sentence_of(text, place), place


@pytest.mark.parametrize(("name", "marked", "source"), SAMPLES)
def test_figures_and_quotations_of_the_sample_articles_are_attributed(
    name: str, marked: str, source: str | None
) -> None:
    article = read_article(sample_articles(), name)
    sentence, answer = in_article(article.text, marked)
    found = attribution_of(article.text, sentence, answer, body_start=article.body_start)
    assert (None if found is None else article.text[slice(*found.source)]) == source


WORDS = [
    ("{12} people died, the health ministry said on Tuesday.", "the health ministry said on Tuesday", True),
    ("Officials said on Sunday that {12} people died.", "Officials said on Sunday", True),
    (
        "So far {12} died, according to figures from the Ministry of Health.",
        "according to figures from the Ministry of Health",
        False,
    ),
    ("Local media affirm that the dead are counted by {dozens}.", "Local media affirm", True),
    ("Lopez told state radio that {two} bridges fell.", "Lopez told state radio", True),
    ("By the hospital's own count, {64} people were treated.", "By the hospital's own count", False),
    ("“We lost {two},” said Maria Lopez, a nurse.", "said Maria Lopez", True),
    ("<Anna Berg / resident> “It came from {the sea}.”", "Anna Berg / resident", True),
    ("In a televised address on Friday Ortiz announced {a curfew}.", "Ortiz announced", True),
    ("The survey found that {a third} of them left.", "The survey found", False),
]


@pytest.mark.parametrize(("marked", "words", "speech"), WORDS)
def test_the_words_that_attribute_are_a_slice(marked: str, words: str, speech: bool) -> None:
    text, answer = parts(marked)
    found = attribution_of(text, sentence_of(text, answer), answer)
    assert found is not None
    assert (text[found.start : found.end], found.speech) == (words, speech)


ANTECEDENTS = [
    ("President Jon Tamm spoke on Monday. He said {two} ships were lost.", "President Jon Tamm"),
    ("Tamm said the sea was calm. He added that {two} ships were lost.", "Tamm"),
    ("Tamm met Orlov. The two shook hands. He said {two} ships were lost.", "Tamm"),
    ("Tamm and Eva Orlov said it was calm. Ships came. He said {two} were lost.", None),
    ("The Transport Ministry sent divers. The ministry said {two} ships were lost.", "Transport Ministry"),
    (
        "The Ministry of Transport sent divers. According to the ministry, {two} ships were lost.",
        "Ministry of Transport",
    ),
    ("The Transport Ministry and the Health Ministry sent help. The ministry said {two} were lost.", None),
    ("President Jon Tamm came home. Nobody met him. The president said {two} ships were lost.", "Jon Tamm"),
    ("The ships were old. He said {two} were lost.", None),
    ("Tamm, 61, is a sailor. “I lost {two} ships,” he said.", "Tamm"),
    ("A spokeswoman, Eva Orlov, took questions. Tamm said {two} ships were lost.", "Tamm"),
    ("Eva Orlov, a spokeswoman, took questions. He said {two} ships were lost.", None),
    ("Officials came at noon. They said {two} ships were lost.", "Officials"),
]


@pytest.mark.parametrize(("marked", "name"), ANTECEDENTS)
def test_a_pronoun_stands_for_the_last_name_that_fits(marked: str, name: str | None) -> None:
    text, answer = parts(marked)
    found = attribution_of(text, sentence_of(text, answer), answer)
    assert found is not None
    source = resolved_source(text, found)
    assert (None if source is None else text[slice(*source)]) == name


PRESIDENT = (
    "President Jon Tamm came home on Monday. The Russian president, Ivan Orlov, called him. "
    "Tamm said two ships were lost. Orlov said three were lost. Nobody was hurt. “It was a storm,” Tamm added. "
    "The president said help was coming. According to the Ministry of Transport, the port is shut.\n\n"
    "<Eva Nuñez / resident> “I saw it.”"
)
SAID_BY = [
    ("Tamm said two", "Tamm", True),
    ("Tamm said two", "President Tamm", True),
    ("Tamm said two", "the president", True),
    ("Tamm said two", "jon tamm", True),
    ("Tamm said two", "Orlov", False),
    ("Tamm said two", "the ministry", False),
    ("Orlov said three", "Orbán", False),
    ("Orlov said three", "Ivan Orlov", True),
    ("Orlov said three", "the president", False),
    ("Nobody was hurt", "Orlov", False),
    ("“It was a storm", "Tamm", True),
    ("The president said", "Tamm", True),
    ("The president said", "the president", True),
    ("The president said", "its president", True),
    ("According to", "Ministry of Transport", True),
    ("According to", "transport ministry", True),
    ("According to", "the ministry", True),
    ("According to", "health ministry", False),
    ("“I saw it", "Eva Nunez", True),
    ("“I saw it", "Tamm", False),
]


@pytest.mark.parametrize(("begins", "name", "said"), SAID_BY)
def test_who_says_it_is_known_by_more_than_one_name(begins: str, name: str, said: bool) -> None:
    place = PRESIDENT.index(begins)
    assert is_said_by(PRESIDENT, sentence_of(PRESIDENT, (place, place + 1)), name) == said


SPELLINGS = [
    ("Tokaev", "Tokayev", True),
    ("Tokaiev", "Tokayev", True),
    ("Nazarbáyeb", "Nazarbayev", True),
    ("Zelensky", "Zelenskyy", True),
    ("Massimov", "Masimov", True),
    ("Putin", "Patin", True),
    ("Putin", "Purin", True),
    ("Kim", "Kin", False),
    ("Putin", "Rutin", False),
    ("Tokayev", "Tokarczuk", False),
    ("Nazarbayev", "Nazarov", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), SPELLINGS)
def test_spellings_of_one_name_are_alike(one: str, other: str, alike: bool) -> None:
    assert spelled_alike(one, other) == alike
    assert spelled_alike(other, one) == alike


SPEECH_ASKED = [
    ("What did Tokayev say about the protests?", "Tokayev"),
    ("what did the president say about nazarbayev", "the president"),
    ("What does the Interior Ministry claim?", "the Interior Ministry"),
    ("According to the UN, how many fled?", "the UN"),
    ("how many died according to rights groups?", "rights groups"),
    ("according to the health ministry how many died", "the health ministry"),
    ("How did Putin describe the unrest?", "Putin"),
    ("How does the government justify the shooting?", "the government"),
    ("Did Tokayev deny shooting at protesters?", "Tokayev"),
    ("Has the army confirmed the deaths?", "the army"),
    ("How many detainees does the ministry report?", "the ministry"),
    ("What is the ministry's figure?", "the ministry"),
    ("Whom did Tokayev blame for the riots?", "Tokayev"),
    ("What was said by Blinken about the troops?", "Blinken"),
    ("What was the death toll given by prosecutors in mid-January?", "prosecutors"),
    ("Which numbers of the lottery were drawn?", None),
    ("¿Qué dijo Tokáyev sobre las protestas?", "Tokáyev"),
    ("Según la Fiscalía, ¿cuántos murieron?", "la Fiscalía"),
    ("Что сказал Токаев о протестах?", "Токаев"),
    ("How many people died?", None),
    ("Who said it was a coup?", None),
    ("What did he say?", None),
    ("What did people say about the price?", None),
    ("When did the airport close?", None),
    ("why did the price rise?", None),
    ("did the army fire on protesters", None),
    ("what do the articles say about bitcoin?", None),
]


@pytest.mark.parametrize(("question", "who"), SPEECH_ASKED)
def test_a_question_names_whose_words_it_asks_for(question: str, who: str | None) -> None:
    assert speech_asked(question) == who


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who said that it was a coup?", True),
        ("who claims that foreigners took part", True),
        ("Whose figure is 164?", True),
        ("¿Quién dijo eso?", True),
        ("Which ministry reported 9,900 detainees?", True),
        ("Who is Tokayev?", False),
        ("What did Tokayev say?", False),
        ("How many people died?", False),
    ],
)
def test_a_question_asks_for_the_speaker(question: str, asked: bool) -> None:
    assert speaker_asked(question) == asked


YES_NO = [
    ("Did the army fire on protesters?", True),
    ("was the internet cut?", True),
    ("Is it true that foreigners took part?", True),
    ("And did he resign?", True),
    ("In Almaty, was the airport seized?", True),
    ("hasn't the airport reopened?", True),
    ("The airport was seized, wasn't it?", True),
    ("The president has resigned?", True),
    ("so the troops left, right?", True),
    ("Did the army fire or not?", True),
    ("Are there any children among the dead?", True),
    ("¿Fue un golpe de Estado?", True),
    ("¿Dispararon a los manifestantes?", True),
    ("¿Es verdad que murieron niños?", True),
    ("Стреляли ли военные?", True),
    ("Правда ли, что интернет отключили?", True),
    ("How many people were detained?", False),
    ("Who did it?", False),
    ("What was the toll?", False),
    ("Was it a coup or a protest?", False),
    ("Do you know how many people died?", False),
    ("Can you tell me when the airport closed?", False),
    ("is it known who fired", False),
    ("And wounded?", False),
    ("in Almaty?", False),
    ("¿Cuántos murieron?", False),
    ("¿Y heridos?", False),
    ("Сколько человек погибло?", False),
    ("death toll", False),
    ("", False),
]


@pytest.mark.parametrize(("question", "asked"), YES_NO)
def test_a_question_asks_for_yes_or_no(question: str, asked: bool) -> None:
    assert yes_no_asked(question) == asked


news = st.lists(
    st.sampled_from(
        '“ ” " said that he the ministry , . : ; according to 12 dead Tokayev and who — < > reported by the , told us'
        " in a statement on Monday count's « » \n\n \n [ ] , called it MINISTER: its figure is".split(" ")
    ),
    max_size=40,
).map(" ".join) | st.text(max_size=80)


@given(news, st.integers(0, 200), st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_every_span_is_a_slice_of_the_article_whatever_it_says(text: str, place: int, length: int) -> None:
    for paragraph in split_paragraphs(text):
        for sentence in paragraph.sentences:
            start = min(sentence.start + place, sentence.end - 1)
            answer = (start, min(start + length, sentence.end))
            for each in (answer, None):
                found = attribution_of(text, (sentence.start, sentence.end), each)
                if found is not None:
                    assert 0 <= found.start < found.end <= len(text)
                    assert 0 <= found.source[0] < found.source[1] <= len(text)
                    assert text[slice(*found.source)].strip()
                    resolved = resolved_source(text, found)
                    assert resolved is None or text[slice(*resolved)].strip()


def test_a_sentence_takes_well_under_a_millisecond() -> None:
    text = " ".join(parts(marked)[0] for marked, _ in AGENCY)
    sentences = [(each.start, each.end) for paragraph in split_paragraphs(text) for each in paragraph.sentences]
    attribution_of(text, sentences[0], None)
    begun = time.process_time()
    for each in sentences:
        attribution_of(text, each, (each[0], each[0] + 1))
    assert (time.process_time() - begun) / len(sentences) < 0.002
