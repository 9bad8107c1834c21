"""Boilerplate: what stands on a news page without being news.

Player controls, share bars, reading times, bylines and speaker tags stay in the text, since
offsets count them, but nothing of them is ever an answer or a quote. The patterns are of whole
lines, so that a sentence which merely mentions sharing or listening is left alone.
"""

import re

_SITES = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|email|e-mail|pinterest|instagram|vk|viber)"

_LINES = (
    # A line without a single letter or digit, such as a rule or a player's "--:--".
    r"[^\w]*",
    # Time codes: "3:18", "0:00 / 4:02", "-1:12:09".
    r"[-–]?\d{1,2}(?::\d{2}){1,2}(?:\s*[/|–-]\s*\d{1,2}(?::\d{2}){1,2})?",
    # Reading times, in the languages that machine translation leaves behind.
    r"(?:reading time:?\s*)?\d+\s*[- ]?(?:min|mins|minutes?|minutos?|мин|минут[аы]?|분)\.?"
    r"\s*(?:of )?(?:read|reading|de lectura|de leitura|de lecture|lesezeit|чтения|на чтение|읽기)?\.?",
    r"(?:время чтения|tiempo de lectura|reading time|lesezeit):?\s*\d+\s*\S{0,8}\.?",
    # Player controls.
    r"(?:listen|escuche|escucha|слушать|прослушать|écouter|anhören)(?:\s+(?:to\s+)?\S+){0,4}[.:!]?",
    r"(?:play|pause|mute|unmute|stop|rewind|live|video|audio|loading|volume|fullscreen|transcript)"
    r"(?:\s+(?:video|audio|player|story|now|again))?[.…:]*",
    r".{0,60}your browser does not support .{0,60}",
    # Share bars and page furniture.
    rf"(?:share|follow(?: us)?|post|send|tweet|compartir|поделиться)"
    rf"(?:\s+(?:this|on|via|by|with|en|por|в|in|to|article|story|{_SITES})){{0,6}}[.:]?",
    rf"(?:{_SITES}|copy link|print|save|bookmark|gift)(?:\s*[|/,•·]?\s*(?:{_SITES}|copy link|print|save|share))*",
    r"(?:comments?|responses?|respuestas|comentarios|комментарии|댓글|leave a comment|view comments|tags?|topics?)"
    r"(?:\s*[:(].{0,80})?",
    r"(?:advert|advertisement|advertising|publicidad|реклама|sponsored(?: content)?|광고)"
    r"(?:\s*[–—-].{0,40})?[.:]?",
    r"(?:read (?:more|also|next|on)|see also|related(?: (?:stories|articles|topics|news))?|more on this(?: story)?"
    r"|most read|trending|lea también|lee también|ver también|читайте также|recommended)(?:\s*[:>»–—-].{0,200}|[.…]?)",
    r"(?:subscribe|sign up|sign in|log in|register|join our|suscríbete|подпишитесь|подписаться)\b.{0,100}",
    r"(?:we use cookies|accept (?:all )?cookies|this (?:web)?site uses cookies|privacy policy|terms of use)\b.{0,120}",
    r"(?:©|copyright\b|all rights reserved|derechos reservados|все права защищены).{0,120}",
    # Credits of people and pictures.
    r"(?:by|por|от|автор:?|texto:|text:|reporting by|edited by|editing by)"
    r"(?-i:(?:\s+(?:and|y|и|de|la|van|von|del|al)){0,2}\s+[A-ZÀ-ÞЀ-Я][\w'’-]*\.?){1,6}(?:\s*[,|–—-].{0,40})?",
    r"(?:photo|photograph|image|picture|video|foto|imagen|фото|사진|caption|illustration|graphic|source|credit)s?"
    r"(?:\s+(?:by|credit|courtesy of))?\s*[:©/|].{0,200}",
    r"(?:last )?(?:updated|published|posted|actualizado|publicado|обновлено|опубликовано)"
    r"(?:\s*:|\s+(?:at|on|el)\b|(?=\s+\d)).{0,60}",
    # Markdown that shows something other than text, and HTML that shows nothing.
    r"!\[[^\]]*\]\([^)]*\)",
    r"\[[^\]]*\]\([^)]*\)",
    r"<!--.*-->",
    r"https?://\S+",
)

_BOILERPLATE = re.compile(rf"\s*(?:{'|'.join(f'(?:{line})' for line in _LINES)})\s*", re.IGNORECASE | re.DOTALL)

_SPEAKER_TAG = re.compile(r"\s*(?:<[^<>\n]{1,80}>|\[[^\[\]\n]{1,60}\](?!\()|【[^】\n]{1,60}】)\s*")

LONGEST_LINE = 300
"""No boilerplate line is longer, in characters; longer ones are not even looked at."""


def is_boilerplate(line: str) -> bool:
    """Whether a whole line (or a sentence alone on its line) is page furniture, not news."""
    return len(line) <= LONGEST_LINE and _BOILERPLATE.fullmatch(line) is not None


def speaker_tag_length(line: str) -> int:
    """How many characters at the start of `line` are tags such as "<Name / Office>", 0 if none."""
    end = 0
    while tag := _SPEAKER_TAG.match(line, end):
        end = tag.end()
    return end
