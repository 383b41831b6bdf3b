//! The key that requests are signed with.

use std::fmt;

use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};

use crate::error::{Error, ErrorKind};

/// An Ed25519 key, made at start.
pub(crate) struct Key(Ed25519KeyPair);

impl Key {
    pub(crate) fn generate() -> Result<Self, Error> {
        let failed =
            |error: Box<dyn std::error::Error + Send + Sync>| Error::of(ErrorKind::Key, error);
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|error| failed(error.to_string().into()))?;
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref())
            .map_err(|error| failed(error.to_string().into()))?;
        Ok(Self(pair))
    }

    /// The public half: `verify_key` of the application.
    pub(crate) fn public_hex(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// The signature of a request.
    pub(crate) fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let signed = [timestamp.as_bytes(), body].concat();
        hex(self.0.sign(&signed).as_ref())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.public_hex()).finish()
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

#[cfg(test)]
mod tests {
    use ring::signature::{ED25519, UnparsedPublicKey};

    use super::*;

    fn unhex(text: &str) -> Vec<u8> {
        let pairs = text.as_bytes().chunks(2);
        let pairs = pairs.map(|pair| std::str::from_utf8(pair).unwrap());
        pairs
            .map(|pair| u8::from_str_radix(pair, 16).unwrap())
            .collect()
    }

    #[test]
    fn a_signature_is_over_the_timestamp_and_the_body() {
        let key = Key::generate().unwrap();
        let public = UnparsedPublicKey::new(&ED25519, unhex(&key.public_hex()));
        let signature = unhex(&key.sign("1700000000", b"{}"));
        assert!(public.verify(b"1700000000{}", &signature).is_ok());
        assert!(public.verify(b"1700000001{}", &signature).is_err());
    }
}
