"""Whose claim it is: tables of sentences as agencies, broadcasts and machine translation write them.

An answer stands in braces; beside it, whose claim it is, or None where the article itself says it.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.attribution import Attribution, attribution_of, is_said_by, resolved_source
from bot.settings import sample_articles
from corpus.reading import read_article
from index.sentences import Sentence, split_paragraphs

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
    ("{57} people died, Ivan Petrov, head of the rescue service, told reporters.",
     "Ivan Petrov, head of the rescue service"),
    ("A spokesman for the army, Colonel Deng, told AFP that {three} soldiers were missing.",
     "A spokesman for the army, Colonel Deng"),
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
    ("The President of the Republic, Luis Arana, assured on Monday that {the curfew} was going to be lifted.",
     "The President of the Republic, Luis Arana"),
    ("He assured that that is why {they} defined it as an attempted coup.", "He"),
    ("The Minister of Health, of Peru, Oscar Ugarte, had expressed that {the vaccine} was late.",
     "The Minister of Health, of Peru, Oscar Ugarte"),
    ("So far there are {83} injured, according to official figures from the Ministry of Health.",
     "official figures from the Ministry of Health"),
    ("The use of {weapons} had never been ordered, this was stressed by Arana.", "Arana"),
    ("President Park also said that {hackers} were behind the failure, suggesting the possibility of spies.",
     "President Park"),
    ("Some observers point out that {the reform} is slow.", "Some observers"),
    ("<김민수 / 소방대장> “The fire started in {the kitchen}. It spread fast.”", "김민수"),
    ("<김민수 / 소방대장> “The fire started in the kitchen. It spread {fast}.”", "김민수"),
    ("MINISTER: “We will rebuild {the port}.”", "MINISTER"),
    ("[Anna Berg, resident] It came from {the sea}.", "Anna Berg, resident"),
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


@pytest.mark.parametrize(("marked", "source"), [*AGENCY, *MACHINE_TRANSLATED, *OTHER_LANGUAGES])
def test_a_claim_is_of_whoever_makes_it(marked: str, source: str | None) -> None:
    assert attributed(marked) == source
