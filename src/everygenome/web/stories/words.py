"""The vocabularies of stories: what is stored, and how it is shown."""

from collections.abc import Mapping

# How somebody offers a story: word -> label and sentence.
FORMS: Mapping[str, tuple[str, str]] = {
    "own-words": ("In my own words", "Write it here, in any language. A poem is a story too."),
    "link": (
        "A link to work elsewhere",
        "An article, a podcast, a film or a blog that is published already, by you or others.",
    ),
    "audio": ("A recording of sound", "You speak or sing. We need what is said in writing too."),
    "video": ("A film", "We need what is said and shown in writing too."),
    "picture": ("A picture", "A drawing, a photograph or a comic, with a few words about it."),
    "behalf": (
        "For somebody else",
        "Somebody has told you their story and has asked you to bring it here for them.",
    ),
}
FORMATS: Mapping[str, str] = {
    "story": "Story",
    "poem": "Poem",
    "illustration": "Illustration",
    "podcast": "Podcast or recording",
    "video": "Video",
    "article": "Article",
    "opinion": "Opinion",
    "interview": "Interview",
    "profile": "Profile",
    "explainer": "Explainer",
    "report": "Report",
    "briefing": "Briefing",
    "newsletter": "Newsletter",
    "event-recap": "Recap of an event",
}
# Those whose words have to be written down before they are published.
SPOKEN = ("podcast", "video")
THEMES: Mapping[str, str] = {
    "trust": "Trust and safety",
    "consent": "Consent",
    "diagnosis": "Diagnosis and misdiagnosis",
    "clinic": "In the clinic",
    "medicines": "Medicines",
    "conditions": "Living with a condition",
    "family": "Family and relatives",
    "identity": "Ancestry, race and identity",
    "racism": "Racism and stigma",
    "history": "History and eugenics",
    "ownership": "Ownership and data sovereignty",
    "language": "Words and definitions",
    "data-gaps": "Gaps in the data",
    "reference-genome": "The reference genome",
    "polygenic-scores": "Polygenic scores",
    "taking-part": "Taking part in research",
    "feedback": "What comes back to participants",
    "community": "Communities and research together",
    "workforce": "People who do the research",
    "policy": "Policy, power and accountability",
    "practice": "How research is done",
    "tools": "Tools and standards",
}
REGIONS: Mapping[str, str] = {
    "africa": "Africa",
    "central-western-asia": "Central and Western Asia",
    "eastern-asia": "Eastern Asia",
    "south-eastern-asia": "South-eastern Asia",
    "southern-asia": "Southern Asia",
    "europe": "Europe",
    "latin-america-caribbean": "Latin America and the Caribbean",
    "northern-america": "Northern America",
    "oceania": "Oceania",
    "worldwide": "Worldwide",
}
# By their BCP 47 codes, so that a page can say in which language a text is read aloud.
LANGUAGES: Mapping[str, str] = {
    "en": "English", "ak": "Akan", "am": "Amharic", "ar": "Arabic", "bn": "Bengali",
    "bfi": "British Sign Language", "my": "Burmese", "ca": "Catalan", "zh": "Chinese",
    "cy": "Welsh", "cs": "Czech", "da": "Danish", "nl": "Dutch", "fa": "Persian",
    "ff": "Fula", "fi": "Finnish", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic",
    "de": "German", "el": "Greek", "gn": "Guarani", "gu": "Gujarati", "ht": "Haitian Creole",
    "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "ig": "Igbo",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "kn": "Kannada", "km": "Khmer",
    "rw": "Kinyarwanda", "ko": "Korean", "ku": "Kurdish", "ln": "Lingala", "lg": "Luganda",
    "ms": "Malay", "ml": "Malayalam", "mi": "Māori", "mr": "Marathi", "nah": "Nahuatl",
    "nv": "Navajo", "ne": "Nepali", "no": "Norwegian", "om": "Oromo", "ps": "Pashto",
    "pl": "Polish", "pt": "Portuguese", "pa": "Punjabi", "qu": "Quechua", "ro": "Romanian",
    "rom": "Romani", "ru": "Russian", "sm": "Samoan", "sn": "Shona", "si": "Sinhala",
    "so": "Somali", "es": "Spanish", "sw": "Swahili", "sv": "Swedish", "tl": "Tagalog",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "ti": "Tigrinya", "to": "Tongan",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "wo": "Wolof",
    "xh": "Xhosa", "yo": "Yoruba", "zu": "Zulu", "und": "Another language",
}  # fmt: skip
NOTES: Mapping[str, str] = {
    "death": "Death or dying",
    "child-illness": "Illness or death of a child",
    "pregnancy-loss": "Loss of a pregnancy",
    "illness": "Serious illness",
    "racism": "Racism",
    "mistreatment": "Mistreatment by doctors or researchers",
    "eugenics": "Eugenics or forced sterilisation",
    "violence": "Violence or abuse",
    "self-harm": "Suicide or self-harm",
    "colonial": "Colonial violence",
}
LICENCES: Mapping[str, str] = {
    "site-only": "This site only",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-NC-ND-4.0": "CC BY-NC-ND 4.0",
    "linked": "A link: the work's own licence holds",
}
LICENCE_PAGES: Mapping[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}
MADE_BY: Mapping[str, str] = {"person": "a person", "machine": "a machine"}
