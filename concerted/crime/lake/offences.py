"""The codes by which police count: offences of the Home Office, incidents of the national list.

Offence codes are those of the Home Office Counting Rules and of the open data tables: those in use
now, and those that were before. Sources: Home Office Counting Rules of April 2010 (what was “no
longer used” by then) and the hierarchy of offences of the Office for National Statistics (2018).
A code that came later is not among them: a mapping says what it stands for, or this list grows.

Disorder is counted by the categories of the National Incident Category List, as the National
Standard for Incident Recording has them under anti-social behaviour: those of 2009, and the three
that took their place on 1 April 2011 (personal, nuisance, environmental). Forces have codes of
their own for them; a mapping translates these.
"""

import re

VIOLENCE, SEXUAL, ROBBERY = "Violence against the person", "Sexual offences", "Robbery"
BURGLARY, VEHICLE, THEFT = "Burglary", "Vehicle offences", "Other theft"
DAMAGE, DRUGS, WEAPONS = "Criminal damage and arson", "Drug offences", "Possession of weapons"
ORDER, MISCELLANEOUS = "Public order offences", "Miscellaneous crimes against society"
FRAUD = "Fraud"

_GROUPS = {
    VIOLENCE: """
        1 2 3 3A 3B 4.1 4.2 4.3 4.4 4.6 4.7 4.8 4.9 4.10 5 5A 5B 5C 5D 5E 6 7 8A 8B 8C 8D 8E 8F 8G
        8H 8J 8K 8L 8M 8N 8P 8Q 8R 8S 11 11A 12 13 14 36 37.1 104 105A 105B 106
    """,
    SEXUAL: """
        16 17 17A 17B 18 19 19A 19B 19C 19D 19E 19F 19G 19H 20 20A 20B 21 22 22A 22B 23 25 70 71 72
        73 74 88A 88B 88C 88D 88E
    """,
    ROBBERY: "34A 34B",
    BURGLARY: "28 28A 28B 28C 28D 28E 28F 28G 28H 29 29A 30 30A 30B 30C 30D 31 31A",
    VEHICLE: "37.2 45 48 126",
    THEFT: "35 39 40 41 42 43 44 46 47 49 49A",
    DAMAGE: "56 56A 56B 57 58 58A 58B 58C 58D 58E 58F 58G 58H 58J",
    DRUGS: "92A 92B 92C 92D 92E",
    WEAPONS: "10A 10B 10C 10D 81 90",
    ORDER: "9A 9B 62 62A 64 65 66",
    MISCELLANEOUS: """
        15 24 26 27 33 33A 38 54 59 60 61 61A 67 68 69 75 76 78 79 80 82 83 84 85 86 87 89 91 94 95
        96 99 802 814
    """,
    FRAUD: "51 52 53 53A 53B 53C 53D 53E 53F 55",
}
GROUP_OF = {code: group for group, codes in _GROUPS.items() for code in codes.split()}

OF_2009 = {
    "abandoned-vehicles": "Abandoned vehicles",
    "animal-problems": "Animal problems",
    "begging": "Begging and vagrancy",
    "fireworks": "Fireworks",
    "hoax-calls": "Hoax calls to emergency services",
    "littering": "Littering and drugs paraphernalia",
    "malicious-communications": "Malicious or nuisance communications",
    "neighbours": "Rowdy or nuisance neighbours",
    "noise": "Noise",
    "prostitution": "Prostitution-related activity",
    "rowdy-behaviour": "Rowdy or inconsiderate behaviour",
    "street-drinking": "Street drinking",
    "substance-misuse": "Substance misuse",
    "trespass": "Trespass",
    "vehicle-nuisance": "Vehicle nuisance and inappropriate use",
}
OF_2011 = {
    "asb-environmental": "Environmental",
    "asb-nuisance": "Nuisance",
    "asb-personal": "Personal",
}
INCIDENTS = {**OF_2009, **OF_2011}


def offence_code(words: str) -> str | None:
    """`004/10` or `8n` as `4.10` or `8N`; None for what is no code of this list.

    The Counting Rules write 4/1 for what the tables call 4.1; any other stroke is a subclass of a
    force's own and is no code here.
    """
    plain = words.strip().upper().lstrip("0").replace("/", ".")
    if found := re.fullmatch(r"(\d+)\.0*(\d+)", plain):
        plain = f"{found[1]}.{found[2]}"
    return plain if plain in GROUP_OF else None


def incident_code(words: str) -> str | None:
    """`Street Drinking` or `street-drinking` as `street-drinking`; None for what is no category."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.strip().lower()).strip("-")
    return plain if plain in INCIDENTS else _BY_LABEL.get(plain)


_BY_LABEL = {
    re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-"): code for code, label in INCIDENTS.items()
}
