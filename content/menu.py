"""Which pages stand in the header, on the home page, in the footer, and in which order a patient meets them."""

HEADER = ("lss", "mild", "visit", "recovery", "cost", "contact")
START_HERE = ("lss", "compare", "mild", "who", "day", "cost")
FOR_DOCTORS = "referring"
FOOTER = (
    "about",
    "contact",
    "call",
    "faq",
    "glossary",
    "privacy",
    "accessibility",
    "language-help",
    "privacy-practices",
    "good-faith-estimate",
)
# From the first symptom to the weeks after: "previous" and "next" under each page follow it.
JOURNEY = (
    "lss",
    "living",
    "cause",
    "signs",
    "mild",
    "how",
    "who",
    "not-for",
    "benefits",
    "risks",
    "compare",
    "fda",
    "myths",
    "visit",
    "ask",
    "before",
    "day",
    "recovery",
    "call",
    "if-not",
    "cost",
    "faq",
    "support",
)
