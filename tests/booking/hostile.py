"""Texts that break careless programs, each with a name; and a look at everything that a log would have written."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from clinic.logs import PlainFormatter

# A word that no page, no log and no other value holds.
MARK = "zq7w"
TEXTS: dict[str, str] = {
    "a header": f"{MARK}\r\nBcc: everybody@example.com",
    "a bare line feed": f"{MARK}\nSet-Cookie: sent=1",
    "a formula": f'=HYPERLINK("http://example.com/{MARK}")',
    "a plus formula": f"+1+cmd|' /C calc'!{MARK}",
    "an at formula": f"@SUM({MARK})",
    "a minus formula": f"-2+3+{MARK}",
    "a tab formula": f"\t={MARK}",
    "a script": f"<script>alert('{MARK}')</script>",
    "a broken out attribute": f"\"'><img src=x onerror={MARK}>",
    "a comment": f"--><svg onload={MARK}><!--",
    "a template": "{{ request }}{% debug %}${" + MARK + "}%(name)s{0}",
    "a quotation mark of SQL": f"{MARK}'; DROP TABLE booking_consultationrequest; --",
    "marks of direction": f"{MARK}\u202e\u2066txt.exe",
    "a Hebrew mark": f"{MARK} \u200fשרה\u200e",
    "a NUL": f"{MARK}\x00",
    "an escape sequence": f"\x1b[31m{MARK}",
    "half of a character": f"{MARK}\ud800",
    "no character": f"{MARK}\ufffe\uffff",
    "an emoji": f"{MARK} 👩🏽\u200d🦳❤️",
    "digits of other scripts": "٥١٢٥٥٥٠١٢٣ " + MARK,
    "full-width": "ＲＯＳＡ ５１２ " + MARK,
    "many accents": MARK + "a\u0301\u0327\u0323" * 9,
    "a wide space": f"\u3000{MARK}\u00a0",
    "a line separator": f"{MARK}\u2028x",
    "a path": f"../../../../etc/passwd%00{MARK}",
    "an address of mail with a name": f"{MARK} <everybody@example.com>, a@example.com",
    "quotes in an address": f'"{MARK} b"@example.com',
    "an address with accents": f"{MARK}@exämple.com",
    "a list in brackets": f"[]{{}}()['{MARK}']",
    "nothing but spaces": "   \u2003  ",
    "ten thousand letters": (MARK + "x") * 2000,
}
SCRIPTS = {
    "Arabic": "فاطمة الزهراء",
    "Armenian": "Անի Մկրտչյան",
    "Bengali": "ফাতেমা বেগম",
    "Cherokee": "ᏣᎳᎩ",
    "Chinese": "王小明",
    "Cyrillic": "Екатерина Щёголева",
    "Devanagari": "क्षमा शर्मा",
    "Ethiopic": "ሰላም ተስፋዬ",
    "Georgian": "ნინო ბერიძე",
    "Greek": "Ελένη Παπαδοπούλου",
    "Hebrew": "שרה כהן",
    "Hmong": "𖬌𖬣𖬵",
    "Japanese": "山田 はなこ・ハナコ",
    "Khmer": "សុខា ចាន់",
    "Korean": "김민지",
    "Lao": "ສົມສີ ພົມ",
    "Latin": "José Núñez Łukasz Çağla Nguyễn Thị",
    "Myanmar": "အောင်ဆန်း",
    "Persian with a joiner": "می\u200cخواهم",
    "Sinhala": "නිමල් පෙරේරා",
    "Tamil": "செல்வி",
    "Thai": "สมศรี ใจดี",
    "Tibetan": "བསྟན་འཛིན",
}


class Listening(logging.Handler):
    """Keeps what our log would hold, at the noisiest."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(PlainFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is logged meanwhile, also by those whose lines go to no other handler."""
    ear = Listening()
    loggers = [logging.getLogger(name) for name in ("", "django", "clinic")]
    for each in loggers:
        each.addHandler(ear)
    try:
        yield ear.lines
    finally:
        for each in loggers:
            each.removeHandler(ear)
