"""The crime types that police.uk publishes, with codes that stay the same.

Two sets exist. Fourteen types have been published since 2013; the eleven before them lumped
weapons with public disorder and had one type for violence. The earliest files use six of the
eleven. "Violence and sexual offences" is not "Violent crime", so the two have codes of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CrimeType:
    """A crime type: `code` is stable and is used in identifiers, `name` is as published."""

    code: str
    name: str


CRIME_TYPES_SINCE_2013: tuple[CrimeType, ...] = (
    CrimeType("anti-social-behaviour", "Anti-social behaviour"),
    CrimeType("bicycle-theft", "Bicycle theft"),
    CrimeType("burglary", "Burglary"),
    CrimeType("criminal-damage-and-arson", "Criminal damage and arson"),
    CrimeType("drugs", "Drugs"),
    CrimeType("other-crime", "Other crime"),
    CrimeType("other-theft", "Other theft"),
    CrimeType("possession-of-weapons", "Possession of weapons"),
    CrimeType("public-order", "Public order"),
    CrimeType("robbery", "Robbery"),
    CrimeType("shoplifting", "Shoplifting"),
    CrimeType("theft-from-the-person", "Theft from the person"),
    CrimeType("vehicle-crime", "Vehicle crime"),
    CrimeType("violence-and-sexual-offences", "Violence and sexual offences"),
)

CRIME_TYPES_BEFORE_2013: tuple[CrimeType, ...] = (
    CrimeType("anti-social-behaviour", "Anti-social behaviour"),
    CrimeType("burglary", "Burglary"),
    CrimeType("criminal-damage-and-arson", "Criminal damage and arson"),
    CrimeType("drugs", "Drugs"),
    CrimeType("other-crime", "Other crime"),
    CrimeType("other-theft", "Other theft"),
    CrimeType("public-disorder-and-weapons", "Public disorder and weapons"),
    CrimeType("robbery", "Robbery"),
    CrimeType("shoplifting", "Shoplifting"),
    CrimeType("vehicle-crime", "Vehicle crime"),
    CrimeType("violent-crime", "Violent crime"),
)

CODE_BY_NAME: dict[str, str] = {
    crime_type.name: crime_type.code for crime_type in CRIME_TYPES_BEFORE_2013 + CRIME_TYPES_SINCE_2013
}

_NAMES_BEFORE = frozenset(crime_type.name for crime_type in CRIME_TYPES_BEFORE_2013)
_NAMES_SINCE = frozenset(crime_type.name for crime_type in CRIME_TYPES_SINCE_2013)
ONLY_BEFORE_2013 = _NAMES_BEFORE - _NAMES_SINCE
ONLY_SINCE_2013 = _NAMES_SINCE - _NAMES_BEFORE


def crime_type_code(name: str) -> str:
    """Return the stable code of a crime type as published, e.g. "Drugs" -> "drugs".

    Raises ValueError if police.uk has never published a type of that name.
    """
    try:
        return CODE_BY_NAME[name]
    except KeyError:
        known = ", ".join(sorted(CODE_BY_NAME))
        raise ValueError(f"“{name}” is not a police.uk crime type. Known: {known}.") from None
