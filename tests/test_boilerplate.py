"""Page furniture is told from news."""

import pytest

from corpus.boilerplate import is_boilerplate, speaker_tag_length

FURNITURE = """Escuche esta historia|Listen to this story|--:--|3:18|0:00 / 4:02|3 min de lectura|3 min read
4 minute read|Reading time: 5 min|Responses|Comments|Comments (12)|Share on Facebook|Share this article
Facebook|Twitter|Copy link|Advertisement|Read more: The price of gas|Related: a story|Subscribe to our newsletter
By John Smith|By María de la Cruz and K. Tokayev|Por Cesar Romero|Photo: Reuters
Foto: Efe / archivo|Updated 10 January 2022|Published: 10:15|© 2022 Sample Wire|![a photo](a.jpg)|[Read it all](https://example.org)|https://example.org/a|***|---
Play video|Время чтения: 3 мин|Читайте также: цены|Реклама""".replace("\n", "|").split("|")

NEWS = """So far there are more than 8,000 detainees.|By Friday Almaty was quiet.|By night the city was silent.
Video footage showed soldiers firing.|Published figures show that 12 people died.|Share prices fell on Monday.
Listeners of the radio called in all night to say what they saw.|The internet has been restored.|Cesar Romero left.
Comments by the president angered many.|Photographs of the square show nobody.|3 minutes passed before anyone came.
He said: no.|Live rounds were fired.|Updated figures came from the ministry.""".replace("\n", "|").split("|")


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", NEWS)
def test_news(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("<카심 조마르트 토카예프 / 카자흐스탄 대통령> “Their goal", "<카심 조마르트 토카예프 / 카자흐스탄 대통령> "),
        ("[Anchor] Good evening.", "[Anchor] "),
        ("【앵커】 안녕하십니까.", "【앵커】 "),
        ("[a link](https://example.org) says", ""),
        ("5 < 6 and 7 > 6", ""),
        ("No tag.", ""),
    ],
)
def test_speaker_tags(line: str, tag: str) -> None:
    assert line[: speaker_tag_length(line)] == tag
