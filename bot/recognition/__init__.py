"""Stories read: what they say of contacts between offices, and on which words that rests.

One pass finds every phrase of the story's language and every name of the
register (`lexicon`); sentences (`sentences`), days (`dates`) and ministers
(`ministers`) are told from them; a sentence with a cue of contact and its
ministers is a frame (`frames`) with a status (`status`); the frames of a story
become its claims (`claims`) with their slots (`slots`) and its verdict.
"""

from bot.recognition.recogniser import Recogniser

__all__ = ["Recogniser"]
