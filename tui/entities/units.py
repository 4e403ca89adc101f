"""Units of measure, currencies and percentages: how each is written, and what one of it amounts to.

Each measure has one unit that all others are turned into, so that `1 km` and `1,000 metres` agree. Months and years
are no whole number of days, calories of no fixed size, a `ton` another weight in every country: those stay apart.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.article import FigureKind
from tui.entities.numerals import ONE, Amount
from tui.entities.patterns import one_of


class Unit(NamedTuple):
    """What a number is of."""

    kind: FigureKind
    base: str
    """The unit that its value is given in."""
    factor: Amount = ONE
    """How many of the base unit it is."""
    offset: int = 0
    """Added to the number before: degrees Fahrenheit begin elsewhere."""
    coarse: bool = False
    """Whether a smaller unit may follow it, as in `5ft 9in`."""

    def value(self, number: Amount) -> str:
        """The value of so many of it."""
        if self.offset:
            number = number.plus(Amount(self.offset))
        if self.kind == "money":
            return f"{self.base} {number.times(self.factor)}"
        return f"{number.times(self.factor)} {self.base}"


# Each measure with its base unit, then a unit a line: its size, and the ways to write it, `_` for a space. `+`
# stands before those that a smaller unit may follow.
_MEASURES = """
[m]
1 metre metres meter meters m
1000 kilometre kilometres kilometer kilometers km kms Km KM
1/100 centimetre centimetres centimeter centimeters cm cms
1/1000 millimetre millimetres millimeter millimeters mm
1609344/1000 mile miles
9144/10000 yard yards yd yds
+3048/10000 foot feet ft
254/10000 inch inches
1852 nautical_mile nautical_miles
[m2]
1 square_metre square_metres square_meter square_meters sq_m m² m2 sqm
1000000 square_kilometre square_kilometres square_kilometer square_kilometers sq_km km² km2
10000 hectare hectares ha
2589988110336/1000000 square_mile square_miles sq_miles sq_mi
40468564224/10000000 acre acres
9290304/100000000 square_foot square_feet sq_ft
[l]
1 litre litres liter liters l L
1/1000 millilitre millilitres milliliter milliliters ml
1000 cubic_metre cubic_metres cubic_meter cubic_meters m³ m3
[gallon]
1 gallon gallons
[barrel]
1 barrel barrels bbl
[kg]
1 kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs
1/1000 gram grams gramme grammes g
1/1000000 milligram milligrams mg
1000 tonne tonnes metric_ton metric_tons
45359237/100000000 lb lbs
45359237/1600000000 ounce ounces oz
635029318/100000000 stone
[ton]
1 ton tons
[km/h]
1 km/h kph kmh km/hr kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour
1609344/1000000 mph miles_per_hour miles_an_hour
1852/1000 knot knots
36/10 m/s metres_per_second meters_per_second
[°C]
1 °C C º ° °c ºC degrees_Celsius degrees_celsius degrees_centigrade degrees_C degree_Celsius deg_C
[°F]
5/9 °F F ºF degrees_Fahrenheit degrees_fahrenheit degrees_F degree_Fahrenheit
[°]
1 degree degrees
[W]
1 watt watts W
1000 kilowatt kilowatts kW
1000000 megawatt megawatts MW
1000000000 gigawatt gigawatts GW
1000000000000 terawatt terawatts TW
[kWh]
1 kilowatt-hour kilowatt-hours kilowatt_hour kilowatt_hours kWh
1000 megawatt-hour megawatt-hours megawatt_hours MWh
1000000 gigawatt-hour gigawatt-hours gigawatt_hours GWh
1000000000 terawatt-hour terawatt-hours terawatt_hours TWh
[B]
1000 kilobyte kilobytes KB kB
1000000 megabyte megabytes MB
1000000000 gigabyte gigabytes GB
1000000000000 terabyte terabytes TB
[calorie]
1 calorie calories kcal
[light-year]
1 light-year light-years light_year light_years
[s]
1 second seconds sec secs
+60 minute minutes min mins
+3600 hour hours hr hrs
+86400 day days
604800 week weeks
1209600 fortnight fortnights
[month]
1 month months
+12 year years yr yrs
120 decade decades
1200 century centuries
"""

_CURRENCIES = """
USD dollars dollar US_dollars US_dollar USD
EUR euros euro Euro Euros € EUR
GBP pounds_sterling GBP
AUD Australian_dollars AUD
CAD Canadian_dollars CAD
NZD New_Zealand_dollars
HKD Hong_Kong_dollars
JPY yen JPY
CNY yuan renminbi CNY RMB
RUB roubles rouble rubles ruble Russian_roubles Russian_rubles
INR rupees Indian_rupees
PKR Pakistani_rupees
CHF Swiss_francs francs CHF
SEK Swedish_kronor kronor
NOK Norwegian_kroner
DKK Danish_kroner
PLN zloty zlotys
UAH hryvnia hryvnias
TRY lira Turkish_lira
ILS shekels
ZAR rand
BRL reais
KRW South_Korean_won
MXN Mexican_pesos
"""

_SYMBOLS = dict(
    pair.split("=")
    for pair in (
        "$=USD US$=USD USD=USD €=EUR EUR=EUR £=GBP GBP=GBP ¥=JPY A$=AUD AU$=AUD C$=CAD CA$=CAD NZ$=NZD "
        "NZ_$=NZD HK$=HKD S$=SGD R$=BRL ₹=INR Rs=INR Rs.=INR ₽=RUB ₩=KRW ₪=ILS ₺=TRY ₴=UAH ₦=NGN CHF=CHF"
    ).split()
)
CURRENCY_SYMBOLS = re.escape("".join(symbol for symbol in _SYMBOLS if len(symbol) == 1))
"""The signs that stand before an amount of money."""
CURRENCY_CODES = one_of(symbol.replace("_", " ") for symbol in _SYMBOLS if len(symbol) > 1)
"""An expression for the letters, with or without a sign, that do."""


def symbol_unit(symbol: str) -> Unit:
    """The currency of a symbol or code before an amount."""
    return Unit("money", _SYMBOLS[symbol.replace(" ", "_")])


def _size(text: str) -> Amount:
    numerator, _, denominator = text.partition("/")
    return Amount(int(numerator), int(denominator or 1))


def _read_units() -> dict[str, Unit]:
    """Each way to write a unit, `_` for a space."""
    units: dict[str, Unit] = {}
    base = ""
    for line in _MEASURES.strip().splitlines():
        if line.startswith("["):
            base = line.strip("[]")
            continue
        size, *forms = line.split()
        unit = Unit("quantity", base, _size(size.lstrip("+")), coarse=size.startswith("+"))
        if base == "°F":
            unit = Unit("quantity", "°C", _size(size), offset=-32)
        units |= dict.fromkeys(forms, unit)
    for line in _CURRENCIES.strip().splitlines():
        code, *names = line.split()
        units |= dict.fromkeys(names, Unit("money", code))
    units |= dict.fromkeys("% percent per_cent per-cent pc pct ٪".split(), Unit("percentage", "%"))
    points = "percentage_point percentage_points percentage-point ppt"
    units |= dict.fromkeys(points.split(), Unit("percentage", "points"))
    units |= dict.fromkeys(("basis_point", "basis_points"), Unit("percentage", "points", Amount(1, 100)))
    units |= dict.fromkeys(("p", "pence"), Unit("money", "GBP", Amount(1, 100)))
    units["cents"] = Unit("money", "USD", Amount(1, 100))
    return units


_UNITS = _read_units()
_ONLY_ATTACHED = frozenset("p C F g m l L W".split())
"""Letters that are a unit right behind the digits, and elsewhere hardly."""
_ONLY_DIGITS = frozenset(
    "ft cm cms mm km kms Km KM yd yds ha ml kg kgs mg lb lbs oz mph pc pct min mins hr hrs sec secs".split()
)
_SPACE = "[ \u00a0\u2009\u202f]"
_UNIT = re.compile(rf"({_SPACE}|-)?({one_of(_UNITS).replace('_', _SPACE)})(?!\w|[/²³]\w)")
_FEET_MARKS = re.compile(rf"([1-9])['’′]{_SPACE}?(1[01]|[0-9])(?:[\"”″]|''|’’)(?!\w)")
_HEIGHT_BEFORE = re.compile(r"\b(?:height|tall|stands|stood|standing|measures|measured|measuring)\b")
_HEIGHT_BEHIND = re.compile(rf"(?:{_SPACE}|-)tall\b")
_SMALLER_INCH = re.compile(rf"{_SPACE}?([0-9]{{1,2}}){_SPACE}?(?:in|ins|inches|inch|\"|″)(?!\w)")
INCH = _UNITS["inch"]
_POUNDS = re.compile(rf"({_SPACE}|-)?(?:pounds|pound)(?!\w)")
_OF_SOMETHING = re.compile(rf"{_SPACE}(?:of|heavier|lighter|in{_SPACE}weight)\b")
_POUND_WEIGHT = Unit("quantity", "kg", Amount(45359237, 100000000))
_POUND_MONEY = Unit("money", "GBP")
_WEIGHING = frozenset("weighing weighs weighed weigh lost losing gained shed".split())
_LONG = re.compile(
    rf"{_SPACE}(?:high|wide|deep|long|tall|away|above|below|underground|apart|thick|across|down|offshore|from|race|final|"
    r"sprint|freestyle|butterfly|backstroke|breaststroke|hurdles|relay|medley|dash|pool|wave|waves|tower|ship|drop|fall)\b"
)


def read_unit(text: str, end: int, *, digits: bool, before: str) -> tuple[int, Unit] | None:
    """The unit that follows a number.

    Args:
        text: any text.
        end: where the number ends.
        digits: whether it is written in digits, which alone take abbreviations.
        before: the word before the number; `weighing` decides what `pounds` are.

    Returns:
        Where the unit ends, and the unit.
    """
    match = _UNIT.match(text, end)
    if match is None:
        return _pounds(text, end, before)
    form = match[2].replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ").replace(" ", "_")
    if (
        form in _ONLY_ATTACHED
        and (match[1] or not digits)
        and not (form == "m" and digits and _LONG.match(text, match.end()))
    ):
        return None
    if form in _ONLY_DIGITS and not digits:
        return None
    return match.end(), _UNITS[form]


def _pounds(text: str, end: int, before: str) -> tuple[int, Unit] | None:
    match = _POUNDS.match(text, end)
    if match is None:
        return None
    heavy = _OF_SOMETHING.match(text, match.end()) is not None or before in _WEIGHING
    return match.end(), _POUND_WEIGHT if heavy else _POUND_MONEY


def are_metres(text: str, end: int) -> bool:
    """Whether a number whose attached `m` ends here is a length: `a 20m wave`, and not `20m people`."""
    return _LONG.match(text, end) is not None


def read_feet_marks(text: str, start: int) -> tuple[int, str | None] | None:
    """Feet and inches in marks, `5'11"`: where they end, and the value where the words around speak of height.

    Elsewhere the same marks are minutes and seconds.
    """
    match = _FEET_MARKS.match(text, start)
    if match is None:
        return None
    tall = _HEIGHT_BEFORE.search(text[max(0, start - 40) : start]) or _HEIGHT_BEHIND.match(text, match.end())
    length = Amount(int(match[1]) * 12 + int(match[2])).times(INCH.factor)
    return match.end(), f"{length} m" if tall else None


def read_inches(text: str, end: int) -> tuple[int, Amount] | None:
    """The inches after feet, `9in`: where they end, and how many."""
    match = _SMALLER_INCH.match(text, end)
    return None if match is None else (match.end(), Amount(int(match[1])))
