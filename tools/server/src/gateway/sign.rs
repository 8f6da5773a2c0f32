//! HMAC-SHA256, with which the gateway signs its sessions and its requests to plugNmeet.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The bytes of a block of SHA-256, to which HMAC fills up its key.
const BLOCK: usize = 64;

/// Ready to take the message.
pub fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        let digest = Sha256::digest(key);
        block[..digest.len()].copy_from_slice(&digest);
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    Hmac::<Sha256>::new(&block.into())
}

/// In lower-case hexadecimal digits.
pub fn hex(key: &[u8], message: &[u8]) -> String {
    let mut mac = keyed(key);
    mac.update(message);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of `reference/other-providers-api.md` §1.4.
    #[test]
    fn signs_as_plugnmeet_does() {
        for (message, signature) in [
            (
                r#"{"room_id":"room01"}"#,
                "6f3e5f2e72561c657a4e9684fed6d02516478859322daa8e30906453cb47c67c",
            ),
            (
                r#"{"room_ids":["room01"],"from":0,"limit":20,"order_by":"DESC"}"#,
                "0b37051124b237644620c1662c4cb3c193a643b282ec42819e30d3b6c4c041c7",
            ),
            ("{}", "deaf105d300669ecb5f322fc1564ea75595b32bea172e36f338b5e7dad28f670"),
        ] {
            assert_eq!(hex(b"SECRET", message.as_bytes()), signature);
        }
    }

    /// RFC 4231, test case 6: a key longer than a block.
    #[test]
    fn long_keys_are_hashed_first() {
        assert_eq!(
            hex(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
