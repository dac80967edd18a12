"""A passkey in software: signs as a device would, for tests without a browser."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG


class SoftPasskey:
    """One key pair on one device, and the owner's name as the server gave it."""

    def __init__(self, *, origin: str = "http://localhost", verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self)).encode()).digest()
        self.origin = origin
        self.owner = ""
        self.flags = FLAG.UP | (FLAG.UV if verifies else FLAG(0))

    def create(self, options: dict[str, Any]) -> str:
        """What the browser sends when a passkey is made."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        held = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(asked["rp"]["id"], self.flags | FLAG.AT, held)
        return self._sent(
            {
                "clientDataJSON": websafe_encode(self._said("webauthn.create", asked)),
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            }
        )

    def get(self, options: dict[str, Any], *, owner: str = "") -> str:
        """What the browser sends when the passkey is used."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"], self.flags)
        said = self._said("webauthn.get", asked)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signed),
                "userHandle": owner or self.owner,
            }
        )

    def _data(self, rp: str, flags: Any, held: Any = b"") -> bytes:
        return AuthenticatorData.create(hashlib.sha256(rp.encode()).digest(), flags, 0, held)

    def _said(self, kind: str, asked: dict[str, Any]) -> bytes:
        websafe_decode(asked["challenge"])
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _sent(self, response: dict[str, Any]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": response,
            }
        )
