"""A directory for tests: an OpenID provider on loopback, with keys, codes and PKCE of its own."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "concerted at Wyleshire", "a secret: of the force"


@cache
def own_key() -> rsa.RSAPrivateKey:
    """The key of the provider, made once a run: it takes a while."""
    return new_key()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it knows, and what a test may bend: `changes` overrides claims, `key` signs."""

    issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=own_key)
    published: rsa.RSAPrivateKey | None = None
    algorithm: str = "RS256"
    changes: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, address: str, subject: str) -> dict[str, str]:
        """What the browser brings back after somebody signed in there."""
        given = {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}
        assert given["response_type"] == "code"
        assert given["client_id"] == CLIENT_ID
        assert given["scope"].split()[0] == "openid"
        assert given["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = given | {"sub": subject}
        return {"code": code, "state": given["state"], "iss": self.issuer}

    def token(self, given: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        client, _, secret = base64.b64decode(basic).decode().partition(":")
        if (unquote(client), unquote(secret)) != (CLIENT_ID, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(given["code"], None)
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["redirect_uri"] != given["redirect_uri"]
            or asked["code_challenge"] != challenge
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.signed(asked), "access_token": "x", "token_type": "Bearer"}

    def signed(self, asked: dict[str, str]) -> str:
        moment = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": asked["sub"],
            "aud": CLIENT_ID,
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
        }
        claims |= self.changes
        claims = {name: value for name, value in claims.items() if value is not None}
        key: Any = SECRET * 3 if self.algorithm.startswith("HS") else self.key
        if self.algorithm == "none":
            key = None
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})

    def documents(self) -> dict[str, dict[str, Any]]:
        public = (self.published or self.key).public_key()
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
            }
            | self.discovery,
            "/jwks": {"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}]},
        }


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            found = provider.documents().get(self.path)
            self._say(200 if found else 404, found or {})

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            length = int(self.headers["Content-Length"])
            body = parse_qs(self.rfile.read(length).decode())
            basic = self.headers["Authorization"].removeprefix("Basic ")
            self._say(*provider.token({name: value for name, [value] in body.items()}, basic))

        def _say(self, status: int, told: dict[str, Any]) -> None:
            text = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
