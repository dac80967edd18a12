"""Which of the names before a shared parenthesis can be meant by it."""

from concerted.reading.vocabulary import bare, listed, split_titles, words

_OF_POLICE = listed(
    """pc ps dc ds di dci dsu supt superintendent chief insp inspector sgt sergeant constable
    det detective cc acc dcc pcso wpc"""
)
_OF_COUNCIL = listed(
    "cllr cllrs cll clr councillor councillors coun ald alderman baillie bailie provost"
)
_POLICE = listed("police constabulary snt spt psni policing")
_COUNCIL = listed("council councils borough county district parish town city")
# Bodies of which a councillor or an officer of police is no member by being one.
_OTHERS = listed(
    """nhs pct ccg icb health hospital probation fire trust commission association housing homes
    ltd ltd. limited plc church churches school academy college university society union company
    club federation charity chamber friends residents tenants service forum cic press news gazette
    echo herald times courier mercury chronicle argus post gazette journal advertiser unison gmb
    unite fbu"""
)


def may_share(borrower: str, owner: str, organisation: str) -> bool:
    """Whether ``borrower`` can belong to the organisation that stands behind ``owner``.

    "Councillor A, Mr B (Forest Trust)": a councillor sits for a council, a constable serves with
    the police, so an organisation of another kind is the owner's alone.
    """
    theirs = {bare(word) for word in words(organisation)}
    police, council = bool(theirs & _POLICE), bool(theirs & _COUNCIL)
    titles = _titles(borrower)
    if titles & _OF_COUNCIL:
        return council or not (police or theirs & _OTHERS)
    if titles & _OF_POLICE:
        return police or not (council or theirs & _OTHERS)
    return not (police and _titles(owner) & _OF_POLICE)


def _titles(name: str) -> set[str]:
    return {bare(title) for title in split_titles(name)[0]}
