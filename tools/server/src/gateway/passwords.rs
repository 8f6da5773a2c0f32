//! Signing in: checks passwords, slows down guessing, and takes the same time whether a user exists or not.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::refusal::Refusal;

/// Argon2 takes much memory and time by design: so many at once, and others wait so long for their turn.
const AT_ONCE: usize = 2;
const TURN: Duration = Duration::from_secs(5);
/// In which failures of an address are counted.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// Addresses remembered at most.
const ADDRESSES: usize = 10_000;

pub struct Passwords {
    attempts_per_window: usize,
    attempts: Mutex<HashMap<IpAddr, Vec<Instant>>>,
    turns: Semaphore,
    /// What the password of an unknown user is compared with, in vain.
    decoy: Option<String>,
}

impl Passwords {
    pub fn new<'a>(attempts: u32, mut hashes: impl Iterator<Item = &'a str>) -> Self {
        Self {
            attempts_per_window: attempts as usize,
            attempts: Mutex::default(),
            turns: Semaphore::new(AT_ONCE),
            decoy: hashes.next().map(str::to_owned),
        }
    }

    /// Whether the password is that of `hash`, or `None` of a user who has none or does not exist.
    ///
    /// # Errors
    /// 429 when the address failed too often, or too many sign in at the same time.
    pub async fn check(
        &self,
        address: IpAddr,
        hash: Option<&str>,
        password: String,
    ) -> Result<bool, Refusal> {
        let started = self.begin(address)?;
        let turn = timeout(TURN, self.turns.acquire()).await;
        let _turn = turn.map_err(|_| Refusal::too_many("Too many people sign in just now", 1))?;
        let exists = hash.is_some();
        let hash = hash.or(self.decoy.as_deref()).unwrap_or_default().to_owned();
        let matches = spawn_blocking(move || verify(&hash, &password)).await.unwrap_or(false);
        if matches && exists {
            self.forgive(address, started);
        }
        Ok(matches && exists)
    }

    /// Counts the attempt before its outcome is known, so that many at once are counted too.
    fn begin(&self, address: IpAddr) -> Result<Instant, Refusal> {
        let now = Instant::now();
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = |time: &Instant| now.duration_since(*time) < WINDOW;
        if attempts.len() >= ADDRESSES {
            attempts.retain(|_, times| times.iter().any(is_recent));
        }
        if attempts.len() >= ADDRESSES {
            let oldest = attempts.iter().min_by_key(|(_, times)| times.last().copied());
            let oldest = oldest.map(|(address, _)| *address);
            oldest.map(|address| attempts.remove(&address));
        }
        let times = attempts.entry(network_of(address)).or_default();
        times.retain(is_recent);
        if times.len() >= self.attempts_per_window {
            let passed = times.first().map_or(Duration::ZERO, |first| now.duration_since(*first));
            let wait = WINDOW.saturating_sub(passed).as_secs() + 1;
            return Err(Refusal::too_many("Too many failed attempts to sign in", wait));
        }
        times.push(now);
        Ok(now)
    }

    fn forgive(&self, address: IpAddr, started: Instant) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = attempts.get_mut(&network_of(address)) {
            times.retain(|time| *time != started);
        }
    }
}

/// An IPv6 address is one of the many of its network, which has one owner.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// An argon2id hash in PHC form, with a salt of its own and the parameters that OWASP recommends.
///
/// # Errors
/// When the system gives no random numbers, or the password is too long to be hashed.
pub fn hash_password(password: &str) -> Result<String, String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_can_be_verified_and_are_salted() {
        let [one, other] = [0, 1].map(|_| hash_password("correct horse").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(one, other);
        assert!(verify(&one, "correct horse") && !verify(&one, "correct horse "));
        assert!(!verify("", "") && !verify("admin", "admin"));
    }

    #[test]
    fn addresses_of_one_network_share_their_attempts() {
        let passwords = Passwords::new(2, [].into_iter());
        let [one, neighbour, other] =
            ["2001:db8::1", "2001:db8::2:1", "2001:db8:0:1::1"].map(|it| it.parse().unwrap());
        assert!(passwords.begin(one).is_ok() && passwords.begin(neighbour).is_ok());
        assert_eq!(passwords.begin(one).unwrap_err().status, 429);
        assert!(passwords.begin(other).is_ok());
    }

    #[test]
    fn attempts_that_succeed_are_not_counted() {
        let passwords = Passwords::new(1, [].into_iter());
        let address = "192.0.2.1".parse().unwrap();
        for _ in 0..3 {
            let started = passwords.begin(address).unwrap();
            passwords.forgive(address, started);
        }
    }

    #[test]
    fn never_remembers_more_addresses_than_there_is_room_for() {
        let passwords = Passwords::new(1, [].into_iter());
        for address in 0..(ADDRESSES as u32 + 50) {
            assert!(passwords.begin(std::net::Ipv4Addr::from(address).into()).is_ok());
        }
        assert_eq!(passwords.attempts.lock().unwrap().len(), ADDRESSES);
    }
}
