"""The words that give names away: titles, roles, endings, prepositions.

Lower case unless capitals are part of the cue. From general knowledge of how newspapers write.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HONORIFICS = _words(
    "Lieutenant-General Major-General Brigadier-General Vice-Admiral Rear-Admiral Secretary-General "
    "Governor-General Attorney-General Director-General Vice-Chairman Leader Administrator Founder "
    "Prophet Undersecretary Envoy Prosecutor Archduke Comrade Sultan Kaiser Lama Pharaoh Principal "
    "Headteacher Astronaut Vice-Chancellor Goalkeeper Striker Midfielder Defender Skipper Negotiator Mr "
    "Mr. Mrs Mrs. Ms Ms. Mx Mx. Miss Dr Dr. Prof Prof. Professor Sir Dame Lord Lady Baroness Baron Rev "
    "Rev. Reverend Fr. Sen Sen. Senator Rep Rep. Representative Congressman Congresswoman Gov Gov. "
    "Governor Mayor President Pres. Vice-President Chancellor Premier Minister Secretary Ambassador "
    "Commissioner Chairman Chairwoman Chairperson Speaker Justice Judge King Queen Prince Princess Duke "
    "Duchess Earl Emperor Empress Tsar Emir Sheikh Sheik Shaikh Pope Cardinal Archbishop Bishop "
    "Patriarch Rabbi Imam Ayatollah Mullah Pastor Father Sister Brother Saint Gen Gen. General Col Col. "
    "Colonel Lt Lt. Lieutenant Maj Maj. Major Capt Capt. Captain Cmdr. Commander Adm Adm. Admiral Sgt "
    "Sgt. Sergeant Cpl Cpl. Corporal Private Pvt. Marshal Brigadier Commodore Constable Inspector "
    "Detective Superintendent Sheriff Deputy Officer Chief Coach Director Attorney Agent Hon. Monsieur "
    "Madame Herr Frau Señor Señora Don Uncle Aunt CEO Councillor Councilor Councilman Councilwoman "
    "Assemblyman Delegate Taoiseach Spokesman Spokeswoman Spokesperson Ex-President Co-founder Sens. "
    "Reps. Messrs Messrs. Cllr Supt. Det. Insp. Advisor Adviser Correspondent Reporter Analyst Editor "
    "Author Actor Actress Singer Manager Dean Provost Rector Caliph Crown"
)
"""Capitalised words before a person's name that are no part of it."""

ROYAL = _words("King Queen Prince Princess Pope Saint Father Sister Don Crown")
"""Honorifics that also begin names of places and things, or belong to the name with no surname after it."""

TITLE_PARTS = _words(
    "Prime Foreign Vice Deputy First Second Interior Defence Defense Finance Justice Health Education "
    "Environment Energy Trade Transport Transportation Home Labour Labor Culture Agriculture Economy "
    "Economic Housing Attorney Chief Lord Lady Crown Former Acting Assistant Associate Executive "
    "Managing Press National Security State Shadow Senior Junior Special Grand Supreme Interim "
    "Permanent Police Fire Union Justices Opposition Majority Minority House Senate Party Major "
    "Brigadier Lieutenant Rear Staff Sergeant Master Field Air Wing Squadron Presidential Congressional "
    "Parliamentary Ex Then Retired Late Information Communications Development Intelligence "
    "Secretary-General Secretary General Sports Tourism Technology Water Women Youth Oil Under "
    "Undersecretary of Petroleum Planning Industry Internal External Affairs and Treasury"
)
"""Words that stand before a title and belong to it: `Deputy Foreign Minister`."""

TITLES_ALONE = _words(
    "president minister secretary senator governor mayor chancellor premier ambassador commissioner "
    "chairman chairwoman speaker justice judge king queen prince princess pope cardinal archbishop "
    "bishop general colonel captain major lieutenant sergeant admiral sir lord lady madam dr professor "
    "director chief coach editor mr mrs ms miss prime vice deputy attorney officer detective constable "
    "inspector superintendent sheriff representative congressman congresswoman ceo cfo majesty highness "
    "excellency honour honor holiness father mother mum dad mom god secretary-general"
)
"""Titles that name nobody by themselves."""

ROLES = _words(
    "spokesman spokeswoman spokesperson president minister chancellor premier leader chief chairman "
    "chairwoman chair director secretary ambassador envoy negotiator adviser advisor aide deputy "
    "senator governor mayor lawmaker congressman congresswoman candidate nominee politician activist "
    "campaigner lawyer attorney prosecutor judge justice officer detective inspector commander general "
    "colonel captain analyst economist strategist expert professor lecturer historian scientist "
    "researcher physicist biologist astronomer geologist epidemiologist virologist doctor surgeon nurse "
    "psychologist engineer journalist reporter correspondent columnist editor presenter broadcaster "
    "blogger author writer novelist poet playwright actor actress comedian singer musician rapper "
    "composer conductor artist painter photographer designer architect filmmaker producer star model "
    "striker midfielder defender goalkeeper winger forward coach manager trainer batsman bowler pitcher "
    "quarterback driver cyclist swimmer sprinter runner boxer golfer player champion teammate skipper "
    "referee umpire founder co-founder cofounder owner executive ceo boss banker businessman "
    "businesswoman entrepreneur billionaire tycoon magnate oligarch investor trader farmer teacher "
    "student priest bishop archbishop cardinal rabbi imam cleric pastor king queen prince princess "
    "monarch dictator rebel warlord terrorist gunman suspect victim killer defendant witness survivor "
    "resident neighbour neighbor friend wife husband son daughter father mother brother sister uncle "
    "aunt cousin nephew niece grandson grandfather grandmother widow partner girlfriend boyfriend "
    "fiance mr mrs astronaut cosmonaut pilot sailor soldier whistleblower hacker dissident contender "
    "rival predecessor successor incumbent colleague chef curator headteacher principal guitarist "
    "drummer bassist vocalist frontman"
)
"""Lower-case nouns right before a person's name."""

PEOPLE_VERBS = _words(
    "said says told tells added adds noted explained argued insisted warned admitted wrote tweeted "
    "recalled replied stressed thinks believes thought felt knew smiled laughed died married resigned "
    "testified pleaded scored won lost retired graduated"
)

ORGANISATION_ENDINGS = _words(
    "Wire Mercury Argus Echo Packet Advertiser Branch Construction Engineering Logistics Semiconductor "
    "Productions Inc Inc. Corp Corp. Corporation Company Co. Co Ltd Ltd. Limited LLC LLP PLC plc Plc AG "
    "SA NV GmbH SpA SE AB Oyj ASA KK Group Holdings Holding Partners Associates Industries Enterprises "
    "Ventures Capital Technologies Systems Solutions Pharmaceuticals Motors Airlines Airways Aviation "
    "Electronics Energy Petroleum Telecom Communications Networks Media Pictures Entertainment Records "
    "Studios Publishing Publications Press Books Bank Bancorp Insurance Securities Investments Stores "
    "University College School Academy Institute Institution Polytechnic Seminary Conservatory Faculty "
    "Ministry Department Agency Authority Bureau Commission Committee Council Board Office "
    "Administration Service Services Directorate Inspectorate Secretariat Treasury Parliament Congress "
    "Senate Assembly Duma Court Tribunal Cabinet Police Constabulary Army Navy Force Forces Corps Guard "
    "Guards Brigade Regiment Battalion Division Squadron Fleet Command Party Coalition Alliance "
    "Movement Front League Union Federation Confederation Association Society Organisation Organization "
    "Foundation Trust Fund Charity Club FC F.C. CF AFC SC CC RFC United Rovers Wanderers Athletic "
    "Albion Hotspur Team Orchestra Philharmonic Symphony Choir Ballet Opera Theatre Band Church Diocese "
    "Archdiocese Synod Mission Ministries Brotherhood Brothers Sisters Cartel Gang Militia Mafia Times "
    "Post News Herald Tribune Gazette Chronicle Journal Telegraph Guardian Mirror Express Mail Globe "
    "Star Observer Courier Bulletin Dispatch Examiner Inquirer Register Sentinel Weekly Daily Magazine "
    "Broadcasting Radio TV Television Channel Network Centre Center Hospital Clinic Infirmary "
    "Laboratory Laboratories Labs Observatory Museum Gallery Library Archives Zoo Democrats Republicans "
    "Socialists Conservatives Liberals Greens Communists Nationalists Workers Teachers Reserve Exchange "
    "Consortium Initiative Campaign Watch Forum Panel Taskforce Registry Chamber Chambers Consulate "
    "Embassy Exchequer Lottery Mosque Synagogue Railway Railways Railroad Legislature Senators Lions "
    "Tigers Bears Eagles Hawks Giants Kings Knights Raiders Rangers Pirates Warriors Wolves Bulls "
    "Sharks Panthers Bulldogs Broncos Wildcats Dragons Saints Devils Blues Reds Sox Jays Cubs Cowboys "
    "Dolphins Ravens Falcons Lakers Rockets Magic Heat Storm Titans Roosters Rabbitohs Sea Eels "
    "Crusaders Brumbies Highlanders Hurricanes Cricket Resistance Intelligence Software Foods Unit "
    "Squad Detachment Bloc Faction Syndicate Cooperative Co-operative Collective Guild Lodge Order Mint "
    "Wildlife"
) - {"Sea"}
"""Last words of an organisation's name of several words."""

ORGANISATION_HEADS = _words(
    "Authority Administration Bank Corporation Service Conference Ministers Chamber University College "
    "Institute Ministry Department Board Bureau Office Council Court Committee Commission Church "
    "Association Union Federation Society Organisation Organization Confederation Academy School Centre "
    "Center Agency Alliance League Party Movement Front Forum Congress House Parliament Secretariat "
    "Embassy Museum Campaign Coalition Foundation Fund Friends Faculty Archdiocese Diocese Army "
    "Brotherhood Order Sons Daughters Knights Brigade Corps Guild Directorate Institutes Centers "
    "Partnership Library Citizens Mothers Students Doctors Physicians Lawyers Veterans Group Network "
    "Initiative Voice"
)
"""Words after which `of …` or `for …` goes on with an organisation's name."""

PLACE_ENDINGS = _words(
    "Keys Land Lands Stretch Corridor Triangle Belt River Lake Sea Ocean Bay Gulf Strait Straits "
    "Channel Island Islands Isle Isles Peninsula Cape Coast Beach Harbour Harbor Port Mountain "
    "Mountains Mount Hill Hills Valley Canyon Desert Forest Woods Plateau Plains Falls Springs Creek "
    "Glacier Reef Basin Delta Street Avenue Road Lane Boulevard Drive Highway Motorway Freeway Square "
    "Plaza Park Gardens Garden Bridge Tunnel Airport Station Stadium Arena Tower Towers Building Palace "
    "Castle Cathedral Abbey Temple Monastery Prison Jail Hotel Mall Market County Province District "
    "State States Territory Territories Region Oblast Republic Kingdom Emirate Prefecture Governorate "
    "City Town Village Borough Parish Township Heights Crossing Terminal Field Fields Ridge Pass Gate "
    "Canal Dam Reservoir Mine Ground Oval Speedway Racecourse Cemetery Base Barracks Camp Estate "
    "Quarter Ward Municipality Suburb Zone Volcano Crater Cave Line Courthouse Manor Lighthouse Pier "
    "Wharf Ranch Farm Courtyard Shore Shores Heath Moor Common Green Rock Cliff Cliffs"
) - {"Line", "Common", "Green", "Market", "Ground", "Pass"}

PLACE_HEADS = _words(
    "Gulf Bay Strait Sea Cape Isle Republic Kingdom City State Province County District Port Mount Lake "
    "Lakes Duchy Principality Emirate Horn Tower Bridge Palace Cathedral Temple Valley Fort Camp Point"
)

PLACE_PREFIXES = _words(
    "North South East West Northern Southern Eastern Western Central Upper Lower Greater Inner Outer "
    "New San Santa Saint St St. Los Las El La Le Port Fort Mount Mt. Lake Cape Ft. Ste. Rio Puerto "
    "Villa Nova Great Little Old Downtown Bad Tel Ras Beit Khan"
)

EVENT_ENDINGS = _words(
    "Jubilee Nebula Quintet Pledge War Wars Crisis Conflict Battle Revolution Uprising Rebellion Coup "
    "Massacre Genocide Holocaust Cup Championship Championships Olympics Games Tournament Open Masters "
    "Marathon Race Derby Prix Series Bowl Trophy Slam Classic Festival Carnival Parade Fair Expo "
    "Exhibition Biennale Conference Summit Convention Congress Treaty Agreement Accord Accords Pact "
    "Protocol Charter Act Amendment Bill Law Code Resolution Declaration Constitution Directive "
    "Memorandum Initiative Plan Programme Program Project Operation Prize Prizes Award Awards Medal "
    "Order Cross Day Week Month Year Eve Hurricane Typhoon Cyclone Storm Earthquake Tsunami Disaster "
    "Scandal Affair Inquiry Report Review Papers Files Doctrine Theory Theorem Effect Syndrome Disease "
    "Virus Fever Movement Age Era Dynasty Period Depression Recession Reich Intifada Spring Bible "
    "Testament Edition Album Tour Show Symphony Sonata Concerto Season Trilogy Saga Telescope Rover "
    "Shuttle Station Mission Satellite Language Mass Novel Index Referendum Election Elections Trial "
    "Deal Deals Zero Dream"
) - {"Station", "Congress", "Initiative", "Movement", "Law", "Symphony"}

PLACE_PREPOSITIONS: dict[str, float] = {
    word: weight
    for weight, words in (
        (
            5.0,
            "northern southern eastern western northeastern northwestern southeastern southwestern "
            "north-eastern north-western south-eastern south-western downtown mainland",
        ),
        (4.0, "central"),
        (3.0, "in near neighbouring neighboring nearby"),
        (2.5, "throughout"),
        (2.0, "across outside occupied"),
        (1.5, "around into via inside"),
        (1.2, "from"),
        (1.0, "at toward towards leave visit visited"),
        (0.7, "to"),
        (0.5, "over"),
        (0.4, "of"),
    )
    for word in words.split()
}
"""Words before a place, with how much they say."""

PLACE_NOUNS = _words(
    "city town village province region district county state area suburb port island border capital "
    "coast airport neighbourhood neighborhood municipality peninsula river valley outskirts republic "
    "territory hamlet resort settlement enclave prefecture"
)

ORGANISATION_NOUNS = _words(
    "company firm group party organisation organization agency bank club team newspaper magazine "
    "network union charity airline carrier manufacturer maker retailer giant startup start-up "
    "corporation foundation watchdog regulator movement militia coalition alliance broadcaster website "
    "site tabloid daily weekly channel station think-tank thinktank subsidiary conglomerate bureau "
    "committee commission council department ministry association federation league institute "
    "university college school"
)

ORGANISATION_FOLLOWERS = _words(
    "shares stock supporters fans spokesman spokeswoman spokesperson employees staff executives "
    "executive chairman ceo chief boss headquarters members lawmakers lawmaker mp mps newspaper "
    "magazine agency news leader leaders fighters militants insurgents militia website coach manager "
    "striker midfielder defender goalkeeper shareholders customers stores officials alliance allies"
)

PLACE_FOLLOWERS = _words(
    "province city region district area county river coast airport suburb border oblast peninsula "
    "neighbourhood neighborhood prefecture island residents valley municipality prison stadium"
)

# What begins sentences and stands in no name but as a small word.
FUNCTION_WORDS = _words(
    "The A An This That These Those He She It We You They I His Her Its Our Your Their My In On At By "
    "For From To Of With Without Within Under Over After Before During Since Until While When Where Why "
    "How What Who Which Whose If Unless Although Though Because As But And Or Nor So Yet Then Than "
    "There Here Now Not No Yes All Any Both Each Every Some Many Most More Much Few Several Other "
    "Another Such One Two Three Four Five Six Seven Eight Nine Ten Is Are Was Were Be Been Being Do "
    "Does Did Has Have Had Can Could Will Would Should May Might Must Also Only Just Even Still "
    "Meanwhile However Despite Against Among Between Through Across About Above Below Behind Beyond "
    "Near Like Unlike According Following Once Whether Today Yesterday Tomorrow Earlier Later Last Next "
    "Instead Perhaps Maybe Again Moreover Furthermore Therefore Thus Hence Indeed Him Them Us Me Let "
    "Lets Please Asked Told Said Says Outside Inside Around Into Onto Upon Toward Towards Per Via "
    "Except Speaking Dear Hi Hello Hey Oh Well Ok OK Okay Thanks Don't Doesn't Didn't Isn't Aren't "
    "Wasn't Weren't Can't Couldn't Won't Wouldn't I'm I've I'll I'd It's That's There's He's She's "
    "We're We've You're They're They've What's Who's Here's Let's Don’t Doesn’t Didn’t Isn’t Can’t "
    "Won’t I’m I’ve I’ll It’s That’s There’s He’s She’s We’re We’ve You’re They’re What’s Here’s Let’s"
)

CALENDAR = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays Thursdays "
    "Fridays Saturdays Sundays January February March April May June July August September October "
    "November December Mon Tue Tues Wed Thu Thurs Fri Sat Sun Jan Jan. Feb Feb. Mar Apr Jun Jul Aug "
    "Aug. Sep Sept Sept. Oct Oct. Nov Nov. Dec Dec. GMT UTC EST EDT PST PDT CET BST AM PM a.m. p.m. BC "
    "AD BCE CE"
)

NOT_NAMES = _words(
    "Inc Inc. Corp Corp. Ltd Ltd. Co Co. LLC PLC Download Email Subject Re Fwd Posted Photo Image Video "
    "Sources External Links CC I A TV CEO CFO CTO COO PM MP MPs MEP MEPs PhD BA MA MD DVD CD PC PCs USB "
    "FAQ URL HTTP HTTPS HTML RSS GDP VAT NGO NGOs IED LGBT LGBTQ MRI UFO DJ II III IV VI VII VIII IX XI "
    "XII OK DIY IQ SMS SUV ATM CCTV VIP ASAP TBA PS NB VP IDs ID IT AI HQ RIP GP GPs IPO QC KC MSP MSPs "
    "IPCC-like OAP CV UV TVs CDs DVDs CEOs PR HR IVF PCR Q A&E PIN SIM MVP Jr Jr. Sr Sr. BREAKING "
    "UPDATE WATCH READ LIVE VIDEO PHOTO PHOTOS EXCLUSIVE ALSO NOTE EDITOR NEW AND THE FOR NOT BUT ALL "
    "YES NO OF IN TO IS ON AT BY WAS WITH"
)
"""Capitals that name nothing."""

LEADING_PARTICLES = _words("bin ibn von van")
"""Small words that a surname may begin with, first name or not: `bin Laden`."""

PERSON_FOLLOWERS = _words(
    "administration government regime caretaker presidency family era years doctrine brothers camp "
    "premiership trial biography"
)
"""Nouns after a surname: `the Bush administration`."""

PARTICLES = _words(
    "de del della di da do dos du des la le van von der den ter ten te zu bin ibn bint al el ul ud y"
)
"""Small words inside a person's or place's name."""

CORPORATE = _words(
    "Inc Inc. Corp Corp. Corporation Company Co. Co Ltd Ltd. Limited LLC PLC plc AG SA NV GmbH SpA "
    "Group Holdings FC F.C."
)
"""Endings that fall away when an organisation is named again."""

JOINING_POSSESSIVES = _words(
    "People Peoples Women Men Children King Queen Mother Father Valentine Year Farmers Workers Teachers "
    "Nurses Veterans Moody Lloyd Sotheby Christie Levi Macy Kohl Players Writers Saint"
)
"""Possessives inside names: `People's Daily`."""

SURNAME_ENDINGS = _words(
    "Hill Park Field Fields Banks Church Street Lane Woods Bush Forest King Knights Post Brothers Marsh "
    "Green Rock Cave Ward Day Show Price Cross Storm Heath Moor Lodge Temple Bay Lake Ford Port Castle "
    "Bridge Trump Star Bank Camp Watch Law Young Beach Wood Mail Mount Drake Bell Christmas Page Guest "
    "Best Parish Berry Hills Rivers Gates Waters Brooks Lions"
)
"""Endings of organisations, places and events that are surnames too: after a first name they are."""

OFFICES = _words(
    "State Defense Defence Health Homeland Foreign Finance Education Staff Energy Commerce Labor "
    "Treasury Agriculture Interior Justice Transportation Veterans"
)
"""What a `Secretary of` or `Minister of` is of."""

LOOSE_FIRST = _words(
    "Former Local Senior Several Top Nearby Ex Then Late Many Other New Old Modern Today Thousands "
    "Police Opposition"
)
"""Ordinary first words of a sentence that are no part of the name after them, whatever its ending."""

TITLE_HEADS = _words("Battle Treaty Declaration Siege Festival Day Lord Game Hall Duke")
"""Words after which `of` goes on with the name of an event or a work."""

JOINING_ENDINGS = _words(
    "Agency Commission Authority Department Ministry Administration Committee Council Bureau"
)
"""Endings of organisations that `and` in the middle of a name leads to: `Maritime and Coastguard Agency`."""

TAILS = (
    *(
        "ed",
        "ing",
        "led",
        "born",
        "run",
        "made",
        "held",
        "era",
        "style",
        "wide",
        "like",
        "bound",
        "class",
        "free",
    ),
    *("level", "old", "only", "friendly", "language", "hit", "torn", "owned", "built", "won", "minded"),
)
"""How the second half of an adjective made from a name ends: `Russia-backed`; but not `Ji-hoon`."""

GERMAN = _words("der die das und ist nicht mit den dem des ein eine von auf für sich im zu hat werden wurde")
"""Small words by which German is known, where every noun has a capital."""

ATTITUDES = _words("Pro Anti Non Ex Pan Post Pre Mid Un")
"""First halves of words at the beginning of a sentence: `Pro-Russian`."""
