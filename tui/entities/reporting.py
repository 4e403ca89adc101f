"""The words by which newspapers report speech: the one list of verbs, and what stands around them."""

from __future__ import annotations

import re

from tui.entities.patterns import one_of

SAYING = frozenset("said says say".split())
"""Verbs after which a statement may follow without `that`."""
TELLING = frozenset("told tells".split())
"""Verbs that name a listener first."""
STATING = frozenset(
    "acknowledged acknowledges added adds admits admitted alleged alleges announced announces argued "
    "argues asserted asserts claimed claims commented complained complains conceded concedes concluded "
    "concludes confirmed confirms contended contends countered declared declares emphasised emphasises "
    "emphasized emphasizes explained explains insisted insists joked maintained maintains noted notes "
    "observed pledged pledges predicted predicts promised promises reasoned recalled recalls recounted "
    "reiterated reiterates remarked repeated replied replies reported reports responded responds "
    "revealed reveals stated states stressed stresses suggested suggests testified tweeted tweets vowed "
    "vows warned warns writes wrote".split()
)
"""Verbs after which `that` begins a statement."""
UTTERING = frozenset(
    "asked asks answered continued cried exclaimed quipped retorted shouted urged urges boasted".split()
)
"""Verbs that bring the words themselves only: a question, an order or a cry is no statement."""
ADDING = frozenset("adding saying warning insisting arguing stressing explaining noting claiming".split())
"""Participles that go on with what the sentence's subject says."""
CALLING = frozenset(
    "called calls characterised characterized described describes branded brands labelled labeled "
    "dubbed denounced hailed praised condemned dismissed".split()
)
"""Verbs after which a phrase in quotation marks is the subject's own."""
SPOKEN = SAYING | TELLING | STATING | UTTERING
LEADING = frozenset(
    "suggested suggests noted notes observed maintained maintains repeated recounted recalled recalls".split()
)
"""Verbs that need `that`: behind a statement they say something else (`images that Smith observed`)."""

VERB = re.compile(rf"\b(?:({one_of(SPOKEN)})|({one_of(ADDING)})|({one_of(CALLING)})|([Aa]ccording to))\b")
"""A reporting verb, a participle, a verb of calling, or `according to`, as group 1 to 4."""

SKIPPED = frozenset(
    "also later then now has have had earlier previously repeatedly once again already recently first "
    "only even just today yesterday simply still both all himself herself themselves itself".split()
)
"""Words between a subject and its verb that change nothing; so do adverbs in -ly."""
BLOCKING = frozenset(
    "not never to would could might may should will can must did does do was were is are be been being "
    "get got gets a an the no any final cannot n't didn't hasn't haven't wouldn't won't didnt wouldnt "
    "hasnt neither nor nobody nothing if whether let".split()
)
"""Words before a verb that make it no report: it was denied, wished, passive or still to come."""
RELATIVES = frozenset("which that whom what as whose where than".split())
"""Words before a subject that make the verb's object stand elsewhere."""
PREPOSITIONS = frozenset(
    "for of at from to in with by near against on about after over between than like towards toward including under "
    "into without before behind beside per via outside inside around within despite".split()
)
OCCASIONS = frozenset(
    "in on at during after before by late early earlier later last this through via to".split()
)
"""Words with which it begins when, where or to whom something was said."""
PRONOUNS = frozenset("he she they it".split())
MASCULINE = frozenset(
    "mr sir lord king prince spokesman chairman congressman businessman policeman fireman actor father brother son "
    "husband uncle monsieur herr duke baron pope councilman alderman salesman".split()
)
"""Titles and roles of men."""
FEMININE = frozenset(
    "mrs ms miss dame lady queen princess spokeswoman chairwoman congresswoman businesswoman "
    "policewoman actress mother sister daughter wife aunt madame frau duchess baroness councilwoman".split()
)
"""Titles and roles of women."""
HONORIFICS = frozenset("mr mrs ms miss mx dr sir dame lord lady".split())

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ADVERBIAL = (
    rf"(?:(?:late|early|later|earlier)\ )?on\ (?:{_DAY}|social\ media|Twitter|Facebook|television|(?:his|her|its)\ \w+)"
    r"(?:\ (?:morning|afternoon|evening|night))?"
    rf"|{_DAY}(?:\ (?:morning|afternoon|evening|night))?"
    r"|in\ an?\ (?:\w+\ ){0,2}(?:statement|tweet|interview|speech|letter|post|video|message|report|briefing|email|blog)"
    r"(?:\ (?:posted|published|issued|released|broadcast|on|to|with|by)"
    r"(?:\ (?:the\ )?[\w’'-]+){1,3}?(?=\ that\b|,|\.|:|\Z))?"
    r"|at\ (?:a|the)\ (?:\w+\ ){0,2}(?:conference|briefing|meeting|rally|hearing|event|summit|inquest|ceremony)"
    r"(?:\ in\ [A-Z]\w+)?"
    r"|during\ (?:a|an|the)\ (?:\w+\ ){0,3}\w+|(?:earlier|later|last|this)\ (?:today|week|month|year|in\ the\ \w+)"
    r"|for\ (?:days|weeks|months|years|decades|some\ time|the\ first\ time)"
    r"|yesterday|today|then|afterwards|earlier|later|again|by\ (?:phone|telephone|email)"
    r"|in\ (?:court|parliament|private|public)"
)
ADVERBIALS = re.compile(rf"(?:[ ,]{{0,2}}\ (?:{_ADVERBIAL})(?!\w))+,?", re.VERBOSE)
"""When and where something was said, between the verb and what was said."""
THAT = re.compile(r",? that\b,?(?! is\b| was\b| would\b)(?=\s)")
LISTENER = re.compile(
    r" (?:reporters|journalists|lawmakers|MPs|parliament|him|her|it|them|us|me|supporters|residents|investors|"
    r"delegates|(?:[A-Z][\w’'-]+ )?(?:state |local )?(?:television|TV|radio|media)|"
    r"(?:(?:the|a|an|his|her|its|their|state|local) ){1,2}(?:[\w’'-]+ ){0,3}?(?:conference|briefing|meeting|rally|"
    r"court|jury|inquiry|inquest|hearing|committee|crowd|agency|newspaper|paper|magazine|station|channel|programme|"
    r"program|audience|parliament|council|congress|judge|broadcaster|website|press|media|panel|nation|summit))"
    r"(?: (?:in|at|outside|from) (?:the )?[A-Z]?[\w’'-]+(?= that\b|[.,:\"“]| on\b))?(?!\w)"
)
"""Whom somebody told, where it is no name."""
SOMEBODY = re.compile(r" (?:the|a|an|his|her|its|their|all|some|members|local)(?: [\w’'-]+){1,6}?(?= that\b)")
"""Whom somebody told, where `that` says where it ends: `told the opening session that`."""
NO_STATEMENT = re.compile(
    r" (?:(?:so|no|yes|nothing|something|goodbye|hello|sorry|little|much|enough|farewell|anything|everything|it all|"
    r"more|the same|thank you|prayers|grace|mass|Mass)(?=[.,;:!?)\"”]| (?:to|about|of|on|in|at|and|but|for)\b|\Z)"
    r"|(?:to|of|about|how|why|what|when|where|whether|if|on|upon|in|at|by|with|for|from|as|after|before|during|and|or|"
    r"but|than)\b)|[^\w\s]"
)
"""What may follow a verb of saying and is no statement."""
TURNING = re.compile(
    r",? (?:but|and|though|although|while) (?:that )?(?:he|she|it|they|also|then)?\s?(?:has |had |also |later |then )?"
    r"(?:said|says|added|declined|refused|warned|told|insisted|denied|conceded|admitted|urged|asked)\b"
    r"|,? but (?:he |she |it |they )?(?:did not|would not|gave)\b"
    r"|, (?:adding|saying|warning|insisting|arguing|stressing|explaining|noting|claiming)\b"
    r"|, according to\b"
)
"""Where a report ends and the newspaper's own words, or the next report, begin."""
SPOKESMAN = re.compile(r"spokes(?:man|woman|person|people|men)(?: for| of|,)(?: the| its)?\s*$")
"""What stands before somebody whom another speaks for."""
OPENS_APPOSITION = re.compile(
    r",\s+(?:who|whose|a|an|the|one|his|her|its|their|of|from|now|then|also|chief|head|\d{1,3}|[a-z]+ing|[a-z-]+)\b"
)
