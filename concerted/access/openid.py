"""OpenID Connect: asking a directory who somebody is, and believing only what it signed.

The authorization code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636) and the issuer in the
answer (RFC 9207). Nothing here knows accounts.
"""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
SECONDS = 5  # for one question to a directory
LARGEST = 500_000  # bytes of one answer
LEEWAY = 60  # seconds by which the clocks may differ


class NotBelieved(Exception):
    """The directory's answer does not hold; the message is for the log, without anybody's data."""


@dataclass(frozen=True, slots=True)
class Client:
    """How we are known to a directory."""

    issuer: str
    client_id: str
    secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, kept in the session until the answer comes."""

    state: str
    nonce: str
    verifier: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def new_question() -> Asked:
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


def is_safe(address: str, *, local: bool) -> bool:
    """Whether an address may be asked: https, or on this machine where `local` is meant."""
    parts = urlsplit(address)
    on_this_machine = parts.hostname in ("127.0.0.1", "localhost")
    return parts.scheme == "https" or (local and parts.scheme == "http" and on_this_machine)


def discovered(issuer: str, *, local: bool) -> dict[str, str]:
    """The addresses of a directory, as it publishes them itself."""
    told = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration", local=local)
    if told.get("issuer") != issuer:
        raise NotBelieved("the directory calls itself by another name")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = {name: str(told.get(name, "")) for name in names}
    if not all(is_safe(address, local=local) for address in found.values()):
        raise NotBelieved("an address of the directory is not https")
    return found


def question_address(client: Client, asked: Asked, *, local: bool) -> str:
    """Where to send the browser."""
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    given = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "scope": "openid",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = discovered(client.issuer, local=local)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(given)}"


def claims_for(client: Client, asked: Asked, code: str, *, local: bool) -> dict[str, Any]:
    """Change a code for what the directory says of somebody. Raises NotBelieved."""
    addresses = discovered(client.issuer, local=local)
    basic = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
    told = _fetched(
        addresses["token_endpoint"],
        local=local,
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.redirect_uri,
            "code_verifier": asked.verifier,
        },
        authorization=f"Basic {base64.b64encode(basic.encode()).decode()}",
    )
    token = told.get("id_token")
    if not isinstance(token, str):
        raise NotBelieved("the directory gave no id_token")
    return believed(client, asked, token, _fetched(addresses["jwks_uri"], local=local))


def believed(client: Client, asked: Asked, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    """What a signed token says, if its signature, issuer, audience, times and nonce hold."""
    try:
        named = jwt.get_unverified_header(token)
        key = _key(jwt.PyJWKSet.from_dict(keys), named.get("kid"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=client.client_id,
            issuer=client.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as fault:
        raise NotBelieved(f"the token does not hold: {type(fault).__name__}") from fault
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not secrets.compare_digest(
        nonce.encode(), asked.nonce.encode()
    ):
        raise NotBelieved("the token answers another question")
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    party = claims.get("azp", client.client_id if len(audience) == 1 else "")
    if party != client.client_id:
        raise NotBelieved("the token was made for somebody else")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise NotBelieved("the token names nobody")
    return claims


def _key(keys: jwt.PyJWKSet, kid: str | None) -> jwt.PyJWK:
    """The key a token names; where it names none, the only one there is."""
    fit = [key for key in keys.keys if kid is None or key.key_id == kid]
    if len(fit) != 1:
        raise NotBelieved("the token is signed with a key that the directory does not publish")
    return fit[0]


def _fetched(
    address: str,
    *,
    local: bool,
    form: dict[str, str] | None = None,
    authorization: str = "",
) -> dict[str, Any]:
    if not is_safe(address, local=local):
        raise NotBelieved("an address of the directory is not https")
    headers = {"Accept": "application/json"}
    if authorization:
        headers["Authorization"] = authorization
    data = urlencode(form).encode() if form else None
    question = urllib.request.Request(address, data, headers)  # noqa: S310 - is_safe looked
    try:
        with _opener.open(question, timeout=SECONDS) as answer:
            told = json.loads(answer.read(LARGEST))
    except (OSError, ValueError, urllib.error.URLError) as fault:
        raise NotBelieved(f"the directory does not answer: {type(fault).__name__}") from fault
    if not isinstance(told, dict):
        raise NotBelieved("the directory's answer cannot be read")
    return told
